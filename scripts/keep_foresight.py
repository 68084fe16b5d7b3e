"""Rebuilds the kept answers of the mechanism models: python scripts/keep_foresight.py [MODEL ...] [bilateral]."""

from __future__ import annotations

import sys

from acuerdo.foresight.computing import compute, compute_coupled
from acuerdo.foresight.kept import COUPLED
from acuerdo.foresight.library import model, models

# Of every scenario and every set of links
_DRAWS = 64

if __name__ == "__main__":
    for name in sys.argv[1:] or (*models(), COUPLED):
        print(name, flush=True)
        if name == COUPLED:
            compute_coupled(draws=_DRAWS)
        else:
            compute(model(name), quick=False)
