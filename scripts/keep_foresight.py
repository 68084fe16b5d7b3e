"""Rebuilds the kept answers of the mechanism models: python scripts/keep_foresight.py [MODEL ...]."""

from __future__ import annotations

import sys

from acuerdo.foresight.computing import compute
from acuerdo.foresight.library import model, models

if __name__ == "__main__":
    for name in sys.argv[1:] or models():
        print(name, flush=True)
        compute(model(name), quick=False)
