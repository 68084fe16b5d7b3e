"""The answers of all defensible choices, in order, with the signed one marked.

References:
    Simonsohn, Simmons and Nelson (2020), Specification curve analysis, Nature Human Behaviour 4.
    Ferman, Pinto and Possebom (2020), Cherry picking with synthetic controls, Journal of Policy Analysis and
    Management 39(2).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, final

from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.text import Text
from acuerdo.evaluation.library import method
from acuerdo.evaluation.method import Finding, OutcomeCode
from acuerdo.evaluation.panel import Panel

Sample = Callable[[Panel], Panel]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way to answer.

    Attributes:
        method: Id of the method.
        settings: What is set in it.
        sample: Name of the sample; empty for the whole panel.
    """

    method: str
    settings: tuple[tuple[str, Any], ...] = ()
    sample: str = ""


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Specification:
    """One choice and its answer.

    Attributes:
        choice: The choice.
        finding: Its answer; one without a number counts too.
        signed: Whether it is the one that was fixed beforehand.
    """

    choice: Choice
    finding: Finding
    signed: bool


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curve:
    """All answers, those with a number first, from the least to the greatest.

    Attributes:
        specifications: The answers.
        same_sign: Share of the numbers that have the sign of the signed one; None where that has no number.
        excluding_zero: Share of the intervals that leave out zero; None where no answer has an interval.
        median: The middle number; None where there is none.
    """

    specifications: tuple[Specification, ...]
    same_sign: float | None
    excluding_zero: float | None
    median: float | None


def choices(
    methods: Mapping[str, Mapping[str, Sequence[Any]]], samples: Sequence[str] = ("",)
) -> tuple[Choice, ...]:
    """Every combination of the settings of each method, on each sample.

    Args:
        methods: For each method its settings, each with the values that can be defended.
        samples: Names of samples.
    """
    return tuple(
        Choice(method=name, settings=tuple(zip(settings, values, strict=True)), sample=sample)
        for name, settings in methods.items()
        for values in itertools.product(*settings.values())
        for sample in samples
    )


def curve(
    panel: Panel, made: Sequence[Choice], *, signed: Choice, samples: Mapping[str, Sample], seed: int
) -> Curve:
    """The curve.

    Args:
        panel: The data.
        made: The choices; the signed one is put in if it is not there.
        signed: The one that was fixed beforehand.
        samples: How each named sample is taken from the panel.
        seed: For whatever is drawn; the same for every choice.

    Raises:
        CheckFailed: If a choice names a sample that is not given.
        NotFound: If it names a method that there is not.
    """
    unknown = sorted({one.sample for one in (*made, signed)} - {"", *samples})
    if unknown:
        raise CheckFailed(_no_sample(unknown))
    answered = [
        Specification(
            choice=one, finding=_answer(panel, one, samples=samples, seed=seed), signed=one == signed
        )
        for one in dict.fromkeys((*made, signed))
    ]
    numbered = sorted((one for one in answered if one.finding.code is OutcomeCode.ESTIMATED), key=_value)
    silent = [one for one in answered if one.finding.code is not OutcomeCode.ESTIMATED]
    return Curve(
        specifications=(*numbered, *silent),
        same_sign=_same_sign(numbered),
        excluding_zero=_excluding_zero(numbered),
        median=_median([_value(one) for one in numbered]),
    )


def _answer(panel: Panel, choice: Choice, *, samples: Mapping[str, Sample], seed: int) -> Finding:
    chosen = method(choice.method)
    taken = samples[choice.sample](panel) if choice.sample else panel
    return chosen.run(taken, settings=chosen.settings(**dict(choice.settings)), seed=seed)


def _value(one: Specification) -> float:
    return one.finding.estimate.value or 0.0


def _same_sign(numbered: Sequence[Specification]) -> float | None:
    signed = [one for one in numbered if one.signed]
    if not signed:
        return None
    positive = _value(signed[0]) > 0
    return sum((_value(one) > 0) == positive for one in numbered) / len(numbered)


def _excluding_zero(numbered: Sequence[Specification]) -> float | None:
    ends = [
        (one.finding.estimate.low, one.finding.estimate.high)
        for one in numbered
        if one.finding.estimate.has_interval
    ]
    if not ends:
        return None
    return sum((low or 0.0) > 0 or (high or 0.0) < 0 for low, high in ends) / len(ends)


def _median(values: Sequence[float]) -> float | None:
    if not values:
        return None
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def _no_sample(unknown: Sequence[str]) -> Problem:
    shown = ", ".join(unknown)
    return Problem(
        what=Text(
            f"Samples are named that are not given: {shown}.", f"Se nombran muestras que no se dan: {shown}."
        )
    )
