"""What every table of observations must hold, whoever the publisher is; and what its source says of it besides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import final

import duckdb

from acuerdo.core.errors import Problem, nearest
from acuerdo.core.place import places
from acuerdo.core.status import Status
from acuerdo.core.text import Text
from acuerdo.core.unit import UNITS
from acuerdo.data.refusal import GET_AGAIN
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


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """What is checked: observations without ``sequence``, their source, and the file's name."""

    connection: duckdb.DuckDBPyConnection
    table: str
    source: AbstractSource
    name: str

    def has(self, sql: str) -> bool:
        """Whether a SELECT has a row."""
        return self.connection.execute(f"SELECT 1 FROM ({sql}) LIMIT 1").fetchone() is not None

    def count_distinct(self, what: str) -> tuple[int, int]:
        """All rows, and how many of them differ in something."""
        distinct = f"SELECT count(*) FROM (SELECT DISTINCT {what} FROM {self.table})"
        found = self.connection.execute(f"SELECT count(*), ({distinct}) FROM {self.table}").fetchone()
        return (found[0], found[1]) if found else (0, 0)

    def none(self, sql: str, what: Text, *, first: str = _KEY) -> list[Problem]:
        """The problem of rows that must not be there, told by the first of them in an order, if there are any."""
        found = self.connection.execute(f"SELECT {_KEY} FROM ({sql}) ORDER BY {first} LIMIT 1").fetchone()
        if found is None:
            return []
        row = ", ".join(str(cell) for cell in found if cell not in (None, ""))
        return [
            Problem(
                what=Text(f"In the rows, {what.en}: {row}.", f"En las filas, {what.es}: {row}."),
                where=self.name,
                fix=Text(
                    "Compare the row with the publisher's file; if it is so there, the source must say how it is "
                    "read.",
                    "Compare la fila con el archivo de la fuente; si ahí es igual, el plug-in debe decir cómo se lee.",
                ),
            )
        ]


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
    rows = _Rows(connection=connection, table=table, source=source, name=name)
    return [problem for check in _CHECKS for problem in check(rows)]


def _rows_exist(rows: _Rows) -> list[Problem]:
    if rows.has(f"SELECT 1 FROM {rows.table}"):
        return []
    return [
        Problem(
            what=Text("There is not one value in the file.", "No hay ni un solo valor en el archivo."),
            where=rows.name,
            fix=GET_AGAIN,
        )
    ]


def _names_known(rows: _Rows) -> list[Problem]:
    declared = {one.id: one.unit for one in rows.source.series}
    counted = rows.connection.execute(
        f"SELECT series, unit, place, count(*) FROM {rows.table} GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    pairs = dict.fromkeys((series, unit) for series, unit, _, _ in counted)
    at = Counter[str | None]()
    for _, _, code, count in counted:
        at[code] += count
    return [
        *(
            _undeclared(rows, series, unit=unit)
            for series, unit in pairs
            if declared.get(series) != unit or unit not in UNITS
        ),
        *(_unknown_place(rows, code, count=at[code]) for code in sorted(at, key=str) if code not in places()),
    ]


def _undeclared(rows: _Rows, series: str | None, *, unit: str | None) -> Problem:
    return Problem(
        what=Text(
            f"Series '{series}' in '{unit}' is not one that the source declares.",
            f"La serie '{series}' en '{unit}' no es de las que declara la fuente.",
        ),
        where=rows.name,
        nearest=nearest(str(series), [one.id for one in rows.source.series]),
        fix=Text("Correct the source's 'series' or its 'parse'.", "Corrija 'series' o 'parse' de la fuente."),
    )


def _unknown_place(rows: _Rows, code: str | None, *, count: int) -> Problem:
    found = rows.connection.execute(
        f"SELECT series, period FROM {rows.table} WHERE place IS NOT DISTINCT FROM ? ORDER BY ALL LIMIT 1",
        [code],
    ).fetchone()
    first = f"{found[0]}, {found[1]}, place" if found else "place"
    return Problem(
        what=Text(
            f"Place '{code}' is not known ({count:,} rows).",
            f"No se conoce el lugar '{code}' ({count:,} filas).",
        ),
        where=f"{rows.name}, {first}",
        nearest=nearest(str(code), [one for one in places() if one[:2] == str(code)[:2]]),
        fix=Text(
            "If it is new, add it to core/places; if the publisher slipped, have the source say which place it is.",
            "Si es nuevo, agréguelo a core/places; si es un error de la fuente, que el plug-in diga qué lugar es.",
        ),
    )


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """What no row may be, in SQL and in words; the first row that is so, in the order given, tells it."""

    broken: str
    what: Text
    first: str = _KEY


def _rules(source: AbstractSource) -> tuple[_Rule, ...]:
    ahead = "".join(f" AND series <> {literal(one.id)}" for one in source.series if one.ahead)
    counts = [one.id for one in UNITS.values() if one.additive and one.dimension not in _MONEY]
    return (
        _Rule(
            broken=" OR ".join(f"{column} IS NULL" for column in _REQUIRED),
            what=Text("a key is empty", "una clave está vacía"),
        ),
        _Rule(
            broken=f"status NOT IN {listed(Status)}",
            what=Text("the status is not one of the list", "el estado no es de la lista"),
        ),
        _Rule(
            broken=f"(value IS NULL) <> (status IN {listed(_WITHOUT_VALUE)})",
            what=Text(
                "a value is empty without the status 'missing', or the other way round",
                "un valor está vacío sin el estado «sin dato», o al revés",
            ),
        ),
        _Rule(broken="NOT isfinite(value)", what=Text("a value is not finite", "un valor no es finito")),
        _Rule(
            broken=f"known_from < period_end AND status NOT IN {listed(_AHEAD)}{ahead}",
            what=Text(
                "a value was public before its period was over; a fiscal year may have been read as a calendar year",
                "un valor fue público antes de terminar su periodo; quizá un año fiscal se leyó como año calendario",
            ),
            first=f"period_end DESC, {_KEY}",
        ),
        _Rule(
            broken=f"value < 0 AND unit IN {listed(counts)}",
            what=Text("a count is below zero", "un conteo es negativo"),
        ),
    )


def _rules_kept(rows: _Rows) -> list[Problem]:
    rules = _rules(rows.source)
    # One look at every row for all of them; which row it is asked only of a rule that is broken
    each = ", ".join(f"coalesce(bool_or({rule.broken}), false)" for rule in rules)
    found = rows.connection.execute(f"SELECT {each} FROM {rows.table}").fetchone() or ()
    return [
        problem
        for rule, is_broken in zip(rules, found, strict=True)
        if is_broken
        for problem in rows.none(
            f"SELECT * FROM {rows.table} WHERE {rule.broken}", rule.what, first=rule.first
        )
    ]


def _keys_unique(rows: _Rows) -> list[Problem]:
    # Where each key comes after the one before, or all hashes differ, so do the keys; else it needs the long look
    beside = f"SELECT row({_KEY}) AS key, lag(row({_KEY})) OVER () AS before FROM {rows.table}"
    if not rows.has(f"SELECT 1 FROM ({beside}) WHERE key <= before"):
        return []
    total, hashes = rows.count_distinct(f"hash({_KEY})")
    if total == hashes:
        return []
    total, keys = rows.count_distinct(_KEY)
    what = Text(
        f"one key has two values ({total - keys:,} rows too many)",
        f"una misma clave tiene dos valores (sobran {total - keys:,} filas)",
    )
    return rows.none(f"SELECT {_KEY} FROM {rows.table} GROUP BY ALL HAVING count(*) > 1", what)


def _parts_add_up(rows: _Rows) -> list[Problem]:
    problems: list[Problem] = []
    for series, key in [(one.id, key) for one in rows.source.series for key in one.adds_up_by]:
        apart = f"""
            SELECT whole.* FROM {rows.table} AS whole JOIN (
                SELECT series, place, period, known_from, sum(value) AS value FROM {rows.table}
                WHERE regexp_full_match(breakdown, {literal(key + "=[^;]*")})
                GROUP BY series, place, period, known_from HAVING count(*) = count(value)
            ) AS parts USING (series, place, period, known_from)
            WHERE whole.breakdown = '' AND series = {literal(series)}
              AND abs(whole.value - parts.value) > {_ROUNDING}"""
        what = Text(
            f"the parts by '{key}' do not add up to the published total",
            f"las partes por «{key}» no suman el total publicado",
        )
        problems += rows.none(apart, what)
    return problems


_Check = Callable[[_Rows], Sequence[Problem]]
_CHECKS: tuple[_Check, ...] = (
    _rows_exist,
    _names_known,
    _rules_kept,
    _keys_unique,
    _parts_add_up,
)
