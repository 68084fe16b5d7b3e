"""From what a source read to a table of observations that may be stored: bounds added, every rule checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import final

import duckdb

from acuerdo.core.errors import IngestRefused, Problem, UsageError
from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.data.checks import problems_of
from acuerdo.data.coding import code
from acuerdo.data.release import Coverage
from acuerdo.data.source import AbstractSource, Parsed
from acuerdo.data.sql import literal

_COLUMNS = ("series", "place", "breakdown", "period", "value", "unit", "status")
_EARLIEST, _LATEST = date(1850, 1, 1), date(2150, 12, 31)


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
    _require_columns(connection, parsed.sql, name=name)
    try:
        words = code(connection, parsed.sql, table="parsed")
        _period_bounds(connection, words["period"], name=name)
        known_from = _known_from(connection, parsed)
        connection.execute(
            f"CREATE OR REPLACE VIEW {table} AS SELECT {', '.join(_COLUMNS)}, period_start, period_end, "
            f"{known_from} AS known_from FROM parsed JOIN period_bounds USING (period)"
        )
    except duckdb.Error as error:
        raise IngestRefused(_reading_failed(name, error)) from error
    if problems := problems_of(connection, table, source=source, name=name):
        raise IngestRefused(problems)
    return Observed(coverage=coverage_of(connection, table), vintages=_vintages(connection, parsed))


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


def _require_columns(connection: duckdb.DuckDBPyConnection, sql: str, *, name: str) -> None:
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
    given = "known_from" in _columns_parsed(connection)
    return "known_from" if given else f"DATE {literal(parsed.published.on.isoformat())}"


def _columns_parsed(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return {row[0] for row in connection.execute("DESCRIBE parsed").fetchall()}


def _period_bounds(connection: duckdb.DuckDBPyConnection, codes: Sequence[str], *, name: str) -> None:
    """A table of each period code's first and last day; there are few codes, so the one parser serves."""
    bounds: list[tuple[str, date, date]] = []
    problems: list[Problem] = []
    empty = connection.execute("SELECT 1 FROM parsed WHERE period IS NULL LIMIT 1").fetchall()
    for period_code in (*codes, *("" for _ in empty)):
        try:
            period = Period.parse(period_code)
        except UsageError as error:
            problems += error.problems
            continue
        bounds.append((period_code, period.start, period.end))
        if not _EARLIEST <= period.start <= period.end <= _LATEST:
            problems.append(
                Problem(
                    what=Text(
                        f"'{period_code}' is not a likely period.",
                        f"'{period_code}' no es un periodo verosímil.",
                    ),
                    where=name,
                    fix=Text("Check the year in the file.", "Revise el año en el archivo."),
                )
            )
    if problems:
        raise IngestRefused([_at(problem, name) for problem in problems])
    connection.execute(
        "CREATE OR REPLACE TABLE period_bounds (period period_word, period_start DATE, period_end DATE)"
    )
    if bounds:
        rows = ", ".join(f"({literal(one)}, DATE '{start}', DATE '{end}')" for one, start, end in bounds)
        connection.execute(f"INSERT INTO period_bounds VALUES {rows}")


def _at(problem: Problem, name: str) -> Problem:
    return Problem(what=problem.what, where=name, why=problem.why, fix=problem.fix, nearest=problem.nearest)


def _vintages(connection: duckdb.DuckDBPyConnection, parsed: Parsed) -> tuple[date, ...]:
    if "known_from" not in _columns_parsed(connection):
        return (parsed.published.on,)
    dates = connection.execute("SELECT DISTINCT known_from FROM parsed ORDER BY ALL").fetchall()
    return tuple(row[0] for row in dates)


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
