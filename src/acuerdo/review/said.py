"""The picture of a claim: the measurement over time, what was known when it was said, and what the words say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import final

from acuerdo.claims.checking import Checked
from acuerdo.claims.ground import Track
from acuerdo.claims.plotted import Claimed, Plotted
from acuerdo.core.period import PeriodKind
from acuerdo.core.text import LANGS, Lang, Text
from acuerdo.core.unit import Unit
from acuerdo.indicators.value import Value
from acuerdo.review import writing
from acuerdo.review.charts.bars import Bar, bars
from acuerdo.review.charts.ink import ACCENT, CATEGORIES, VINTAGE
from acuerdo.review.charts.lines import Line, LineChart, Mark, Point
from acuerdo.review.charts.press import Drawing
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import source_line
from acuerdo.review.page import Amount, Column, Figure, Short, Table
from acuerdo.review.pictures import SHAPES, Size, comparable, line, point, twice
from acuerdo.review.reading import firm, middle, stretches
from acuerdo.review.wording import say, word

_FEW = 2
_MOST_LINES = 5


@final
@dataclass(frozen=True, slots=True)
class _Drawn:
    """A track with the values of the one kind of period that is drawn."""

    track: Track
    values: tuple[Value, ...]


def pictured(dossier: Dossier, checked: Checked) -> Figure | None:
    """The picture of a claim; None where it rests on no measurement."""
    plot = checked.plotted
    if plot is None:
        return None
    shown = _shown(plot)
    few = len(shown[0].values) <= _FEW
    unit = say("chart.unit", unit=shown[0].track.unit.label)
    then = _before(plot, shown)
    key = "bars" if few else "line_vintages" if then else "line"
    conventions = say(f"claims.drawn_{key}", day=checked.said, occasion=checked.occasion)
    return Figure(
        name="claim",
        title=shown[0].track.title,
        subtitle=Text(*(f"{unit.in_(lang)} {conventions.in_(lang)}" for lang in LANGS)),
        alt=say("claims.alt", title=shown[0].track.title, n=len(shown[0].values)),
        draw=(lambda lang, size: _bars(shown, plot.claimed, lang=lang, size=size))
        if few
        else twice(lambda lang: _lines(checked, shown, then=then, lang=lang)),
        table=_table(plot, shown),
        notes=source_line(dossier, [value for one in shown for value in one.values]),
    )


def _shown(plot: Plotted) -> tuple[_Drawn, ...]:
    """The measurement that the words name, and the others that can stand on its axis."""
    stated, *others = plot.now
    wanted = {one.at.kind for one in plot.claimed}
    own = _Drawn(stated, _alike(stated.values, wanted))
    beside = [_Drawn(one, _alike(one.values, wanted)) for one in others]
    fit = [one for one in beside if one.values and comparable(stated.unit, one.track.unit)]
    return (own, *fit[: _MOST_LINES - 1])


def _alike(values: Sequence[Value], kinds: set[PeriodKind]) -> tuple[Value, ...]:
    """The values of the kind of period that the words speak of; where there are none, of the commonest kind."""
    found = tuple(one for one in values if one.period.kind in kinds)
    if found or not values:
        return found
    (kind, _), *_ = Counter(one.period.kind for one in values).most_common(1)
    return tuple(one for one in values if one.period.kind is kind)


def _before(plot: Plotted, shown: Sequence[_Drawn]) -> tuple[tuple[Value, ...], ...]:
    """Stretches of what was known when it was said, where it differs from what is known now."""
    if not plot.then:
        return ()
    kinds = {one.period.kind for one in shown[0].values}
    now = {one.period: one.value for one in shown[0].values}
    then = [one for one in plot.then[0].values if one.period.kind in kinds]
    moved = [one.value != now.get(one.period) for one in then]
    near = [one for at, one in enumerate(then) if any(moved[max(0, at - 1) : at + 2])]
    return stretches(tuple(near))


def _lines(
    checked: Checked, shown: Sequence[_Drawn], *, then: Sequence[tuple[Value, ...]], lang: Lang
) -> LineChart:
    plot, unit = checked.plotted, shown[0].track.unit
    claimed = plot.claimed if plot else ()
    named = len(shown) > 1
    drawn = tuple(
        line(one.values, lang, label=one.track.title.in_(lang) if named else "", colour=colour)
        for one, colour in zip(shown, CATEGORIES, strict=False)
    )
    behind = Line(
        label="",
        stretches=tuple(tuple(point(one, lang) for one in part) for part in then),
        colour=VINTAGE,
        width=1.6,
    )
    return LineChart(
        lines=drawn,
        behind=(behind,) if then else (),
        marks=_marks(checked, claimed, lang=lang),
        said=tuple(
            Point(on=middle(one.at), value=one.value, text=_told(one, unit, lang=lang))
            for one in claimed
            if one.value is not None
        ),
    )


def _marks(checked: Checked, claimed: Sequence[Claimed], *, lang: Lang) -> tuple[Mark, ...]:
    """The day it was said, and the periods of which the words speak without a number."""
    dated = checked.dated
    said = Mark(
        on=checked.said,
        label=word(lang, "claims.read_on", day=writing.short_day(checked.said, lang))
        if dated is None
        else word(lang, "claims.said_on", day=writing.short_period(dated, lang)),
    )
    named = [
        Mark(on=middle(one.at), label=writing.short_period(one.at, lang), strong=False)
        for one in claimed
        if one.value is None
    ]
    return tuple(sorted([said, *named], key=lambda one: one.on))


def _told(one: Claimed, unit: Unit, *, lang: Lang) -> str:
    """The number as written; where it only follows from the words, with what it comes to."""
    worth = writing.amount(one.value or 0.0, unit, lang=lang)
    return f"{_quoted(one, lang)}: {worth}" if one.implied else _quoted(one, lang)


def _quoted(one: Claimed, lang: Lang) -> str:
    return f"“{one.written}”" if lang == "en" else f"«{one.written}»"


def _bars(shown: Sequence[_Drawn], claimed: Sequence[Claimed], *, lang: Lang, size: Size) -> Drawing:
    """Too few values for a line: what is on record and what the words say, one under the other."""
    unit = shown[0].track.unit
    rows = [
        Bar(
            label=f"{one.track.title.in_(lang)}, {writing.short_period(value.period, lang)}",
            value=abs(value.value or 0.0),
            written=writing.amount(value.value or 0.0, value.unit, lang=lang),
            colour=colour,
        )
        for one, colour in zip(shown, CATEGORIES, strict=False)
        for value in one.values[-_FEW:]
    ]
    rows += [
        Bar(
            label=word(lang, "claims.words_say", period=writing.short_period(one.at, lang)),
            value=abs(one.value),
            written=_told(one, unit, lang=lang),
            colour=ACCENT,
            hollow=True,
        )
        for one in claimed
        if one.value is not None
    ]
    return bars(rows, width=SHAPES[size][0])


def _table(plot: Plotted, shown: Sequence[_Drawn]) -> Table:
    """Every period of the stated measurement: then, now, and what the words say."""
    own = shown[0]
    said = {one.at: one.value for one in plot.claimed}
    then = {one.period: one for one in plot.then[0].values} if plot.then else {}
    periods = sorted({*(one.period for one in own.values), *said}, reverse=True)
    now = {one.period: one for one in own.values}
    unit = own.track.unit
    rows = [
        {
            "period": one,
            "told": Amount(said[one], unit) if said.get(one) is not None else "",
            "before": Amount(then[one].value, unit, firm=firm(then[one])) if one in then else None,
            "value": Amount(now[one].value, unit, firm=firm(now[one])) if one in now else None,
            "known_from": Short(now[one].known_from) if one in now else None,
        }
        for one in periods
    ]
    keys = {
        "period": "table.period", "told": "claims.in_words", "before": "claims.known_then",
        "value": "claims.known_now", "known_from": "table.known_from",
    }  # fmt: skip
    return Table(
        caption=say("table.values_of", name=own.track.title),
        columns=tuple(
            Column(key, say(text), key in {"told", "before", "value"}) for key, text in keys.items()
        ),
        rows=rows,
    )


def vintages(dossier: Dossier, checked: Checked) -> Table | None:
    """Every value that was published for the periods that the words name; None where there was one publication."""
    plot = checked.plotted
    if plot is None or plot.derived:
        return None
    stated = plot.now[0]
    reading = dossier.readings.get(stated.id)
    if reading is None or getattr(checked.claim.check.given[0][1], "place", None) is not None:
        return None
    if reading.unit.id != stated.unit.id:
        return None
    found: list[tuple[date, Value]] = []
    for at in dict.fromkeys(one.at for one in plot.claimed):
        last: float | None = None
        for series in reading.history:
            value = series.at(reading.indicator.country, at)
            if value is not None and value.value is not None and value.value != last:
                found.append((series.as_of or value.known_from, value))
                last = value.value
    if len(found) <= len({value.period for _, value in found}):
        return None
    columns = {
        "period": "table.period",
        "on": "claims.published_on",
        "value": "table.value",
        "status": "table.status",
    }
    return Table(
        caption=say("claims.vintages_caption", name=stated.title),
        columns=tuple(Column(key, say(text), key == "value") for key, text in columns.items()),
        rows=[
            {
                "period": value.period,
                "on": Short(on),
                "value": Amount(value.value, value.unit, firm=firm(value)),
                "status": value.status.label,
            }
            for on, value in found
        ],
    )
