"""What a framework holds: the parts of one file under ``frameworks/``."""

from __future__ import annotations

from typing import Annotated, Final, Literal, final

from acuerdo.core.text import Text
from acuerdo.spec.commitment import Commitment
from acuerdo.spec.fields import AbstractSpec, Declares, Key, Sources, When, Words
from acuerdo.spec.meeting import Body, Document, Event, Finding, Meeting
from acuerdo.spec.quantity import Figure, MoneyLine
from acuerdo.spec.source import Reference, Unavailable
from acuerdo.spec.structure import Goal, LevelNames, Party, StructureCount
from acuerdo.spec.succession import CrosswalkLine, Predecessor
from acuerdo.spec.table import Table

StatusValue = Literal["in_force", "plan_period_over", "ended", "unknown"]
STATUS_VALUES: Final[dict[StatusValue, Text]] = {
    "in_force": Text("in force", "vigente"),
    "plan_period_over": Text(
        "plan period over; formal status unknown", "periodo del plan concluido; se desconoce su estado formal"
    ),
    "ended": Text("ended", "terminado"),
    "unknown": Text("unknown", "se desconoce"),
}


@final
class FrameworkStatus(AbstractSpec):
    """Whether the framework is in force, as far as a source says so by a date.

    Attributes:
        value: In force, plan period over, ended or unknown.
        text: What is known, in words.
        as_of: The day for which it holds.
    """

    value: StatusValue
    text: Words
    as_of: When
    sources: Sources


@final
class Phase(AbstractSpec):
    """A stretch of the framework's life with an emphasis of its own.

    Attributes:
        title: What it is called.
        begins: Its first day, as exactly as known.
        ends: Its last, absent while none is known.
        text: What it is about.
    """

    id: Key
    title: Words
    begins: When
    ends: When | None = None
    text: Words | None = None
    sources: Sources


class AbstractFramework(AbstractSpec):
    """The parts of a :class:`acuerdo.spec.model.Framework`, for what works on them below it."""

    id: Key
    name: Words
    short_name: Words
    kind: Literal["understanding", "assistance_program", "working_group", "treaty", "other"]
    status: FrameworkStatus
    summary: Words
    begins: When
    ends: When | None = None
    sources: Sources
    levels: LevelNames
    parties: Annotated[Table[Party], Declares("parties")]
    phases: Annotated[Table[Phase], Declares("phases")] = Table()
    goals: Annotated[Table[Goal], Declares("goals")]
    structure: Annotated[Table[StructureCount], Declares("structure")] = Table()
    bodies: Annotated[Table[Body], Declares("bodies")] = Table()
    meetings: Annotated[Table[Meeting], Declares("meetings")] = Table()
    documents: Annotated[Table[Document], Declares("documents")] = Table()
    events: Annotated[Table[Event], Declares("events")] = Table()
    commitments: Annotated[Table[Commitment], Declares("commitments")] = Table()
    money: Annotated[Table[MoneyLine], Declares("money")] = Table()
    figures: Annotated[Table[Figure], Declares("figures")] = Table()
    findings: Annotated[Table[Finding], Declares("findings")] = Table()
    unavailable: Annotated[Table[Unavailable], Declares("unavailable")] = Table()
    predecessors: Annotated[Table[Predecessor], Declares("predecessors")] = Table()
    crosswalk: Annotated[Table[CrosswalkLine], Declares("crosswalk")] = Table()
    references: Annotated[Table[Reference], Declares("references")]
