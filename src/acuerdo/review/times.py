"""The times that a text speaks of, as exactly as it says them: a year, a month of it, or a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from babel.dates import get_month_names

from acuerdo.core.period import Period
from acuerdo.core.text import LANGS, Text

_MONTHS: Final = {
    name.casefold(): number for lang in LANGS for number, name in get_month_names("wide", locale=lang).items()
}
_NAMED: Final = "|".join(_MONTHS)
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)"
# 2022-04-27, 2022-04; April 27, 2022; 27 de abril de 2022; April 2022; abril de 2022; 2022
_TIMES: Final = re.compile(
    rf"\b{_YEAR}-(?P<number>0[1-9]|1[0-2])(?:-(?P<on>\d\d))?\b"
    rf"|(?:\b(?P<before>\d{{1,2}})\s+(?:de\s+)?)?\b(?P<month>{_NAMED})(?:\s+(?P<after>\d{{1,2}}),?)?"
    rf"\s+(?:de\s+|del\s+)?{_YEAR.replace('year', 'named')}\b"
    rf"|\b{_YEAR.replace('year', 'alone')}\b",
    re.IGNORECASE,
)


def times_in(text: Text) -> Iterator[Period]:
    """Every time that a text names, in either language; of "2019-2021" both years."""
    for found in _TIMES.finditer(f"{text.en}\n{text.es}"):
        year = int(found["year"] or found["named"] or found["alone"])
        month = int(found["number"]) if found["number"] else _MONTHS.get((found["month"] or "").casefold())
        day = next((int(found[key]) for key in ("on", "before", "after") if found[key]), None)
        yield _period(year, month=month, day=day)


def _period(year: int, *, month: int | None, day: int | None) -> Period:
    if month is None:
        return Period.year(year)
    whole = Period.month(year, month)
    return Period.parse(date(year, month, day).isoformat()) if day and day <= whole.end.day else whole


def mentions_later(text: Text, day: date) -> bool:
    """Whether a text names a time that begins after a day: it cannot have been written by then."""
    return any(one.start > day for one in times_in(text))


def may_mention_later(text: Text, day: date) -> bool:
    """Whether a text names a time that was not over on a day: it may tell of what came after."""
    return any(one.end > day for one in times_in(text))
