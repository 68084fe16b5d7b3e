"""The answer of a method that compares cohort by cohort: the mean, its parts and its path."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from acuerdo.evaluation.differences.admission import unit_weights
from acuerdo.evaluation.differences.aggregation import Mean, after_end, by_cohort, by_event
from acuerdo.evaluation.differences.answer import Answer, counted_in_words, treated_mean
from acuerdo.evaluation.differences.group_time import Cohort
from acuerdo.evaluation.differences.settings import AbstractWeightedSettings
from acuerdo.evaluation.inference.choice import in_words, uncertain
from acuerdo.evaluation.inference.interval import Uncertain
from acuerdo.evaluation.method import Finding
from acuerdo.evaluation.panel import Panel

Array = NDArray[np.float64]
Told = Callable[[Array, Array], tuple[Uncertain, ...]]


def cohort_answer(
    panel: Panel,
    mean: Mean,
    *,
    cohorts: Sequence[Cohort],
    method: str,
    settings: AbstractWeightedSettings,
    cutoff_km: float | None,
) -> Finding:
    """The finding.

    Args:
        panel: The data.
        mean: The one effect.
        cohorts: Effects of every cohort.
        method: Id of the method.
        settings: Level, horizon and weights.
        cutoff_km: Distance at which dependence ends; None for clusters.
    """

    def told(values: Array, scores: Array) -> tuple[Uncertain, ...]:
        return uncertain(values, scores, panel=panel, level=settings.level, cutoff_km=cutoff_km)

    events = _means(by_event(cohorts), told)
    weights = unit_weights(panel, settings.weights)
    answer = Answer.of(
        panel,
        method=method,
        level=settings.level,
        inference=counted_in_words(settings.weights, then=in_words(cutoff_km)),
    )
    return answer.finding(
        _means({0: mean}, told)[0],
        parts={f"event {since}": one for since, one in events.items()} | _parts(panel, cohorts, told=told),
        counterfactual=treated_mean(panel, horizon=settings.horizon, weights=weights) - mean.value,
        path=answer.event_path(
            events, actual=np.array([_actual(panel, cohorts, since=since) for since in events])
        ),
        diagnostics={
            "cohorts": len(cohorts),
            "smallest_cohort": min(one.size for one in cohorts),
            "largest_before": max(
                (abs(one.value) for since, one in events.items() if since < 0), default=None
            ),
        },
    )


def _means(means: Mapping[int, Mean], told: Told) -> dict[int, Uncertain]:
    if not means:
        return {}
    values = np.array([one.value for one in means.values()])
    found = told(values, np.column_stack([one.scores for one in means.values()]))
    return dict(zip(means, found, strict=True))


def _parts(panel: Panel, cohorts: Sequence[Cohort], *, told: Told) -> dict[str, Uncertain]:
    """The effects of each cohort in each period, each cohort's mean, and what is left after an end."""
    code = [one.code for one in panel.periods]
    parts: dict[str, Uncertain] = {}
    for cohort in cohorts:
        there = np.flatnonzero(~np.isnan(cohort.effects))
        for column, one in zip(there, told(cohort.effects[there], cohort.scores[:, there]), strict=True):
            parts[f"ATT({code[cohort.start]},{code[column]})"] = one
    means = _means(by_cohort(cohorts, horizon=None), told)
    ended = _means(after_end(cohorts), told)
    return (
        parts
        | {f"cohort {code[start]}": one for start, one in means.items()}
        | {f"after end {since}": one for since, one in ended.items()}
    )


def _actual(panel: Panel, cohorts: Sequence[Cohort], *, since: int) -> float:
    """The mean outcome of the cohorts that enter the effect at one time since treatment, units as they count."""
    there = [
        cohort
        for cohort in cohorts
        if 0 <= cohort.start + since < cohort.end and not np.isnan(cohort.effects[cohort.start + since])
    ]
    total = sum(float(one.members @ panel.outcome[:, one.start + since]) for one in there)
    return total / sum(float(one.members.sum()) for one in there)
