"""The dates at which the level of a series changed, by two methods, each with an interval.

The first method is least squares with the number of changes chosen by BIC (Bai and Perron; ruptures). The second looks
at the whole distribution through a Gaussian kernel. A date is claimed where both put it, and where the change between
its neighbours is larger than the dependence of the series explains.

References:
    Bai and Perron (2003), Computation and analysis of multiple structural change models, Journal of Applied
    Econometrics 18(1).
    Arlot, Celisse and Harchaoui (2019), A kernel multiple change-point algorithm via model selection, JMLR 20.
    Eo and Morley (2015), Likelihood-ratio-based confidence sets for the timing of structural breaks, Quantitative
    Economics 6(2).
    Truong, Oudre and Vayatis (2020), Selective review of offline change point detection methods, Signal Processing 167.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import final

import numpy as np
from numpy.typing import NDArray

from acuerdo.evaluation.inference.interval import Uncertain, from_standard_error
from acuerdo.evaluation.optional import library
from acuerdo.evaluation.series.sup_f import sup_f

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a change has to be.

    Attributes:
        fewest: Periods of the shortest regime.
        most: Most changes looked for.
        count: How many, if that is fixed beforehand; None for as many as BIC chooses.
        tolerance: By how many periods the two methods may differ.
        level: Coverage of the intervals.
        size: Of the test between a change's neighbours.
        draws: Bootstrap draws.
    """

    fewest: int
    most: int
    count: int | None
    tolerance: int
    level: float
    size: float
    draws: int


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """One change of level.

    Attributes:
        place: First period of the new regime.
        low: First period of the interval for it.
        high: Last one.
        shift: New level less the old, with its interval.
        by_kernel: Where the second method puts it; None if nowhere near.
        p_value: Of the test between its neighbours.
        claimed: Whether both methods and the test agree.
    """

    place: int
    low: int
    high: int
    shift: Uncertain
    by_kernel: int | None
    p_value: float
    claimed: bool


def breaks_of(values: Array, rules: Rules, *, seed: int) -> tuple[Break, ...]:
    """All changes that least squares finds, in order, each with what speaks for it.

    Args:
        values: Shape (periods,); at least twice the shortest regime.
        rules: What a change has to be.
        seed: For the bootstraps.

    Raises:
        MissingExtra: If the library is not installed.
    """
    places = by_least_squares(values, fewest=rules.fewest, most=rules.most, count=rules.count)
    others = by_kernel(values, count=len(places), fewest=rules.fewest)
    edges = (0, *places, values.size)
    found = []
    for number, place in enumerate(places, start=1):
        begin, end = edges[number - 1], edges[number + 1]
        near = [one for one in others if abs(one - place) <= rules.tolerance]
        kernel = min(near, key=lambda one: abs(one - place), default=None)
        piece, at = values[begin:end], place - begin
        trim = max(3, min(rules.fewest, int(0.15 * piece.size)))
        p_value = sup_f(piece, "level", trim=trim, draws=rules.draws, seed=seed + number).p_value
        low, high = _interval(piece, at, rules=rules, seed=seed + number)
        found.append(
            Break(
                place=place,
                low=begin + low,
                high=begin + high,
                shift=_shift(piece, at, level=rules.level),
                by_kernel=kernel,
                p_value=p_value,
                claimed=kernel is not None and p_value <= rules.size,
            )
        )
    return tuple(found)


def by_least_squares(values: Array, *, fewest: int, most: int, count: int | None = None) -> tuple[int, ...]:
    """First periods of the new regimes; their number is given, or chosen by BIC."""
    periods = values.size
    search = library("ruptures").Dynp(model="l2", min_size=fewest, jump=1).fit(values)
    if count is not None:
        return tuple(search.predict(n_bkps=count)[:-1])
    best: tuple[int, ...] = ()
    best_bic = _bic(values, ())
    for tried in range(1, min(most, periods // fewest - 1) + 1):
        places = tuple(search.predict(n_bkps=tried)[:-1])
        bic = _bic(values, places)
        if bic < best_bic:
            best, best_bic = places, bic
    return best


def by_kernel(values: Array, *, count: int, fewest: int) -> tuple[int, ...]:
    """First periods of the new regimes by a Gaussian kernel, as many as asked for."""
    if count == 0:
        return ()
    search = library("ruptures").KernelCPD(kernel="rbf", min_size=fewest, jump=1).fit(values)
    return tuple(search.predict(n_bkps=count)[:-1])


def _bic(values: Array, places: Sequence[int]) -> float:
    pieces = [values[a:b] for a, b in pairwise((0, *places, values.size))]
    residual = sum(float(((piece - piece.mean()) ** 2).sum()) for piece in pieces)
    if residual <= 0:
        return -np.inf
    # One mean for each regime, one date for each change, one variance.
    parameters = 2 * len(places) + 2
    return values.size * np.log(residual / values.size) + parameters * np.log(values.size)


def _shift(piece: Array, at: int, *, level: float) -> Uncertain:
    """The difference of the two levels, with a long-run variance for each."""
    before, after = piece[:at], piece[at:]
    variance = _long_run_variance(before) / before.size + _long_run_variance(after) / after.size
    return from_standard_error(
        float(after.mean() - before.mean()), float(np.sqrt(variance)), level=level, freedom=piece.size - 2
    )


def _long_run_variance(values: Array) -> float:
    """That of an autoregression of order one.

    A kernel over so few periods as a regime often has would leave out most of the dependence.
    """
    residuals = values - values.mean()
    periods, spread = values.size, float(residuals @ residuals)
    if spread <= 0 or periods < 4:
        return 0.0
    rho = max(_dependence(residuals, regimes=1), 0.0)
    return spread / (periods - 1) * (1 + rho) / (1 - rho)


def _dependence(residuals: Array, *, regimes: int) -> float:
    """The autocorrelation at lag one, freed of the bias that short series have (Kendall 1954)."""
    rho = float(residuals[1:] @ residuals[:-1]) / float(residuals @ residuals)
    return min(max(rho + regimes * (1 + 3 * rho) / residuals.size, -0.95), 0.95)


def _interval(piece: Array, at: int, *, rules: Rules, seed: int) -> tuple[int, int]:
    """First and last of the dates whose likelihood is not too far below the best one's.

    How far is too far is what the true date falls short by in series drawn with a change of this size and the same
    dependence on the past (Eo and Morley 2015). Such a set is shorter than the spread of the dates found anew in drawn
    series, and holds the date as often.
    """
    periods = piece.size
    level = np.where(np.arange(periods) < at, piece[:at].mean(), piece[at:].mean())
    residuals = piece - level
    if not residuals.any():
        return at, at
    fewest = min(3, at, periods - at)
    drawn = level + _like(residuals, draws=rules.draws, rng=np.random.default_rng(seed))
    allowed = np.quantile(_shortfalls(drawn, fewest=fewest)[:, at - 1], rules.level, method="inverted_cdf")
    kept = 1 + np.flatnonzero(_shortfalls(piece[None, :], fewest=fewest)[0] <= allowed)
    return min(int(kept[0]), at), max(int(kept[-1]), at)


def _like(residuals: Array, *, draws: int, rng: np.random.Generator) -> Array:
    """Autoregressive series like the residuals about two levels; shape (draws, periods)."""
    periods, burn = residuals.size, 50
    rho = _dependence(residuals, regimes=2)
    shocks = residuals[1:] - rho * residuals[:-1]
    # Two levels and the autocorrelation were fitted
    shocks = (shocks - shocks.mean()) * np.sqrt(periods / max(periods - 3, 1))
    drawn = shocks[rng.integers(shocks.size, size=(draws, periods + burn))]
    for step in range(1, periods + burn):
        drawn[:, step] += rho * drawn[:, step - 1]
    return drawn[:, burn:]


def _shortfalls(series: Array, *, fewest: int) -> Array:
    """By how much a change at each date explains less than the best one, relative to what that leaves.

    Shape (series, periods - 1); column 0 is a change at the second period. Infinite where no change may be.
    """
    periods = series.shape[1]
    sums = series.cumsum(axis=1)
    at = np.arange(1, periods)
    gain = sums[:, :-1] ** 2 / at + (sums[:, -1:] - sums[:, :-1]) ** 2 / (periods - at)
    gain[:, : fewest - 1] = -np.inf
    gain[:, periods - fewest :] = -np.inf
    best = gain.max(axis=1, keepdims=True)
    left = (series**2).sum(axis=1, keepdims=True) - best
    return (best - gain) / np.maximum(left, np.finfo(float).tiny)
