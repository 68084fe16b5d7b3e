"""One promise: its words, how far it got by each side's account, and every statement that says so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Literal

from acuerdo.core.text import Lang, Text
from acuerdo.core.unit import UNITS
from acuerdo.review import promise, writing
from acuerdo.review.charts.press import Drawing
from acuerdo.review.charts.rise import Account, Step, rises
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import structure_links, timeliness_state, timing_state
from acuerdo.review.life import WIDTHS
from acuerdo.review.page import Amount, Column, Figure, Link, Page, Short, Table, headed
from acuerdo.review.wording import say, word
from acuerdo.spec.commitment import Recurring
from acuerdo.spec.sides import obliged_sides, speaking_sides, two_sides
from acuerdo.tracking.codebook import codebook
from acuerdo.tracking.coding import EVERYONE, Code
from acuerdo.tracking.prospects.enough import WORTH
from acuerdo.tracking.statement import FiledStatement


def pages(dossier: Dossier) -> Iterator[Page]:
    """A page for every commitment and every decision that was coded."""
    for code in dossier.standing.codes.values():
        yield _page(dossier, code)


def _page(dossier: Dossier, code: Code) -> Page:
    item = code.item
    commitment = dossier.framework.commitments.get(item.id)
    told = [dossier.standing.statements[key] for key in code.statements]
    return Page(
        kind="commitment",
        path=promise.path(item.id),
        title=item.title,
        summary=_summary(dossier, code),
        label=say(f"commitment.{item.kind}"),
        parents=(
            Link(say("nav.commitments"), "commitments"),
            *((_goal_of(dossier, code),) if item.goals else ()),
        ),
        content={
            "id": item.id,
            "wording": promise.quoted(commitment.wording) if commitment and commitment.wording else None,
            "facts": _facts(dossier, code),
            "refs": promise.cited(dossier, _sources(dossier, code)),
            "note": commitment.note if commitment else None,
            "coding": _coding(dossier, code),
            "coder": say("commitment.coder", name=code.coder, version=str(code.codebook)),
            "rise": _rise(dossier, code),
            "rounds": _rounds(dossier, code),
            "prospects": [one.words for one in dossier.standing.prospects_of(item.id)],
            "worth": WORTH
            if any(one.outlook == "told" for one in dossier.standing.prospects_of(item.id))
            else None,
            "statements": [_statement(dossier, one) for one in told],
            "indicators": [
                Link(dossier.readings[key].indicator.short, f"indicators/{key}")
                for key in code.indicators
                if key in dossier.readings
            ],
        },
    )


def _goal_of(dossier: Dossier, code: Code) -> Link:
    (link, *_) = structure_links(dossier.framework, code.item.goals[:1])
    return link


def _summary(dossier: Dossier, code: Code) -> Text:
    """How far it got, by how many statements, and how its deadline was met."""
    level = codebook().label("level", code.level_code)
    if not code.statements:
        return say("commitment.summary_silent", day=dossier.day)
    key = "summary_one_round" if code.timeliness == "no_deadline" else "summary"
    return say(
        f"commitment.{key}",
        level=level,
        n=len(code.statements),
        timeliness=codebook().timeliness(code.timeliness, code.days),
    )


def _sources(dossier: Dossier, code: Code) -> tuple[str, ...]:
    commitment = dossier.framework.commitments.get(code.item.id)
    if commitment is not None:
        return commitment.sources
    meetings = dossier.framework.meetings.values()
    return next(
        (one.decisions[code.item.id].sources for one in meetings if code.item.id in one.decisions), ()
    )


def _facts(dossier: Dossier, code: Code) -> list[tuple[Text, Any]]:
    item, commitment = code.item, dossier.framework.commitments.get(code.item.id)
    rows: list[tuple[Text, Any]] = [(say("commitment.made"), _made(dossier, code))]
    if commitment is not None:
        named = promise.agencies(dossier, commitment)
        rows.append(
            (say("commitments.obliged"), [obliged_sides(dossier.framework)[commitment.obliged], *named])
        )
        rows.append((say("commitments.deadline"), promise.deadline(dossier, commitment)))
        if commitment.quantity:
            number = Amount(float(commitment.quantity.value), UNITS[commitment.quantity.unit], with_unit=True)
            rows.append((say("commitments.quantity"), number))
        earlier = dossier.standing.codes.get(commitment.follows or "")
        if earlier is not None:
            rows.append((say("commitments.follows"), promise.promise_link(earlier)))
    serves = structure_links(dossier.framework, item.objectives)
    rows.append((say("commitments.serves"), serves or say("commitment.serves_none")))
    return [*rows, *_recorded(dossier, item.id)]


def _recorded(dossier: Dossier, item_id: str) -> Iterator[tuple[Text, Any]]:
    """What each side, and both, say of it in the record that they keep; nothing where they say nothing."""
    sides, judged = dossier.recorded
    found = judged.get(item_id)
    if found is None:
        return
    label = codebook().label
    for side, level in found.sides.items():
        yield say("commitment.recorded", side=sides[side]), label("level", level)
    agreed = label("level", found.agreed) if found.agreed else say("commitment.recorded_not_agreed")
    yield say("commitment.recorded_agreed"), agreed


def _made(dossier: Dossier, code: Code) -> Any:
    framework, item = dossier.framework, code.item
    commitment = framework.commitments.get(item.id)
    key = (
        commitment.origin
        if commitment is not None
        else next((one.id for one in framework.meetings.values() if item.id in one.decisions), None)
    )
    where = promise.origin(dossier, key) if key else None
    return tuple(one for one in (where, item.made_on) if one is not None)


def _coding(dossier: Dossier, code: Code) -> Table:
    """Each axis of the codebook: on every statement, and by each government's own account."""
    book = codebook()
    by = {EVERYONE: code, **_told_by(dossier, code)}
    rows: list[dict[str, Any]] = [
        {"axis": book.axes["level"].title, **{key: promise.level_state(one) for key, one in by.items()}},
        {
            "axis": book.axes["timeliness"].title,
            **{key: timeliness_state(one.timeliness, one.days) for key, one in by.items()},
        },
        {
            "axis": book.axes["correspondence"].title,
            **{key: book.label("correspondence", one.correspondence) for key, one in by.items()},
        },
        {
            "axis": book.axes["works"].title,
            **{key: book.label("works", one.works) for key, one in by.items()},
        },
    ]
    rows += _once(code, accounts=tuple(by))
    return Table(
        caption=say("commitment.coding_caption", day=dossier.day),
        columns=(
            Column("axis", say("commitment.axis")),
            Column(EVERYONE, say("commitment.by_all")),
            *(Column(side.id, side.name) for side in two_sides(dossier.framework)),
        ),
        rows=rows,
        stacks=True,
    )  # fmt: skip


def _told_by(dossier: Dossier, code: Code) -> dict[str, Code]:
    """The same promise as each government tells of it."""
    return {side: found[code.item.id] for side, found in dossier.standing.sides.items()}


def _once(code: Code, *, accounts: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """What is coded once, for all accounts."""
    book = codebook()
    found: dict[Text, Any] = {
        book.axes["verifiable"].title: book.label("verifiable", code.verifiable),
        book.axes["potential"].title: book.label("potential", code.potential),
    }
    if code.reversed_from is not None:
        found[say("commitment.reversed")] = promise.level_of(code.reversed_from)
    if code.contested:
        found[say("commitment.contested")] = say("commitment.contested_yes")
    nothing = dict.fromkeys(accounts, "")
    yield from ({"axis": axis, **nothing, EVERYONE: words} for axis, words in found.items())


def _rise(dossier: Dossier, code: Code) -> Figure | None:
    """The level through time by each account; not of a recurring duty, whose rounds tell more."""
    promised = code.item.commitment
    if (
        not code.changes
        or code.item.made_on is None
        or (promised and isinstance(promised.deadline, Recurring))
    ):
        return None
    return Figure(
        name="rise",
        title=say("commitment.rise"),
        subtitle=say("commitment.rise_subtitle"),
        alt=say("commitment.rise_alt", n=len(code.changes), level=codebook().label("level", code.level_code)),
        draw=partial(_draw, dossier, {**_told_by(dossier, code), EVERYONE: code}),
        table=_changes(dossier, code),
        broad=True,
    )


def _draw(dossier: Dossier, by: dict[str, Code], lang: Lang, size: Literal["wide", "narrow"], /) -> Drawing:
    code = by[EVERYONE]
    names = {side.id: side.name.in_(lang) for side in two_sides(dossier.framework)}
    marks = (
        {
            code.item.made_on.start: word(
                lang, "commitment.agreed", day=writing.short_period(code.item.made_on, lang)
            )
        }
        if code.item.made_on
        else {}
    )
    for each in code.rounds:
        if each.due is not None:
            marks[each.due.end] = word(lang, "commitment.due", day=writing.short_period(each.due, lang))
    accounts = [
        Account(
            label=names.get(key) or word(lang, "commitment.by_all"),
            steps=tuple(
                Step(
                    on=change.happened.end,
                    level=change.level,
                    text=_told(dossier, change.statement, level=change.level, lang=lang),
                )
                for change in one.changes
            ),
        )
        for key, one in by.items()
    ]
    nothing = word(lang, "commitment.tells_nothing")
    return rises(accounts, width=WIDTHS[size], until=dossier.day, marks=marks, nothing=nothing)  # fmt: skip


def _told(dossier: Dossier, statement_id: str, *, level: int, lang: Lang) -> str:
    said = dossier.standing.statements[statement_id]
    label = promise.level_of(level).text.in_(lang)
    return f"{writing.period(said.happened, lang)}: {label} ({said.said_by.in_(lang)})"


def _changes(dossier: Dossier, code: Code) -> Table:
    columns = ("when", "from", "to", "said_by")
    return Table(
        caption=say("commitment.changes_caption"),
        columns=tuple(Column(key, say(f"commitment.change_{key}")) for key in columns),
        rows=[
            {
                "when": one.happened,
                "from": promise.level_of(one.before),
                "to": promise.level_of(one.level),
                "said_by": Link(dossier.standing.statements[one.statement].said_by, f"#{one.statement}"),
            }
            for one in code.changes
        ],
        stacks=True,
    )


def _rounds(dossier: Dossier, code: Code) -> Table | None:
    """Each deadline against what is on record; None where there is none with a date."""
    dated = [one for one in code.rounds if one.due is not None]
    if not dated:
        return None
    rows = [
        {"due": one.due, "done": one.done, "state": timing_state(one, as_of=dossier.day)} for one in dated
    ]
    return Table(
        caption=say("commitment.rounds_caption"),
        columns=headed("calendar", "due", "done", "state"),
        rows=rows,
        stacks=True,
    )


def _statement(dossier: Dossier, one: FiledStatement) -> dict[str, Any]:
    return {
        "id": one.id,
        "when": one.said_on,
        "first_seen": Short(one.first_seen) if one.first_seen != one.said_on else None,
        "said_by": one.said_by,
        "side": speaking_sides(dossier.framework)[one.side],
        "where": one.where,
        "text": one.text,
        "wording": None if one.wording == "not_seen" else promise.quoted(one.wording),
        "refs": promise.cited(dossier, one.sources),
    }
