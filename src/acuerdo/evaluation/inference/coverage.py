"""How often an interval holds what it should, over many made panels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, final

import numpy as np

from acuerdo.evaluation.inference.made_panels import DESIGNS
from acuerdo.evaluation.library import method
from acuerdo.evaluation.method import Finding


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What many made panels showed.

    Attributes:
        panels: How many gave an interval.
        silent: How many gave none.
        covered: Share of the intervals with the truth in them.
        bias: Mean of the estimates less the truth.
        deviation: Standard deviation of the estimates about the truth.
        stated: Mean of the stated standard errors; None where the method states none.
    """

    panels: int
    silent: int
    covered: float
    bias: float
    deviation: float
    stated: float | None


def coverage(
    method_id: str, design: str, *, effect: float, settings: Mapping[str, Any], panels: int, seed: int
) -> Coverage:
    """The coverage of a method's interval on a design.

    Args:
        method_id: The method.
        design: Name of the made panels.
        effect: The size of the effect that is put in.
        settings: Of the method.
        panels: How many panels.
        seed: Each panel's generator is drawn from it.

    Raises:
        NotFound: If there is no such method.
        KeyError: If there is no such design.
    """
    chosen = method(method_id)
    misses, held, errors = [], [], []
    for number in range(panels):
        made = DESIGNS[design](np.random.default_rng([seed, number]), effect)
        found = chosen.run(made.panel, settings=chosen.settings(**settings), seed=seed + number)
        estimate = found.estimate
        if estimate.value is None or estimate.low is None or estimate.high is None:
            continue
        misses.append(estimate.value - made.truth)
        held.append(estimate.low <= made.truth <= estimate.high)
        errors.append(_stated(found))
    given = [one for one in errors if one is not None]
    return Coverage(
        panels=len(held),
        silent=panels - len(held),
        covered=float(np.mean(held)),
        bias=float(np.mean(misses)),
        deviation=float(np.sqrt(np.mean(np.square(misses)))),
        stated=float(np.mean(given)) if given else None,
    )


def date_coverage(effect: float, *, settings: Mapping[str, Any], panels: int, seed: int) -> float:
    """Share of the intervals for the date of a change of level that hold it, over made series with one change.

    Args:
        effect: The size of the change, in standard deviations of the noise.
        settings: Of ``change_points``; the date of the one change is looked for, claimed or not.
        panels: How many series.
        seed: Each series' generator is drawn from it.
    """
    chosen = method("change_points")
    held = 0
    for number in range(panels):
        made = DESIGNS["changing"](np.random.default_rng([seed, number]), effect)
        asked = chosen.settings(**{**settings, "count": 1})
        told = chosen.run(made.panel, settings=asked, seed=seed + number).diagnostics
        low = next(str(code) for name, code in told.items() if name.endswith(" low"))
        high = next(str(code) for name, code in told.items() if name.endswith(" high"))
        held += low <= made.changes <= high
    return held / panels


def _stated(found: Finding) -> float | None:
    error = found.diagnostics.get("standard_error")
    return float(error) if isinstance(error, (int, float)) else None
