"""Dates of publication that follow from the last period in a file and the publisher's stated schedule."""

from __future__ import annotations

from datetime import date

from acuerdo.core.period import Period, month_end
from acuerdo.data.source import Basis, Published


def on_day_of_next_month(month: str, *, day: int) -> Published:
    """The given day of the month after the last one in the file.

    >>> on_day_of_next_month("2023-12", day=20).on
    datetime.date(2024, 1, 20)
    """
    following = Period.parse(month).shift(1).start
    return Published(following.replace(day=day), Basis.SCHEDULE)


def months_after_year(year: int, *, months: int) -> Published:
    """The last day of the month that lies so many months after the end of a year.

    >>> months_after_year(2021, months=11).on
    datetime.date(2022, 11, 30)
    """
    later, month = divmod(months - 1, 12)
    return Published(month_end(year + 1 + later, month + 1), Basis.SCHEDULE)


def day_after(period: str) -> Published:
    """The first day after the last period in the file, for a register that is open every day.

    >>> day_after("2020-12-31").on
    datetime.date(2021, 1, 1)
    """
    last = Period.parse(period).end
    return Published(date.fromordinal(last.toordinal() + 1), Basis.SCHEDULE)
