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
from acuerdo.evaluation.outcome import LENGTHS, Level, Per, Selected

if TYPE_CHECKING:
    from acuerdo.core.period import Period
    from acuerdo.data.release import Release
    from acuerdo.data.store import Store


@final
@dataclass(frozen=True, slots=True)
class Cell:
    """What was published under some labels for a place, or for all its parts together.

    Attributes:
        place: Code of the place.
        labels: Names and labels, in order.
        period: Code of the period.
        value: The value, or the sum of the parts; None where one of them is missing.
        parts: How many places it is made of.
        whole: Whether it is the place's own value rather than the sum of its parts.
    """

    place: str
    labels: tuple[tuple[str, str], ...]
    period: str
    value: float | None
    parts: int
    whole: bool


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
        length = LENGTHS[selected.level]
        found = self._rows(selected.series, length, since=since.start, until=until.end)
        kept = [(cell, end) for cell, end in found if self.cut_off is None or end <= self.cut_off]
        if len(kept) != len(found):
            raise CheckFailed(_sealed(until, self.cut_off or until.end))
        return tuple(cell for cell, _ in kept)

    def description(self, selected: Selected, *, since: Period, until: Period) -> tuple[Cell, ...]:
        """The published values of what describes a unit; its contract's check sees to it that it is no outcome."""
        length = LENGTHS[selected.level]
        rows = self._rows(selected.series, length, since=since.start, until=until.end, sealed=False)
        return tuple(cell for cell, _ in rows)

    def denominator(self, per: Per, level: Level) -> tuple[Cell, ...]:
        """The values of what an outcome is divided by, of all periods."""
        wanted = tuple(sorted(_labels(per.breakdown)))
        rows = self._rows(per.series, LENGTHS[level], since=date.min, until=date.max, sealed=False)
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

    def _rows(
        self, series: str, length: int, *, since: date, until: date, sealed: bool = True
    ) -> list[tuple[Cell, date]]:
        """The values of places whose code has a length, and the sums of the places inside them."""
        releases = self.releases(series)
        if not releases:
            raise CheckFailed(_absent(series))
        end = min(until, self.cut_off) if self.cut_off and sealed else until
        sql = (
            f"SELECT place[:{length}] AS held, breakdown, period, sum(value), count(*), count(value), "
            f"length(place) = {length} AS whole, max(period_end) "
            f"FROM ({asof.as_of(releases, self.known_on, series=[series])}) "
            f"WHERE period_start >= {literal(since.isoformat())} AND period_end <= {literal(end.isoformat())} "
            f"AND length(place) >= {length} GROUP BY ALL ORDER BY held, breakdown, max(period_end), period, whole"
        )
        with session() as connection:
            rows = connection.execute(sql).fetchall()
        labels = {breakdown: tuple(sorted(_labels(breakdown))) for breakdown in {row[1] for row in rows}}
        return [
            (Cell(held, labels[breakdown], period, value if given == parts else None, parts, whole), last)
            for held, breakdown, period, value, parts, given, whole, last in rows
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
