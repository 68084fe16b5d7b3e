"""The assumption that turns an answer around, found by looking at every parameter and every value of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.foresight.model import Floats

# With fewer cases than this on one side, or fewer right than this, no threshold is worth telling
_LEAST_SHARE, _LEAST_RIGHT = 0.01, 0.75


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A threshold of one parameter that tells best where a statement holds.

    Attributes:
        parameter: The parameter.
        side: The side of the threshold on which the statement holds.
        threshold: In the parameter's unit.
        right: The mean, over cases where it holds and where it does not, of the share told rightly.
    """

    parameter: str
    side: Literal["below", "above"]
    threshold: float
    right: float


def flip(names: Sequence[str], values: Floats, *, holds: NDArray[np.bool_]) -> Flip | None:
    """The threshold that tells best where a statement holds; None if it always or never does, or none tells.

    Args:
        names: The parameters.
        values: Their values, shape (parameters, cases).
        holds: Whether the statement holds, shape (cases,).
    """
    share = float(holds.mean()) if holds.size else 0.0
    if not _LEAST_SHARE <= share <= 1.0 - _LEAST_SHARE:
        return None
    found = [one for name, row in zip(names, values, strict=True) if (one := _best(name, row, holds=holds))]
    best = max(found, key=lambda one: one.right, default=None)
    return best if best is not None and best.right >= _LEAST_RIGHT else None


def _best(name: str, row: Floats, *, holds: NDArray[np.bool_]) -> Flip | None:
    order = np.argsort(row, kind="stable")
    sorted_row, sorted_holds = row[order], holds[order]
    cuts = np.flatnonzero(np.diff(sorted_row) > 0.0)
    if not cuts.size:
        return None
    true_below = np.cumsum(sorted_holds)[cuts] / holds.sum()
    false_below = np.cumsum(~sorted_holds)[cuts] / (~holds).sum()
    below = 0.5 * (true_below + 1.0 - false_below)
    place = int(np.argmax(np.maximum(below, 1.0 - below)))
    cut = cuts[place]
    return Flip(
        parameter=name,
        side="below" if below[place] >= 0.5 else "above",
        threshold=float(0.5 * (sorted_row[cut] + sorted_row[cut + 1])),
        right=float(max(below[place], 1.0 - below[place])),
    )
