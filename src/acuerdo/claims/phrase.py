"""What the words of a claim say by themselves: numbers, years, a direction, places, a denial."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, final

from acuerdo.claims.rounding import read
from acuerdo.core.place import PlaceLevel, children, fold

UP: Final = (
    r"r[io]se[ns]?|rising|gr[eo]wn?|climb\w*|increas\w+|higher|worse\w*|jump\w*|soar\w*|up by|up \d"
    r"|sub\w+|aument\w+|crec\w+|empeor\w+|alza"
)
DOWN: Final = (
    r"f[ea]ll(?:en|ing|s)?|drop\w*|decreas\w+|declin\w+|lower|shr[aiu]nk\w*|down|redu[cj]\w+"
    r"|baj\w+|disminu\w+|ca[yi]\w*|descen\w+|desplom\w+"
)
MOVED: Final = rf"\b(?:{UP}|{DOWN}|continued to|sigu\w+)\b"
_HALVED: Final = r"halved|(?:cut|fell|reduced) (?:by|in) half|a la mitad"
_NOT: Final = re.compile(
    r"\b(?:not|never|no|nunca|jamas|ni un solo|ni una sola|ningun|ninguna|without|sin)\b|n['’]t\b"
)
_NO_DENIAL: Final = re.compile(
    r"\b(?:no|not|ni) (?:more|less|fewer|only|solo|mas|menos) ?(?:than|de|del|que)?\b"
    r"|\bnever (?:before )?ha\w+ so many|\bnunca (?:antes )?\w+ \w*\s?tant[oa]s"
)
# A crime that nobody reported is a thing that is counted, and no denial of one
_UNREPORTED: Final = re.compile(
    r"(?:no|nunca) se (?:denuncian?|investigan?)|(?:not|never) (?:reported|investigated)"
    r"|sin (?:denuncia|denunciar|investigar)\b"
)
_YEAR: Final = r"(?:fy ?|af ?|fiscal year |ano fiscal )?((?:19[89]|20[0-4])\d)"
_BETWEEN: Final = re.compile(
    rf"(?:between|from|entre|desde|de) (?:el (?:ano )?)?{_YEAR} (?:to|and|a|y|al|hasta|until|through) {_YEAR}"
)
_SINCE: Final = re.compile(
    r"(?:since|from|desde|a partir de|than in|than|against|compared (?:with|to)|over|vs\.?|frente a"
    rf"|respecto (?:a|de)|que en|en comparacion con|comparado con) (?:el (?:ano )?)?{_YEAR}"
)
_UNDATED: Final = re.compile(r"\b(?:since|desde)\b(?! hace)")
_ANY_YEAR: Final = re.compile(rf"(?<![\d,.]){_YEAR}(?![\d,]*\d)")
_HEDGED: Final = (
    r"(?:(?:no más del?|no menos del?|well over|at least|at most|no more than|no less than|more than|less than"
    r"|fewer than|over|under|nearly|almost|some|about|around|roughly|as many as|up to|exceed(?:ed|s)?"
    r"|surpass(?:ed|es)?|topped|muy por encima del?|más del?|menos del?|al menos|por lo menos|casi|unos|unas"
    r"|alrededor del?|cerca del?|hasta|más que|super(?:a|an|ó|aron)|rebas(?:a|an|ó|aron)|por debajo del?)\s+"
    r"(?:(?:the|las?|los|el|un|una)\s+)?)?"
)
_COUNT: Final = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten"
    r"|un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|\d+)"
)
# "the lowest in ten years": how far back the words look
_SPAN: Final = re.compile(
    rf"\b({_COUNT}|a) (years|anos|decades?|decadas?)\b(?! (?:ago|old|later|atras|despues))"
)
_PART: Final = (
    rf"{_COUNT} (?:in|of|out of|of every|de cada) {_COUNT}"
    r"|(?:two|three|one|a|un|una|dos|tres)[- ](?:thirds?|quarters?|fifth|tenth|tercios?|cuartos?|quinto"
    r"|(?:tercera|cuarta|quinta|décima)s? partes?)|(?:by )?half|la mitad"
)
_TIMES: Final = (
    r"(?:se\s+(?:han?\s+)?)?(?:doubled|tripled|quadrupled|quintupled|twice|halved|\w+fold|duplic\w+|triplic\w+"
    r"|cuadruplic\w+|quintuplic\w+|doble|triple|cuádruple)|a la mitad"
    rf"|(?:{_COUNT}|\d+(?:\.\d+)?) (?:times|veces)"
)
_AMOUNT: Final = r"percent|per cent|por ciento|million|billion|thousand|millones|mil millones|mil"
_DIGITS: Final = rf"\$?(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s*%|\s*(?:{_AMOUNT})\b)?"
_WORDED: Final = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|veinte|treinta|cuarenta|cincuenta|sesenta"
    r"|setenta|ochenta|noventa)\s+(?:percent|per cent|por ciento)"
)


def _pattern(number: str) -> re.Pattern[str]:
    return re.compile(rf"{_HEDGED}(?<![\w.,])(?:{number})(?!\w)", re.IGNORECASE)


_MULTIPLES: Final = _pattern(_TIMES)
_PARTS: Final = _pattern(_PART)
_NUMBERS: Final = _pattern(f"{_WORDED}|{_DIGITS}")
_STATE_OF_MEXICO: Final = re.compile(r"estado de mexico|state of mexico|edomex")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A claim's words, as far as rules can read them.

    Attributes:
        words: The words.
        plain: The same without accents and capitals.
        since: The year counted from, if the words name one.
        year: The year spoken of, or counted to.
        span: A number of years that they look back over.
        undated_start: Whether they name a start without its year: "since she took office".
        up: Whether they speak of a rise; False for a fall, None for neither.
        denied: Whether they say that it is not so.
        multiple: A number of times, as written.
        part: A part of a whole, as written.
        numbers: Other numbers, as written.
    """

    words: str
    plain: str
    since: int | None
    year: int | None
    span: int | None
    undated_start: bool
    up: bool | None
    denied: bool
    multiple: str | None
    part: str | None
    numbers: tuple[str, ...]

    def says(self, pattern: str) -> bool:
        """Whether the words hold a pattern; accents and capitals do not matter."""
        return re.search(rf"\b(?:{pattern})", self.plain) is not None

    @property
    def percent(self) -> str | None:
        """The first number in per cent, or else a part."""
        found = (one for one in self.numbers if re.search(r"%|per ?cent|por ciento", one))
        return next(found, self.part)


def phrase(words: str) -> Phrase:
    """What rules can read in the words of a claim."""
    plain = _UNREPORTED.sub("unreported", _plain(words))
    since, year = _years(plain)
    down, up = (
        re.search(rf"\b(?:{DOWN}|{_HALVED}|fewer|less|menos)\b", plain),
        re.search(rf"\b(?:{UP}|more|mas)\b", plain),
    )
    multiple, part = _MULTIPLES.search(words), _PARTS.search(words)
    return Phrase(
        words=words,
        plain=plain,
        since=since,
        year=year,
        span=_span(plain),
        undated_start=since is None and _UNDATED.search(plain) is not None,
        up=None if not (up or down) else down is None or (up is not None and up.start() < down.start()),
        denied=_NOT.search(_NO_DENIAL.sub(" ", plain)) is not None,
        multiple=multiple.group().strip() if multiple else None,
        part=part.group().strip() if part else None,
        numbers=tuple(_numbers(words)),
    )


def places_in(words: str, country: str) -> tuple[str, ...]:
    """The codes of the states of a country that the words name, in their order."""
    plain = f" {fold(words)} "
    found: dict[int, str] = {}
    for state in children(country, PlaceLevel.STATE):
        for name in {fold(state.name.en), fold(state.name.es)} - {"mexico"}:
            at = plain.find(f" {name} ")
            if at >= 0:
                found[at] = state.code
    named = _STATE_OF_MEXICO.search(plain)
    if named and country == "MX":
        found[named.start()] = "MX-15"
    return tuple(code for _, code in sorted(found.items()))


def _plain(words: str) -> str:
    letters = unicodedata.normalize("NFD", words.casefold())
    return "".join(one for one in letters if not unicodedata.combining(one))


def _years(plain: str) -> tuple[int | None, int | None]:
    between = _BETWEEN.search(plain)
    if between:
        return int(between.group(1)), int(between.group(2))
    since = _SINCE.search(plain)
    start = int(since.group(1)) if since else None
    others = [int(year) for year in _ANY_YEAR.findall(plain) if int(year) != start]
    if since is None and len(others) > 1:
        return min(others), max(others)
    return start, others[-1] if others else None


def _span(plain: str) -> int | None:
    found = _SPAN.search(plain)
    if found is None:
        return None
    number = read(found.group(1))
    return (int(number.value) if number else 1) * (10 if found.group(2).startswith("dec") else 1)


def _numbers(words: str) -> list[str]:
    found = (one.group().strip() for one in _NUMBERS.finditer(words))
    return [
        one for one in found if not re.fullmatch(_YEAR, one.split()[-1].casefold()) and read(one) is not None
    ]
