"""What must hold between the parts of a framework, and between frameworks, beyond each part's own form."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from acuerdo.core.errors import nearest
from acuerdo.core.period import Period
from acuerdo.core.period import day_label as _label
from acuerdo.core.text import Text
from acuerdo.spec.commitment import Commitment, Recurring
from acuerdo.spec.contents import AbstractFramework
from acuerdo.spec.fault import Fault, Trail
from acuerdo.spec.quantity import MoneyLine, Quantity

# Types of money that can only be reported once their period has begun.
_AFTER_THE_FACT: Final = frozenset({"obligated", "disbursed", "expended"})


def framework_faults(framework: AbstractFramework) -> Iterator[Fault]:
    """Everything in one framework that contradicts something else in it."""
    for check in _CHECKS:
        yield from check(framework)


def origin_of(framework: AbstractFramework, commitment: Commitment) -> Period | None:
    """When a commitment was made: as it says itself, or the date of its meeting or document."""
    if commitment.made_on is not None:
        return commitment.made_on
    if commitment.origin in framework.meetings:
        return framework.meetings[commitment.origin].date
    document = framework.documents.get(commitment.origin)
    return document.date if document else None


def _day(day: date) -> Text:
    return Text(_label(day, "en"), _label(day, "es"))


def _commitments(framework: AbstractFramework) -> Iterator[Fault]:
    for key, commitment in framework.commitments.items():
        origin = origin_of(framework, commitment)
        if origin is None:
            continue
        trail = ("commitments", key)
        due = commitment.deadline.first if isinstance(commitment.deadline, Recurring) else commitment.deadline
        if isinstance(due, Period) and due.end < origin.start:
            values = {"given": key, "deadline": _day(due.end), "origin": _day(origin.start)}
            yield Fault(kind="deadline_before_origin", trail=(*trail, "deadline"), values=values)
        for number, entry in enumerate(commitment.record):
            if entry.date.end < origin.start:
                values = {"given": key, "date": _day(entry.date.end), "origin": _day(origin.start)}
                yield Fault(
                    kind="record_before_origin", trail=(*trail, "record", number, "date"), values=values
                )


def _parties(framework: AbstractFramework) -> Iterator[Fault]:
    if len(framework.parties) < 2:
        yield Fault(kind="parties_too_few", trail=("parties",))


def _spans(framework: AbstractFramework) -> Iterator[Fault]:
    for trail, begin, end in _all_spans(framework):
        if begin is not None and end is not None and end.end < begin.start:
            values = {"begin": _day(begin.start), "end": _day(end.end)}
            yield Fault(kind="ends_before_begins", trail=trail, values=values)


def _all_spans(framework: AbstractFramework) -> Iterator[tuple[Trail, Period | None, Period | None]]:
    """Everything that has a beginning and an end."""
    yield ("ends",), framework.begins, framework.ends
    for key, phase in framework.phases.items():
        yield ("phases", key, "ends"), phase.begins, phase.ends
    for key, body in framework.bodies.items():
        yield ("bodies", key, "dissolved"), body.installed, body.dissolved
    for key, meeting in framework.meetings.items():
        yield ("meetings", key, "until"), meeting.date, meeting.until
    for key, document in framework.documents.items():
        yield ("documents", key, "covers_until"), document.covers_from, document.covers_until
    for key, event in framework.events.items():
        yield ("events", key, "until"), event.date, event.until
    for key, line in framework.money.items():
        yield ("money", key, "until"), line.period, line.until
    for trail, quantity in _quantities(framework):
        yield (*trail, "until"), quantity.period, quantity.until
    for key, commitment in framework.commitments.items():
        if isinstance(commitment.deadline, Recurring):
            yield (
                ("commitments", key, "deadline", "last"),
                commitment.deadline.first,
                commitment.deadline.last,
            )


def _quantities(framework: AbstractFramework) -> Iterator[tuple[Trail, Quantity]]:
    for key, figure in framework.figures.items():
        yield ("figures", key, "quantity"), figure.quantity
    for key, commitment in framework.commitments.items():
        if commitment.quantity is not None:
            yield ("commitments", key, "quantity"), commitment.quantity


def _meetings(framework: AbstractFramework) -> Iterator[Fault]:
    for key, meeting in framework.meetings.items():
        body = framework.bodies.get(meeting.body or "")
        last = meeting.until or meeting.date
        if body is not None and body.installed is not None and last.end < body.installed.start:
            values = {
                "given": key,
                "date": _day(last.end),
                "body": body.id,
                "installed": _day(body.installed.start),
            }
            yield Fault(kind="meeting_before_body", trail=("meetings", key, "date"), values=values)


def _money(framework: AbstractFramework) -> Iterator[Fault]:
    for key, line in framework.money.items():
        trail = ("money", key)
        if line.report_date and line.type in _AFTER_THE_FACT and line.report_date < line.period.start:
            values = {"given": key, "report": _day(line.report_date), "begin": _day(line.period.start)}
            yield Fault(kind="report_before_period", trail=(*trail, "report_date"), values=values)
        if (line.unit == "percent") != (line.share_of is not None):
            yield Fault(kind="share_unlinked", trail=(*trail, "unit"), values={"given": key})
        yield from _sum(framework.money, line)


def _sum(lines: Mapping[str, MoneyLine], line: MoneyLine) -> Iterator[Fault]:
    """A total of ours must be what its parts give; the tolerance is that of binary fractions."""
    parts = [lines[key] for key in line.sum_of if key in lines]
    if not parts or len(parts) < len(line.sum_of):
        return
    units = sorted({part.unit for part in (line, *parts)})
    trail: Trail = ("money", line.id, "sum_of")
    if len(units) > 1:
        yield Fault(
            kind="sum_units_differ", trail=trail, values={"given": line.id, "units": ", ".join(units)}
        )
        return
    total = sum(part.amount for part in parts)
    if not math.isclose(total, line.amount, rel_tol=1e-9):
        values = {"given": line.id, "stated": f"{line.amount:.12g}", "computed": f"{total:.12g}"}
        yield Fault(kind="sum_wrong", trail=trail, values=values)


def _numbers(framework: AbstractFramework) -> Iterator[Fault]:
    """An area's number begins with its goal's, an objective's with its area's."""
    for goal_key, goal in framework.goals.items():
        for area_key, area in goal.areas.items():
            trail = ("goals", goal_key, "areas", area_key)
            yield from _number(trail, inner=area.number, outer=goal.number)
            for key, objective in area.objectives.items():
                yield from _number((*trail, "objectives", key), inner=objective.number, outer=area.number)


def _number(trail: Trail, *, inner: str | None, outer: str | None) -> Iterator[Fault]:
    if inner and outer and not inner.startswith(f"{outer}."):
        values = {"given": str(trail[-1]), "number": inner, "outer": outer}
        yield Fault(kind="number_misplaced", trail=(*trail, "number"), values=values)


def _cycles(framework: AbstractFramework) -> Iterator[Fault]:
    links: dict[tuple[str, str], Mapping[str, str | None]] = {
        ("bodies", "parent"): {key: body.parent for key, body in framework.bodies.items()},
        ("commitments", "follows"): {key: one.follows for key, one in framework.commitments.items()},
        ("money", "part_of"): {key: line.part_of for key, line in framework.money.items()},
    }
    for (table, name), following in links.items():
        for start in following:
            chain = _chain(start, following)
            if chain[-1] == start and len(chain) > 1 and start == min(chain):
                yield Fault(kind="circular", trail=(table, start, name), values={"chain": " → ".join(chain)})


def _chain(start: str, following: Mapping[str, str | None]) -> list[str]:
    """Where the links lead from a start, until they end or meet the chain again."""
    chain = [start]
    while (step := following.get(chain[-1])) is not None:
        chain.append(step)
        if step in chain[:-1]:
            break
    return chain


_CHECKS: Final[tuple[Callable[[AbstractFramework], Iterable[Fault]], ...]] = (
    _parties,
    _commitments,
    _spans,
    _meetings,
    _money,
    _numbers,
    _cycles,
)


def structure_ids(framework: AbstractFramework) -> Iterator[str]:
    """The ids of all goals, areas and objectives, from top to bottom."""
    for goal in framework.goals.values():
        yield goal.id
        yield from goal.objectives
        for area in goal.areas.values():
            yield area.id
            yield from area.objectives


def foreign_faults(framework: AbstractFramework, known: Mapping[str, AbstractFramework]) -> Iterator[Fault]:
    """What a framework says of other frameworks that is not so.

    Args:
        framework: The one to check.
        known: All frameworks by id.
    """
    for key, predecessor in framework.predecessors.items():
        trail = ("predecessors", key, "framework")
        yield from _other_framework(framework, predecessor.framework, trail=trail, known=known)
        other = known.get(predecessor.framework)
        if other is not None and other.begins.start > framework.begins.start:
            values = {
                "given": other.id,
                "other": _day(other.begins.start),
                "own": _day(framework.begins.start),
            }
            yield Fault(kind="predecessor_later", trail=trail, values=values)
    for key, line in framework.crosswalk.items():
        trail = ("crosswalk", key, "there")
        framework_id, _, item = line.there.partition(":")
        yield from _other_framework(framework, framework_id, trail=trail, known=known)
        if framework_id in known:
            ids = tuple(structure_ids(known[framework_id]))
            if item not in ids:
                values = {"framework": framework_id, "given": item, "known": ", ".join(ids)}
                yield Fault(kind="foreign_unknown", trail=trail, values=values, nearest=nearest(item, ids))


def _other_framework(
    framework: AbstractFramework, target: str, *, trail: Trail, known: Mapping[str, AbstractFramework]
) -> Iterator[Fault]:
    if target == framework.id:
        yield Fault(kind="points_to_itself", trail=trail)
    elif target not in known:
        others = sorted(set(known) - {framework.id})
        values = {"given": target, "known": ", ".join(others)}
        yield Fault(kind="framework_unknown", trail=trail, values=values, nearest=nearest(target, others))
