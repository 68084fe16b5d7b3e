"""What a contract measures: a published series, cut into units and periods by a stated rule."""

from __future__ import annotations

from typing import Annotated, Final, Literal, final

from pydantic import Field

from acuerdo.core.text import Text
from acuerdo.spec.fields import AbstractSpec, Key, Number, Plain, UnitId, When, Words

Level = Literal["country", "state", "municipality"]
LENGTHS: Final[dict[Level, int]] = {"country": 2, "state": 5, "municipality": 8}
"""Letters in the code of a place: ``MX``, ``MX-08``, ``MX-08037``."""
Step = Literal["month", "quarter", "half", "year", "twelve_months_ending"]
STEPS: Final[dict[Step, Text]] = {
    "month": Text("months", "meses"),
    "quarter": Text("quarters", "trimestres"),
    "half": Text("half-years", "semestres"),
    "year": Text("years", "años"),
    "twelve_months_ending": Text("twelve-month windows", "ventanas de doce meses"),
}
Transform = Literal["none", "counts", "log", "log_plus_one"]
TRANSFORMS: Final[dict[Transform, Text]] = {
    "none": Text("as it is", "tal cual"),
    "counts": Text(
        "counts, with what they would be divided by beside them",
        "conteos, con aquello entre lo que se dividirían a un lado",
    ),
    "log": Text("natural logarithm", "logaritmo natural"),
    "log_plus_one": Text(
        "natural logarithm of one more than the count", "logaritmo natural del conteo más uno"
    ),
}


@final
class Per(AbstractSpec):
    """What a count is divided by.

    Attributes:
        series: A yearly series of the same places; between its mid-years it is read off a straight line.
        breakdown: Its breakdown.
        scale: So many of it: 100,000 inhabitants.
        annualise: Whether a month is written as a yearly rate.
    """

    series: Plain
    breakdown: str = ""
    scale: Annotated[Number, Field(gt=0)] = 100_000
    annualise: bool = True


@final
class Selected(AbstractSpec):
    """A published series, cut.

    Attributes:
        series: Id of the series.
        labels: The labels that a row must have: ``{crime: Homicidio doloso}``.
        sum_over: Names of labels that are added up: offices, components.
        by: Name of the label whose values are the units; the units are places if not given.
        level: The level of the places; lower ones are added up, and a sum that lacks one is missing.
        step: The length of a period; shorter ones are added up, and a sum that lacks one is missing.
        per: What it is divided by.
        unit: Unit of the result.
    """

    series: Plain
    labels: dict[str, str] = Field(default_factory=dict)
    sum_over: tuple[str, ...] = ()
    by: str | None = None
    level: Level = "country"
    step: Step
    per: Per | None = None
    unit: UnitId


@final
class Predictor(AbstractSpec):
    """One number per unit that does not change: a mean over some periods, or the change from some to others.

    Attributes:
        of: The series.
        mean: First and last period of the mean.
        change: Two spans; the change is the mean of the second less that of the first.
    """

    id: Key
    of: Selected
    mean: tuple[When, When] | None = None
    change: tuple[When, When, When, When] | None = None


@final
class Beside(AbstractSpec):
    """Another series that stands in the panel as a unit of its own, under its id."""

    id: Key
    of: Selected
    transform: Transform = "none"


@final
class Outcome(AbstractSpec):
    """The outcome of a contract.

    Attributes:
        title: What it is called.
        of: How it is cut from a published series.
        indicator: The indicator of the catalog that shows the same figures, where there is one.
        definition: Version of the publisher's definition in force over the window; data under another are refused.
        transform: What is done to it before the method sees it.
        harm: Whether more of it is worse, better, or neither can be said.
    """

    title: Words
    of: Selected
    indicator: Key | None = None
    definition: Plain | None = None
    transform: Transform = "none"
    harm: Literal["more", "less", "ambiguous"]
