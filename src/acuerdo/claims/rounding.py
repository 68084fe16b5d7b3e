"""Numbers as people write them, and how far from the true figure each way of writing may lie.

===========================  ========================================================================
as written                   what it allows
===========================  ========================================================================
``36,773``                   half of the last digit written, either way
``some 36,500``, ``unos``    a whole step either way (steps of five count as one), at least 1 per cent
``more than``, ``over``      anything above
``well over``                anything at least 2 per cent above
``at least``                 the number and anything above
``less than``, ``under``     anything below
``nearly``, ``casi``         from 10 per cent below to the number itself as rounded
``as many as``, ``hasta``    the same
``tens of thousands``        20,000 to 99,999
``one in four``, ``half``    a twentieth of it either way
``between … and …``          from the one to the other, each as rounded
===========================  ========================================================================

Limits are taken to the letter: 10.04 per cent is "more than 10 percent". A figure that lies nearer to such a limit than
one digit finer than is written, and than 1 per cent, is said to do so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, final

Hedge = Literal[
    "exact", "about", "more_than", "well_over", "at_least", "less_than", "at_most", "nearly", "range"
]

HEDGES: Final[tuple[tuple[Hedge, str], ...]] = (
    ("well_over", r"well over|well above|muy por encima del?|bastante más del?"),
    ("at_least", r"at least|no fewer than|no less than|al menos|por lo menos|cuando menos|no menos del?"),
    ("at_most", r"at most|no more than|a lo sumo|cuando mucho|no más del?"),
    ("more_than", r"more than|over|above|in excess of|upwards of|más del?|más que|superior al?"),
    ("more_than", r"exceed\w*|surpass\w*|topped|super(?:a|an|ó|aron)|rebas\w+|sobrepas\w+"),
    ("less_than", r"less than|fewer than|under|below|menos del?|inferior al?|por debajo del?"),
    ("nearly", r"nearly|almost|close to|as many as|up to|casi|hasta"),
    ("about", r"some|about|around|roughly|approximately|an estimated"),
    ("about", r"unos|unas|alrededor del?|cerca del?|en torno al?|aproximadamente"),
)
_SCALES: Final[tuple[tuple[str, float], ...]] = (
    (r"mil millones|billion|bn\b", 1e9),
    (r"million|millón|millones|mdd\b|mdp\b", 1e6),
    (r"thousand|mil\b", 1e3),
)
# "33 mil 550" and "3 mil 500 millones" are 33,550 and 3,500 million
_THOUSANDS: Final = re.compile(r"(?<![\d.,])(\d{1,3}) mil (\d{1,3})(?![\d.,]*\d)")
_WORDS: Final[tuple[tuple[str, float], ...]] = (
    (r"tenfold|ten times|diez veces", 10.0),
    (r"quintupled|fivefold|five times|quintuplic\w+|cinco veces", 5.0),
    (r"quadrupled|fourfold|four times|cuadruplic\w+|cuatro veces|cuádruple", 4.0),
    (r"tripled|threefold|three times|triplic\w+|tres veces|triple", 3.0),
    (r"doubled|twice|duplic\w+|dos veces|doble", 2.0),
    (r"two[- ]thirds|dos tercios|dos terceras partes", 2 / 3),
    (r"three[- ]quarters|tres cuartos|tres cuartas partes", 0.75),
    (r"one[- ]third|a third|un tercio|una tercera parte", 1 / 3),
    (r"a quarter|one[- ]quarter|una cuarta parte|un cuarto", 0.25),
    (r"a fifth|one[- ]fifth|un quinto|una quinta parte", 0.2),
    (r"a tenth|one[- ]tenth|una décima parte", 0.1),
    (r"half|halved|la mitad", 0.5),
)
_RANGES: Final[tuple[tuple[str, float, float], ...]] = (
    (r"hundreds of thousands|cientos de miles", 200_000, 999_999),
    (r"tens of thousands|decenas de miles", 20_000, 99_999),
    (r"hundreds of millions|cientos de millones", 2e8, 9.99e8),
    (r"hundreds|cientos|centenares", 200, 999),
    (r"thousands|miles", 2_000, 9_999),
)
_COUNTS: Final = {
    word: value
    for value, words in enumerate(
        (
            # "the worst" is the first place of a rank; "the fourth-worst" names its own
            "one uno una first primer primero primera worst peor peores",
            "two dos second segundo segunda",
            "three tres third tercer tercero tercera",
            "four cuatro fourth cuarto cuarta",
            "five cinco fifth quinto quinta",
            "six seis sixth sexto sexta",
            "seven siete seventh séptimo séptima",
            "eight ocho eighth octavo octava",
            "nine nueve ninth noveno novena",
            "ten diez tenth décimo décima",
            "eleven once",
            "twelve doce",
            "thirteen trece",
            "fourteen catorce",
            "fifteen quince",
            "sixteen dieciséis",
            "seventeen diecisiete",
            "eighteen dieciocho",
            "nineteen diecinueve",
        ),
        start=1,
    )
    for word in words.split()
} | {
    word: 10 * value
    for value, words in enumerate(
        (
            "twenty veinte",
            "thirty treinta",
            "forty cuarenta",
            "fifty cincuenta",
            "sixty sesenta",
            "seventy setenta",
            "eighty ochenta",
            "ninety noventa",
            "hundred cien",
        ),
        start=2,
    )
    for word in words.split()
}
_OF_EVERY: Final = re.compile(r"(?:de cada|out of every|of every) (\w+) \w+,? (\w+)")
_OUT_OF: Final = re.compile(r"(\w+) (?:in|of|out of|of every|de cada|de) (\w+)")
_DIGITS: Final = re.compile(r"-?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
_BETWEEN: Final = re.compile(r"\b(?:between|entre) (.+?) (?:and|y) (.+)")
# How finely a multiple or a part put in words is meant
_WORD_STEP: Final = 0.1
_MOST_PARTS: Final = 1000
_ABOUT_LEAST: Final = 0.01
_EDGE: Final = 0.01
_WELL_OVER: Final = 0.02
_NEARLY: Final = 0.10
_NEARLY_ABOVE: Final = 0.05
_UNDERSTATES: Final = 0.10


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What a written number allows.

    Attributes:
        written: The words.
        value: The number in them.
        hedge: How firmly it is put.
        low: Lower limit; None for none.
        high: Upper limit; None for none.
        open: Whether the limits themselves are outside.
        step: The worth of the last digit written.
    """

    written: str
    value: float
    hedge: Hedge
    low: float | None
    high: float | None
    open: bool = False
    step: float = 1.0

    def admits(self, figure: float) -> bool:
        """Whether a computed figure bears the words out."""
        tolerance = 1e-9 * max(1.0, abs(figure)) * (-1 if self.open else 1)
        return (self.low is None or figure >= self.low - tolerance) and (
            self.high is None or figure <= self.high + tolerance
        )

    def on_edge(self, figure: float) -> bool:
        """Whether a figure all but is the one limit that the words set: within a digit finer, and 1 per cent."""
        limits = [one for one in (self.low, self.high) if one is not None]
        near = min(self.step / 10, abs(self.value) * _EDGE)
        return len(limits) == 1 and 0 < abs(figure - limits[0]) < near

    def margin(self, figure: float) -> float | None:
        """How far the figure lies from the number written, as a part of the number written."""
        return (figure - self.value) / abs(self.value) if self.value else None

    def understates(self, figure: float) -> bool:
        """Whether a claim of "more than" is borne out by far more than it says."""
        return self.hedge in {"more_than", "at_least"} and figure > self.value * (1 + _UNDERSTATES)


def in_percent(allowed: Allowed) -> Allowed:
    """A part (``one third``, ``9 out of 10``) as per cent; a number that says per cent stays as it is."""
    is_number = _DIGITS.search(allowed.written) and _part(allowed.written.casefold()) is None
    if not 0 < allowed.value < 1 or is_number:
        return allowed
    return _allowed(allowed.written, allowed.value * 100, hedge=allowed.hedge, step=allowed.step * 100)


def read(written: str) -> Allowed | None:
    """What a written number allows; None if there is no number in the words.

    >>> read("some 36,500").low, read("more than $3 billion").low
    (36000.0, 3000000000.0)
    """
    text = _THOUSANDS.sub(_together, written.casefold())
    for pattern, low, high in _RANGES:
        if re.search(rf"\b(?:{pattern})\b", text) and not _DIGITS.search(text):
            return Allowed(written=written, value=low, hedge="range", low=low, high=high, step=low)
    between = _BETWEEN.search(text)
    if between:
        return _between(written, first=between.group(1), last=between.group(2))
    found = _number(text)
    if found is None:
        return None
    value, step = found
    return _allowed(written, value, hedge=_hedge(text), step=step)


def _together(found: re.Match[str]) -> str:
    return f"{found.group(1)},{int(found.group(2)):03}"


def _between(written: str, *, first: str, last: str) -> Allowed | None:
    """From one number to another; what the last is counted in, the first is too."""
    scale = next((found.group() for pattern, _ in _SCALES if (found := re.search(pattern, last))), "")
    start = _number(f"{first} {scale}" if _DIGITS.fullmatch(first.strip("$ ")) else first)
    end = _number(last)
    if start is None or end is None:
        return None
    (low, fine), (high, step) = sorted((start, end))
    return Allowed(
        written=written,
        value=(low + high) / 2,
        hedge="range",
        low=low - fine / 2,
        high=high + step / 2,
        step=min(fine, step),
    )


def _hedge(text: str) -> Hedge:
    for hedge, pattern in HEDGES:
        if re.search(rf"\b(?:{pattern})\b", text):
            return hedge
    return "exact"


def _number(text: str) -> tuple[float, float] | None:
    """The value and the worth of its last digit."""
    part = _part(text)
    if part is not None:
        return part, part * _WORD_STEP
    digits = _DIGITS.search(text)
    if digits:
        plain = digits.group().replace(",", "").replace(" ", "")
        rest = text[digits.end() :].lstrip()
        scale = next((factor for pattern, factor in _SCALES if re.match(pattern, rest)), 1.0)
        return float(plain) * scale, _step(plain) * scale
    for pattern, value in _WORDS:
        if re.search(rf"\b(?:{pattern})\b", text):
            return value, value * _WORD_STEP
    for word in re.findall(r"\w+", text):
        if word in _COUNTS:
            return float(_COUNTS[word]), 1.0
    return None


def _part(text: str) -> float | None:
    """So many out of so many: ``one in four``, ``9 de cada 10``, ``de cada 10 delitos, 9``."""
    pairs = [found.groups()[::-1] for found in _OF_EVERY.finditer(text)]
    pairs += [found.groups() for found in _OUT_OF.finditer(text)]
    for pair in pairs:
        some, all_ = (float(word) if word.isdigit() else _COUNTS.get(word) for word in pair)
        if some is not None and all_ is not None and 0 < some < all_ <= _MOST_PARTS:
            return some / all_
    return None


def _step(plain: str) -> float:
    if "." in plain:
        return 10.0 ** -len(plain.partition(".")[2])
    zeros = len(plain) - len(plain.rstrip("0"))
    # A number below a hundred is written to the unit, whatever it ends in
    return 1.0 if abs(float(plain)) <= 100 else 10.0**zeros


def _allowed(written: str, value: float, *, hedge: Hedge, step: float) -> Allowed:
    low, high = _limits(value, hedge=hedge, step=step)
    strict = hedge in {"more_than", "less_than"}
    return Allowed(written=written, value=value, hedge=hedge, low=low, high=high, open=strict, step=step)


def _limits(value: float, *, hedge: Hedge, step: float) -> tuple[float | None, float | None]:
    size = abs(value)
    match hedge:
        case "more_than" | "at_least":
            return value, None
        case "well_over":
            return value + size * _WELL_OVER, None
        case "less_than" | "at_most":
            return None, value
        case "nearly":
            return value - size * _NEARLY, value + min(step / 2, size * _NEARLY_ABOVE)
        case "about":
            last = round(size / step) % 10
            either = max(step * (5 if last == 5 else 1), size * _ABOUT_LEAST)
            return value - either, value + either
        case _:
            return value - step / 2, value + step / 2
