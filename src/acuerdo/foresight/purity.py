"""The purity of fentanyl as the DEA's chart has it, given to the model of overdose: what it would have said with it.

This is no forecast: the chart was published after the deaths were counted. It shows whether the model, told how strong
the supply was, gives the fall that came.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from acuerdo.foresight.hindcast import STRUCTURES, courses_under, weights_of
from acuerdo.foresight.model import Floats
from acuerdo.foresight.scenario import Scenario, Series

PURITY: Final = Path(__file__).with_name("inputs") / "fentanyl_purity.tsv"
KINDS: Final = ("powder", "pills")
_YEAR: Final = 12
_START, _BASE = 2015, 2022
_ENDS: Final = (0.05, 0.5, 0.95)


@cache
def purity() -> Mapping[str, Floats]:
    """The mean purity of powder and of pills, month by month from January 2019."""
    lines = [one.split("\t") for one in PURITY.read_text("utf-8").splitlines() if not one.startswith("#")]
    return {kind: np.array([float(line[place + 1]) for line in lines]) for place, kind in enumerate(KINDS)}


def potency(kind: str) -> Series:
    """Purity from 2022 on, times its mean of 2022, as the model takes it in; one before, level after the last month."""
    later = purity()[kind][_YEAR * (_BASE - 2019) :]
    middles = (_BASE - _START) + (np.arange(later.size) + 0.5) / _YEAR
    times = np.concatenate([[_BASE - _START - 0.5 / _YEAR], middles])
    return Series(times, np.concatenate([[1.0], later / later[:_YEAR].mean()]))


def given_purity(known: Floats, *, asked: tuple[int, ...], last: int) -> dict[str, Any]:
    """Deaths in twelve months as the model gives them from a month on, with purity given and without.

    Args:
        known: The counts from January 2015 on, shape (months,).
        asked: Positions of the months that are asked about.
        last: The last month that draws are weighed by, and that the courses begin from.
    """
    told: dict[str, Any] = {}
    for kind in ("held", *KINDS):
        inputs = {} if kind == "held" else {"potency": potency(kind)}
        scenario = Scenario(id=kind, inputs=inputs)
        courses = np.concatenate(
            [np.log(courses_under(known.size, one, scenario=scenario)) for one in STRUCTURES], axis=1
        )
        weights = weights_of(np.log(known), courses, last=last)
        order = [np.argsort(courses[month] - courses[last]) for month in asked]
        told[kind] = [
            [float(known[last] * np.exp((courses[month] - courses[last])[by][_place(weights[by], share)]))
             for share in _ENDS]
            for month, by in zip(asked, order, strict=True)
        ]  # fmt: skip
    return {"asked": list(asked), "counted": [float(known[month]) for month in asked], "given": told}


def _place(weights: Floats, share: float) -> int:
    """Where, in order, the weights reach a share of their sum."""
    return min(int(np.searchsorted(np.cumsum(weights), share)), weights.size - 1)
