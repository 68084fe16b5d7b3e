"""``acuerdo outlook``: counts still coming in, what comes next, and whether an aim will be met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Cell, Coded, Column, Entry, Table
from acuerdo.cli.words import AsOf
from acuerdo.core.text import Text, same

if TYPE_CHECKING:
    from acuerdo.core.period import Period
    from acuerdo.tracking.outlook.outlook import Chance, Distance, Expected, Outlook, Record, Revised

_SHOWN = (0.8, 0.95)
_LOW_HIGH = (
    Column("low_80", Text("80%: from", "80\u00a0%: de")),
    Column("high_80", Text("to", "a")),
    Column("low_95", Text("95%: from", "95\u00a0%: de")),
    Column("high_95", Text("to", "a")),
)
_NOWCAST = (
    Column("period", Text("Period", "Periodo")),
    Column("told", Text("Published", "Publicado")),
    Column("expected", Text("Expected when settled", "Esperado al asentarse")),
    *_LOW_HIGH,
)
_AHEAD = (
    Column("period", Text("Period", "Periodo")),
    Column("expected", Text("Forecast", "Pronóstico")),
    *_LOW_HIGH,
)
_AIMS = (
    Column("aim", Text("Aim", "Meta anunciada")),
    Column("by", Text("Announced by", "Anunciada por")),
    Column("period", Text("Due", "Vence")),
    Column("distance", Text("Newest value less aim", "Último valor menos la meta")),
    Column("probability", Text("Probability", "Probabilidad")),
    Column("status", Text("Status", "Situación")),
    Column("why", Text("Why it cannot be told", "Por qué no puede saberse")),
)
_RECORD = (
    Column("judged", Text("Judged", "Juzgados")),
    Column("inside_50", Text("Inside 50%", "Dentro del 50\u00a0%")),
    Column("inside_80", Text("Inside 80%", "Dentro del 80\u00a0%")),
    Column("inside_95", Text("Inside 95%", "Dentro del 95\u00a0%")),
    Column("against_naive", Text("Error ÷ naive", "Error ÷ ingenuo")),
    Column("against_seasonal_naive", Text("Error ÷ seasonal naive", "Error ÷ ingenuo estacional")),
)


def outlook(
    call: Call,
    indicator: Annotated[
        str,
        Word(about=Text("Id of an indicator.", "Id de un indicador."), label=Text("INDICATOR", "INDICADOR")),
    ],
    /,
    *,
    as_of: AsOf = None,
) -> Entry:
    """One entry: the latest counts corrected, the forecast and its record, the aims with their status."""
    workspace = call.workspace
    title = workspace.indicator(indicator).title
    return Entry(title=title, facts=_facts(workspace.tracking.outlook(indicator, as_of=as_of)))


def _facts(found: Outlook) -> tuple[tuple[Column, Cell | tuple[Cell, ...] | Table], ...]:
    facts: list[tuple[Column, Cell | tuple[Cell, ...] | Table]] = [
        (Column("id", same("Id")), found.indicator),
        (Column("as_known", Text("As published until", "Según lo publicado hasta")), found.day),
        (Column("target", Text("Target of the framework", "Meta del marco")), found.target),
        *_from_baseline(found.from_baseline),
    ]
    if found.chances:
        facts.append((Column("aims", Text("Aims announced", "Metas anunciadas")), _aims(found.chances)))
    if found.nowcasts:
        facts.append(
            (Column("nowcast", Text("Still coming in", "Aún por completarse")), _nowcast(found.nowcasts))
        )
    if found.correction:
        facts.append((Column("correction", Text("The correction", "La corrección")), found.correction))
    if found.record:
        facts.append((Column("ahead", Text("Forecast", "Pronóstico")), _ahead(found.ahead)))
        facts.append((Column("record", Text("Its record", "Su historial")), _record(found.record)))
    if found.why_no_forecast:
        facts.append((Column("no_forecast", Text("No forecast", "Sin pronóstico")), found.why_no_forecast))
    facts += _revisions(found.revised)
    return tuple(facts)


def _from_baseline(one: Distance | None) -> list[tuple[Column, Cell]]:
    if one is None:
        return []
    ratio = None if one.ratio is None else round(100 * one.ratio, 1)
    return [
        (Column("baseline", Text("Baseline", "Línea base")), _period(one.baseline)),
        (Column("baseline_value", Text("Value then", "Valor entonces")), _round(one.before)),
        (Column("newest", Text("Newest period", "Último periodo")), _period(one.newest)),
        (Column("newest_value", Text("Value", "Valor")), _round(one.after)),
        (Column("from_baseline", Text("Change, per cent", "Cambio, por ciento")), ratio),
    ]


def _revisions(one: Revised) -> list[tuple[Column, Cell]]:
    told = Text("Values whose revisions are stored", "Valores con revisiones guardadas")
    size = Text("Spread of revisions, per cent", "Dispersión de las revisiones, por ciento")
    spread = None if one.spread is None else round(100 * one.spread, 2)
    return [(Column("revised_values", told), one.values), (Column("revision_spread", size), spread)]


def _nowcast(found: tuple[Expected, ...]) -> Table:
    rows = tuple(
        (_period(one.period), one.told, _round(one.value), *_ends(one.intervals, digits=0)) for one in found
    )
    return Table(title=Text("Still coming in", "Aún por completarse"), columns=_NOWCAST, rows=rows)


def _ahead(found: tuple[Expected, ...]) -> Table:
    rows = tuple(
        (_period(one.period), _round(one.value), *_ends(one.intervals, digits=None)) for one in found
    )
    return Table(title=Text("Forecast", "Pronóstico"), columns=_AHEAD, rows=rows)


def _aims(found: tuple[Chance, ...]) -> Table:
    rows = tuple(
        (
            one.aim.title, one.aim.announced_by, _period(one.period), _round(one.distance),
            None if one.probability is None else round(one.probability, 2), Coded(one.status, one.status_label),
            one.why_not,
        )
        for one in found
    )  # fmt: skip
    return Table(title=Text("Aims announced", "Metas anunciadas"), columns=_AIMS, rows=rows)


def _record(one: Record) -> Table:
    shares = tuple(_round(one.coverage[level]) for level in sorted(one.coverage))
    against = tuple(_round(one.against.get(rival)) for rival in ("naive", "seasonal_naive"))
    return Table(
        title=Text("Its record", "Su historial"), columns=_RECORD, rows=((one.judged, *shares, *against),)
    )


def _period(one: Period) -> Coded:
    return Coded(one.code, Text(one.label("en"), one.label("es")))


def _ends(intervals: Mapping[float, tuple[float, float] | None], *, digits: int | None) -> tuple[Cell, ...]:
    """The ends of the intervals shown; counts in whole numbers, other values as far as they tell something."""
    found: list[Cell] = []
    for level in _SHOWN:
        ends = intervals.get(level)
        found += [None, None] if ends is None else [_shown(one, digits) for one in ends]
    return tuple(found)


def _shown(value: float, digits: int | None) -> float | None:
    return float(round(value)) if digits == 0 else _round(value)


def _round(value: float | None) -> float | None:
    """Four significant digits below a thousand, whole numbers above."""
    if value is None:
        return None
    return float(round(value)) if abs(value) >= 1000 else float(f"{value:.4g}")


COMMAND = Command(
    call=outlook,
    section="next",
    about=Text(
        "Correct the latest counts, forecast the next, and say whether an aim will be met.",
        "Corrige los últimos conteos, pronostica los siguientes y dice si se cumplirá una meta.",
    ),
    examples=(
        Example(
            call="acuerdo outlook us_overdose_deaths_reported",
            about=Text("As known now.", "Con lo que se sabe hoy."),
        ),
        Example(
            call="acuerdo outlook mx_femicide_victims --lang es",
            about=Text("The latest months corrected.", "Los últimos meses, corregidos."),
        ),
    ),
)
