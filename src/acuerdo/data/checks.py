"""What every table of observations must hold, whoever the publisher is; and what its source says of it besides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import duckdb

from acuerdo.core.errors import Problem, nearest
from acuerdo.core.place import places
from acuerdo.core.status import Status
from acuerdo.core.text import Text
from acuerdo.core.unit import UNITS
from acuerdo.data.source import AbstractSource
from acuerdo.data.sql import listed, literal

_KEY = "series, place, breakdown, period, known_from"
_REQUIRED = ("series", "place", "breakdown", "unit", "status", "known_from")
# A value of these may be about days that have not come
_AHEAD = (Status.ESTIMATED, Status.FORECAST)
_WITHOUT_VALUE = (Status.MISSING, Status.SUPPRESSED)
# Money flows back; nothing else that is added up falls below zero
_MONEY = ("us_dollars", "constant_us_dollars", "pesos")
# Parts of rounded or weighted figures miss their total by this much at most
_ROUNDING = 0.5


def problems_of(
    connection: duckdb.DuckDBPyConnection, table: str, *, source: AbstractSource, name: str
) -> list[Problem]:
    """Every rule that a table of observations breaks.

    Args:
        connection: Where the table is.
        table: Observations, without ``sequence``.
        source: Where they come from.
        name: The file, for messages.
    """
    return [problem for check in _CHECKS for problem in check(connection, table, source, name)]


def _rows_exist(
    connection: duckdb.DuckDBPyConnection, table: str, source: AbstractSource, name: str
) -> list[Problem]:
    del source
    if connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():
        return []
    return [
        Problem(
            what=Text("There is not one value in the file.", "No hay ni un solo valor en el archivo."),
            where=name,
            fix=Text("Get the file again from its publisher.", "Obtenga el archivo de nuevo de la fuente."),
        )
    ]


def _names_known(
    connection: duckdb.DuckDBPyConnection, table: str, source: AbstractSource, name: str
) -> list[Problem]:
    declared = {one.id: one.unit for one in source.series}
    counted = connection.execute(
        f"SELECT series, unit, place, count(*) FROM {table} GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    pairs = dict.fromkeys((series, unit) for series, unit, _, _ in counted)
    problems = [
        Problem(
            what=Text(
                f"Series '{series}' in '{unit}' is not one that the source declares.",
                f"La serie '{series}' en '{unit}' no es de las que declara la fuente.",
            ),
            where=name,
            nearest=nearest(str(series), declared),
            fix=Text(
                "Correct the source's 'series' or its 'parse'.", "Corrija 'series' o 'parse' de la fuente."
            ),
        )
        for series, unit in pairs
        if declared.get(series) != unit or unit not in UNITS
    ]
    known, rows_at = places(), Counter[str]()
    for _, _, code, rows in counted:
        rows_at[code] += rows
    return problems + [
        _unknown_place(code, rows_at[code], where=f"{name}, {_first_row(connection, table, code)}")
        for code in sorted(rows_at, key=str)
        if code not in known
    ]


def _unknown_place(code: str | None, rows: int, *, where: str) -> Problem:
    return Problem(
        what=Text(
            f"Place '{code}' is not known ({rows:,} rows).",
            f"No se conoce el lugar '{code}' ({rows:,} filas).",
        ),
        where=where,
        nearest=nearest(str(code), [one for one in places() if one[:2] == str(code)[:2]]),
        fix=Text(
            "If it is new, add it to core/places; if the publisher slipped, have the source say which place it is.",
            "Si es nuevo, agréguelo a core/places; si es un error de la fuente, que el plug-in diga qué lugar es.",
        ),
    )


def _first_row(connection: duckdb.DuckDBPyConnection, table: str, code: str | None) -> str:
    found = connection.execute(
        f"SELECT series, period FROM {table} WHERE place IS NOT DISTINCT FROM ? ORDER BY ALL LIMIT 1", [code]
    ).fetchone()
    return f"{found[0]}, {found[1]}, place" if found else "place"


def _cells_whole(
    connection: duckdb.DuckDBPyConnection, table: str, source: AbstractSource, name: str
) -> list[Problem]:
    del source
    statuses, empty = listed(Status), listed(_WITHOUT_VALUE)
    rules = {
        " OR ".join(f"{column} IS NULL" for column in _REQUIRED): Text(
            "a key is empty", "una clave está vacía"
        ),
        f"status NOT IN {statuses}": Text("the status is not one of the list", "el estado no es de la lista"),
        f"(value IS NULL) <> (status IN {empty})": Text(
            "a value is empty without the status 'missing', or the other way round",
            "un valor está vacío sin el estado «sin dato», o al revés",
        ),
        "NOT isfinite(value)": Text("a value is not finite", "un valor no es finito"),
    }
    return [
        _row_problem(connection, f"SELECT * FROM {table} WHERE {rule}", what=what, name=name)
        for rule, what in rules.items()
        if connection.execute(f"SELECT 1 FROM {table} WHERE {rule} LIMIT 1").fetchone()
    ]


def _keys_unique(
    connection: duckdb.DuckDBPyConnection, table: str, source: AbstractSource, name: str
) -> list[Problem]:
    del source
    # Where all hashes differ, so do the keys; only a hash that comes twice needs the long look
    hashes = connection.execute(
        f"SELECT count(*), (SELECT count(*) FROM (SELECT DISTINCT hash({_KEY}) FROM {table})) FROM {table}"
    ).fetchone() or (0, 0)
    if hashes[0] == hashes[1]:
        return []
    total, distinct = connection.execute(
        f"SELECT count(*), (SELECT count(*) FROM (SELECT DISTINCT {_KEY} FROM {table})) FROM {table}"
    ).fetchone() or (0, 0)
    if total == distinct:
        return []
    twice = f"SELECT {_KEY} FROM {table} GROUP BY ALL HAVING count(*) > 1"
    what = Text(
        f"one key has two values ({total - distinct:,} rows too many)",
        f"una misma clave tiene dos valores (sobran {total - distinct:,} filas)",
    )
    return [_row_problem(connection, twice, what=what, name=name)]


def _public_after(
    connection: duckdb.DuckDBPyConnection, table: str, source: AbstractSource, name: str
) -> list[Problem]:
    ahead = "".join(f" AND series <> {literal(one.id)}" for one in source.series if one.ahead)
    early = f"SELECT * FROM {table} WHERE known_from < period_end AND status NOT IN {listed(_AHEAD)}{ahead}"
    if not connection.execute(f"{early} LIMIT 1").fetchone():
        return []
    what = Text(
        "a value was public before its period was over; a fiscal year may have been read as a calendar year",
        "un valor fue público antes de terminar su periodo; quizá un año fiscal se leyó como año calendario",
    )
    return [_row_problem(connection, f"{early} ORDER BY period_end DESC", what=what, name=name)]


def _counts_not_negative(
    connection: duckdb.DuckDBPyConnection, table: str, source: AbstractSource, name: str
) -> list[Problem]:
    del source
    counts = [one.id for one in UNITS.values() if one.additive and one.dimension not in _MONEY]
    below = f"SELECT * FROM {table} WHERE value < 0 AND unit IN {listed(counts)}"
    if not connection.execute(f"{below} LIMIT 1").fetchone():
        return []
    return [
        _row_problem(
            connection, below, what=Text("a count is below zero", "un conteo es negativo"), name=name
        )
    ]


def _parts_add_up(
    connection: duckdb.DuckDBPyConnection, table: str, source: AbstractSource, name: str
) -> list[Problem]:
    problems: list[Problem] = []
    for series, key in [(one.id, key) for one in source.series for key in one.adds_up_by]:
        apart = f"""
            SELECT whole.*, parts.value AS added FROM {table} AS whole JOIN (
                SELECT series, place, period, known_from, sum(value) AS value FROM {table}
                WHERE regexp_full_match(breakdown, {literal(key + "=[^;]*")})
                GROUP BY series, place, period, known_from HAVING count(*) = count(value)
            ) AS parts USING (series, place, period, known_from)
            WHERE whole.breakdown = '' AND series = {literal(series)}
              AND abs(whole.value - parts.value) > {_ROUNDING}"""
        if connection.execute(f"{apart} LIMIT 1").fetchone():
            what = Text(
                f"the parts by '{key}' do not add up to the published total",
                f"las partes por «{key}» no suman el total publicado",
            )
            problems.append(_row_problem(connection, apart, what=what, name=name))
    return problems


def _row_problem(connection: duckdb.DuckDBPyConnection, sql: str, *, what: Text, name: str) -> Problem:
    found = (
        connection.execute(
            f"SELECT series, place, breakdown, period, known_from FROM ({sql}) LIMIT 1"
        ).fetchone()
        or ()
    )
    row = ", ".join(str(cell) for cell in found if cell not in (None, ""))
    return Problem(
        what=Text(f"In the rows, {what.en}: {row}.", f"En las filas, {what.es}: {row}."),
        where=name,
        fix=Text(
            "Compare the row with the publisher's file; if it is so there, the source must say how it is read.",
            "Compare la fila con el archivo de la fuente; si ahí es igual, el plug-in debe decir cómo se lee.",
        ),
    )


_Check = Callable[[duckdb.DuckDBPyConnection, str, AbstractSource, str], Sequence[Problem]]
_CHECKS: tuple[_Check, ...] = (
    _rows_exist,
    _names_known,
    _cells_whole,
    _keys_unique,
    _public_after,
    _counts_not_negative,
    _parts_add_up,
)
