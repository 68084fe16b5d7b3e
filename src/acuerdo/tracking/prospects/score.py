"""How good forecasts were: the Brier score beside what it would have been without a model, and reliability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.tracking.prospects.hazard import LEVEL, Chance

EDGES: Final = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
_RESAMPLES: Final = 2000


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """One forecast and what came of it.

    Attributes:
        item: The promise's framework and id.
        chance: The model's probability.
        told: Whether the rule would have let it be told.
        base_rate: The probability by the share of all commitments completed so far.
        came_true: Whether it was completed in time, as far as is known now.
    """

    item: tuple[str, str]
    chance: Chance
    told: bool
    base_rate: float
    came_true: bool


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Mean squared distance of probabilities from what came of them: 0 is perfect, 0.25 is always saying one half.

    Attributes:
        forecasts: How many.
        told: How many of them the rule would have let be told.
        came_true: How many came true.
        expected: How many the model expected to come true.
        model: The model's score.
        base_rate: The base rate's.
        never: The score of always saying "never".
        gain: The base rate's score less the model's; above 0 the model is better.
        gain_low: Lower end of its 90 per cent interval, from resampling promises with all their forecasts.
        gain_high: Upper end.
    """

    forecasts: int
    told: int
    came_true: int
    expected: float
    model: float
    base_rate: float
    never: float
    gain: float
    gain_low: float
    gain_high: float


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Forecasts of like probability.

    Attributes:
        low: Lowest probability of the step, included.
        high: Highest, excluded but for 1.
        forecasts: How many.
        foretold: Their mean probability.
        came_true: The share that came true.
    """

    low: float
    high: float
    forecasts: int
    foretold: float
    came_true: float


def score(forecasts: Sequence[Forecast]) -> Score | None:
    """The score of forecasts; None of none."""
    if not forecasts:
        return None
    chance, base, came_true = _columns(forecasts)
    better = (base - came_true) ** 2 - (chance - came_true) ** 2
    gain = float(better.mean())
    low, high = _interval(better, [one.item for one in forecasts])
    return Score(
        forecasts=len(forecasts),
        told=sum(one.told for one in forecasts),
        came_true=int(came_true.sum()),
        expected=float(chance.sum()),
        model=float(((chance - came_true) ** 2).mean()),
        base_rate=float(((base - came_true) ** 2).mean()),
        never=float(came_true.mean()),
        gain=gain,
        gain_low=min(low, gain),
        gain_high=max(high, gain),
    )


def bins(forecasts: Sequence[Forecast]) -> tuple[Bin, ...]:
    """How often came true what was given each probability; steps without a forecast are left out."""
    chance, _, came_true = _columns(forecasts)
    found: list[Bin] = []
    for low, high in pairwise(EDGES):
        within = (chance >= low) & ((chance < high) | (high == EDGES[-1]))
        if within.any():
            found.append(
                Bin(
                    low=low,
                    high=high,
                    forecasts=int(within.sum()),
                    foretold=float(chance[within].mean()),
                    came_true=float(came_true[within].mean()),
                )
            )
    return tuple(found)


def _columns(forecasts: Sequence[Forecast]) -> NDArray[np.float64]:
    """Probability, base rate and outcome by forecast."""
    rows = [(one.chance.value, one.base_rate, float(one.came_true)) for one in forecasts]
    return np.array(rows, dtype=np.float64).reshape(-1, 3).T


def _interval(better: NDArray[np.float64], items: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """Forecasts of one promise are not independent of each other, so promises are drawn, not forecasts."""
    _, member = np.unique([":".join(one) for one in items], return_inverse=True)
    sums, counts = np.bincount(member, weights=better), np.bincount(member)
    picks = np.random.default_rng(0).integers(0, len(sums), size=(_RESAMPLES, len(sums)))
    means = sums[picks].sum(axis=1) / counts[picks].sum(axis=1)
    low, high = np.quantile(means, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return float(low), float(high)
