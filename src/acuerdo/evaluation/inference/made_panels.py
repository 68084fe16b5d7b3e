"""Made panels whose effect is known, one design for each family of methods.

Errors depend on their own past in all of them: a method that is right only without dependence is not right on deaths.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.period import Period
from acuerdo.evaluation.inference.factor_model import FactorModel
from acuerdo.evaluation.inference.scores import distances_km
from acuerdo.evaluation.panel import Panel

Array = NDArray[np.float64]
_FIRST: Final = Period.month(2010, 1)


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Made:
    """A panel and what a method should find in it.

    Attributes:
        panel: The panel.
        truth: The effect, in the unit that the method answers in.
        changes: Code of the first period after a change of level; empty where there is none.
    """

    panel: Panel
    truth: float
    changes: str = ""


Design = Callable[[np.random.Generator, float], Made]
"""From a generator and the size of the effect to a made panel."""


def staggered(rng: np.random.Generator, effect: float) -> Made:
    """60 units over 12 periods; 30 of them treated in two cohorts; the effect is the same for all."""
    first = [5] * 15 + [8] * 15 + [None] * 30
    outcome = _two_way(rng, 60, periods=12) + _dependent(rng, 60, periods=12, rho=0.4)
    return Made(panel=_panel(outcome, first, effect=effect), truth=effect)


def together(rng: np.random.Generator, effect: float) -> Made:
    """40 units over 12 periods; half of them treated at once."""
    first = [6] * 20 + [None] * 20
    outcome = _two_way(rng, 40, periods=12) + _dependent(rng, 40, periods=12, rho=0.4)
    return Made(panel=_panel(outcome, first, effect=effect), truth=effect)


def few_clusters(rng: np.random.Generator, effect: float) -> Made:
    """12 units over 20 periods; 6 of them treated at once."""
    first = [10] * 6 + [None] * 6
    outcome = _two_way(rng, 12, periods=20) + _dependent(rng, 12, periods=20, rho=0.4)
    return Made(panel=_panel(outcome, first, effect=effect), truth=effect)


def ending(rng: np.random.Generator, effect: float) -> Made:
    """60 units over 14 periods; 30 treated for four periods, from two dates on."""
    first = [4] * 15 + [7] * 15 + [None] * 30
    last = [None if one is None else one + 3 for one in first]
    outcome = _two_way(rng, 60, periods=14) + _dependent(rng, 60, periods=14, rho=0.4)
    return Made(panel=_panel(outcome, first, effect=effect, last=last), truth=effect)


def counted(rng: np.random.Generator, effect: float) -> Made:
    """60 units over 12 periods of counts, more spread than a Poisson's; the truth is what the ratio added."""
    first = [5] * 15 + [8] * 15 + [None] * 30
    exposure = rng.uniform(5, 30, size=(60, 1)) * np.linspace(1, 1.05, 12)
    rate = np.exp(0.3 * _two_way(rng, 60, periods=12) + 0.15 * _dependent(rng, 60, periods=12, rho=0.4))
    panel = _panel(np.zeros((60, 12)), first, effect=0.0)
    mean = exposure * rate * np.exp(effect * panel.under_treatment())
    counts = rng.poisson(mean).astype(np.float64)
    made = Panel(
        outcome=counts,
        units=panel.units,
        periods=panel.periods,
        first_treated=panel.first_treated,
        exposure=exposure,
    )
    treated = counts[panel.under_treatment()].mean()
    return Made(panel=made, truth=float(treated * -np.expm1(-effect)))


def over_distance(rng: np.random.Generator, effect: float) -> Made:
    """150 units over 10 periods, their errors alike within some 40 km; who is treated has nothing to do with where."""
    places = np.column_stack([rng.uniform(18, 24, 150), rng.uniform(-104, -96, 150)])
    kernel = np.exp(-distances_km(places, places) / 20)
    errors = np.linalg.cholesky(kernel + 1e-6 * np.eye(150)) @ _dependent(rng, 150, periods=10, rho=0.4)
    first = [5 if treated else None for treated in rng.permutation(150) < 75]
    outcome = _two_way(rng, 150, periods=10) + errors
    return Made(panel=_panel(outcome, first, effect=effect, places=places), truth=effect)


def in_rings(rng: np.random.Generator, effect: float) -> Made:
    """10 treated units, 40 within reach of one of them that feel the effect, 60 that do not."""
    centres = np.column_stack([np.linspace(18, 24, 10), np.full(10, -102.0)])
    near = centres[np.arange(40) % 10] + rng.uniform(-0.15, 0.15, size=(40, 2))
    far = np.column_stack([rng.uniform(18, 24, 60), rng.uniform(-98, -96, 60)])
    outcome = _two_way(rng, 110, periods=10) + _dependent(rng, 110, periods=10, rho=0.4)
    outcome[10:50, 5:] += effect
    first = [5] * 10 + [None] * 100
    return Made(
        panel=_panel(outcome, first, effect=0.0, places=np.vstack([centres, near, far])), truth=effect
    )


def bent(rng: np.random.Generator, effect: float) -> Made:
    """200 units over 12 periods; half of them drift away along a straight line; the effect comes on top of it."""
    first = [6] * 100 + [None] * 100
    drift = 0.1 * np.arange(12) * np.array([1.0] * 100 + [0.0] * 100)[:, None]
    outcome = _two_way(rng, 200, periods=12) + _dependent(rng, 200, periods=12, rho=0.4) + drift
    return Made(panel=_panel(outcome, first, effect=effect), truth=effect)


def line(rng: np.random.Generator, effect: float) -> Made:
    """One series of 160 periods along a line, its errors depending on the last, with a step after 100."""
    values = 20 + 0.02 * np.arange(160) + _dependent(rng, 1, periods=160, rho=0.3)
    return Made(panel=_panel(values, [100], effect=effect), truth=effect)


def wandering(rng: np.random.Generator, effect: float) -> Made:
    """One series of 156 periods whose level wanders, with noise; a step for the last 12."""
    level = np.cumsum(rng.normal(scale=0.2, size=156))
    return Made(
        panel=_panel((20 + level + rng.normal(size=156))[None, :], [144], effect=effect), truth=effect
    )


def changing(rng: np.random.Generator, effect: float) -> Made:
    """One series of 120 periods with a change of level halfway; the truth is its size."""
    values = _dependent(rng, 1, periods=120, rho=0.2)
    values[:, 60:] += effect
    panel = _panel(values, [None], effect=0.0)
    return Made(panel=panel, truth=effect, changes=panel.periods[60].code)


def shared_out(rng: np.random.Generator, effect: float) -> Made:
    """32 places over 48 periods; halfway the largest one's share grows by the effect; the truth is of the index."""
    weights = np.sort(rng.dirichlet(np.ones(32)))[::-1]
    later = weights.copy()
    later[0] += effect
    later /= later.sum()
    shares = np.where(np.arange(48) < 24, weights[:, None], later[:, None])
    level = 2000 * np.exp(0.1 * _dependent(rng, 1, periods=48, rho=0.3))
    panel = _panel(rng.poisson(shares * level).astype(np.float64), [None] * 32, effect=0.0)
    return Made(panel=panel, truth=float((later**2).sum() - (weights**2).sum()))


def sharing_factors(rng: np.random.Generator, effect: float) -> Made:
    """20 units over 40 periods that share two common movements; one treated for the last ten."""
    return Made(panel=FactorModel(effect=effect).panel(rng), truth=effect)


def three_sharing_factors(rng: np.random.Generator, effect: float) -> Made:
    """The same with three treated."""
    return Made(panel=FactorModel(effect=effect, treated=3).panel(rng), truth=effect)


DESIGNS: Final[Mapping[str, Design]] = MappingProxyType(
    {
        one.__name__: one
        for one in (
            staggered, together, few_clusters, ending, counted, over_distance, in_rings, bent, line, wandering,
            changing, shared_out, sharing_factors, three_sharing_factors,
        )
    }
)  # fmt: skip


def _two_way(rng: np.random.Generator, units: int, *, periods: int) -> Array:
    return rng.normal(size=(units, 1)) + rng.normal(scale=0.5, size=periods)


def _dependent(rng: np.random.Generator, units: int, *, periods: int, rho: float) -> Array:
    """Errors of variance one, each the last one times rho and something new."""
    new = rng.normal(size=(units, periods))
    errors = np.empty_like(new)
    errors[:, 0] = new[:, 0]
    for at in range(1, periods):
        errors[:, at] = rho * errors[:, at - 1] + np.sqrt(1 - rho**2) * new[:, at]
    return errors


def _panel(
    outcome: Array,
    first: Sequence[int | None],
    *,
    effect: float,
    last: Sequence[int | None] | None = None,
    places: Array | None = None,
) -> Panel:
    panel = Panel(
        outcome=outcome,
        units=tuple(f"unit {row}" for row in range(len(first))),
        periods=tuple(_FIRST.shift(step) for step in range(outcome.shape[1])),
        first_treated=tuple(first),
        last_treated=None if last is None else tuple(last),
        coordinates=places,
    )
    if not effect:
        return panel
    return Panel(
        outcome=outcome + effect * panel.under_treatment(),
        units=panel.units,
        periods=panel.periods,
        first_treated=panel.first_treated,
        last_treated=panel.last_treated,
        coordinates=places,
    )
