"""Who the parties are and how the framework is built: goals, cooperation areas, objectives."""

from __future__ import annotations

from typing import Annotated, Literal, final

from acuerdo.spec.fields import (
    AbstractSpec,
    Declares,
    Key,
    Plain,
    Points,
    Sources,
    When,
    Words,
)
from acuerdo.spec.source import Title
from acuerdo.spec.table import Table

Level = Literal["goal", "area", "objective", "action"]
MeetingOrDocument = Annotated[str, Points(("meetings", "documents"))]
PartyRef = Annotated[str, Points(("parties",))]
AgencyRef = Annotated[str, Points(("agencies",))]
BodyRef = Annotated[str, Points(("bodies",))]
MeetingRef = Annotated[str, Points(("meetings",))]
DocumentRef = Annotated[str, Points(("documents",))]
GoalRef = Annotated[str, Points(("goals",))]
StructureRef = Annotated[str, Points(("goals", "areas", "objectives"))]
"""The id of a goal, an area or an objective of this framework."""
ForeignStructureRef = Annotated[str, Points(("goals", "areas", "objectives"), across=True)]
"""The same of another framework: ``us_mx_merida:pillar_1``."""


@final
class Agency(AbstractSpec):
    """An agency of one party. Its id is its usual abbreviation in lower case: ``sre``, ``inl``.

    Attributes:
        name: Its full name.
        abbreviation: As it writes it: ``SRE``, ``INL``.
    """

    id: Key
    name: Words
    abbreviation: Plain | None = None


@final
class Party(AbstractSpec):
    """A government that takes part. Its id is the ISO country code in lower case: ``us``, ``mx``, ``ca``.

    Attributes:
        name: The government's country.
        agencies: Its agencies that the file names.
    """

    id: Key
    name: Words
    agencies: Annotated[Table[Agency], Declares("agencies")] = Table()


@final
class Objective(AbstractSpec):
    """The lowest level that has a published title.

    Attributes:
        number: Its number as published, in quotes: ``"1.1.1"``, ``"1a"``.
        title: What it says, or ``{not_public: key}``.
        published_in: The meeting or document that made it known.
        note: What a reader must know, e.g. that the wording was seen through a copy.
    """

    id: Key
    number: Plain | None = None
    title: Title
    published_in: MeetingOrDocument | None = None
    note: Words | None = None
    sources: Sources


@final
class Area(AbstractSpec):
    """A cooperation area of a goal.

    Attributes:
        number: Its number as published, in quotes.
        title: What it says, or ``{not_public: key}``.
        published_in: The meeting or document that made it known.
        objectives: Its objectives.
    """

    id: Key
    number: Plain | None = None
    title: Title
    published_in: MeetingOrDocument | None = None
    note: Words | None = None
    sources: Sources
    objectives: Annotated[Table[Objective], Declares("objectives")] = Table()


@final
class Goal(AbstractSpec):
    """The highest level: a goal, a pillar, a priority. Objectives may hang on it without an area.

    Attributes:
        number: Its number as published, in quotes.
        title: What it says, or ``{not_public: key}``.
        published_in: The meeting or document that made it known.
        areas: Its cooperation areas.
        objectives: Objectives that hang on the goal itself.
    """

    id: Key
    number: Plain | None = None
    title: Title
    published_in: MeetingOrDocument | None = None
    note: Words | None = None
    sources: Sources
    areas: Annotated[Table[Area], Declares("areas")] = Table()
    objectives: Annotated[Table[Objective], Declares("objectives")] = Table()


@final
class LevelNames(AbstractSpec):
    """What the framework itself calls its levels: goal or pillar, area, objective.

    Attributes:
        goal: The highest level.
        area: The level below a goal.
        objective: The lowest level with a published title.
        action: What an objective is carried out by.
    """

    goal: Words
    area: Words | None = None
    objective: Words | None = None
    action: Words | None = None


@final
class CountStatement(AbstractSpec):
    """How many there are, as one source puts it.

    Attributes:
        value: The number of goals, areas, objectives or actions.
        said_by: Who says so.
        as_of: The day for which it holds.
    """

    value: int
    said_by: Words
    as_of: When | None = None
    sources: Sources


@final
class StructureCount(AbstractSpec):
    """How many items a level has; several statements where the sources differ.

    Attributes:
        level: The level counted; it is the unit of every statement.
        document: The document whose structure is counted.
        note: Why the statements differ, if that is known.
        statements: What each source says.
    """

    id: Key
    level: Level
    document: MeetingOrDocument | None = None
    statements: tuple[CountStatement, ...]
    note: Words | None = None
