"""Forecasts from past dates with what was known then, scored against what came: the model of overdose and its rivals.

Every forecaster is given the twelve-month counts up to a month and says where the count will be some months later, as
a mixture of log-normal distributions. How wide it is comes from how far the same forecaster, run over the months known
by then, strayed at that distance; the rivals of statsforecast bring their own width.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from typing import final

import numpy as np

from acuerdo.core.errors import missing_extra
from acuerdo.core.text import Text
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.library import model
from acuerdo.foresight.model import Floats
from acuerdo.foresight.reduction import Kept
from acuerdo.foresight.run import Setup, simulate
from acuerdo.foresight.scenario import BASELINE, Scenario

LEVELS = (0.5, 0.8, 0.95)
STRUCTURES: tuple[Mapping[str, str], ...] = ({}, {"perceived_risk": "fewer_begin"})
# A count of twelve months ending in month 0, January 2015, began before the model does
_YEAR = 12
# How far the best course of a model this coarse may lie from the counts
_FIT = 0.1
_SAMPLES = 4_000
_DRAWS = 2_000
_NEEDED = Text("Forecasting with rivals", "Pronosticar con rivales")


@final
@dataclass(frozen=True, slots=True)
class Forecast:
    """A mixture of log-normal distributions of one count.

    Attributes:
        centres: The logarithm of each part's median, shape (parts,).
        width: The standard deviation of the logarithm, that of every part.
    """

    centres: Floats
    width: float

    def samples(self) -> Floats:
        """Values that are spread as it says; evenly, so that scores hold little of the chance of sampling."""
        parts = np.sort(self.centres)[np.arange(_SAMPLES) * self.centres.size // _SAMPLES]
        return np.exp(parts + self.width * _scatter())

    def score(self, truth: float) -> dict[str, float]:
        """Continuous ranked probability score, negative log score, absolute error, and whether intervals hold it."""
        values = np.sort(self.samples())
        ranks = np.arange(1, values.size + 1)
        spread = 2.0 * np.sum((2.0 * ranks - values.size - 1.0) * values) / values.size**2
        apart = (np.log(truth) - self.centres) / self.width
        density = np.mean(np.exp(-0.5 * apart**2)) / (truth * self.width * np.sqrt(2.0 * np.pi))
        inside = {
            f"inside_{100 * level:.0f}": float(
                np.quantile(values, 0.5 - level / 2) <= truth <= np.quantile(values, 0.5 + level / 2)
            )
            for level in LEVELS
        }
        return {
            "crps": float(np.mean(np.abs(values - truth)) - 0.5 * spread),
            "log_score": float(-np.log(max(density, 1e-300))),
            "error": float(abs(np.median(values) - truth)),
            **inside,
        }


Forecaster = Callable[[Floats, int], Forecast]


def mechanism(span: int, *, carried: bool = True) -> Forecaster:
    """The model of overdose under both its structures, its draws weighed by how well each fits what is known.

    What the model leaves unexplained is taken to be a supply that grows stronger or weaker. How much of such a move
    goes on is estimated from the moves known by then, as is the width, from how far the same forecaster strayed when
    it was run from each earlier month; so the forecast rests on nothing that came later.

    Args:
        span: How many months after December 2014 are ever asked about.
        carried: Whether an unexplained move goes on at all; else potency stays what it was on the last known day.
    """
    courses = np.log(np.concatenate([courses_under(span, structure) for structure in STRUCTURES], axis=1))

    def forecast(known: Floats, ahead: int) -> Forecast:
        logs, now = np.log(known), known.size - 1
        reach = min(ahead, (known.size - _YEAR) // 2)
        past, later = _unexplained(logs, courses, reach=reach)
        good = np.isfinite(past) & np.isfinite(later)
        share = past[good] @ later[good] / (past[good] @ past[good]) if carried and good.any() else 0.0
        share = float(np.clip(share, 0.0, reach / _YEAR))
        missed = later - np.where(np.isfinite(past), share * past, 0.0)
        weights = weights_of(logs, courses, last=now)
        recent = _rest(logs, courses, weights=weights, at=now) - _rest(
            logs, courses, weights=weights, at=now - _YEAR
        )
        chosen = np.searchsorted(np.cumsum(weights), (np.arange(_DRAWS) + 0.5) / _DRAWS)
        moved = courses[now + ahead, chosen] - courses[now, chosen]
        carry = share * recent * ahead / reach if np.isfinite(recent) else 0.0
        return Forecast(logs[-1] + moved + carry, _width(missed, ahead / reach))

    return forecast


def weights_of(logs: Floats, courses: Floats, *, last: int) -> Floats:
    """How well each draw fits what is known up to a month, summing to one, shape (draws,)."""
    apart = logs[_YEAR - 1 : last + 1, None] - courses[_YEAR - 1 : last + 1]
    # Twelve counts that share most of their months say hardly more than one
    fit = -0.5 * np.nansum(apart**2, axis=0) / _YEAR / _FIT**2
    weights = np.exp(fit - fit.max())
    return weights / weights.sum()


def _rest(logs: Floats, courses: Floats, *, weights: Floats, at: int) -> float:
    """What the weighed courses leave unexplained in a month."""
    return float(logs[at] - courses[at] @ weights)


def _unexplained(logs: Floats, courses: Floats, *, reach: int) -> tuple[Floats, Floats]:
    """From each earlier month: the unexplained move of the year before, and of the months after; each (months,)."""
    past, later = [], []
    for month in range(2 * _YEAR - 1, logs.size - reach):
        weights = weights_of(logs, courses, last=month)
        before, here, after = (
            _rest(logs, courses, weights=weights, at=one) for one in (month - _YEAR, month, month + reach)
        )
        past.append(here - before)
        later.append(after - here)
    return np.array(past), np.array(later)


def trend(known: Floats, ahead: int) -> Forecast:
    """The last count, moving on by the mean monthly change of the last twelve months."""
    logs = np.log(known)
    drift = (logs[-1] - logs[-1 - _YEAR]) / _YEAR
    reach = min(ahead, (logs.size - _YEAR) // 2)
    starts = np.arange(_YEAR, logs.size - reach)
    moved = reach * (logs[starts] - logs[starts - _YEAR]) / _YEAR
    errors = logs[starts + reach] - logs[starts] - moved
    return Forecast(np.array([logs[-1] + ahead * drift]), _width(errors, ahead / reach))


def best_of_statsforecast(known: Floats, ahead: int) -> Forecast:
    """Of AutoARIMA, AutoETS and AutoTheta the one that was nearest over the last twelve months known.

    Raises:
        MissingExtra: If statsforecast is not installed.
    """
    try:
        from statsforecast.models import AutoARIMA, AutoETS, AutoTheta
    except ImportError as error:
        raise missing_extra("forecast", _NEEDED) from error
    logs = np.log(known)
    # These cannot do with gaps; counts are complete from the last one on
    logs = logs[np.flatnonzero(np.isnan(logs))[-1] + 1 :] if np.isnan(logs).any() else logs
    kinds = (AutoARIMA, AutoETS, AutoTheta)
    misses = [
        np.abs(
            np.asarray(kind(season_length=1).forecast(logs[:-_YEAR], h=_YEAR)["mean"]) - logs[-_YEAR:]
        ).mean()
        for kind in kinds
    ]
    chosen = kinds[int(np.argmin(misses))](season_length=1)
    found = chosen.forecast(logs, h=ahead, level=[80])
    centre, high = float(np.asarray(found["mean"])[-1]), float(np.asarray(found["hi-80"])[-1])
    return Forecast(np.array([centre]), max((high - centre) / 1.2815515655446004, 1e-4))


def scores(
    counts: Floats,
    truth: Floats,
    *,
    ends: Sequence[int],
    ahead: Sequence[int],
    forecasters: Mapping[str, Forecaster],
) -> dict[str, list[dict[str, float]]]:
    """The scores of each forecaster, one for each last known month and distance that has an outcome.

    Args:
        counts: What was known, from January 2015 on, shape (months,).
        truth: What is known now, shape (months,).
        ends: The last known months, as positions.
        ahead: How many months ahead.
        forecasters: By name.
    """
    asked = [(end, far) for end in ends for far in ahead if end + far < truth.size]
    return {
        name: [
            {"end": end, "ahead": far} | one(counts[: end + 1], far).score(float(truth[end + far]))
            for end, far in asked
        ]
        for name, one in forecasters.items()
    }


def courses_under(span: int, structure: Mapping[str, str], *, scenario: Scenario = BASELINE) -> Floats:
    """Twelve-month counts of every draw, shape (months, draws); NaN before the first whole year."""
    one = model("overdose")
    month = 1.0 / _YEAR
    run = simulate(
        one,
        scenarios=(scenario,),
        structures=(structure,),
        draws=Draws(count=_DRAWS),
        reduce={"kept": Kept(places=range(span + 1))},
        setup=Setup(span=span * month, every=month, step=month, outcomes=("synthetic_deaths",)),
    )
    rates = run.kept(scenario.id, "synthetic_deaths", "kept", structure=run.structures[0])[: span + 1]
    monthly = month * 0.5 * (rates[1:] + rates[:-1])
    sums = np.cumsum(np.vstack([np.zeros_like(monthly[:1]), monthly]), axis=0)
    counts = np.full((span, monthly.shape[1]), np.nan)
    counts[_YEAR - 1 :] = sums[_YEAR:] - sums[:-_YEAR]
    return counts


@cache
def _scatter() -> Floats:
    """Standard normal values in the order of a golden lattice, so that they pair evenly with parts in any order."""
    golden = 0.5 * (np.sqrt(5.0) - 1.0)
    normal = NormalDist()
    return np.array([normal.inv_cdf(place) for place in (np.arange(_SAMPLES) * golden + 0.5) % 1.0])


def _width(errors: Floats, further: float) -> float:
    """The size of errors at a distance that could be tried; beyond it they grow as a random walk does."""
    return float(np.sqrt(np.nanmean(errors**2) * further))
