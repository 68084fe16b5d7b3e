"""Corrections: known faults of a publisher's figures, declared as data, applied when figures are read.

A stored release is never rewritten. Each correction states what it expects to find; once the publisher has fixed
the fault, the expectation fails, and the correction must go.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final, Literal, Self, final

import duckdb
from pydantic import model_validator

from acuerdo.core.errors import CorrectionStale, Problem
from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text
from acuerdo.data.sql import listed, literal
from acuerdo.spec.fields import AbstractSpec, Day, Key, Number, Plain, When, Words, refusal
from acuerdo.spec.load import load_document
from acuerdo.spec.table import Table

CORRECTIONS = Folder(
    "data/corrections", suffixes=(".yaml",), kind=Text("a correction file", "un archivo de correcciones")
)
Action = Literal["drop", "replace", "scale", "blank", "flag"]
ACTIONS: Final[dict[Action, Text]] = {
    "drop": Text("left out", "omitida"),
    "replace": Text("replaced", "reemplazada"),
    "scale": Text("rescaled", "reescalada"),
    "blank": Text("treated as missing", "tratada como sin dato"),
    "flag": Text("marked as of low reliability", "marcada como poco confiable"),
}
_WITH_VALUE = ("replace", "scale")


@final
class Where(AbstractSpec):
    """The rows that are wrong.

    Attributes:
        series: Ids of the series.
        places: Codes of the places, each with all that lies inside it; all if empty.
        breakdowns: Breakdowns as stored, ``""`` for the total; all if not given.
        first: The earliest period.
        last: The latest period.
        known_from: The first vintage with the fault.
        known_until: The last vintage with the fault.
    """

    series: tuple[Plain, ...]
    places: tuple[Plain, ...] = ()
    breakdowns: tuple[str, ...] | None = None
    first: When | None = None
    last: When | None = None
    known_from: Day | None = None
    known_until: Day | None = None

    def sql(self) -> str:
        """The condition on a row."""
        parts = [f"series IN {listed(self.series)}"]
        if self.places:
            inside = " OR ".join(f"starts_with(place, {literal(code)})" for code in self.places)
            parts.append(f"({inside})")
        if self.breakdowns is not None:
            parts.append(f"breakdown IN {listed(self.breakdowns)}")
        days = (
            ("period_start >=", self.first and self.first.start),
            ("period_end <=", self.last and self.last.end),
            ("known_from >=", self.known_from),
            ("known_from <=", self.known_until),
        )
        return " AND ".join([*parts, *(f"{test} DATE '{day}'" for test, day in days if day)])


@final
class Expectation(AbstractSpec):
    """What the wrong rows look like; it fails once the publisher has fixed them.

    Attributes:
        each_above: Every value is greater than this.
        each_below: Every value is less than this.
        each: Every value is exactly this.
        total: All values together are exactly this, in the latest vintage that has them.
    """

    each_above: Number | None = None
    each_below: Number | None = None
    each: Number | None = None
    total: Number | None = None

    def sql(self) -> str:
        """An aggregate that is true when the rows are as expected."""
        tests = (
            ("min(value) >", self.each_above),
            ("max(value) <", self.each_below),
            ("min(value) =", self.each),
            ("max(value) =", self.each),
            ("sum(value) FILTER (WHERE latest) =", self.total),
        )
        return " AND ".join(f"{test} {number}" for test, number in tests if number is not None) or "true"


@final
class Correction(AbstractSpec):
    """One declared correction.

    Attributes:
        id: Its key in the file.
        where: The rows that are wrong.
        action: What is done with them.
        value: The value to put in their place, or the factor.
        reason: Why, and how it is known.
        noticed: The day it was noticed.
        expect: What the rows look like while the fault stands.
    """

    id: Key
    where: Where
    action: Action
    value: Number | None = None
    reason: Words
    noticed: Day
    expect: Expectation

    @model_validator(mode="after")
    def _value_where_needed(self) -> Self:
        if (self.value is None) == (self.action in _WITH_VALUE):
            raise refusal(
                Text(
                    f"'{self.action}' is given with a value it does not take, or without one it needs.",
                    f"«{self.action}» lleva un valor que no admite, o le falta uno que requiere.",
                ),
                Text(
                    "Give 'value' with replace and scale only.", "Indique 'value' solo con replace y scale."
                ),
            )
        return self


@final
class CorrectionFile(AbstractSpec):
    """The corrections of one source.

    Attributes:
        id: Id of the source; the file's name.
        corrections: The corrections by key.
    """

    id: Key
    corrections: Table[Correction]


@cache
def corrections(source_id: str) -> tuple[Correction, ...]:
    """The corrections declared for a source; none for most.

    Raises:
        SpecProblems: If the file is not well formed.
    """
    file = CORRECTIONS.files().get(source_id)
    return tuple(load_document(file, CorrectionFile).corrections.values()) if file else ()


def corrected(rows: str, declared: Sequence[Correction]) -> str:
    """SQL for the rows with corrections applied, and a column ``correction``: the id of the one applied, or empty.

    Where two fit a row, the first one declared counts.

    Args:
        rows: A SELECT with the columns of an observation.
        declared: The corrections.
    """
    if not declared:
        return f"SELECT *, '' AS correction FROM ({rows})"
    fitting = " ".join(f"WHEN {one.where.sql()} THEN {literal(one.id)}" for one in declared)
    values = " ".join(f"WHEN {literal(one.id)} THEN {_new_value(one)}" for one in declared)
    statuses = " ".join(f"WHEN {literal(one.id)} THEN {_new_status(one)}" for one in declared)
    dropped = [one.id for one in declared if one.action == "drop"]
    kept = f"WHERE correction NOT IN {listed(dropped)}" if dropped else ""
    return (
        f"SELECT * REPLACE ((CASE correction {values} ELSE value END)::DOUBLE AS value, "
        f"CASE correction {statuses} ELSE status END AS status) "
        f"FROM (SELECT *, CASE {fitting} ELSE '' END AS correction FROM ({rows})) {kept}"
    )


def require_fresh(
    connection: duckdb.DuckDBPyConnection, rows: str, *, declared: Sequence[Correction], complete: bool
) -> None:
    """Checks that every correction still fits the publisher's figures.

    Args:
        connection: Where to run.
        rows: A SELECT of every vintage of the source, uncorrected.
        declared: Its corrections.
        complete: Whether the rows are whole files; in an extract a correction may match nothing.

    Raises:
        CorrectionStale: Lists every correction that matches nothing or whose expectation fails.
    """
    problems: list[Problem] = []
    for one in declared:
        found, holds = connection.execute(
            f"SELECT count(*), {one.expect.sql()} FROM ("
            f"SELECT value, known_from = max(known_from) OVER () AS latest FROM ({rows}) WHERE {one.where.sql()})"
        ).fetchone() or (0, None)
        if not found and complete:
            problems.append(_stale(one, _MATCHES_NOTHING))
        elif found and not holds:
            problems.append(_stale(one, _FIXED))
    if problems:
        raise CorrectionStale(problems)


_MATCHES_NOTHING = Text("it matches no row", "no corresponde a ninguna fila")
_FIXED = Text(
    "the rows are no longer what it expects; the publisher may have fixed them",
    "las filas ya no son como se espera; quizá la fuente ya las corrigió",
)


def _stale(one: Correction, why: Text) -> Problem:
    source_id = one.where.series[0].partition(".")[0]
    return Problem(
        what=Text(
            f"The correction '{one.id}' no longer fits: {why.en}.",
            f"La corrección «{one.id}» ya no aplica: {why.es}.",
        ),
        where=f"data/corrections/{source_id}.yaml, {one.id}",
        fix=Text(
            "Look at the newest file; then remove the correction, or end it with 'known_until'.",
            "Vea el archivo más reciente; luego quite la corrección o ciérrela con 'known_until'.",
        ),
    )


def _new_value(one: Correction) -> str:
    match one.action:
        case "replace":
            return str(one.value)
        case "scale":
            return f"value * {one.value}"
        case "blank":
            return "NULL"
        case "drop" | "flag":
            return "value"


def _new_status(one: Correction) -> str:
    match one.action:
        case "blank":
            return "'M'"
        case "flag":
            return "CASE WHEN status IN ('M', 'Q') THEN status ELSE 'U' END"
        case "replace" | "scale" | "drop":
            return "status"
