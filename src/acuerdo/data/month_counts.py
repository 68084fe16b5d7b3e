"""A table of homicides by place, year and month, whose own population is not to be believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

from acuerdo.core.text import Text
from acuerdo.data.denominator import faults
from acuerdo.data.macros import understand_numbers
from acuerdo.data.mexico import inegi_definitive
from acuerdo.data.refusal import empty, refused
from acuerdo.data.source import Parsed, Raw, Sample
from acuerdo.data.sql import identifier
from acuerdo.data.table import Layout, Staged, stage

_DELIMITER = "|"


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCounts:
    """How one such table is written.

    Attributes:
        series: Series that the counts become.
        place: Column of INEGI's code, without ``MX-``.
    """

    series: str
    place: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The header of the file."""
        return (self.place, "year", "month", "homicides", "pop_est", "homicide_rate")

    def recognises(self, sample: Sample) -> bool:
        """By the header."""
        return sample.header(_DELIMITER) == self.columns

    def parse(self, raw: Raw) -> Parsed:
        """Reads the counts; looks at the file's population only to say what is wrong with it."""
        staged = stage(raw, Layout(columns=self.columns, delimiter=_DELIMITER))
        if staged.problems:
            return refused(staged)
        numbers = understand_numbers(raw, staged, columns=("homicides",))
        people = _people(raw, staged)
        if numbers.problems or not people:
            return refused(
                staged, *numbers.problems or (empty(raw, Text("a year with counts", "un año con cifras")),)
            )
        return Parsed(
            sql=f"""
                SELECT '{self.series}' AS series, 'MX-' || {identifier(self.place)} AS place, '' AS breakdown,
                    concat(year, CASE length(month) WHEN 1 THEN '-0' ELSE '-' END, month) AS period,
                    {numbers.number("homicides")} AS value, 'deaths' AS unit, 'A' AS status
                FROM {staged.table} WHERE value IS NOT NULL""",
            published=inegi_definitive(max(people)),
            restates=True,
            rows_read=staged.rows,
            notes=(*numbers.notes, *_population_notes(people)),
        )


def _people(raw: Raw, staged: Staged) -> dict[int, float]:
    """The file's own population by year."""
    rows = raw.connection.execute(
        f"SELECT TRY_CAST(year AS INTEGER) AS whole, coalesce(sum(TRY_CAST(pop_est AS DOUBLE)), 0) / 12 "
        f"FROM {staged.table} GROUP BY whole HAVING whole IS NOT NULL"
    ).fetchall()
    return dict(rows)


def _population_notes(people: Mapping[int, float]) -> tuple[Text, ...]:
    return tuple(
        Text(
            f"The file's own population and rates are not read: {fault.en}. Divide by CONAPO's population.",
            f"No se leen la población ni las tasas del archivo: {fault.es}. Divida entre la población de CONAPO.",
        )
        for fault in faults({year: number for year, number in people.items() if number > 0})
    )
