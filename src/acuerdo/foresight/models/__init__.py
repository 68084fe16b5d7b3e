"""The mechanism models, one file each; every file defines ``MODEL``."""
