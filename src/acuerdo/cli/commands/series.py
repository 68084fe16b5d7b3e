"""``acuerdo series``: the values of an indicator, or of a publisher's own series, as known on a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Coded, Column, Table
from acuerdo.cli.words import PLACE, AsOf, Levels, Places, SeriesId, coded_status, place_codes
from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.place import places
from acuerdo.core.status import Status
from acuerdo.core.text import Text, same
from acuerdo.core.unit import unit


def series(
    call: Call,
    id: SeriesId,  # noqa: A002 - the word that readers know it by
    /,
    *,
    place: Places = (),
    as_of: AsOf = None,
    level: Levels = (),
    by: Annotated[
        tuple[str, ...],
        Word(
            about=Text(
                "Breakdowns to split by; acuerdo show lists them.", "Desgloses; acuerdo show los enumera."
            ),
            label=Text("KEY", "CLAVE"),
            many=True,
        ),
    ] = (),
) -> Table:
    """One value per place, breakdown and period."""
    wanted = place_codes(place)
    if "." not in id:
        return _of_indicator(call, id, wanted=wanted, as_of=as_of, split=(level, by))
    if level or by:
        raise UsageError(Problem(what=_PLAIN))
    return _of_publisher(call, id, wanted=wanted, as_of=as_of)


def _of_indicator(
    call: Call,
    indicator_id: str,
    *,
    wanted: frozenset[str],
    as_of: date | None,
    split: tuple[Levels, tuple[str, ...]],
) -> Table:
    level, by = split
    workspace = call.workspace
    built = workspace.series(indicator_id, as_of=as_of, levels=level or None, by=by)
    rows = tuple(
        (
            one.place.code,
            one.place.name,
            one.breakdown or None,
            one.period.code,
            one.value,
            Coded(one.unit.id, one.unit.label),
            coded_status(one.status),
            one.known_from,
            " ".join(one.releases),
        )
        for one in built.values
        if not wanted or one.place.code in wanted
    )
    columns = (*_COLUMNS, Column("releases", Text("Releases", "Publicaciones")))
    return Table(
        title=workspace.indicator(indicator_id).title,
        columns=columns,
        rows=rows,
        hidden=("releases",),
        note=None if rows else _why_none(indicator_id, as_of=as_of, elsewhere=bool(built.values)),
    )


def _of_publisher(call: Call, series_id: str, *, wanted: frozenset[str], as_of: date | None) -> Table:
    found = call.workspace.observations(series_id, as_of=as_of)
    known = places()
    rows = tuple(
        (
            one["place"],
            known[one["place"]].name,
            one["breakdown"] or None,
            one["period"],
            one["value"],
            Coded(one["unit"], unit(one["unit"]).label),
            coded_status(Status(one["status"])),
            one["known_from"],
        )
        for one in found
        if not wanted or one["place"] in wanted
    )
    note = None if rows else _why_none(series_id, as_of=as_of, elsewhere=bool(found))
    return Table(title=same(series_id), columns=_COLUMNS, rows=rows, note=note)


def _why_none(series_id: str, *, as_of: date | None, elsewhere: bool) -> Text:
    """Why there is not one row: other places have some, nothing was public on the day, or nothing is stored."""
    if elsewhere:
        return Text(
            "It has values, but none for these places; without --place all are printed.",
            "Tiene valores, pero ninguno de estos lugares; sin --place se imprimen todos.",
        )
    if as_of is not None:
        return Text(
            f"None of its files kept here was public on {as_of}; acuerdo sources tells since when each is.",
            f"De sus archivos guardados aquí, ninguno era público el {as_of}; acuerdo sources dice desde cuándo lo es "
            "cada uno.",
        )
    return Text(
        f"No file with its values is stored: acuerdo cite {series_id.partition('.')[0]} names its sources, acuerdo "
        "ingest brings their files in.",
        f"No hay guardado ningún archivo con sus valores: acuerdo cite {series_id.partition('.')[0]} nombra sus "
        "fuentes, acuerdo ingest incorpora sus archivos.",
    )


_PLAIN = Text(
    "A publisher's own series has its own breakdowns; --level and --by are for indicators.",
    "La serie de una fuente tiene sus propios desgloses; --level y --by son para los indicadores.",
)
_COLUMNS = (
    PLACE,
    Column("name", Text("Name", "Nombre")),
    Column("breakdown", Text("Breakdown", "Desglose")),
    Column("period", Text("Period", "Periodo")),
    Column("value", Text("Value", "Valor")),
    Column("unit", Text("Unit", "Unidad")),
    Column("status", Text("Status", "Estado")),
    Column("known_from", Text("Known from", "Se conoce desde")),
)

COMMAND = Command(
    call=series,
    section="changed",
    about=Text(
        "Print the values of an indicator or a publisher's series, as known on a day.",
        "Muestra los valores de un indicador o de la serie de una fuente, como se conocían un día dado.",
    ),
    examples=(
        Example(
            call="acuerdo series mx_homicide_victims --place MX Chihuahua",
            about=Text("One country and one of its states.", "Un país y uno de sus estados."),
        ),
        Example(
            call="acuerdo series mx_homicide_rate --place MX --as-of 2022-10-13 --csv",
            about=Text(
                "As known on October 13, 2022, as CSV.", "Como se conocía el 13 de octubre de 2022, en CSV."
            ),
        ),
    ),
)
