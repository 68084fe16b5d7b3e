"""What an indicator is: its words, its recipe, its baselines, its rivals and its faults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal, final

from pydantic import Field

from acuerdo.core.place import PlaceLevel
from acuerdo.core.text import Text
from acuerdo.indicators.attributes import ATTRIBUTES, Answer, Attributes
from acuerdo.indicators.recipe import Expression
from acuerdo.spec.fields import AbstractSpec, Country, Day, Key, Plain, UnitId, When, Words
from acuerdo.spec.source import Reference
from acuerdo.spec.table import Table

IndicatorKind = Literal["input", "activity", "output", "outcome", "context"]
KINDS: Final[dict[IndicatorKind, Text]] = {
    "input": Text("input", "insumo"),
    "activity": Text("activity", "actividad"),
    "output": Text("output", "producto"),
    "outcome": Text("outcome", "resultado"),
    "context": Text("context", "contexto"),
}
Direction = Literal["down", "up", "ambiguous"]
DIRECTIONS: Final[dict[Direction, Text]] = {
    "down": Text("lower is better", "menos es mejor"),
    "up": Text("higher is better", "más es mejor"),
    "ambiguous": Text(
        "neither rise nor fall is good by itself", "ni el alza ni la baja es buena por sí sola"
    ),
}
VintageRule = Literal["latest", "first_release", "at_launch"]
VINTAGE_RULES: Final[dict[VintageRule, Text]] = {
    "latest": Text("as last revised", "según su última revisión"),
    "first_release": Text("as first published", "tal como se publicó por primera vez"),
    "at_launch": Text("as known when the framework began", "tal como se conocía al iniciar el marco"),
}
LevelName = Literal["country", "state", "municipality", "county"]


@final
class Baseline(AbstractSpec):
    """The value that change is counted from.

    Attributes:
        period: The period whose value it is.
        vintage: Which of the values published for that period.
        reason: Why this period and not another.
        known_from: The day before which nobody could have chosen it; absent where one always could.
    """

    period: When
    vintage: VintageRule = "latest"
    reason: Words
    known_from: Day | None = None

    @property
    def vintage_label(self) -> Text:
        """Which of the values published for the period, in words."""
        return VINTAGE_RULES[self.vintage]


@final
class Indicator(AbstractSpec):
    """One indicator. Its id is the name of its file.

    Attributes:
        title: Full name.
        short: Name for a chart or a table.
        definition: What is counted, by whom, when, and what is left out.
        kind: Input, activity, output, outcome or context.
        direction: Whether lower or higher is better; ``ambiguous`` needs a companion.
        companion: Id of the indicator that an ambiguous one must be read with.
        objectives: What it speaks to: ``us_mx_bicentennial:1c``.
        country: The country that the figures are of.
        unit: Id of the unit of the result; the recipe is checked against it.
        recipe: How it is computed.
        levels: Levels of place at which it can be built.
        breakdowns: Breakdown keys that it can be split by.
        baseline: The baseline used first.
        other_baselines: At least one other defensible baseline, unless ``only_baseline`` says why there is none.
        rivals: Ids of the indicators that measure the same thing another way.
        same_quantity: Those of them that count the same, so that the difference of the two is one of counting alone.
        attributes: The nine attributes.
        caveats: What a reader must know before quoting a figure.
        references: Texts on the method, beyond the sources of the data.
    """

    id: Key
    title: Words
    short: Words
    definition: Words
    kind: IndicatorKind
    direction: Direction
    companion: Key | None = None
    objectives: tuple[Plain, ...] = ()
    country: Country
    unit: UnitId
    recipe: Expression
    levels: Annotated[tuple[LevelName, ...], Field(min_length=1)]
    breakdowns: tuple[Key, ...] = ()
    baseline: Baseline
    other_baselines: tuple[Baseline, ...] = ()
    only_baseline: Words | None = None
    rivals: tuple[Key, ...] = ()
    same_quantity: tuple[Key, ...] = ()
    attributes: Attributes
    caveats: tuple[Words, ...] = ()
    references: Table[Reference] = Table()

    @property
    def kind_label(self) -> Text:
        """Its kind in words."""
        return KINDS[self.kind]

    @property
    def direction_label(self) -> Text:
        """Which way is better, in words."""
        return DIRECTIONS[self.direction]

    @property
    def place_levels(self) -> tuple[PlaceLevel, ...]:
        """The levels it can be built at, largest first."""
        return tuple(level for level in PlaceLevel if level.value in self.levels)

    @property
    def answers(self) -> Mapping[str, Answer]:
        """The nine answers by attribute, in the order of the reference; for an indicator of the catalog."""
        given = {name: getattr(self.attributes, name) for name in ATTRIBUTES}
        return {name: answer for name, answer in given.items() if isinstance(answer, Answer)}

    @property
    def answers_in_words(self) -> tuple[tuple[Text, Answer], ...]:
        """The nine answers, each under its attribute's name."""
        return tuple((ATTRIBUTES[name], answer) for name, answer in self.answers.items())

    @property
    def attributes_met(self) -> int:
        """How many of the nine attributes it has in full."""
        return sum(answer.met == "yes" for answer in self.answers.values())
