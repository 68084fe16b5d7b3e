"""Drawings: each module turns plain rows into one kind of picture."""
