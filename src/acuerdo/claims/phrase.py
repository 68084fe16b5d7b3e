"""What the words of a claim say by themselves: numbers, years, a direction, a denial."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final, final

from acuerdo.claims.named_times import Times, is_dated, times_in, without_months
from acuerdo.claims.rounding import HEDGES, read

UP: Final = (
    r"r[io]se[ns]?|rising|gr[eo]wn?|climb\w*|increas\w+|higher|worse\w*|jump\w*|soar\w*|surg\w+|spik\w+"
    r"|skyrocket\w*|up by|up from|up \d"
    r"|sub\w+|aument\w+|crec\w+|empeor\w+|repunt\w+|dispar\w+|alza"
)
DOWN: Final = (
    r"f[ea]ll(?:en|ing|s)?|drop\w*|decreas\w+|declin\w+|lower|shr[aiu]nk\w*|plung\w+|plummet\w*|tumbl\w+|slump\w*|down|redu[cj]\w+"
    r"|baj\w+|disminu\w+|ca[yi]\w*|descen\w+|desplom\w+"
)
MOVED: Final = rf"\b(?:{UP}|{DOWN}|continued to|sigu\w+)\b"
_HALVED: Final = r"halved|(?:cut|fell|reduced) (?:by|in) half|a la mitad"
_NOT: Final = re.compile(
    r"\b(?:not|never|no|nunca|jamas|ni un solo|ni una sola|ningun|ninguna|without|sin)\b|n['’]t\b"
)
_NO_DENIAL: Final = re.compile(
    r"\b(?:no|not|ni) (?:more|less|fewer|only|solo|mas|menos) ?(?:than|de|del|que)?\b"
    r"|\b(?:no|not|sin) (?:localiza\w+|located|identifica\w+|identified)"
    r"|\bnever (?:before )?ha\w+ so many|\bnunca (?:antes )?\w+ \w*\s?tant[oa]s"
)
# A crime that nobody reported is a thing that is counted, and no denial of one
_UNREPORTED: Final = re.compile(
    r"(?:no|nunca) se (?:denuncian?|investigan?)|(?:not|never) (?:reported|investigated)"
    r"|sin (?:denuncia|denunciar|investigar)\b"
)
_YEAR: Final = r"(?:fy ?|af ?|fiscal year |ano fiscal )?((?:19[89]|20[0-4])\d)"
_SHORT_YEAR: Final = re.compile(r"\b(?:fy|af) ?['’]?(\d\d)\b(?!\d)")
_BETWEEN: Final = re.compile(
    rf"(?:between|from|entre|desde|de) (?:el (?:ano )?)?{_YEAR} (?:to|and|a|y|al|hasta|until|through) {_YEAR}"
)
_SINCE: Final = re.compile(
    r"(?:since|from|desde|a partir de|than in|than|against|compared (?:with|to)|over|vs\.?|frente a"
    rf"|respecto (?:a|de)|que en|en comparacion con|comparado con) (?:el (?:ano )?)?{_YEAR}"
)
# "93,331, up from 36,450 in 2008": where the count began
_BEGAN: Final = re.compile(
    r"(?:from|against|compared (?:with|to)|versus|vs\.?|desde|frente a|contra) (?:the |some |unos |unas |los |las )?"
    rf"(\d[\d,. ]*(?:mil(?: \d+)?)?)(?: ?%| ?\w+)? (?:in|en) (?:el (?:ano )?)?{_YEAR}"
)
_BOTH: Final = 2
_WENT: Final = re.compile(r"\b(?:went|paso|pasaron|pasado) (?:from|de)\b")
_UNDATED: Final = re.compile(r"\b(?:since|desde)\b(?! hace)")
_LAST_YEAR: Final = re.compile(r"(?<!the )\blast year\b|\bano pasado\b")
_ANY_YEAR: Final = re.compile(rf"(?<![\d,.]){_YEAR}(?![\d,]*\d)")
_HEDGED: Final = (
    rf"(?:(?:{'|'.join(pattern for _, pattern in HEDGES)})\s+(?:(?:the|las?|los|el|un|una)\s+)?)?"
)
_COUNT: Final = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten"
    r"|un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|\d+)"
)
# "the lowest in ten years", "in a year": how far back the words look
_SPAN: Final = re.compile(
    rf"\b({_COUNT}|a) (years|anos|decades?|decadas?)\b(?! (?:ago|old|later|atras|despues))"
    r"|\b(?:in|within|over|en) (?:just |only |apenas |solo )?(a|one|un) (?:single |solo )?(year|ano)\b(?! record)"
    r"|\b(?:the (last|past)|el (ultimo)) (year|ano)\b"
)
_PART: Final = (
    rf"(?:de cada|out of every|of every) {_COUNT} \w+,? {_COUNT}"
    rf"|{_COUNT} (?:in|of|out of|of every|de cada) (?!{_YEAR}){_COUNT}"
    r"|(?:two|three|one|a|un|una|dos|tres)[- ](?:thirds?|quarters?|fifth|tenth|tercios?|cuartos?|quinto"
    r"|(?:tercera|cuarta|quinta|décima)s? partes?)|(?<!first )(?<!second )(?:by )?half|la mitad"
)
# "29 per 100,000" counts 29
_PER: Final = re.compile(r"\b(?:per|por|por cada) $")
_UNIT_OF_TIME: Final = re.compile(
    r"[- ](?:years?|anos?|months?|mes(?:es)?|weeks?|semanas?|days?|dias?|hours?|horas?|minut\w+)\b"
)
_TIMES: Final = (
    r"(?:se\s+(?:han?\s+)?)?(?:doubled|tripled|quadrupled|quintupled|twice|halved|\w+fold|duplic\w+|triplic\w+"
    r"|cuadruplic\w+|quintuplic\w+|doble|triple|cuádruple)|a la mitad"
    rf"|(?:{_COUNT}|\d+(?:\.\d+)?) (?:times|veces)"
)
_AMOUNT: Final = r"percent|per cent|por ciento|million|billion|thousand|millones|mil millones|mil"
_DIGITS: Final = (
    r"\$?(?:\d{1,3} mil \d{1,3}(?![\d,.]*\d)|\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:\s*%|\s*(?:{_AMOUNT})\b)?"
)
_TENS: Final = (
    r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety|diez|once|doce|trece|catorce|quince|dieciséis|diecisiete|dieciocho|diecinueve"
    r"|veinte|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)"
)
_WORDED: Final = rf"{_TENS}\s+(?:percent|per cent|por ciento)"
_ENDS: Final = rf"(?:between|entre) (?:{_DIGITS}|{_TENS}) (?:and|y) (?:{_DIGITS}|{_WORDED})"


def _pattern(number: str) -> re.Pattern[str]:
    return re.compile(rf"{_HEDGED}(?<![\w.,])(?:{number})(?!\w)", re.IGNORECASE)


_MULTIPLES: Final = _pattern(_TIMES)
_PARTS: Final = _pattern(_PART)
_NUMBERS: Final = _pattern(f"{_ENDS}|{_WORDED}|{_DIGITS}")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A claim's words, as far as rules can read them.

    Attributes:
        words: The words.
        plain: The same without accents, capitals, and the months before a year.
        since: The year counted from, if the words name one.
        year: The year spoken of, or counted to.
        span: A number of years that they look back over.
        undated_start: Whether they name a start without its year: "since she took office".
        up: Whether they speak of a rise; False for a fall, None for neither.
        times: What else they say of time.
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
    times: Times
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


def phrase(words: str, *, said: date) -> Phrase:
    """What rules can read in the words of a claim; "last year" is that before the one in which it was said."""
    dated = _UNREPORTED.sub("unreported", _SHORT_YEAR.sub(r"fy 20\1", plain(words)))
    bare = without_months(dated)
    since, year = _years(bare)
    if year is None and _LAST_YEAR.search(bare):
        year = said.year - 1
    down, up = (
        re.search(rf"\b(?:{DOWN}|{_HALVED}|fewer|less|menos)\b", bare),
        re.search(rf"\b(?:{UP}|more|mas)\b", bare),
    )
    multiple, part, numbers = _MULTIPLES.search(words), _PARTS.search(words), tuple(_numbers(words))
    return Phrase(
        words=words,
        plain=bare,
        since=since,
        year=year,
        span=_span(bare),
        times=times_in(dated),
        undated_start=since is None and _UNDATED.search(bare) is not None,
        up=_rises(bare, numbers)
        if not (up or down)
        else down is None or (up is not None and up.start() < down.start()),
        denied=_NOT.search(_NO_DENIAL.sub(" ", bare)) is not None,
        multiple=multiple.group().strip() if multiple else None,
        part=part.group().strip() if part else None,
        numbers=numbers,
    )


def plain(words: str) -> str:
    """Words without accents and capitals."""
    letters = unicodedata.normalize("NFD", words.casefold())
    return "".join(one for one in letters if not unicodedata.combining(one))


def _years(plain: str) -> tuple[int | None, int | None]:
    between = _BETWEEN.search(plain)
    if between:
        return int(between.group(1)), int(between.group(2))
    began = _BEGAN.search(plain)
    if began:
        start, later = int(began.group(2)), [int(one) for one in _ANY_YEAR.findall(plain)]
        return start, next((one for one in later if one > start), None)
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
    number = read(found.group(1) or "")
    return (int(number.value) if number else 1) * (10 if (found.group(2) or "").startswith("dec") else 1)


def _numbers(words: str) -> list[str]:
    """The numbers that count something: no years, no days of a month, no spans of time, nothing that is counted per."""
    found = (one for one in _NUMBERS.finditer(words) if not _counts_nothing(words, one))
    numbers = [one.group().strip() for one in found]
    began = _BEGAN.search(plain(words))
    # That from which the count went comes first, wherever it stands
    first = [one for one in numbers if began and plain(one).startswith(began.group(1).strip())]
    return [
        one for one in (*first, *(other for other in numbers if other not in first)) if read(one) is not None
    ]


def _rises(plain: str, numbers: tuple[str, ...]) -> bool | None:
    """Whether words that set one number against another, and name no direction, show a rise."""
    values = [found.value for one in numbers if (found := read(one))]
    if len(values) < _BOTH or not (_WENT.search(plain) or _BEGAN.search(plain)):
        return None
    return values[1] > values[0]


def _counts_nothing(words: str, number: re.Match[str]) -> bool:
    before, after = plain(words[: number.start()]), plain(words[number.end() :])
    last = number.group().split()[-1].casefold()
    if re.fullmatch(_YEAR, last) or _PER.search(before):
        return True
    return is_dated(before, after) or _UNIT_OF_TIME.match(after) is not None or before.rstrip().endswith("fy")
