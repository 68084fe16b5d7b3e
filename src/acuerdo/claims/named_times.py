"""The times that the words of a claim name, beyond a year: months, parts of a year, figures by the day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, final

from babel import Locale

from acuerdo.core.place import fold
from acuerdo.core.text import LANGS

Pace = Literal["day", "other", "year"]
_YEAR: Final = r"(?:19[89]|20[0-4])\d"
_BEFORE: Final = r"(?:in|since|by|until|till|through|of|from|to|for|en|desde|hasta|a|al|de|del|para)"
_PART: Final = re.compile(
    r"\b(?:first|second|third|fourth|last|primer|primera|segundo|segunda|tercer|cuarto|ultimo|primeros|ultimos"
    r"|first half|mitad)\s+(?:\w+\s+)?(?:half|semesters?|semestres?|quarters?|trimestres?|months?|mes(?:es)?"
    r"|weeks?|semanas?|days|dias)\b"
    r"|\b(?:half|semestre|trimestre) of\b|\b[hq][1-4] (?:of )?20\d\d|\b20\d\d[- ]?[hq][1-4]\b"
    r"|\b(?:so far this|this) (?:year|month|week)|year to date|\beste (?:ano|mes)\b|\ben lo que va\b"
    r"|\b(?:primera|segunda) mitad\b"
)
_HALVES: Final = (
    (1, re.compile(r"\b(?:first half|primer semestre|primera mitad|h1)\b")),
    (2, re.compile(r"\b(?:second half|segundo semestre|segunda mitad|h2)\b")),
)
_DAILY: Final = re.compile(
    r"\b(?:a|per|each|every) day\b|\bdaily\b|\b(?:al|por|cada) dia\b|\bdiari[oa]s?\b|\bdiariamente\b"
)
_SHORTER: Final = re.compile(
    r"\b(?:a|per|each|every) (?:month|week|hour)\b|\bmonthly\b|\bweekly\b|\bhourly\b"
    r"|\b(?:al|por|cada) (?:mes|semana|hora)\b|\bmensual\w*|\bsemanal\w*|\b(?:every|cada) \w+ (?:minut|hor|hour)\w*"
)
EVERY_YEAR: Final = (
    r"(?:each|every) (?:single )?year|year after year|cada ano|ano (?:tras|con) ano|todos los anos"
)
_YEARLY: Final = re.compile(
    rf"\b(?:{EVERY_YEAR}|(?:a|per) (?:single )?year|annual(?:ly)?|yearly|(?:al|por) ano|anual(?:es|mente)?)\b"
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """What the words say of time, beside their years.

    Attributes:
        months: The month that they name in a year.
        half: The half of a year that they name, 1 or 2.
        part: Their words for a part of a year, or for a month; empty for none.
        pace: Whether they speak of so many a day, of so many in another short time, or of so many a year.
    """

    months: Mapping[int, int]
    half: int | None
    part: str
    pace: Pace | None


def times_in(plain: str) -> Times:
    """What some words, without accents and capitals, say of time."""
    dated = list(_dated().finditer(plain))
    found = dated[:1] or [one for one in (_PART.search(plain), _lone().search(plain)) if one]
    paces: tuple[tuple[Pace, re.Pattern[str]], ...] = (
        ("day", _DAILY),
        ("other", _SHORTER),
        ("year", _YEARLY),
    )
    return Times(
        months={int(one["year"]): _months()[one["month"]] for one in dated},
        half=next((number for number, pattern in _HALVES if pattern.search(plain)), None),
        part=found[0].group().strip() if found else "",
        pace=next((pace for pace, pattern in paces if pattern.search(plain)), None),
    )


def without_months(plain: str) -> str:
    """The same words with only the year of every date: "since 2024" for "since september 2024"."""
    return _dated().sub(r"\g<year>", plain)


def is_dated(before: str, after: str) -> bool:
    """Whether a number between these words is the day of a month."""
    names = "|".join(_months())
    return re.search(rf"\b(?:{names})\.? $", before) is not None or (
        re.match(rf"(?:st|nd|rd|th)?(?: of| de)? (?:{'|'.join(_months('wide'))})\b", after) is not None
    )


@cache
def _months(*widths: str) -> Mapping[str, int]:
    """The names of the months in both languages, with their short forms if no width is asked for."""
    return {
        fold(name): number
        for lang in LANGS
        for width in widths or ("wide", "abbreviated")
        for number, name in Locale(lang).months["format"][width].items()
    }


@cache
def _dated() -> re.Pattern[str]:
    names = "|".join(sorted(_months(), key=len, reverse=True))
    return re.compile(
        rf"\b(?P<month>{names})\.?(?: \d{{1,2}}(?:st|nd|rd|th)?)?,?(?: (?:of|de|del))? (?P<year>{_YEAR})\b"
    )


@cache
def _lone() -> re.Pattern[str]:
    """A month without its year, after a word that makes it one: "may" alone is none."""
    return re.compile(rf"\b{_BEFORE} (?:\d{{1,2}} (?:de )?)?(?:{'|'.join(_months('wide'))})\b")
