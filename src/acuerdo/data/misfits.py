"""Rows that a publisher's table must not hold, declared as rules and told by the first row that breaks each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from acuerdo.core.errors import Problem
from acuerdo.core.text import Text
from acuerdo.data.refusal import GET_AGAIN
from acuerdo.data.source import Raw
from acuerdo.data.table import Staged


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """One rule of a source about its table.

    Attributes:
        test: SQL that is true of a row that must not be there.
        column: Where in the row it is seen.
        what: What is wrong, as templates: ``{count}`` is how many rows there are, ``{0}``, ``{1}`` … what the
            first of them shows.
        shown: SQL of the cells that the message quotes; at least one, or none.
        why: The rule behind it, where it is not plain.
        fix: What to do.
    """

    test: str
    column: str
    what: Text
    shown: tuple[str, ...] = ()
    why: Text | None = None
    fix: Text = GET_AGAIN


def misfits(raw: Raw, staged: Staged, *rules: Misfit) -> list[Problem]:
    """The problem of each rule that a row of the table breaks."""
    return [problem for rule in rules for problem in _broken(raw, staged, rule=rule)]


def _broken(raw: Raw, staged: Staged, *, rule: Misfit) -> list[Problem]:
    cells = "".join(f", first({cell} ORDER BY rowid)" for cell in rule.shown)
    count, row, *shown = raw.connection.execute(
        f"SELECT count(*), min(rowid){cells} FROM {staged.table} WHERE {rule.test}"
    ).fetchone() or (0, 0)
    if not count:
        return []
    return [
        Problem(
            what=Text(
                rule.what.en.format(*shown, count=count),
                rule.what.es.format(*shown, count=count),
            ),
            where=f"{raw.name}, row {row + staged.first_row}, column {rule.column}",
            why=rule.why,
            fix=rule.fix,
        )
    ]
