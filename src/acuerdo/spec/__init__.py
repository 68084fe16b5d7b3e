"""Frameworks as code: the model of a framework, the strict loader, checks, overlays, comparison, JSON Schema."""
