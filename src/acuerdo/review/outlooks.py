"""The outlook of an indicator as its page shows it: what is still coming in, what is expected, and of what worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from acuerdo.core.period import Period
from acuerdo.core.text import LANGS, Lang, Text, same
from acuerdo.core.unit import Unit
from acuerdo.review import writing
from acuerdo.review.charts.ink import CATEGORIES, MUTED
from acuerdo.review.charts.lines import Line, LineChart, Point
from acuerdo.review.dossier import Dossier
from acuerdo.review.page import Amount, Column, Figure, Link, Short, Table, headed
from acuerdo.review.pictures import twice
from acuerdo.review.reading import Reading, middle
from acuerdo.review.wording import say
from acuerdo.tracking.outlook.outlook import Chance, Expected, Outlook, Record

_LEVEL, _WIDER = 0.8, 0.95
_EMPTY: Final = dict.fromkeys(
    (
        "target",
        "changed",
        "aims",
        "aim_sources",
        "figure",
        "nowcast",
        "correction",
        "record",
        "none",
        "command",
    ),
    None,
)


def outlook(dossier: Dossier, reading: Reading) -> Mapping[str, Any]:
    """What the block says; in a review of an earlier day all but the forecast, and the command that makes one."""
    kept = dossier.outlooks.get(reading.indicator.id)
    if kept is None:
        none = None if dossier.as_of else say("outlook.too_short")
        return {
            **_EMPTY,
            "target": say("outlook.no_target"),
            "none": none,
            "command": _command(dossier, reading),
        }
    found = kept.outlook
    return {
        "target": say("outlook.no_target") if found.target else None,
        "changed": say("outlook.changed", names=kept.changed) if kept.changed else None,
        "aims": _aims(found.chances, reading.unit) if found.chances else None,
        "aim_sources": [
            Link(Text(each.title, each.shown_title.es), each.url)
            for one in found.chances
            for each in one.aim.references
            if each.url
        ],
        "figure": _figure(found, reading) if found.ahead else None,
        "nowcast": _nowcast(found.nowcasts, reading.unit) if found.nowcasts else None,
        "correction": found.correction,
        "record": _record(found.record) if found.record else None,
        "none": None if dossier.as_of else found.why_no_forecast,
        "command": _command(dossier, reading),
    }


def _command(dossier: Dossier, reading: Reading) -> Text | None:
    """In a review of an earlier day, that it has no forecast and how to have one made."""
    if not dossier.as_of:
        return None
    call = f"acuerdo outlook {reading.indicator.id} --as-of {dossier.day.isoformat()}"
    return say("outlook.earlier_day", command=same(call))


def _record(one: Record) -> Text:
    naive, seasonal = one.against.get("naive"), one.against.get("seasonal_naive")
    shares = [one.coverage.get(level) for level in (_LEVEL, _WIDER)]
    if naive is None or seasonal is None or shares[0] is None or shares[1] is None:
        return say("outlook.record_none")
    return say(
        "outlook.record",
        n=one.judged,
        inside=round(100 * shares[0]),
        wider=round(100 * shares[1]),
        naive=_times(naive),
        seasonal=_times(seasonal),
        vintages=one.vintages,
        origins=one.origins,
    )


def _times(ratio: float) -> Text:
    return Text(*(writing.number(ratio, 2, lang=lang) for lang in LANGS))


def _aims(found: Sequence[Chance], unit: Unit) -> Table:
    columns = ("aim", "by", "due", "distance", "probability", "status")
    return Table(
        caption=say("outlook.aims"),
        columns=headed("outlook", *columns, numeric={"distance", "probability"}),
        rows=[
            {
                "aim": one.aim.title,
                "by": one.aim.announced_by,
                "due": Short(one.period),
                "distance": Amount(one.distance, unit),
                "probability": say("outlook.in_100", times=_in_100(one.probability))
                if one.probability is not None
                else say("value.none"),
                "status": (one.status_label, one.why_not) if one.why_not else one.status_label,
            }
            for one in found
        ],
        stacks=True,
    )


def _in_100(probability: float) -> int:
    """Whole cases in a hundred; what is not certain is never printed as nought or as a hundred."""
    return min(max(round(100 * probability), 1), 99)


def _nowcast(found: Sequence[Expected], unit: Unit) -> Table:
    columns = ("period", "told", "expected", "low", "high")
    return Table(
        caption=say("outlook.nowcast"),
        columns=tuple(Column(key, say(f"outlook.{key}"), key != "period") for key in columns),
        rows=[
            {"period": one.period, "told": Amount(one.told, unit), **_row(one, unit)}
            for one in reversed(found)
        ],
    )


def _row(one: Expected, unit: Unit) -> dict[str, Any]:
    low, high = one.intervals.get(_LEVEL) or (None, None)
    return {
        "expected": Amount(one.value, unit, firm=False),
        "low": Amount(low, unit),
        "high": Amount(high, unit),
    }


def _figure(found: Outlook, reading: Reading) -> Figure:
    columns = ("period", "expected", "low", "high")
    return Figure(
        name="outlook",
        title=say("outlook.title", name=reading.indicator.short),
        subtitle=say("outlook.subtitle", unit=reading.unit.label),
        alt=say(
            "outlook.alt",
            name=reading.indicator.short,
            period=writing.during_text(found.ahead[-1].period),
        ),
        draw=twice(partial(_chart, found, reading.unit)),
        table=Table(
            caption=say("outlook.forecast"),
            columns=tuple(Column(key, say(f"outlook.{key}"), key != "period") for key in columns),
            rows=[{"period": one.period, **_row(one, reading.unit)} for one in reversed(found.ahead)],
        ),
    )


def _chart(found: Outlook, unit: Unit, lang: Lang, /) -> LineChart:
    expected = [*found.nowcasts, *found.ahead]
    recent = [one for one in expected if one.told is None or one.period in found.recent]
    told = tuple(_point(period, value, unit=unit, lang=lang) for period, value in found.recent.items())
    ahead = tuple(_point(one.period, one.value, unit=unit, lang=lang, firm=False) for one in recent)
    ends = tuple(
        Line(
            label="",
            stretches=(tuple(_bare(one.period, end) for one, end in _ends(recent, side)),),
            colour=MUTED,
            width=1.1,
        )
        for side in (0, 1)
    )
    lines = (
        Line(label=say("outlook.told").in_(lang), stretches=(told,), colour=CATEGORIES[0]),
        Line(label=say("outlook.expected").in_(lang), stretches=(ahead,), colour=CATEGORIES[1]),
    )
    return LineChart(lines=lines, behind=ends)


def _ends(found: Sequence[Expected], side: int) -> list[tuple[Expected, float]]:
    return [(one, ends[side]) for one in found if (ends := one.intervals.get(_LEVEL)) is not None]


def _point(period: Period, value: float, *, unit: Unit, lang: Lang, firm: bool = True) -> Point:
    text = f"{writing.period(period, lang)}: {writing.measured(value, unit, lang=lang)}"
    return Point(on=middle(period), value=value, text=text, firm=firm)


def _bare(period: Period, value: float) -> Point:
    return Point(on=middle(period), value=value, firm=False)
