"""Reads a column of times as periods of one kind, whatever it is written in: years, codes, dates, decimal years."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final

from acuerdo.core.errors import CheckFailed, Problem, UsageError
from acuerdo.core.period import Period, PeriodKind
from acuerdo.core.text import Text
from acuerdo.evaluation.naming import some

_MONTHS: Final = 12
_LAST_YEAR: Final = 9999
_CLOSE: Final = 0.01
"""How near, in months, a decimal year must lie to the beginning of one."""
_SHORT_CODE: Final = re.compile(r"(\d{4})[ -]?([QHMqhm])(\d{1,2})")
_YEAR_AND_MONTH: Final = re.compile(r"(\d{4})(0[1-9]|1[0-2])")
_SPAN: Final = {PeriodKind.YEAR: 12, PeriodKind.HALF: 6, PeriodKind.QUARTER: 3, PeriodKind.MONTH: 1}


def periods_of(values: Sequence[Any]) -> list[Period]:
    """The period of each value.

    Whole numbers are years (or 201906, a year and a month); decimal numbers are quarters or months of years (2012.25);
    texts are codes of periods; dates are the coarsest periods that tell them apart: years if all lie whole years
    apart, then halves, quarters and months, then days.

    Raises:
        CheckFailed: If a value is none of these, or they are of several kinds.
    """
    dated = [isinstance(one, date) for one in values]
    if all(dated):
        return _from_dates(values)
    if any(dated):
        raise CheckFailed(_MIXED)
    if all(_is_number(one) for one in values):
        return _from_numbers([float(one) for one in values])
    coded = _from_texts(values)
    return _from_dates([one.start for one in coded]) if _all_days(coded) else coded


def period_in(value: Any, kind: PeriodKind) -> Period:
    """One value as a period among others of a kind: 1 January 1989 is 1989 among years.

    Raises:
        CheckFailed: If it cannot be read.
    """
    if isinstance(value, date):
        day = date(value.year, value.month, value.day)
        found = Period(day, day, PeriodKind.DAY)
    else:
        found = value if isinstance(value, Period) else periods_of([value])[0]
    if kind not in _SPAN:
        return found
    wider = _containing(found.start, kind)
    return wider if wider.start == found.start and wider.end >= found.end else found


def _all_days(coded: Iterable[Period]) -> bool:
    return all(one.kind is PeriodKind.DAY for one in coded)


def _is_number(value: Any) -> bool:
    try:
        return not isinstance(value, str) and math.isfinite(float(value))
    except (TypeError, ValueError, OverflowError):
        return False


def _from_numbers(values: Sequence[float]) -> list[Period]:
    whole = all(one.is_integer() for one in values)
    quarters = all((4 * one).is_integer() for one in values)
    wrong = [one for one in values if not (_is_whole_time(one) if whole else _is_part_of_year(one))]
    if wrong:
        raise CheckFailed(_no_time([f"{one:.12g}" for one in dict.fromkeys(wrong)]))
    if whole:
        return [_whole(int(one)) for one in values]
    kind = PeriodKind.QUARTER if quarters else PeriodKind.MONTH
    return [_containing(Period.month(*_month(one)).start, kind) for one in values]


def _is_whole_time(value: float) -> bool:
    return 1 <= value <= _LAST_YEAR or (100_000 < value < 1_000_000 and 1 <= value % 100 <= _MONTHS)


def _is_part_of_year(value: float) -> bool:
    months = value * _MONTHS
    return 1 <= value < _LAST_YEAR and abs(months - round(months)) < _CLOSE


def _whole(value: int) -> Period:
    return Period.year(value) if value <= _LAST_YEAR else Period.month(*divmod(value, 100))


def _month(value: float) -> tuple[int, int]:
    year, before = divmod(round(value * _MONTHS), _MONTHS)
    return year, before + 1


def _from_texts(values: Sequence[Any]) -> list[Period]:
    found: list[Period] = []
    wrong: dict[str, None] = {}
    for one in values:
        try:
            found.append(Period.parse(_long_code(str(one).strip())))
        except UsageError:
            wrong[repr(str(one))] = None
    if wrong:
        raise CheckFailed(_no_code([*wrong]))
    return found


def _long_code(written: str) -> str:
    """2020-Q1 for 2020Q1, 2020-03 for 2020m3 and 202003, 2020 for 2020.0."""
    together = _YEAR_AND_MONTH.fullmatch(written)
    if together is not None:
        return "-".join(together.groups())
    short = _SHORT_CODE.fullmatch(written)
    if short is None:
        return written.removesuffix(".0")
    year, letter, number = short.groups()
    return f"{year}-{int(number):02}" if letter in "Mm" else f"{year}-{letter.upper()}{number}"


def _from_dates(values: Iterable[date]) -> list[Period]:
    days = [date(one.year, one.month, one.day) for one in values]
    distinct = sorted(set(days))
    months = sorted({one.year * _MONTHS + one.month for one in days})
    if len(months) == len(distinct):
        step = math.gcd(*(after - before for before, after in pairwise(months))) or 1
        kind = next(kind for kind, span in _SPAN.items() if step % span == 0)
        return [_containing(one, kind) for one in days]
    apart = math.gcd(*((after - before).days for before, after in pairwise(distinct)))
    if apart > 1:
        raise CheckFailed(_days_apart(apart))
    return [Period(one, one, PeriodKind.DAY) for one in days]


def _containing(day: date, kind: PeriodKind) -> Period:
    """The calendar period of a kind in which a day lies."""
    span = _SPAN[kind]
    first = Period.month(day.year, (day.month - 1) // span * span + 1)
    return Period(first.start, first.shift(span - 1).end, kind)


_HOW_TO_WRITE: Final = Text(
    "Write years (1989), years and months (198901 or 1989-01), quarters (1989-Q1) or dates (1989-01-31); rounds "
    "without a date are numbered from 1.",
    "Escriba años (1989), años y meses (198901 o 1989-01), trimestres (1989-Q1) o fechas (1989-01-31); las rondas sin "
    "fecha se numeran desde 1.",
)
_MIXED: Final = Problem(
    what=Text(
        "Dates and other values stand together in the column of the periods.",
        "En la columna de los periodos hay fechas junto con otros valores.",
    ),
    fix=Text("Write all of them in one way.", "Escríbalos todos de una misma forma."),
)


def _no_code(wrong: Sequence[str]) -> Problem:
    return Problem(
        what=Text(
            f"These texts are not periods: {some(wrong)}.", f"Estos textos no son periodos: {some(wrong)}."
        ),
        fix=_HOW_TO_WRITE,
    )


def _no_time(wrong: Sequence[str]) -> Problem:
    return Problem(
        what=Text(
            f"These numbers are neither years nor parts of years: {some(wrong)}.",
            f"Estos números no son años ni partes de un año: {some(wrong)}.",
        ),
        fix=_HOW_TO_WRITE,
    )


def _days_apart(days: int) -> Problem:
    return Problem(
        what=Text(
            f"The dates lie {days} days apart, which is no period of the calendar.",
            f"Las fechas distan {days} días entre sí, lo que no es un periodo del calendario.",
        ),
        fix=Text(
            "Add the rows up to months, or number the rounds 1, 2, 3 …",
            "Sume las filas por mes, o numere las rondas 1, 2, 3 …",
        ),
    )
