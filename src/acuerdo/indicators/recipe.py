"""The language of recipes: a selection of observations, and eight verbs over it.

A recipe is a tree. Its leaves select what a publisher counted, by the publisher's own labels; every other
node is one verb, and what a verb means stands in the file of its name in :mod:`acuerdo.indicators.verbs`.

    rate:
      of: {sum: {of: {series: inegi_homicides_municipal_month.deaths}, periods: year, places: municipality}}
      per: {series: conapo_population_municipal.inhabitants}
      times: 100000
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, final

from pydantic import Discriminator, Field, Tag

from acuerdo.spec.fields import AbstractSpec, Number, Plain, When

Verb = Literal["count", "sum", "share", "rate", "ratio", "index", "mean", "change"]
VERBS: tuple[Verb, ...] = ("count", "sum", "share", "rate", "ratio", "index", "mean", "change")
Grain = Literal["month", "quarter", "half", "year", "fiscal_year"]
SubLevel = Literal["state", "municipality", "county"]
Formula = Literal["base_100", "herfindahl_hirschman", "effective_number", "gini", "theil", "top_share"]


@final
class Selection(AbstractSpec):
    """Observations of one series, or of several that continue one another.

    Attributes:
        series: Series id; of several, the first that has a value for a place and period gives it. Several are
            allowed only where one publisher's count of one thing stands in more than one file.
        where: Breakdown labels as the publisher writes them: ``{crime: Homicidio doloso}``. The keys named here
            and summed over above must be exactly the keys of the rows, so a total is never added to its parts.
        absent: What a row that is not there means inside the span of the file: ``missing``; or ``zero`` for a
            list of events, in which nothing listed is nothing counted.
        definition: Only files under this version of the publisher's definition; a redefined count is another
            count, and is not spliced to this one.
    """

    series: Plain | tuple[Plain, ...]
    where: Mapping[str, str | tuple[str, ...]] = Field(default_factory=dict[str, str | tuple[str, ...]])
    absent: Literal["missing", "zero"] = "missing"
    definition: Plain | None = None

    @property
    def series_ids(self) -> tuple[str, ...]:
        """The series in order of precedence."""
        return (self.series,) if isinstance(self.series, str) else self.series


@final
class Count(AbstractSpec):
    """How many places at the level ``across`` reach a threshold; missing where any of them is missing."""

    of: Expression
    across: SubLevel
    at_least: Number


@final
class Sum(AbstractSpec):
    """A sum over breakdown labels, over sub-periods, over places, or of several operands.

    Attributes:
        over: Breakdown keys that are added up.
        periods: Shorter periods are added up to this one. With one missing the sum is missing; a year that is
            still running becomes a period to date, never a year.
        places: Values at this level are added up to every place above it.
    """

    of: Expression | tuple[Expression, ...]
    over: tuple[str, ...] = ()
    periods: Grain | None = None
    places: SubLevel | None = None


@final
class Share(AbstractSpec):
    """A part in its whole, in per cent; both in one unit."""

    of: Expression
    within: Expression


@final
class Rate(AbstractSpec):
    """A count over a full year per so many inhabitants, the mid-year population of the same place."""

    of: Expression
    per: Expression
    times: Literal[100_000] = 100_000


@final
class Ratio(AbstractSpec):
    """One quantity per unit of another, for the same place and period."""

    of: Expression
    per: Expression


@final
class Index(AbstractSpec):
    """A number that places values against one another: in time (base = 100) or over places (concentration).

    Attributes:
        formula: ``base_100``, or one of the functions of :mod:`acuerdo.indicators.concentration`.
        base: The period that is 100, for ``base_100``.
        across: The level of the places compared, for a formula of concentration.
        top: How many places ``top_share`` adds up.
    """

    of: Expression
    formula: Formula
    base: When | None = None
    across: SubLevel | None = None
    top: int | None = None


@final
class Mean(AbstractSpec):
    """A mean over the shorter periods inside a longer one, or a moving mean.

    Attributes:
        periods: The longer period; it must be complete, or is missing.
        window: Number of consecutive periods, the last one included.
        each: What the periods averaged are, where the mean is so much a day and not so much in the longer period.
    """

    of: Expression
    periods: Grain | None = None
    window: int | None = None
    each: Literal["day"] | None = None


@final
class Change(AbstractSpec):
    """The difference from an earlier period of the same kind.

    Attributes:
        form: In the unit itself, or in per cent of the earlier value.
        back: How many periods earlier.
        base: A fixed period to compare with instead.
    """

    of: Expression
    form: Literal["difference", "percent"]
    back: int = 1
    base: When | None = None


@final
class Recipe(AbstractSpec):
    """One verb; exactly one of the fields is given."""

    count: Count | None = None
    sum: Sum | None = None
    share: Share | None = None
    rate: Rate | None = None
    ratio: Ratio | None = None
    index: Index | None = None
    mean: Mean | None = None
    change: Change | None = None

    @property
    def steps(self) -> tuple[tuple[Verb, Any], ...]:
        """The verbs given with what they were given; one in a valid recipe."""
        return tuple((verb, getattr(self, verb)) for verb in VERBS if getattr(self, verb) is not None)


def _is_selection(value: Any) -> str:
    chosen = isinstance(value, Selection) or (isinstance(value, Mapping) and "series" in value)
    return "selection" if chosen else "recipe"


Expression = Annotated[
    Annotated[Selection, Tag("selection")] | Annotated[Recipe, Tag("recipe")], Discriminator(_is_selection)
]
"""A selection or a verb over one."""

for _model in (Count, Sum, Share, Rate, Ratio, Index, Mean, Change, Recipe):
    _model.model_rebuild()


def operands(expression: Selection | Recipe) -> tuple[Selection | Recipe, ...]:
    """The expressions directly inside another; none for a selection."""
    if isinstance(expression, Selection):
        return ()
    found: list[Selection | Recipe] = []
    for _, step in expression.steps:
        of = step.of
        found.extend(of if isinstance(of, tuple) else (of,))
        found.extend(getattr(step, name) for name in ("per", "within") if name in type(step).model_fields)
    return tuple(found)


def selections(expression: Selection | Recipe) -> tuple[Selection, ...]:
    """Every leaf of a recipe, in order."""
    if isinstance(expression, Selection):
        return (expression,)
    return tuple(leaf for operand in operands(expression) for leaf in selections(operand))
