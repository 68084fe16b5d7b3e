"""An indicator by state: on the map and as small multiples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, final

from acuerdo.core.period import Period
from acuerdo.core.place import PlaceLevel, children, place
from acuerdo.core.text import LANGS, Lang, Text
from acuerdo.indicators.value import Value
from acuerdo.review import writing
from acuerdo.review.charts.ink import LADDER
from acuerdo.review.charts.places import (
    Classes,
    Region,
    classes,
    ladder_step,
    outlines,
    place_bubbles,
    place_map,
)
from acuerdo.review.charts.press import Drawing
from acuerdo.review.charts.spark import Spark
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import source_line, spark_parts
from acuerdo.review.page import Amount, Column, Figure, Small, Table
from acuerdo.review.reading import Reading, firm
from acuerdo.review.wording import say, word

_ENOUGH = 0.5


def state_values(reading: Reading) -> Mapping[str, Value]:
    """The values of the newest full period that at least half of the mapped states have."""
    states = {
        code: values
        for code, values in reading.states().items()
        if code in outlines(reading.indicator.country).shapes
    }
    counts: dict[Period, dict[str, Value]] = {}
    for code, values in states.items():
        for one in values:
            if one.value is not None:
                counts.setdefault(one.period, {})[code] = one
    enough = [period for period, found in counts.items() if len(found) >= len(states) * _ENOUGH]
    return counts[max(enough)] if enough else {}


def by_state(dossier: Dossier, reading: Reading) -> Figure | None:
    """The map: shaded where the values are rates or shares, circles by area where they are counts."""
    values = state_values(reading)
    if not values:
        return None
    period = next(iter(values.values())).period
    shaded = not reading.unit.additive
    found = classes([one.value or 0.0 for one in values.values()])

    def draw(lang: Lang, size: Literal["wide", "narrow"]) -> Drawing:
        regions = {code: _region(code, values.get(code), lang=lang) for code in _codes(reading)}
        name = f"{reading.indicator.id}-{size}"
        country = reading.indicator.country
        svg = (
            place_map(country, regions, found=found, name=name)
            if shaded
            else place_bubbles(country, regions, name=name)
        )
        return Drawing(order=svg, width=600, height=400)

    names = {child.code: child.name for child in children(reading.indicator.country, PlaceLevel.STATE)}
    top = max(values.values(), key=lambda one: one.value or 0.0)
    return Figure(
        name="map",
        title=say("map.title", period=period),
        subtitle=say("map.shaded" if shaded else "map.circles", unit=reading.unit.label),
        alt=say("map.alt", name=reading.indicator.short, period=period, top=names[top.place.code]),
        draw=draw,
        legend=_legend(found, values, reading=reading) if shaded else (),
        table=_table(values, names, reading=reading),
        notes=(*source_line(dossier, list(values.values())), _boundaries(reading)),
    )


def _codes(reading: Reading) -> tuple[str, ...]:
    return tuple(outlines(reading.indicator.country).shapes)


def _region(code: str, value: Value | None, *, lang: Lang) -> Region:
    name = place(code).name
    if value is None or value.value is None:
        return Region(None, f"{name.in_(lang)}: {word(lang, 'value.none')}")
    return Region(value.value, f"{name.in_(lang)}: {writing.measured(value.value, value.unit, lang=lang)}")


def _legend(found: Classes, values: Mapping[str, Value], *, reading: Reading) -> tuple[tuple[str, Text], ...]:
    edges = found.edges
    rows: list[tuple[str, Text]] = []
    bounds = [None, *edges, None]
    for low, high in pairwise(bounds):
        inside = low if low is not None else (high - 1e-9 if high is not None else 0.0)
        rows.append((LADDER[ladder_step(found, inside)], _span(low, high, reading=reading)))
    missing = any(code not in values for code in _codes(reading))
    hatching = ("repeating-linear-gradient(45deg,#fdfcf8 0 3px,#d9d4c7 3px 5px)", say("map.none"))
    return (*rows, hatching) if missing else tuple(rows)


def _span(low: float | None, high: float | None, *, reading: Reading) -> Text:
    def write(value: float, lang: Lang) -> str:
        return writing.amount(value, reading.unit, lang=lang)

    if low is None and high is None:
        return say("map.all")
    if low is None:
        return Text(*(word(lang, "map.below", value=write(high or 0.0, lang)) for lang in LANGS))
    if high is None:
        return Text(*(word(lang, "map.from", value=write(low, lang)) for lang in LANGS))
    return Text(*(word(lang, "map.between", low=write(low, lang), high=write(high, lang)) for lang in LANGS))


def _table(values: Mapping[str, Value], names: Mapping[str, Text], *, reading: Reading) -> Table:
    ordered = sorted(values.values(), key=lambda one: -(one.value or 0.0))
    absent = [code for code in _codes(reading) if code not in values]
    rows: list[dict[str, Any]] = [
        {"place": names[one.place.code], "value": Amount(one.value, one.unit)} for one in ordered
    ]
    rows += [{"place": names[code], "value": Amount(None, reading.unit)} for code in absent]
    return Table(
        caption=say("map.table", name=reading.indicator.short, period=ordered[0].period),
        columns=(Column("place", say("table.place")), Column("value", reading.unit.label, True)),
        rows=rows,
    )


def _boundaries(reading: Reading) -> Text:
    drawn = outlines(reading.indicator.country)
    return say("map.boundaries", publisher=drawn.publisher, carrier=drawn.carrier, licence=drawn.licence)


@final
@dataclass(frozen=True, slots=True)
class Multiple:
    """One state among the small multiples."""

    name: Text
    line: Small
    latest: Amount
    period: Period


def multiples(reading: Reading) -> tuple[Multiple, ...]:
    """Every state's line on one scale, highest last value first."""
    since = min(one.period.start for one in (reading.indicator.baseline, *reading.indicator.other_baselines))
    lines: list[tuple[float, Multiple]] = []
    shown = {
        code: [one for one in values if one.period.start >= since]
        for code, values in reading.states().items()
    }
    top = max(
        (one.value for values in shown.values() for one in values if one.value is not None), default=0.0
    )
    for values in shown.values():
        known = [one for one in values if one.value is not None]
        if len(known) < 2:
            continue
        last = known[-1]
        spark = Spark(
            parts=spark_parts(tuple(values)),
            top=top,
            since=reading.launched.toordinal(),
            hollow_end=not firm(last),
        )
        name = last.place.name
        lines.append(
            (
                last.value or 0.0,
                Multiple(
                    name,
                    Small(spark, _told(name, known)),
                    Amount(last.value, last.unit, firm=firm(last)),
                    last.period,
                ),
            )
        )
    return tuple(one for _, one in sorted(lines, key=lambda pair: (-pair[0], pair[1].name.en)))


def _told(name: Text, known: list[Value]) -> Text:
    def write(value: Value, lang: Lang) -> str:
        return writing.measured(value.value or 0.0, value.unit, lang=lang)

    return Text(
        *(
            word(
                lang, "chart.from_to", title=name, first=write(known[0], lang), start=known[0].period,
                last=write(known[-1], lang), end=known[-1].period,
            )
            for lang in LANGS
        )
    )  # fmt: skip
