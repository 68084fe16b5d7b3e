"""How far the promises had got on the day of the review, and what each side told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, final

from acuerdo.spec.model import Framework
from acuerdo.spec.sides import two_sides

if TYPE_CHECKING:
    from acuerdo.spec.source import Reference
    from acuerdo.tracking.audit import Audit
    from acuerdo.tracking.coding import Code
    from acuerdo.tracking.deadlines import Duty
    from acuerdo.tracking.matrix import MirRow, ResultsRow
    from acuerdo.tracking.prospects.prospect import Prospect
    from acuerdo.tracking.statement import FiledStatement
    from acuerdo.workspace import Workspace


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far the promises of one framework had got.

    Attributes:
        codes: Every commitment and decision by id, on every statement.
        sides: The same on the statements of each government, and the joint ones, by the party's id.
        through: The codes at the end of each year since the framework began, and on the day, oldest first.
        prospects: Whether each open commitment will be done in time.
        duties: Deadlines with a date, in order.
        audits: The auditor's checklist of each objective.
        mir: The record as Mexico's results matrix.
        results: The record as a U.S. results framework.
        statements: The statements by id.
        references: Every source that the framework or a statement cites, by key.
    """

    codes: Mapping[str, Code] = field(default_factory=dict)
    sides: Mapping[str, Mapping[str, Code]] = field(default_factory=dict)
    through: Sequence[tuple[date, Mapping[str, Code]]] = ()
    prospects: Sequence[Prospect] = ()
    duties: Sequence[Duty] = ()
    audits: Sequence[Audit] = ()
    mir: Sequence[MirRow] = ()
    results: Sequence[ResultsRow] = ()
    statements: Mapping[str, FiledStatement] = field(default_factory=dict)
    references: Mapping[str, Reference] = field(default_factory=dict)

    def prospects_of(self, item_id: str) -> list[Prospect]:
        """What is open of one promise, deadline by deadline."""
        return [one for one in self.prospects if one.code.item.id == item_id]


def standing(workspace: Workspace, known: Framework, *, day: date) -> Standing:
    """How far the promises of a framework had got on a day; nothing for one that was never coded.

    Args:
        known: The framework as it could have been written down that day.
    """
    from acuerdo.tracking.coder import coded as coded_frameworks
    from acuerdo.tracking.coding import EVERYONE

    if known.id not in coded_frameworks():
        return Standing()
    tracking = workspace.tracking
    meetings = known.meetings.values()
    ids = {*known.commitments, *(key for one in meetings for key in one.decisions)}
    structure = _structure(known)

    def coded(on: date, account: str = EVERYONE) -> dict[str, Code]:
        found = tracking.codes(known.id, as_of=on, account=account)
        return {one.item.id: one for one in found if one.item.id in ids}

    return Standing(
        codes=coded(day),
        sides={side.id: coded(day, side.id) for side in two_sides(known)},
        through=tuple((on, coded(on)) for on in (*_year_ends(known.begins.start, day), day)),
        prospects=[one for one in tracking.prospects(known.id, as_of=day) if one.code.item.id in ids],
        duties=[one for one in tracking.duties(known.id, as_of=day) if one.item.id in ids],
        audits=[one for one in tracking.audit(known.id, as_of=day) if one.objective.id in structure],
        mir=[one for one in tracking.mir(known.id, as_of=day) if one.id in structure | ids],
        results=[one for one in tracking.results(known.id, as_of=day) if one.objective in structure],
        statements=tracking.statements(known.id),
        references=tracking.references(known.id),
    )


def _year_ends(begun: date, day: date) -> list[date]:
    return [date(year, 12, 31) for year in range(begun.year, day.year)]


def _structure(known: Framework) -> set[str]:
    """The goals, areas and objectives that were known."""
    found: set[str] = set()
    for goal in known.goals.values():
        found |= {goal.id, *goal.objectives, *goal.areas}
        found |= {key for area in goal.areas.values() for key in area.objectives}
    return found
