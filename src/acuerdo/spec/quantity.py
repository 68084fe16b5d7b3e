"""Numbers: each with its unit and its source. Money lines, and figures that were stated."""

from __future__ import annotations

from typing import Annotated, Final, Literal, final

from acuerdo.core.text import Text
from acuerdo.spec.fields import AbstractSpec, Day, Key, Number, Plain, Points, Sources, UnitId, When, Words
from acuerdo.spec.structure import AgencyRef, DocumentRef, GoalRef, MeetingOrDocument, PartyRef

MoneyType = Literal[
    "requested", "announced", "appropriated", "allocated", "obligated", "disbursed", "expended"
]
MONEY_TYPES: Final[dict[MoneyType, Text]] = {
    "requested": Text("requested", "solicitado"),
    "announced": Text("announced", "anunciado"),
    "appropriated": Text("appropriated", "asignado por el Congreso"),
    "allocated": Text("allocated", "asignado"),
    "obligated": Text("obligated", "comprometido"),
    "disbursed": Text("disbursed", "desembolsado"),
    "expended": Text("expended", "ejercido"),
}


@final
class Quantity(AbstractSpec):
    """A number with its unit and its sources.

    Attributes:
        value: The number as stated.
        unit: Id of a unit of measurement.
        period: The time it covers, or the day it holds for.
        until: The last period, where the number covers several: ``period: FY2008, until: FY2010``.
        bound: Whether the source states it exactly or as "about", "over", "nearly".
    """

    value: Number
    unit: UnitId
    period: When | None = None
    until: When | None = None
    bound: Literal["exact", "about", "at_least", "at_most"] = "exact"
    note: Words | None = None
    sources: Sources


@final
class Figure(AbstractSpec):
    """A number stated about the cooperation: at a meeting, in a report.

    Attributes:
        title: What was counted.
        quantity: The number.
        stated_in: The meeting or document where it was stated.
        stated_on: When.
        said_by: Who stated it, by office.
    """

    id: Key
    title: Words
    quantity: Quantity
    stated_in: MeetingOrDocument | None = None
    stated_on: When | None = None
    said_by: Words | None = None


@final
class MoneyLine(AbstractSpec):
    """One amount of money, as one report puts it; a later report may differ and stands beside it.

    Attributes:
        type: Requested, announced, appropriated, allocated, obligated, disbursed or expended.
        period: Fiscal year or other period; ``until`` is the last one where it covers several.
        account: Budget account as the U.S. Congress names it: ``INCLE``, ``ESF``, ``FMF``.
        goal: The pillar or goal it was for.
        agency: The agency that administers it.
        party: The government whose money it is.
        amount: The number, without its unit.
        unit: ``usd_million``; ``percent`` needs ``share_of``.
        share_of: The line of which this is a percentage.
        part_of: The line of which this is a part.
        sum_of: The lines of which this is the sum; checked.
        report_date: The day from which the amount was public; a total is revised from report to report.
        document: The document that states it.
        title: What the line is, in words.
        until: The last period, where the amount covers several.
        bound: Whether the source states it exactly or as "about", "over", "nearly".
    """

    id: Key
    title: Words
    type: MoneyType
    period: When
    until: When | None = None
    account: Plain | None = None
    goal: GoalRef | None = None
    agency: AgencyRef | None = None
    party: PartyRef
    amount: Number
    unit: UnitId
    bound: Literal["exact", "about", "at_least", "at_most"] = "exact"
    share_of: Annotated[str, Points(("money",))] | None = None
    part_of: Annotated[str, Points(("money",))] | None = None
    sum_of: tuple[Annotated[str, Points(("money",))], ...] = ()
    report_date: Day | None = None
    document: DocumentRef | None = None
    note: Words | None = None
    sources: Sources
