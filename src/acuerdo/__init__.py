"""Keeps the evidence of an agreement between two governments."""

__version__ = "0.1.0"
