"""``acuerdo revisions``: every value that was ever published, and what changed against the one before."""

from __future__ import annotations

from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Cell, Coded, Column, Table
from acuerdo.cli.words import PLACE, Places, SeriesId, place_codes
from acuerdo.core.text import Text
from acuerdo.core.unit import unit

CHANGES = {
    "first": Text("first published", "primera publicación"),
    "same": Text("unchanged", "sin cambio"),
    "revision": Text("revision", "revisión"),
    "redefinition": Text("redefinition", "redefinición"),
}


def revisions(
    call: Call,
    id: SeriesId,  # noqa: A002 - the word that readers know it by
    /,
    *,
    place: Places = (),
    period: Annotated[
        tuple[str, ...],
        Word(
            about=Text(
                "Codes of periods: 2020, 2020-06, FY2021.", "Claves de periodos: 2020, 2020-06, FY2021."
            ),
            label=Text("PERIOD", "PERIODO"),
            many=True,
        ),
    ] = (),
    unchanged: Annotated[
        bool,
        Word(about=Text("Also where nothing changed.", "También donde nada cambió.")),
    ] = False,
) -> Table:
    """Every vintage of every value, oldest first, each with the one before it."""
    wanted = place_codes(place)
    rows = _of_publisher(call, id) if "." in id else _of_indicator(call, id)
    kept = tuple(
        (row[0], row[1] or None, *row[2:6], _unit(str(row[6])), Coded(str(row[7]), CHANGES[str(row[7])]))
        for row in rows
        if (not wanted or row[0] in wanted)
        and (not period or row[2] in period)
        and (unchanged or row[7] != "same")
    )
    return Table(
        title=Text(f"Revisions of {id}", f"Revisiones de {id}"),
        columns=_COLUMNS,
        rows=kept,
        note=Text(
            "A revision is a new count under the same definition; a redefinition is another count.",
            "Una revisión es un nuevo conteo con la misma definición; una redefinición es otro conteo.",
        ),
    )


def _of_publisher(call: Call, series_id: str) -> list[tuple[Cell, ...]]:
    names = ("place", "breakdown", "period", "known_from", "value", "previous", "unit", "change")
    return [tuple(one[name] for name in names) for one in call.workspace.revisions(series_id)]


def _of_indicator(call: Call, indicator_id: str) -> list[tuple[Cell, ...]]:
    """An indicator at each publication of its inputs; it is redefined when the definition of an input is."""
    workspace = call.workspace
    definitions = {one.id: (one.source, one.definition) for one in workspace.releases()}
    rows: list[tuple[Cell, ...]] = []
    before: dict[object, tuple[float | None, frozenset[tuple[str, str]]]] = {}
    for vintage in workspace.history(indicator_id):
        for key, one in vintage.by_key.items():
            now = (one.value, frozenset(definitions[release] for release in one.releases))
            change = _change(before.get(key), now)
            previous = before[key][0] if key in before else None
            rows.append(
                (key[0], key[1], one.period.code, vintage.as_of, one.value, previous, one.unit.id, change)
            )
            before[key] = now
    return sorted(rows, key=lambda row: tuple(str(cell) for cell in row[:4]))


def _unit(unit_id: str) -> Coded:
    return Coded(unit_id, unit(unit_id).label)


def _change(before: tuple[object, object] | None, now: tuple[object, object]) -> str:
    if before is None:
        return "first"
    if before[1] != now[1]:
        return "redefinition"
    return "same" if before[0] == now[0] else "revision"


_COLUMNS = (
    PLACE,
    Column("breakdown", Text("Breakdown", "Desglose")),
    Column("period", Text("Period", "Periodo")),
    Column("known_from", Text("Known from", "Se conoce desde")),
    Column("value", Text("Value", "Valor")),
    Column("previous", Text("Before", "Antes")),
    Column("unit", Text("Unit", "Unidad")),
    Column("change", Text("Change", "Cambio")),
)

COMMAND = Command(
    call=revisions,
    section="changed",
    about=Text(
        "Print every value that was ever published for a place and period, and what changed.",
        "Muestra cada valor que se haya publicado para un lugar y periodo, y qué cambió.",
    ),
    examples=(
        Example(
            call="acuerdo revisions mx_homicide_victims --place MX --period 2020",
            about=Text("How one year was revised.", "Cómo se revisó un año."),
        ),
        Example(
            call="acuerdo revisions us_overdose_deaths_reported --csv",
            about=Text("Everything, as CSV.", "Todo, en CSV."),
        ),
    ),
)
