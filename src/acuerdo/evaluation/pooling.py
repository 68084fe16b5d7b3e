"""What all evaluations of one objective say together, void and inconclusive ones too: nothing stays in a drawer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import Any, Final

import acuerdo
from acuerdo.core.result import Result, fingerprint
from acuerdo.evaluation.across.meta_analysis import pooled
from acuerdo.evaluation.contract import Contract
from acuerdo.evaluation.library import method
from acuerdo.evaluation.writing import rounded
from acuerdo.indicators.load import indicator

QUESTION: Final = "across"
_FEWEST: Final = 2


def pool(contracts: Mapping[str, Contract], results: Mapping[str, Result]) -> Result:
    """The random-effects mean of the answers that can be put together, by objective of the outcome.

    Only answers in per cent by a design with a before and an after enter; each enters whatever its verdict. They are
    pooled as logarithms of ratios, so that a doubling and a halving weigh alike.

    Args:
        contracts: By id.
        results: Kept answers by the same ids.

    Raises:
        MissingExtra: If an optional part is not installed.
    """
    groups: dict[str, list[str]] = {}
    for key, one in contracts.items():
        if key in results and _enters(one):
            for objective in _objectives(one):
                groups.setdefault(objective, []).append(key)
    told = {objective: _together(keys, results) for objective, keys in sorted(groups.items())}
    answer = {objective: found for objective, found in told.items() if found is not None}
    inputs = {key: fingerprint(dict(one.answer)) for key, one in sorted(results.items())}
    return Result(question=QUESTION, inputs=inputs, version=acuerdo.__version__, answer=answer)


def _enters(one: Contract) -> bool:
    plan = one.plan
    return (
        plan is not None
        and plan.decision.scale == "percent"
        and method(plan.primary.method).about.design != "description"
    )


def _objectives(one: Contract) -> Sequence[str]:
    named = one.plan.outcome.indicator if one.plan else None
    return indicator(named).objectives[:1] if named else ()


def _together(keys: Sequence[str], results: Mapping[str, Result]) -> dict[str, Any] | None:
    logs = {key: found for key in keys if (found := _log(results[key])) is not None}
    if len(logs) < _FEWEST:
        return None
    found = pooled([value for value, _ in logs.values()], [error for _, error in logs.values()])
    ends = found.predicted
    return {
        "contracts": list(logs),
        "verdicts": {key: results[key].answer["verdict"] for key in logs},
        "without_interval": [key for key in keys if key not in logs],
        "value": _percent(found.mean.value),
        "low": _percent(found.mean.low),
        "high": _percent(found.mean.high),
        "predicted": None if ends is None else [_percent(end) for end in ends],
        "inconsistency": rounded(found.inconsistency),
    }


def _log(result: Result) -> tuple[float, float] | None:
    """The logarithm of the ratio, and its standard error from the interval; None without an interval."""
    effect, level = result.answer["effect"], result.answer["primary"]["estimate"]["level"]
    value, low, high = effect["value"], effect["low"], effect["high"]
    if value is None or low is None or high is None or min(value, low) <= -100:
        return None
    width = math.log1p(high / 100) - math.log1p(low / 100)
    error = width / (2 * NormalDist().inv_cdf(0.5 + level / 2))
    return (math.log1p(value / 100), error) if error > 0 else None


def _percent(log: float | None) -> float | None:
    return None if log is None else rounded(100 * math.expm1(log))
