"""Reads the outcome of a contract, and nothing of it after the day up to which it may be seen.

Every value of an outcome passes through :class:`OutcomeReader`. A blind one holds the cut-off of its contract: the
condition stands in the query itself, what comes back is looked through once more, and asking for a later period is
refused. What is divided by (a population) and what describes a unit are no outcomes and are read whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, final

from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.text import Text
from acuerdo.data import asof
from acuerdo.data.sql import literal
from acuerdo.data.store import session
from acuerdo.evaluation.outcome import Per, Selected

if TYPE_CHECKING:
    from acuerdo.core.period import Period
    from acuerdo.data.release import Release
    from acuerdo.data.store import Store


@final
@dataclass(frozen=True, slots=True)
class Cell:
    """One published value: where, under which labels, when, how much."""

    place: str
    labels: tuple[tuple[str, str], ...]
    period: str
    value: float | None


@final
class OutcomeReader:
    """Reads series as they were known on a day, up to a cut-off.

    Attributes:
        store: Where the published files lie.
        known_on: The day whose knowledge is used.
        cut_off: The last day whose outcome may be read; None for a reader that is not blind.
        memory: What was already cut from it, for the many choices of one run that share it.
    """

    def __init__(self, store: Store, *, known_on: date, cut_off: date | None) -> None:
        self.store = store
        self.known_on = known_on
        self.cut_off = cut_off
        self.memory: dict[object, Any] = {}

    def outcome(self, selected: Selected, *, since: Period, until: Period) -> tuple[Cell, ...]:
        """The published values of an outcome inside a span.

        Raises:
            CheckFailed: If the span reaches beyond the cut-off.
        """
        if self.cut_off is not None and until.end > self.cut_off:
            raise CheckFailed(_sealed(until, self.cut_off))
        found = self._rows(selected.series, since=since.start, until=until.end)
        kept = [(cell, end) for cell, end in found if self.cut_off is None or end <= self.cut_off]
        if len(kept) != len(found):
            raise CheckFailed(_sealed(until, self.cut_off or until.end))
        return tuple(cell for cell, _ in kept)

    def description(self, selected: Selected, *, since: Period, until: Period) -> tuple[Cell, ...]:
        """The published values of what describes a unit; its contract's check sees to it that it is no outcome."""
        return tuple(
            cell for cell, _ in self._rows(selected.series, since=since.start, until=until.end, sealed=False)
        )

    def denominator(self, per: Per) -> tuple[Cell, ...]:
        """The values of what an outcome is divided by, of all periods."""
        wanted = tuple(sorted(_labels(per.breakdown)))
        rows = self._rows(per.series, since=date.min, until=date.max, sealed=False)
        return tuple(cell for cell, _ in rows if cell.labels == wanted)

    def releases(self, series: str) -> tuple[Release, ...]:
        """The published files that give a series and were public on the day."""
        source = series.partition(".")[0]
        return tuple(
            one
            for one in self.store.releases(source)
            if series in one.series and one.vintages[0] <= self.known_on
        )

    def definitions(self, series: str) -> tuple[str, ...]:
        """The versions of the definition under which a series was published, as far as they are stated."""
        return tuple(sorted({one.definition for one in self.releases(series) if one.definition}))

    def _rows(self, series: str, *, since: date, until: date, sealed: bool = True) -> list[tuple[Cell, date]]:
        releases = self.releases(series)
        if not releases:
            raise CheckFailed(_absent(series))
        end = min(until, self.cut_off) if self.cut_off and sealed else until
        sql = (
            f"SELECT place, breakdown, period, value, period_end "
            f"FROM ({asof.as_of(releases, self.known_on, series=[series])}) "
            f"WHERE period_start >= {literal(since.isoformat())} AND period_end <= {literal(end.isoformat())} "
            "ORDER BY place, breakdown, period_start, period"
        )
        with session() as connection:
            rows = connection.execute(sql).fetchall()
        labels = {breakdown: tuple(sorted(_labels(breakdown))) for breakdown in {row[1] for row in rows}}
        return [
            (Cell(place, labels[breakdown], period, value), last)
            for place, breakdown, period, value, last in rows
        ]


def _labels(breakdown: str) -> Iterable[tuple[str, str]]:
    return [
        (name, label) for name, _, label in (part.partition("=") for part in breakdown.split(";") if part)
    ]


def _sealed(until: Period, cut_off: date) -> Problem:
    return Problem(
        what=Text(
            f"The outcome of {until.code} is sealed: nothing after {cut_off} may be read before the freeze.",
            f"El resultado de {until.code} está sellado: nada posterior al {cut_off} puede leerse antes de congelar "
            "el contrato.",
        ),
        fix=Text(
            "Freeze the contract, then run it without --blind.",
            "Congele el contrato y córralo después sin --blind.",
        ),
    )


def _absent(series: str) -> Problem:
    return Problem(
        what=Text(
            f"No published file gives the series '{series}'.",
            f"Ningún archivo publicado da la serie «{series}».",
        ),
        fix=Text(
            "acuerdo sources tells where the file is published; bring it in with acuerdo ingest FILE.",
            "acuerdo sources dice dónde se publica el archivo; incorpórelo con acuerdo ingest ARCHIVO.",
        ),
    )
