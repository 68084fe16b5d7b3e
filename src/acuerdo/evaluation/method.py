"""What a method is, and what it gives back.

A method is one file in ``evaluation/methods``; its name is the id, and it ends with ``METHOD``, an instance of a
``@final`` class under :class:`AbstractMethod`. It imports its heavy libraries where it uses them, and raises
:func:`acuerdo.core.errors.missing_extra` where one is absent.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Generic, Literal, TypeVar, final

import numpy as np
from pydantic import Field

from acuerdo.core.citation import Citation
from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.estimate import Estimate
from acuerdo.core.period import Period
from acuerdo.core.text import Lang, Text
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.telling import told
from acuerdo.spec.fields import AbstractSpec

if TYPE_CHECKING:
    from numpy.typing import NDArray

Design = Literal["description", "single_series", "comparison"]
"""What a method's answer can bear: a picture; one series before and after; treated against untreated, before and
after. The rule for the Maryland scale reads it."""


class OutcomeCode(StrEnum):
    """What became of a run. Only ``ESTIMATED`` comes with a number."""

    ESTIMATED = "estimated"
    NO_DONORS = "no_donors"
    POOR_FIT = "poor_fit"
    OVERFITTED = "overfitted"
    TOO_FEW_PERIODS = "too_few_periods"
    TOO_FEW_TREATED = "too_few_treated"
    TOO_FEW_CLUSTERS = "too_few_clusters"
    MISSING_OUTCOME = "missing_outcome"
    UNITS_VANISH = "units_vanish"
    SINGULAR = "singular"
    NOT_CONVERGED = "not_converged"
    NOT_IDENTIFIED = "not_identified"
    TOO_LARGE = "too_large"


class AbstractSettings(AbstractSpec):
    """The settings of a method; every field has a default and a bound, and is written into the contract.

    Attributes:
        horizon: How many periods from the first treated one enter the effect; all if not given.
        level: Coverage of the interval.
    """

    horizon: Annotated[int, Field(ge=1)] | None = None
    level: Annotated[float, Field(gt=0, lt=1)] = 0.95


SettingsT = TypeVar("SettingsT", bound=AbstractSettings)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The facts about a method.

    Attributes:
        name: Its name.
        design: What its answer can bear.
        estimand: The quantity that it estimates.
        assumptions: What must hold.
        breaks: What would break it.
        references: Where it is published.
        extras: Optional parts that must be installed: ``("evaluation",)``.
    """

    name: Text
    design: Design
    estimand: Text
    assumptions: tuple[Text, ...]
    breaks: tuple[Text, ...]
    references: tuple[Citation, ...]
    extras: tuple[str, ...] = ()


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Path:
    """What happened and what would have, for one treated unit or the mean of several.

    Attributes:
        periods: T periods; of event time, the calendar periods of the unit, or those around the treatment.
        actual: T values in the panel's measure.
        counterfactual: T values; NaN where there is none.
        low: T lower ends of the counterfactual's interval; None if there is none.
        high: T upper ends.
        start: Index of the first treated period.
        label: Whose path: a unit's name, or empty for the mean of the treated.
        event_time: T periods since treatment where several units with different starts are averaged; then
            ``periods`` is empty.
    """

    periods: tuple[Period, ...]
    actual: NDArray[np.float64]
    counterfactual: NDArray[np.float64]
    start: int
    low: NDArray[np.float64] | None = None
    high: NDArray[np.float64] | None = None
    label: str = ""
    event_time: tuple[int, ...] = ()


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Finding:
    """What a method found; in a notebook it shows itself as :meth:`render` has it.

    Attributes:
        estimate: The effect, with its interval and outcome in words; its value is None unless ``code`` is
            ``ESTIMATED``.
        code: What became of the run.
        p_value: Of the null of no effect, two-sided unless the settings say otherwise; None if the method gives none.
        counterfactual: Mean of the counterfactual over the cells that enter the effect, in the estimate's unit, so
            that value / counterfactual is the relative effect; None where it has no meaning.
        path: Actual and counterfactual; None for a method without one.
        placebo_gaps: For each placebo (a unit, ``date 2014-03`` …), actual less counterfactual along ``path``.
        parts: Estimates of parts by name: ``ATT(2004,2005)``, ``event 3``, a unit, a break date.
        errors: Standard error of each part that has one.
        weights: Weight of each donor by unit name, zeros left out.
        diagnostics: Numbers and short codes by name, e.g. ``pre_rmspe``, ``clusters``.
        warnings: What a reader must know though the run succeeded.

    Raises:
        CheckFailed: If there is a number without ``ESTIMATED``, or ``ESTIMATED`` without a number, or a p-value
            outside of 0 to 1.
    """

    estimate: Estimate
    code: OutcomeCode = OutcomeCode.ESTIMATED
    p_value: float | None = None
    counterfactual: float | None = None
    path: Path | None = None
    placebo_gaps: Mapping[str, NDArray[np.float64]] = field(default_factory=dict[str, "NDArray[np.float64]"])
    parts: Mapping[str, Estimate] = field(default_factory=dict[str, Estimate])
    errors: Mapping[str, float] = field(default_factory=dict[str, float])
    weights: Mapping[str, float] = field(default_factory=dict[str, float])
    diagnostics: Mapping[str, float | int | str | None] = field(
        default_factory=dict[str, "float | int | str | None"]
    )
    warnings: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        if (self.estimate.value is not None) != (self.code is OutcomeCode.ESTIMATED):
            raise CheckFailed(_number_without_success(self.estimate.method, self.code))
        if self.p_value is not None and not 0 <= self.p_value <= 1:
            raise CheckFailed(_no_probability(self.estimate.method, self.p_value))

    @property
    def outcome(self) -> Text:
        """What became of the run, in words."""
        return self.estimate.outcome

    def render(self, lang: Lang) -> str:
        """The finding in a few lines: the number, what it rests on, what a reader must know."""
        return told(self, lang)

    def rows(self) -> list[dict[str, Any]]:
        """The effect and its parts as rows of a table, for any data frame: ``pandas.DataFrame(found.rows())``.

        Returns:
            For each of them ``part`` (``effect`` for the whole), ``value``, ``standard_error``, ``low``, ``high`` and
            ``level``; None where there is none.
        """
        numbers = {"effect": self.estimate, **self.parts}
        errors = {"effect": self.diagnostics.get("standard_error"), **self.errors}
        return [
            {
                "part": name,
                "value": one.value,
                "standard_error": errors.get(name),
                "low": one.low,
                "high": one.high,
                "level": one.level,
            }
            for name, one in numbers.items()
        ]

    def __repr__(self) -> str:
        return self.render("en")


class AbstractMethod(ABC, Generic[SettingsT]):
    """One way to answer. Concrete methods are ``@final`` and live in ``evaluation/methods``.

    Attributes:
        about: The facts about it.
        settings: The class of its settings.
    """

    about: ClassVar[About]
    settings: type[SettingsT]

    @property
    def id(self) -> str:
        """The name of its file."""
        return type(self).__module__.rpartition(".")[2]

    @abstractmethod
    def run(self, panel: Panel, *, settings: SettingsT, seed: int) -> Finding:
        """The answer; the same panel, settings and seed give the same bytes on one thread.

        Args:
            panel: The data.
            settings: An instance of ``self.settings``.
            seed: For whatever is drawn; a method that draws nothing ignores it.

        Raises:
            MissingExtra: If an optional part is not installed.
            CheckFailed: If the panel is not one that the method is for: no treated unit, a treated donor.
        """


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why there is no number.

    Attributes:
        code: The outcome.
        words: The same in words.
    """

    code: OutcomeCode
    words: Text


def varies(outcome: NDArray[np.float64]) -> bool:
    """Whether two of its cells differ; by more than rounding, relative to their size."""
    there = outcome[np.isfinite(outcome)]
    return bool(there.size and np.ptp(there) > 1e-12 * np.abs(there).max())


CONSTANT: Final = Refusal(
    code=OutcomeCode.SINGULAR,
    words=Text(
        "The outcome is the same in every cell, so nothing can be learnt from it.",
        "El resultado es igual en todas las celdas, así que nada puede aprenderse de él.",
    ),
)
"""Of any comparison in which nothing varies."""


def refused(method: AbstractMethod[SettingsT], code: OutcomeCode, *, panel: Panel, words: Text) -> Finding:
    """The finding of a run that gives no number, and why."""
    estimate = Estimate(value=None, unit=panel.measure, method=method.id, outcome=words)
    return Finding(estimate=estimate, code=code)


def _number_without_success(method: str, code: OutcomeCode) -> Problem:
    return Problem(
        what=Text(
            f"A run that ended '{code}' must say so and give a number only if it is 'estimated'.",
            f"Una corrida que terminó en «{code}» debe decirlo, y dar un número solo si es «estimated».",
        ),
        where=method,
    )


def _no_probability(method: str, given: float) -> Problem:
    return Problem(
        what=Text(
            f"A p-value of {given} is no probability.", f"Un valor p de {given} no es una probabilidad."
        ),
        where=method,
    )
