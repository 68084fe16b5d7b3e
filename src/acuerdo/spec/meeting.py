"""Bodies, their meetings and what each decided; documents; events; findings of auditors."""

from __future__ import annotations

from typing import Annotated, Final, Literal, final

from pydantic import Field

from acuerdo.core.text import Text
from acuerdo.spec.fields import AbstractSpec, Declares, Key, Language, Plain, Sources, When, Words
from acuerdo.spec.quantity import Quantity
from acuerdo.spec.source import Title
from acuerdo.spec.structure import AgencyRef, BodyRef, DocumentRef, MeetingRef, PartyRef, StructureRef
from acuerdo.spec.table import Table

BodyLevel = Literal["cabinet", "high_level", "steering", "follow_up", "working", "national", "trilateral"]
BODY_LEVELS: Final[dict[BodyLevel, Text]] = {
    "cabinet": Text("cabinet", "gabinete"),
    "high_level": Text("high level", "alto nivel"),
    "steering": Text("steering", "conducción"),
    "follow_up": Text("follow-up", "seguimiento"),
    "working": Text("working level", "nivel de trabajo"),
    "national": Text("national", "nacional"),
    "trilateral": Text("three countries", "tres países"),
}
MeetingState = Literal["held", "not_held", "outcome_not_found", "due_none_found"]
MEETING_STATES: Final[dict[MeetingState, Text]] = {
    "held": Text("held", "celebrada"),
    "not_held": Text("not held", "no celebrada"),
    "outcome_not_found": Text("announced; no outcome found", "anunciada; no se halló su resultado"),
    "due_none_found": Text("due; none found", "correspondía; no se halló ninguna"),
}
MeetingKind = Literal["dialogue", "working_meeting", "summit", "ministerial", "call", "visit", "announcement"]
MEETING_KINDS: Final[dict[MeetingKind, Text]] = {
    "dialogue": Text("dialogue", "diálogo"),
    "working_meeting": Text("working meeting", "reunión de trabajo"),
    "summit": Text("summit", "cumbre"),
    "ministerial": Text("ministerial meeting", "reunión ministerial"),
    "call": Text("phone call", "llamada telefónica"),
    "visit": Text("visit", "visita"),
    "announcement": Text("announcement", "anuncio"),
}


@final
class Body(AbstractSpec):
    """A committee, group or dialogue that runs the cooperation.

    Attributes:
        members: Agencies that sit in it.
        installed: When it first met or was set up; absent when not known.
        dissolved: When it ended; absent when it did not or that is not known.
        parent: The body that it reports to.
        meets: How often it is meant to meet.
        name: Its name.
        abbreviation: Its usual abbreviation.
        level: Cabinet, high level, steering, follow-up, working, national or three countries.
        parties: The governments that take part.
    """

    id: Key
    name: Words
    abbreviation: Plain | None = None
    level: BodyLevel
    parties: Annotated[tuple[PartyRef, ...], Field(min_length=1)]
    members: tuple[AgencyRef, ...] = ()
    installed: When | None = None
    dissolved: When | None = None
    parent: BodyRef | None = None
    meets: Words | None = None
    note: Words | None = None
    sources: Sources


@final
class Decision(AbstractSpec):
    """One thing that a meeting decided or a document laid down.

    Attributes:
        text: What was decided.
        objectives: Goals, areas or objectives that it serves.
    """

    id: Key
    text: Words
    objectives: tuple[StructureRef, ...] = ()
    sources: Sources


@final
class Statement(AbstractSpec):
    """What one side said at a meeting; two statements may contradict each other.

    Attributes:
        text: What was said.
        said_by: By whom, by office.
        party: The government that speaks, if one does.
        quantities: Numbers that were stated.
    """

    id: Key
    text: Words
    said_by: Words
    party: PartyRef | None = None
    quantities: tuple[Quantity, ...] = ()
    sources: Sources


@final
class OrdinalStatement(AbstractSpec):
    """How one source numbers a meeting in its series.

    Attributes:
        number: Third, fourth: as a digit.
        said_by: Who counts so.
    """

    number: int
    said_by: Words
    sources: Sources


@final
class Meeting(AbstractSpec):
    """A meeting that was held, was announced, or was due.

    Attributes:
        date: First day, as exactly as known.
        until: Last day, where it lasted longer.
        state: Held; not held; announced without any outcome found; or due by a rule, and none found.
        attendees: Offices that attended, not persons.
        numbering: How the sources number it, where they differ.
        title: What it is called.
        kind: What sort of meeting it is.
        body: The body that met.
        place: Where.
        decisions: What it decided.
        statements: What the sides said there.
    """

    id: Key
    title: Words
    kind: MeetingKind
    body: BodyRef | None = None
    date: When
    until: When | None = None
    place: Words | None = None
    state: MeetingState = "held"
    attendees: tuple[Words, ...] = ()
    numbering: tuple[OrdinalStatement, ...] = ()
    decisions: Annotated[Table[Decision], Declares("decisions")] = Table()
    statements: Annotated[Table[Statement], Declares("statements")] = Table()
    note: Words | None = None
    sources: Sources


@final
class Document(AbstractSpec):
    """A plan, joint statement, memorandum, letter, law or report that belongs to the framework.

    Attributes:
        title: Its title, or ``{not_public: key}`` where the document itself was never published.
        covers_from: First period that a plan covers.
        covers_until: Last period that a plan covers.
        meeting: The meeting that adopted it.
        kind: What sort of document it is.
        date: When it was issued.
        language: Its language, where it has only one.
    """

    id: Key
    title: Title
    kind: Literal[
        "joint_statement", "fact_sheet", "plan", "memorandum", "letter", "law", "decree", "report", "other"
    ]
    date: When | None = None
    covers_from: When | None = None
    covers_until: When | None = None
    meeting: MeetingRef | None = None
    language: Language | None = None
    note: Words | None = None
    sources: Sources


@final
class Event(AbstractSpec):
    """Something dated that changed the cooperation and was no meeting.

    Attributes:
        date: When it happened, or began.
        until: When it ended.
        text: What happened.
        party: The government that acted, if only one did.
    """

    id: Key
    date: When
    until: When | None = None
    text: Words
    party: PartyRef | None = None
    sources: Sources


@final
class Finding(AbstractSpec):
    """What an auditor found.

    Attributes:
        report: The auditor's own number: ``GAO-20-388``.
        recommendations: How many recommendations it made; absent when not known.
        auditor: Who found it.
        date: When the report was published.
        text: What was found.
        recommendation: What was recommended.
        document: The report, if it stands under ``documents``.
    """

    id: Key
    auditor: Words
    report: Plain
    date: When
    text: Words
    recommendations: Quantity | None = None
    recommendation: Words | None = None
    document: DocumentRef | None = None
    sources: Sources
