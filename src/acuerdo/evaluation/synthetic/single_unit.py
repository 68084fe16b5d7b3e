"""The answer about one treated unit, whichever way its donors were weighed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, final

import numpy as np

from acuerdo.core.errors import not_found
from acuerdo.core.estimate import Estimate
from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.core.unit import Unit
from acuerdo.evaluation.method import AbstractMethod, Finding, OutcomeCode, Path, Refusal, refused
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.synthetic import wording
from acuerdo.evaluation.synthetic.case import FEWEST_BEFORE, Case
from acuerdo.evaluation.synthetic.conformal import ConformalTest
from acuerdo.evaluation.synthetic.placebo import Placebos, is_perfect, placebos
from acuerdo.evaluation.synthetic.prediction import prediction_interval
from acuerdo.evaluation.synthetic.settings import AbstractSyntheticSettings
from acuerdo.evaluation.synthetic.stability import in_time, without_each_donor
from acuerdo.evaluation.synthetic.weighing import AbstractWeighing, Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

Choose = Callable[[Case], AbstractWeighing]
"""The way to weigh, for a case."""
_A_PLACEBO_DATE = Text("a period before the treatment", "un periodo anterior al tratamiento")


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Doubt:
    """The interval of the mean effect, and of the effect in each period that counts."""

    average: tuple[float, float] | None = None
    low: NDArray[np.float64] | None = None
    high: NDArray[np.float64] | None = None


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Run:
    """One case, weighed."""

    method: str
    unit: Unit
    case: Case
    settings: AbstractSyntheticSettings
    weighing: AbstractWeighing
    weights: Weights
    ranks: Placebos

    @property
    def gap(self) -> NDArray[np.float64]:
        return self.ranks.gaps[self.case.treated]

    @property
    def misfit(self) -> float:
        """Root mean squared gap before the treatment, in standard deviations of the unit's own outcome."""
        own = self.case.comparison.before[self.case.treated].std()
        return float(self.ranks.before[self.case.treated] / own) if own > 0 else np.inf


def answer(
    method: AbstractMethod[Any], panel: Panel, *, case: Case | Refusal, settings: AbstractSyntheticSettings,
    choose: Choose, seed: int,
) -> Finding:  # fmt: skip
    """The finding of one case, or why there is none.

    Args:
        choose: Gives the way to weigh; may look at the case, but not at the treated unit after the treatment.

    Raises:
        NotFound: If a placebo date is not a period before the treatment.
    """
    if isinstance(case, Refusal):
        return refused(method, case.code, panel=panel, words=case.words)
    weighing = choose(case)
    weights = weighing.weights(case.comparison)
    ranks = placebos(
        case.comparison.outcomes,
        weights,
        treated=case.treated,
        span=case.span,
        alternative=settings.alternative,
        worst_fit=settings.worst_placebo,
    )
    run = _Run(
        method=method.id,
        unit=panel.measure,
        case=case,
        settings=settings,
        weighing=weighing,
        weights=weights,
        ranks=ranks,
    )
    if is_perfect(case.comparison.outcomes, ranks.gaps, start=case.comparison.start)[case.treated]:
        words = wording.overfitted(len(case.donors), case.comparison.start)
        return refused(method, OutcomeCode.OVERFITTED, panel=panel, words=words)
    if settings.worst_fit is not None and run.misfit > settings.worst_fit:
        words = wording.poor_fit(run.misfit, settings.worst_fit)
        return refused(method, OutcomeCode.POOR_FIT, panel=panel, words=words)
    return _finding(run, seed=seed)


def _finding(run: _Run, *, seed: int) -> Finding:
    case, ranks = run.case, run.ranks
    doubt = _doubt(run, seed=seed)
    start, end = case.span
    counterfactual = case.comparison.outcomes[case.treated] - run.gap
    own = run.weights.matrix[case.treated]
    return Finding(
        estimate=_estimate(run, ranks.effect, words=wording.estimated(case, ranks), ends=doubt.average),
        p_value=ranks.p_value,
        counterfactual=float(counterfactual[start:end].mean()),
        path=_path(run, counterfactual, doubt=doubt),
        placebo_gaps={
            case.units[row]: ranks.gaps[row] for row in np.flatnonzero(ranks.ranked) if row != case.treated
        },
        parts=_parts(run),
        weights={case.units[row]: float(own[row]) for row in np.flatnonzero(np.abs(own) > 0)},
        diagnostics=_diagnostics(run),
        warnings=wording.warnings(case, ranks, wanted=run.settings, ends=doubt.average),
    )


def _estimate(run: _Run, value: float, *, words: Text, ends: tuple[float, float] | None = None) -> Estimate:
    low, high = ends or (None, None)
    return Estimate(
        value=value,
        low=low,
        high=high,
        level=run.settings.level,
        unit=run.unit,
        method=run.method,
        outcome=words,
    )


def _doubt(run: _Run, *, seed: int) -> _Doubt:
    case, level = run.case, run.settings.level
    outcomes = case.comparison.outcomes
    start, _ = case.span
    match run.settings.interval:
        case "placebo":
            return _Doubt(average=run.ranks.interval(level))
        case "conformal":
            demeaned = bool(np.any(run.weights.level[case.treated]))
            test = ConformalTest(
                outcome=outcomes[case.treated], donors=outcomes[case.donors], start=start, demeaned=demeaned
            )
            each = np.array([ends or (np.nan, np.nan) for ends in test.each(level, gap=run.gap)])
            return _Doubt(average=test.interval(level, gap=run.gap), low=each[:, 0], high=each[:, 1])
        case "prediction":
            found = prediction_interval(
                run.gap,
                run.weights.matrix[case.treated, case.donors],
                donors=outcomes[case.donors],
                start=start,
                level=level,
                draws=np.random.default_rng(seed).standard_normal((run.settings.draws, start)),
            )
            return _Doubt(average=found.average, low=found.low, high=found.high)
        case "none":
            return _Doubt()


def _path(run: _Run, counterfactual: NDArray[np.float64], *, doubt: _Doubt) -> Path:
    actual = run.case.comparison.outcomes[run.case.treated]
    return Path(
        periods=run.case.periods,
        actual=actual,
        counterfactual=counterfactual,
        start=run.case.comparison.start,
        label=run.case.units[run.case.treated],
        low=_beside(actual, doubt.high),
        high=_beside(actual, doubt.low),
    )


def _beside(actual: NDArray[np.float64], effects: NDArray[np.float64] | None) -> NDArray[np.float64] | None:
    """The counterfactual that an end of the effects implies, NaN before the treatment."""
    if effects is None:
        return None
    start = len(actual) - len(effects)
    return np.concatenate([np.full(start, np.nan), actual[start:] - effects])


def _parts(run: _Run) -> Mapping[str, Estimate]:
    case, settings = run.case, run.settings
    parts: dict[str, Estimate] = {}
    if settings.leave_one_out:
        effects = without_each_donor(
            case.comparison, run.weighing, treated=case.treated, end=case.end, weights=run.weights
        )
        for donor, effect in effects.items():
            name = case.units[donor]
            parts[f"without {name}"] = _estimate(run, effect, words=wording.without(name))
    dates = [_placebo_date(case, code) for code in settings.placebo_dates]
    earlier = in_time(
        case.comparison,
        run.weighing,
        treated=case.treated,
        starts=dates,
        horizon=settings.horizon,
        alternative=settings.alternative,
    )
    for start, ranks in earlier.items():
        code = case.periods[start].code
        parts[f"date {code}"] = _estimate(run, ranks.effect, words=wording.at_date(code, ranks.p_value))
    return parts


def _placebo_date(case: Case, code: str) -> int:
    """Index of a period that leaves enough before it and lies before the treatment."""
    period = Period.parse(code)
    known = case.periods[FEWEST_BEFORE : case.comparison.start]
    if period not in known:
        raise not_found(_A_PLACEBO_DATE, code, known=[one.code for one in known])
    return case.periods.index(period)


def _diagnostics(run: _Run) -> Mapping[str, float | int | str | None]:
    ranks, case, weights = run.ranks, run.case, run.weights
    after = float(np.sqrt(np.mean(run.gap[ranks.start :] ** 2)))
    before = float(ranks.before[case.treated])
    found: dict[str, float | int | str | None] = {
        "pre_rmspe": before,
        "pre_rmspe_in_sd": run.misfit,
        "post_rmspe": after,
        "rmspe_ratio": after / before,
        "least_rmspe": float(np.sqrt(weights.bound[case.treated])),
        "donors": len(case.donors),
        "placebos": ranks.count - 1,
        "least_p_value": 1 / ranks.count,
        "periods_before": case.comparison.start,
        "periods_after": case.end - case.comparison.start,
    }
    if weights.agreement is not None and weights.spread is not None:
        fitted = case.comparison.fitted
        found["searches_agreeing"] = int(weights.agreement[case.treated])
        found["search_spread"] = float(weights.spread[case.treated])
        found["fewest_searches_agreeing_in_a_placebo"] = int(weights.agreement[fitted].min())
    return found
