"""The grid of promises: by goal or by the side that must act, by time, and by how far each got."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Final, Literal, final

from acuerdo.core.period import Period
from acuerdo.core.text import LANGS, Lang, Text, percent
from acuerdo.review import writing
from acuerdo.review.charts.press import Drawing
from acuerdo.review.charts.waffle import Cell, WaffleRow, waffle
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import numbered, title
from acuerdo.review.life import WIDTHS
from acuerdo.review.page import Column, Figure, Table
from acuerdo.review.promise import LEVEL_SIGNS
from acuerdo.review.wording import say, word
from acuerdo.spec.sides import obliged_sides
from acuerdo.tracking.codebook import LevelCode, codebook
from acuerdo.tracking.coding import Code
from acuerdo.tracking.distribution import ORDER, distribution

_DECEMBER: Final = 12
Rows = Literal["side", "goal"]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """The commitments of one side that serve one goal, or of one goal, as known on each day."""

    name: Text
    cells: tuple[tuple[Code, ...], ...]


def grids(dossier: Dossier) -> list[Figure]:
    """A picture for each goal, and one for the commitments that name none."""
    names = _goals(dossier)
    found = {key: _rows(dossier, key) for key in names}
    return [
        _figure(dossier, rows, name=f"grid-{key or 'none'}", title=names[key])
        for key, rows in found.items()
        if rows
    ]


def overall(dossier: Dossier) -> Figure | None:
    """All goals in one picture, a row for each; None without commitments that were coded."""
    names = _goals(dossier)
    through = {key: _through(dossier, key) for key in names}
    rows = [
        _Row(name=names[key], cells=tuple(map(_sorted, cells)))
        for key, cells in through.items()
        if any(cells)
    ]
    if not rows:
        return None
    found = _figure(dossier, rows, name="grid", title=say("grid.title"), by="goal")
    return replace(found, legend=tuple(legend()))


def _goals(dossier: Dossier) -> dict[str, Text]:
    """The names of the goals by id, and of the commitments that name none by the empty one."""
    named = {
        one.id: numbered(one.number, title(dossier.framework, one.title))
        for one in dossier.framework.goals.values()
    }
    return {**named, "": say("grid.no_goal")}


def _figure(dossier: Dossier, rows: Sequence[_Row], *, name: str, title: Text, by: Rows = "side") -> Figure:
    days = [day for day, _ in dossier.standing.through]
    # One that serves several goals stands under each, and counts once
    once = {code.item.id: code for row in rows for code in row.cells[-1]}
    last = Counter(code.level_code for code in once.values())
    counts = tuple(_counted(level, last[level]) for level in ORDER if last[level])
    return Figure(
        name=name,
        title=title,
        subtitle=say("grid.subtitle", n=last.total(), counts=counts),
        alt=say(f"grid.alt_{by}", name=title, n=last.total(), counts=counts),
        draw=partial(_draw, rows, days),
        table=_table(rows, days, name=title, by=by),
        broad=True,
    )


def legend() -> list[tuple[str, Text]]:
    """The signs of the levels, highest first."""
    return [(LEVEL_SIGNS[level], codebook().label("level", level)) for level in ORDER]


def score_line(dossier: Dossier) -> Text | None:
    """The distribution, and beside it the Kroc score with its bounds; None without commitments."""
    found = distribution(one for one in dossier.standing.codes.values() if one.item.kind == "commitment")
    bounds = found.score_bounds
    if bounds is None:
        return None
    low, high = map(_score, bounds)
    score = _score(found.score) if found.score is not None else say("value.none")
    shares = tuple(
        Text(
            *(
                f"{_counted(level, count).in_(lang)} ({percent(found.shares[level] / 100).in_(lang)})"
                for lang in LANGS
            )
        )
        for level, count in found.counts.items()
    )
    told = say("grid.distribution", n=found.total, shares=shares)
    parts = [one for one in (told, found.note, say("grid.score", score=score, low=low, high=high)) if one]
    return Text(*(" ".join(one.in_(lang) for one in parts) for lang in LANGS))


def _score(one: Fraction) -> Text:
    return Text(*(writing.number(float(one), 1, lang=lang) for lang in LANGS))


def _rows(dossier: Dossier, goal: str) -> list[_Row]:
    through = _through(dossier, goal)
    rows = [
        _Row(
            name=name,
            cells=tuple(_sorted(one for one in found if one.item.obliged == side) for found in through),
        )
        for side, name in obliged_sides(dossier.framework).items()
    ]
    return [row for row in rows if any(row.cells)]


def _through(dossier: Dossier, goal: str) -> list[list[Code]]:
    """The commitments that serve a goal, as coded on each day."""
    return [
        [one for one in found.values() if one.item.kind == "commitment" and _serves(one, goal)]
        for _, found in dossier.standing.through
    ]


def _sorted(codes: Iterable[Code]) -> tuple[Code, ...]:
    return tuple(sorted(codes, key=lambda one: (ORDER.index(one.level_code), one.item.id)))


def _serves(code: Code, goal: str) -> bool:
    return goal in code.item.goals if goal else not code.item.goals


def _counted(level: LevelCode, count: int) -> Text:
    """A level by its name without its number, and how many there are of it: "complete 3"."""
    label = codebook().label("level", level)
    return Text(*(f"{label.in_(lang).lstrip('0123 ')} {count}" for lang in LANGS))


def _draw(
    rows: Sequence[_Row], days: Sequence[date], lang: Lang, size: Literal["wide", "narrow"], /
) -> Drawing:
    drawn = [
        WaffleRow(
            label=row.name.in_(lang),
            cells=tuple(
                Cell(levels=tuple(one.level for one in cell), text=_told(row, cell, day=day, lang=lang))
                for day, cell in zip(days, row.cells, strict=True)
            ),
        )
        for row in rows
    ]
    columns = [_column(day, lang, size=size) for day in days]
    return waffle(drawn, columns, width=WIDTHS[size])


def _column(day: date, lang: Lang, *, size: str) -> str:
    """The end of a year by its number; the day of the review in words, where there is room."""
    if (day.month, day.day) == (_DECEMBER, 31):
        return str(day.year)
    month = Period.month(day.year, day.month)
    return writing.short_day(day, lang) if size == "wide" else writing.short_period(month, lang)


def _told(row: _Row, cell: Sequence[Code], *, day: date, lang: Lang) -> str:
    counts = Counter(one.level_code for one in cell)
    parts = tuple(_counted(level, counts[level]) for level in ORDER if counts[level])
    return word(lang, "grid.cell", side=row.name, day=day, counts=parts)


def _table(rows: Sequence[_Row], days: Sequence[date], *, name: Text, by: Rows) -> Table:
    book = codebook()
    return Table(
        caption=say(f"grid.caption_{by}", name=name),
        columns=(
            Column(by, say(f"grid.{by}")),
            Column("on", say("grid.on"), True),
            *(Column(level, book.label("level", level), True) for level in ORDER),
        ),
        rows=[
            {by: row.name, "on": day, **{level: counts[level] for level in ORDER}}
            for row in rows
            for day, cell in zip(days, row.cells, strict=True)
            if (counts := Counter(one.level_code for one in cell)).total()
        ],
    )
