"""Periods of time as the two governments count them.

======================  ==================  =======================================
kind                    code                meaning
======================  ==================  =======================================
calendar year           ``2020``            1 January to 31 December
half                    ``2020-H1``         January to June
quarter                 ``2020-Q1``         January to March
month                   ``2020-06``         June
day                     ``2020-06-15``      one day; a stock "as at" that day
U.S. fiscal year        ``FY2021``          1 October 2020 to 30 September 2021
twelve months ending    ``12M-2020-12``     January to December 2020, a rolling window
to date                 ``2026:2026-03``    2026 to the end of March; never a full year
fiscal year to date     ``FY2026:2025-12``  fiscal year 2026 to the end of December 2025
======================  ==================  =======================================

Reference:
    SDMX 3.0 technical notes, section 6, time formats (``reportingYearStartDay=--10-01`` is FY here).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import final

from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Lang, Text, same

_MONTH_NAMES = {
    "en": "January February March April May June July August September October November December".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
}
_YEAR_MONTHS = 12
_FISCAL_START_MONTH = 10


Day = date | str
"""A day, or its text: ``2022-10-13``."""


class PeriodKind(StrEnum):
    """What sort of period a value covers; values of different kinds are never compared silently."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    FISCAL_YEAR = "fiscal_year"
    TWELVE_MONTHS_ENDING = "twelve_months_ending"
    TO_DATE = "to_date"
    FISCAL_TO_DATE = "fiscal_to_date"

    @property
    def label(self) -> Text:
        """The kind in words."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    PeriodKind.YEAR: Text("calendar year", "año calendario"),
    PeriodKind.HALF: Text("half-year", "semestre"),
    PeriodKind.QUARTER: Text("quarter", "trimestre"),
    PeriodKind.MONTH: Text("month", "mes"),
    PeriodKind.DAY: Text("day", "día"),
    PeriodKind.FISCAL_YEAR: Text("U.S. fiscal year", "año fiscal de EE. UU."),
    PeriodKind.TWELVE_MONTHS_ENDING: Text("twelve months ending", "doce meses que terminan en"),
    PeriodKind.TO_DATE: Text("year to date", "año hasta la fecha"),
    PeriodKind.FISCAL_TO_DATE: Text("fiscal year to date", "año fiscal hasta la fecha"),
}
_STEP_MONTHS = {
    PeriodKind.YEAR: 12,
    PeriodKind.HALF: 6,
    PeriodKind.QUARTER: 3,
    PeriodKind.MONTH: 1,
    PeriodKind.FISCAL_YEAR: 12,
    PeriodKind.TWELVE_MONTHS_ENDING: 1,
}


@final
@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of whole days, both ends included, with the kind it was published as.

    Ordered by start, then end, then kind.
    """

    start: date
    end: date
    kind: PeriodKind

    @classmethod
    def parse(cls, code: str) -> Period:
        """The period of a code.

        Raises:
            UsageError: If the code is none of the forms above, or names a day that does not exist.

        >>> Period.parse("FY2021").start
        datetime.date(2020, 10, 1)
        """
        return _parse(code)

    @classmethod
    def of(cls, given: Period | str) -> Period:
        """A period given as such, or by its code.

        Raises:
            UsageError: As :meth:`parse`.
        """
        return _parse(given) if isinstance(given, str) else given

    @classmethod
    def year(cls, year: int) -> Period:
        """A calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31), PeriodKind.YEAR)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """A calendar month."""
        return cls(date(year, month, 1), month_end(year, month), PeriodKind.MONTH)

    @classmethod
    def fiscal_year(cls, year: int) -> Period:
        """A fiscal year of the U.S. federal government: it begins on 1 October of the year before."""
        return cls(date(year - 1, _FISCAL_START_MONTH, 1), date(year, 9, 30), PeriodKind.FISCAL_YEAR)

    @property
    def code(self) -> str:
        """The code that :meth:`parse` reads back."""
        year, until = self.end.year, f"{self.end.year:04}-{self.end.month:02}"
        match self.kind:
            case PeriodKind.YEAR:
                return f"{year:04}"
            case PeriodKind.HALF:
                return f"{year:04}-H{(self.end.month - 1) // 6 + 1}"
            case PeriodKind.QUARTER:
                return f"{year:04}-Q{(self.end.month - 1) // 3 + 1}"
            case PeriodKind.MONTH:
                return until
            case PeriodKind.DAY:
                return self.start.isoformat()
            case PeriodKind.FISCAL_YEAR:
                return f"FY{year:04}"
            case PeriodKind.TWELVE_MONTHS_ENDING:
                return f"12M-{until}"
            case PeriodKind.TO_DATE:
                return f"{self.start.year:04}:{until}"
            case PeriodKind.FISCAL_TO_DATE:
                return f"FY{self.start.year + 1:04}:{until}"

    @property
    def is_full(self) -> bool:
        """False for a year that is still running: such a value is never compared with a whole year's."""
        return self.kind not in {PeriodKind.TO_DATE, PeriodKind.FISCAL_TO_DATE}

    def months(self) -> tuple[Period, ...]:
        """The calendar months that the period is made of; empty for a day."""
        if self.kind is PeriodKind.DAY:
            return ()
        count = (self.end.year - self.start.year) * _YEAR_MONTHS + self.end.month - self.start.month + 1
        return tuple(_month_at(self.start, offset) for offset in range(count))

    def shift(self, steps: int) -> Period:
        """The period of the same kind ``steps`` later (earlier when negative).

        Raises:
            UsageError: For a period to date, which has no neighbour.
        """
        if self.kind is PeriodKind.DAY:
            day = self.start + timedelta(days=steps)
            return Period(day, day, self.kind)
        if self.kind not in _STEP_MONTHS:
            raise UsageError(
                Problem(
                    what=Text(
                        f"'{self.code}' runs to a date; it has no period before or after it.",
                        f"'{self.code}' llega hasta una fecha; no tiene periodo anterior ni siguiente.",
                    )
                )
            )
        offset = steps * _STEP_MONTHS[self.kind]
        return Period(_month_at(self.start, offset).start, _month_at(self.end, offset).end, self.kind)

    def label(self, lang: Lang) -> str:
        """The period as a reader writes it.

        >>> Period.parse("12M-2020-12").label("es")
        'doce meses hasta diciembre de 2020'
        """
        return _label(self, lang)

    def __str__(self) -> str:
        return self.code


def day_of(given: Day | None) -> date | None:
    """A day given as such, or as text; None where none is given.

    Raises:
        UsageError: If the text is not a day.

    >>> day_of("2022-10-13")
    datetime.date(2022, 10, 13)
    """
    if not isinstance(given, str):
        return given
    found = _parse(given)
    if found.kind is not PeriodKind.DAY:
        raise UsageError(
            Problem(
                what=Text(f"'{given}' is not a day.", f"'{given}' no es un día."),
                fix=Text("Write dates as 2022-10-13.", "Escriba las fechas así: 2022-10-13."),
            )
        )
    return found.start


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _month_at(origin: date, offset: int) -> Period:
    years, month = divmod(origin.year * _YEAR_MONTHS + origin.month - 1 + offset, _YEAR_MONTHS)
    return Period.month(years, month + 1)


_PATTERN = re.compile(
    r"""(?P<fy>FY)?(?P<year>\d{4})
        (?: -H(?P<half>[12]) | -Q(?P<quarter>[1-4]) | -(?P<month>\d\d)(?:-(?P<day>\d\d))?
          | :(?P<to_year>\d{4})-(?P<to_month>\d\d) )?
      | 12M-(?P<until_year>\d{4})-(?P<until_month>\d\d)""",
    re.VERBOSE | re.ASCII,
)


@cache
def _parse(code: str) -> Period:
    found = _PATTERN.fullmatch(code.strip())
    if found is None:
        raise _bad_code(code)
    part = {name: int(text) for name, text in found.groupdict().items() if text and name != "fy"}
    try:
        built = _build(part, fiscal=found["fy"] is not None)
    except ValueError as error:
        raise _bad_code(code) from error
    if built is None:
        raise _bad_code(code)
    return built


def _build(part: dict[str, int], *, fiscal: bool) -> Period | None:
    """The period of the parts of a code; None where they do not fit together."""
    if "until_year" in part:
        last = Period.month(part["until_year"], part["until_month"])
        return Period(
            _month_at(last.start, 1 - _YEAR_MONTHS).start, last.end, PeriodKind.TWELVE_MONTHS_ENDING
        )
    year = part["year"]
    whole = Period.fiscal_year(year) if fiscal else Period.year(year)
    if "to_year" in part:
        end = month_end(part["to_year"], part["to_month"])
        if not whole.start <= end < whole.end:
            return None
        return Period(whole.start, end, PeriodKind.FISCAL_TO_DATE if fiscal else PeriodKind.TO_DATE)
    if len(part) == 1:
        return whole
    if fiscal:
        return None
    if "day" in part:
        day = date(year, part["month"], part["day"])
        return Period(day, day, PeriodKind.DAY)
    if "month" in part:
        return Period.month(year, part["month"])
    kind, length, number = (
        (PeriodKind.HALF, 6, part["half"]) if "half" in part else (PeriodKind.QUARTER, 3, part["quarter"])
    )
    last_month = number * length
    return Period(date(year, last_month - length + 1, 1), month_end(year, last_month), kind)


def _bad_code(code: str) -> UsageError:
    forms = "2020, 2020-H1, 2020-Q1, 2020-06, 2020-06-15, FY2021, 12M-2020-12, 2026:2026-03, FY2026:2025-12"
    return UsageError(
        Problem(
            what=Text(f"'{code}' is not a period.", f"'{code}' no es un periodo."),
            fix=Text(f"Write it as one of: {forms}", f"Escríbalo como alguno de: {forms}"),
        )
    )


_LABELS = {
    PeriodKind.YEAR: same("{year}"),
    PeriodKind.HALF: Text("{half} half of {year}", "{half} semestre de {year}"),
    PeriodKind.QUARTER: Text("Q{quarter} {year}", "{quarter}.º trimestre de {year}"),
    PeriodKind.MONTH: Text("{month} {year}", "{month} de {year}"),
    PeriodKind.DAY: same("{day}"),
    PeriodKind.FISCAL_YEAR: Text("fiscal year {year}", "año fiscal {year}"),
    PeriodKind.TWELVE_MONTHS_ENDING: Text(
        "12 months to {month} {year}", "doce meses hasta {month} de {year}"
    ),
    PeriodKind.TO_DATE: Text(
        "{begun} to the end of {month} {year}", "{begun} hasta fines de {month} de {year}"
    ),
    PeriodKind.FISCAL_TO_DATE: Text(
        "fiscal year {fiscal} to the end of {month} {year}",
        "año fiscal {fiscal} hasta fines de {month} de {year}",
    ),
}
_HALVES = (Text("first", "primer"), Text("second", "segundo"))


def _label(period: Period, lang: Lang) -> str:
    month = period.end.month
    return (
        _LABELS[period.kind]
        .in_(lang)
        .format(
            year=period.end.year,
            half=_HALVES[(month - 1) // 6].in_(lang),
            quarter=(month - 1) // 3 + 1,
            month=_month_name(month, lang),
            day=day_label(period.start, lang),
            begun=period.start.year,
            fiscal=period.start.year + 1,
        )
    )


def _month_name(month: int, lang: Lang) -> str:
    return _MONTH_NAMES[lang][month - 1]


def day_label(day: date, lang: Lang) -> str:
    """A day as a reader writes it.

    >>> day_label(date(2021, 10, 8), "es")
    '8 de octubre de 2021'
    """
    month = _month_name(day.month, lang)
    return f"{month} {day.day}, {day.year}" if lang == "en" else f"{day.day} de {month} de {day.year}"
