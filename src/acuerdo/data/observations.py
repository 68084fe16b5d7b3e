"""From what a source read to a table of observations that may be stored: bounds added, every rule checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import final

import duckdb

from acuerdo.core.errors import IngestRefused, Problem, UsageError, nearest
from acuerdo.core.period import Period
from acuerdo.core.place import places
from acuerdo.core.status import Status
from acuerdo.core.text import Text
from acuerdo.core.unit import UNITS
from acuerdo.data.release import Coverage
from acuerdo.data.source import AbstractSource, Parsed
from acuerdo.data.sql import listed, literal

_COLUMNS = ("series", "place", "breakdown", "period", "value", "unit", "status")
_REQUIRED = ("series", "place", "breakdown", "unit", "status", "known_from")
_EARLIEST, _LATEST = date(1850, 1, 1), date(2150, 12, 31)
# A value of these may be about days that have not come
_AHEAD = (Status.ESTIMATED, Status.FORECAST)
_WITHOUT_VALUE = (Status.MISSING, Status.SUPPRESSED)
_KEY = "series, place, breakdown, period, known_from"


@final
@dataclass(frozen=True, slots=True)
class Observed:
    """What a table of observations holds: one coverage per series, and the dates it became known."""

    coverage: tuple[Coverage, ...]
    vintages: tuple[date, ...]


def observe(
    connection: duckdb.DuckDBPyConnection, parsed: Parsed, *, source: AbstractSource, name: str, table: str
) -> Observed:
    """Makes the view ``table`` of what was parsed, with all columns but ``sequence``, and checks it.

    Raises:
        IngestRefused: With every rule that the rows break.
    """
    _require_columns(connection, parsed.sql, name)
    try:
        connection.execute(f"CREATE OR REPLACE TABLE parsed AS {parsed.sql}")
        _period_bounds(connection, name)
        known_from = _known_from(connection, parsed)
        connection.execute(
            f"CREATE OR REPLACE VIEW {table} AS SELECT {', '.join(_COLUMNS)}, period_start, period_end, "
            f"{known_from} AS known_from FROM parsed JOIN period_bounds USING (period)"
        )
    except duckdb.Error as error:
        raise IngestRefused(_reading_failed(name, error)) from error
    problems = [problem for check in _CHECKS for problem in check(connection, table, source, name)]
    if problems:
        raise IngestRefused(problems)
    dates = connection.execute(f"SELECT DISTINCT known_from FROM {table} ORDER BY ALL").fetchall()
    return Observed(coverage=coverage_of(connection, table), vintages=tuple(row[0] for row in dates))


def reading_failed(name: str, error: Exception) -> IngestRefused:
    """The refusal for a file that the source's own code could not digest."""
    return IngestRefused(_reading_failed(name, error))


def _reading_failed(name: str, error: Exception) -> Problem:
    detail = (str(error) or type(error).__name__).splitlines()[0]
    return Problem(
        what=Text("The file could not be read as this source's.", "El archivo no pudo leerse como de esta fuente."),
        where=name,
        why=Text(f"The reader says: {detail}", f"El lector dice: {detail}"),
        fix=Text("Get the file again; if it is whole, the source's reading rules need a change.",
                 "Obtenga el archivo de nuevo; si está completo, hay que cambiar las reglas de lectura de la fuente."),
    )  # fmt: skip


def _require_columns(connection: duckdb.DuckDBPyConnection, sql: str, name: str) -> None:
    try:
        found = {row[0] for row in connection.execute(f"DESCRIBE {sql}").fetchall()}
    except duckdb.Error as error:
        raise IngestRefused(_reading_failed(name, error)) from error
    missing = [column for column in _COLUMNS if column not in found]
    if missing:
        raise IngestRefused(
            Problem(
                what=Text(
                    f"The source gives no {', '.join(missing)}.", f"La fuente no da {', '.join(missing)}."
                ),
                where=name,
                fix=Text("Correct the source's 'parse'.", "Corrija el 'parse' de la fuente."),
            )
        )


def _known_from(connection: duckdb.DuckDBPyConnection, parsed: Parsed) -> str:
    columns = {row[0] for row in connection.execute("DESCRIBE parsed").fetchall()}
    return "known_from" if "known_from" in columns else f"DATE {literal(parsed.published.on.isoformat())}"


def _period_bounds(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """A table of each period code's first and last day; there are few codes, so the one parser serves."""
    codes = [
        row[0] for row in connection.execute("SELECT DISTINCT period FROM parsed ORDER BY ALL").fetchall()
    ]
    bounds: list[tuple[str, date, date]] = []
    problems: list[Problem] = []
    for code in codes:
        try:
            period = Period.parse(code or "")
        except UsageError as error:
            problems += error.problems
            continue
        bounds.append((code, period.start, period.end))
        if not _EARLIEST <= period.start <= period.end <= _LATEST:
            problems.append(
                Problem(
                    what=Text(f"'{code}' is not a likely period.", f"'{code}' no es un periodo verosímil."),
                    where=name,
                    fix=Text("Check the year in the file.", "Revise el año en el archivo."),
                )
            )
    if problems:
        raise IngestRefused([_at(problem, name) for problem in problems])
    connection.execute(
        "CREATE OR REPLACE TABLE period_bounds (period VARCHAR, period_start DATE, period_end DATE)"
    )
    if bounds:
        rows = ", ".join(f"({literal(code)}, DATE '{start}', DATE '{end}')" for code, start, end in bounds)
        connection.execute(f"INSERT INTO period_bounds VALUES {rows}")


def _at(problem: Problem, name: str) -> Problem:
    return Problem(what=problem.what, where=name, why=problem.why, fix=problem.fix, nearest=problem.nearest)


def coverage_of(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[Coverage, ...]:
    """One coverage per series of a table of observations, in order of id."""
    rows = connection.execute(
        f"SELECT series, count(*), min(period_start), max(period_end), "
        f"coalesce(sum(CAST(value AS DECIMAL(38, 6))), 0)::DOUBLE FROM {table} GROUP BY series ORDER BY series"
    ).fetchall()
    return tuple(
        Coverage(series=series, rows=count, first=first, last=last, total=total)
        for series, count, first, last, total in rows
    )


# ------------------------------------------------------------------------------------------------------- the checks


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
    pairs = connection.execute(f"SELECT DISTINCT series, unit FROM {table} ORDER BY ALL").fetchall()
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
    return problems + _unknown_places(connection, table, name)


def _unknown_places(connection: duckdb.DuckDBPyConnection, table: str, name: str) -> list[Problem]:
    known = places()
    counted = connection.execute(
        f"SELECT place, count(*) FROM {table} GROUP BY place ORDER BY place"
    ).fetchall()
    return [
        Problem(
            what=Text(
                f"Place '{code}' is not known ({rows:,} rows).",
                f"No se conoce el lugar '{code}' ({rows:,} filas).",
            ),
            where=f"{name}, {_first_row(connection, table, code)}",
            nearest=nearest(str(code), [one for one in known if one[:2] == str(code)[:2]]),
            fix=Text(
                "If it is new, add it to core/places; if it is a slip of the publisher's, add a correction.",
                "Si es nuevo, agréguelo a core/places; si es un error de la fuente, agregue una corrección.",
            ),
        )
        for code, rows in counted
        if code not in known
    ]


def _first_row(connection: duckdb.DuckDBPyConnection, table: str, code: str) -> str:
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
            "Compare the row with the publisher's file; if it is so there, teach the source or add a correction.",
            "Compare la fila con el archivo de la fuente; si es igual, enseñe a la fuente o agregue una corrección.",
        ),
    )


_Check = Callable[[duckdb.DuckDBPyConnection, str, AbstractSource, str], Sequence[Problem]]
_CHECKS: tuple[_Check, ...] = (_rows_exist, _names_known, _cells_whole, _keys_unique, _public_after)
