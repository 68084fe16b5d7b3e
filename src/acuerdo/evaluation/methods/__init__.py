"""One file per method; each is found by its name and ends with ``METHOD``."""
