"""What a check is computed from: an indicator of the catalog, or a recipe that stands in the claim's own file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, final

from pydantic import Discriminator, Tag

from acuerdo.core.period import Period
from acuerdo.core.place import PlaceLevel
from acuerdo.core.text import Text
from acuerdo.indicators.load import indicator
from acuerdo.indicators.recipe import Expression, Recipe, Selection
from acuerdo.indicators.setting import series_units
from acuerdo.indicators.workings import unit_of
from acuerdo.spec.fields import AbstractSpec, Country, Key, Plain, UnitId, When, Words

_ALL_LEVELS: Final = (PlaceLevel.COUNTRY, PlaceLevel.STATE, PlaceLevel.MUNICIPALITY)


@final
class OwnRecipe(AbstractSpec):
    """A computation for one claim, where the catalog has no such indicator.

    Attributes:
        title: What is counted and by whom, as a sentence can begin with it.
        recipe: How it is computed, in the language of the indicators.
        country: The country that the figures are of.
    """

    title: Words
    recipe: Expression
    country: Country = "MX"


def _form(value: Any) -> str:
    return "own" if isinstance(value, Mapping | OwnRecipe) else "indicator"


Measure = Annotated[Annotated[Key, Tag("indicator")] | Annotated[OwnRecipe, Tag("own")], Discriminator(_form)]
"""The id of an indicator, or ``{title: …, recipe: …}``."""


class AbstractMeasured(AbstractSpec):
    """What all checks against figures share.

    Attributes:
        measure: What the words name.
        rivals: Other measurements of the same thing; those that the indicator names, if not given.
        place: Code of the place; the whole country if not given.
        unit: The unit that the number is written in, where it is not the measure's own.
        rivals_differ_by: What the rivals differ in, where their units do not tell.
        names_its_source: Whether the words say whose count they mean; the rivals are then shown, and do not decide.
        called: What a sentence calls the measure, where its short name would not do.
        span: The span that the figure is of, in words, where the period is only the last year of it.
        is_nearest: Whether it is only the nearest thing counted; figures against the words then do not refute them.
        denied: Whether the words say that it is not so: "not a single state", "never", "no".
    """

    measure: Measure
    rivals: tuple[Measure, ...] | None = None
    rivals_differ_by: Literal["source", "definition"] | None = None
    place: Plain | None = None
    unit: UnitId | None = None
    names_its_source: bool = False
    called: Words | None = None
    span: Words | None = None
    is_nearest: bool = False
    denied: bool = False


class AbstractSpanned(AbstractMeasured):
    """What checks of a movement from one period to another share.

    Attributes:
        since: The period counted from.
        until: The period counted to.
        other_since: Other periods that the words could be counted from.
    """

    since: When
    until: When
    other_since: tuple[When, ...] = ()


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Countable:
    """A measure as the builder of indicators takes it.

    Attributes:
        id: Id of the indicator; of a recipe, the recipe itself.
        title: What a sentence calls it.
        recipe: How it is computed.
        country: The country that the figures are of.
        unit: Id of the unit of the result.
        place_levels: Levels it can be built at.
        breakdowns: Breakdown keys that it can be split by.
        rivals: Ids of the indicators that measure the same thing another way.
        baselines: The periods that its changes are counted from.
    """

    id: str
    title: Text
    recipe: Selection | Recipe
    country: str
    unit: str
    place_levels: tuple[PlaceLevel, ...]
    breakdowns: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    baselines: tuple[Period, ...] = ()


def countable(measure: str | OwnRecipe) -> Countable:
    """What a measure means.

    Raises:
        NotFound: If it names no indicator of the catalog.
    """
    if isinstance(measure, OwnRecipe):
        return Countable(
            id=measure.recipe.model_dump_json(exclude_defaults=True),
            title=measure.title,
            recipe=measure.recipe,
            country=measure.country,
            unit=unit_of(measure.recipe, series_units()).id,
            place_levels=_ALL_LEVELS,
        )
    found = indicator(measure)
    return Countable(
        id=found.id,
        title=found.short,
        recipe=found.recipe,
        country=found.country,
        unit=found.unit,
        place_levels=found.place_levels,
        breakdowns=found.breakdowns,
        rivals=found.rivals,
        baselines=tuple(one.period for one in (found.baseline, *found.other_baselines)),
    )


def measures_of(check: AbstractMeasured) -> tuple[Countable, ...]:
    """The measure that the words name, then its rivals, each once."""
    stated = countable(check.measure)
    rivals = check.rivals if check.rivals is not None else stated.rivals
    found = {one.id: one for one in (stated, *(countable(rival) for rival in rivals))}
    return tuple(found.values())
