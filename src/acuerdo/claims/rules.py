"""From the words of a claim to the kind of check that fits them, and what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, final

from acuerdo.claims.check import Kind
from acuerdo.claims.named_times import EVERY_YEAR
from acuerdo.claims.phrase import MOVED, Phrase, plain
from acuerdo.claims.wording import filled, listed, named
from acuerdo.core.period import Period, PeriodKind
from acuerdo.core.place import place
from acuerdo.core.text import Text
from acuerdo.core.unit import Unit

Body = dict[str, Any]
_RECORD: Final = (
    r"records?\b|highest|lowest|peak|all-time|maxim|minim|mas alt|mas baj|(?:mayor|menor) numero"
    r"|most violent|deadliest|mas violent|peor ano|worst year|never .*so many|nunca .*tant[oa]s"
)
_LOWEST: Final = r"lowest|minim|mas baj|menor numero|fewest"
_TOTAL: Final = r"in total|altogether|there have been|a total of|adds? up|en total|ha habido|suman|sumaron"
_THAN: Final = r"(?:more|fewer|less|higher|lower|mas|menos|mayor|menor)\b.* (?:than|que)\b"
_LEAST: Final = r"fewer|less|lower|menos|menor"
_MORE: Final = r"(?:more|fewer|less|mas|menos|higher|lower)\b"
_ENDED_AT: Final = r"(?:to|al|a|hasta) (?:el |un )?"
_TIMES_OF: Final = (
    r"(?:times|veces|doble|twice)\b.*\b(?:(?:that|those) (?:of|in)|than|(?:el|la|los|las) de|que)\b"
)
_PAIR: Final = 2
WHOLE_YEARS: Final = {PeriodKind.YEAR, PeriodKind.FISCAL_YEAR}
_A_YEAR: Final = WHOLE_YEARS | {PeriodKind.TWELVE_MONTHS_ENDING}
_FROM: Final = Text(
    "Counted from {period}: the words name no start.",
    "Se cuenta desde {period}: las palabras no dicen desde cuándo.",
)
_TO: Final = Text(
    "Counted to {period}, the newest that is stored.",
    "Se cuenta hasta {period}, lo más reciente que se conserva.",
)
_AT: Final = Text(
    "Taken for {period}, the newest that is stored.",
    "Se toma {period}, lo más reciente que se conserva.",
)
_LEFT_OUT: Final = Text(
    "Not looked at: {numbers}; one check is of one statement.",
    "No se revisó: {numbers}; una comprobación es de una sola afirmación.",
)
_PLACE: Final = Text("Counted in {place}.", "Se cuenta en {place}.")
_DENIED: Final = Text(
    "The words deny it, so the verdict is on the denial.",
    "Las palabras lo niegan, así que el veredicto es sobre la negación.",
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The words, beside the indicator that was chosen for them.

    Attributes:
        phrase: What the words say.
        unit: The indicator's unit.
        baseline: Its baseline, which also says by what kind of period it is counted.
        known: The periods for which it has a value, oldest first.
        places: Codes of the places that the words name.
        rivals_decide: Whether the indicator's rivals count what the words may mean.
        counted_in: Id of the unit that the words count in, where it need not be the indicator's own; empty if none.
    """

    phrase: Phrase
    unit: Unit
    baseline: Period
    known: tuple[Period, ...]
    places: tuple[str, ...]
    rivals_decide: bool = True
    counted_in: str = ""

    @property
    def latest(self) -> str:
        """The newest period of the baseline's kind; of any kind, if there is none."""
        alike = [one for one in self.known if one.kind is self.baseline.kind]
        return (alike or self.known or (self.baseline,))[-1].code

    @property
    def first(self) -> str | None:
        """The oldest period of the baseline's kind; in the year that the words name, if they do."""
        year = self.phrase.year
        alike = [one for one in self.known if one.kind is self.baseline.kind and year in {None, one.end.year}]
        return alike[0].code if alike else None

    @property
    def at(self) -> str:
        """The period spoken of."""
        year = self.phrase.year or (None if self.phrase.up is not None else self.phrase.since)
        return self.of(year) if year else self.latest

    @property
    def since(self) -> str:
        """The year named; else as far back as they look, or a year; else the indicator's own baseline."""
        if self.phrase.since:
            return self.of(self.phrase.since)
        if self.phrase.span:
            return self.of(Period.parse(self.until).end.year - self.phrase.span)
        return self.of(self.phrase.year - 1) if self.phrase.year else self.baseline.code

    @property
    def until(self) -> str:
        """The year counted to."""
        return self.of(self.phrase.year) if self.phrase.year else self.latest

    @property
    def spans(self) -> bool:
        """Whether there is a time between the two."""
        return Period.parse(self.since) < Period.parse(self.until)

    def of(self, year: int) -> str:
        """A year as the indicator counts it: its last known period of the baseline's kind, or of any.

        Of what is counted by the month or the day, that of the month that the words name with the year; a half year
        only where they speak of one.
        """
        times = self.phrase.times
        half = next((one for one in self.known if one.code == f"{year}-H{times.half}"), None)
        if half is not None:
            return half.code
        month = times.months.get(year)
        within = [
            one
            for one in self.known
            if one.end.year == year
            and (month is None or one.end.month == month or one.kind in WHOLE_YEARS)
            and (one.kind in _A_YEAR or self.baseline.kind not in WHOLE_YEARS)
        ]
        alike = [one for one in within if one.kind is self.baseline.kind]
        if alike or within:
            return (alike or within)[-1].code
        match self.baseline.kind:
            case PeriodKind.FISCAL_YEAR:
                return f"FY{year}"
            case PeriodKind.TWELVE_MONTHS_ENDING:
                return f"12M-{year}-12"
            case _:
                return str(year)


Found = tuple[Kind, Body] | None
"""A kind and what stands in it; None where the words do not say all that it takes."""


def check_of(asked: Asked) -> Found:
    """The check that the words suggest, from the most telling kind to the plainest; None if there is none."""
    for rule in _RULES:
        found = rule(asked)
        if found is not None:
            kind, body = found
            where: Body = {"place": asked.places[0]} if asked.places and "place" not in body else {}
            denied: Body = {"denied": True} if asked.phrase.denied else {}
            # What stands beside a share in the catalog is mostly its other side, not the same share counted otherwise
            alone: Body = {"rivals": []} if asked.unit.id == "percent" else {}
            unit: Body = {"unit": asked.counted_in} if asked.counted_in else {}
            sourced: Body = {} if asked.rivals_decide else {"names_its_source": True}
            return kind, {**where, **body, **denied, **alone, **unit, **sourced}
    return None


def assumed(asked: Asked, body: Body) -> Iterator[Text]:
    """What the words leave open, and how it was filled."""
    if "since" in body and "until" in body and asked.phrase.since is None and asked.phrase.span is None:
        yield _taken(_FROM, body["since"])
    if "until" in body and asked.phrase.year is None:
        yield _taken(_TO, body["until"])
    if "at" in body and asked.phrase.year is None:
        at = body["at"][0] if isinstance(body["at"], list) else body["at"]
        if at == asked.latest:
            yield _taken(_AT, at)
    if "place" in body:
        yield filled(_PLACE, place=place(body["place"]).name)
    if asked.phrase.denied:
        yield _DENIED
    left = _left_out(asked.phrase, body)
    if left:
        yield filled(_LEFT_OUT, numbers=listed([Text(f"“{one}”", f"«{one}»") for one in left]))


def _left_out(read: Phrase, body: Body) -> list[str]:
    """Numbers of the words that the check does not look at."""
    used: list[str] = [body.get("written", ""), *(one["written"] for one in body.get("points", ()))]
    said = [one for one in (*read.numbers, read.multiple, read.part) if one is not None]
    return [one for one in said if not any(one in written for written in used)]


def _taken(words: Text, code: str) -> Text:
    return filled(words, period=named(Period.parse(code)))


def _beside(asked: Asked) -> Found:
    if len(asked.places) < _PAIR or not asked.phrase.says(_THAN):
        return None
    first, second = asked.places[:_PAIR]
    relation = "less" if asked.phrase.says(_LEAST) else "more"
    return "comparison", {"place": first, "than_place": second, "at": asked.at, "relation": relation}


def _extreme(asked: Asked) -> Found:
    if not asked.phrase.says(_RECORD):
        return None
    read = asked.phrase
    at = asked.of(read.year) if read.year else asked.latest
    first = read.since or (Period.parse(at).end.year - read.span if read.span else None)
    since: Body = {"since": asked.of(first)} if first else {}
    return "record", {"at": [at], "extreme": "lowest" if read.says(_LOWEST) else "highest", **since}


def _of_whole(asked: Asked) -> Found:
    read = asked.phrase
    if not asked.places or read.percent is None or read.says(MOVED) or not asked.unit.additive:
        return None
    return "share", {"at": asked.at, "written": read.percent}


def _times(asked: Asked) -> Found:
    # "Four times that of the other country" is no movement
    aside = asked.phrase.since is None and asked.phrase.says(_TIMES_OF)
    if asked.phrase.multiple is None or aside or not asked.spans:
        return None
    return "ratio", {"since": asked.since, "until": asked.until, "written": asked.phrase.multiple}


def _from_to(asked: Asked) -> Found:
    """Two figures, and that the one became the other."""
    in_percent = asked.unit.id == "percent"
    counts = [one for one in asked.phrase.numbers if in_percent or one != asked.phrase.percent]
    if asked.phrase.up is None or len(counts) < _PAIR or not asked.spans:
        return None
    periods = (asked.since, asked.until)
    points = [{"at": at, "written": one} for at, one in zip(periods, counts, strict=False)]
    return "definition", {"points": points, "shown_as": "rise" if asked.phrase.up else "fall"}


def _by_so_much(asked: Asked) -> Found:
    read = asked.phrase
    moved = read.up is not None and read.percent is not None and read.says(f"{MOVED}|{_MORE}")
    # "It rose to 93 percent" is a figure, and "by 93 percent" a change
    if asked.unit.id == "percent" and read.says(rf"{_ENDED_AT}{re.escape(plain(read.percent or ''))}"):
        return None
    return ("change", {**_direction(asked), "written": read.percent}) if moved and asked.spans else None


def _in_all(asked: Asked) -> Found:
    read = asked.phrase
    # A total of one year is a figure
    spans = read.since is not None or read.span is not None
    adds = (read.says(_TOTAL) and spans) or (read.since is not None and read.up is None)
    if not read.numbers or not adds or not asked.unit.additive or not asked.spans:
        return None
    # "In the last ten years" adds up ten of them
    first = (
        asked.of(Period.parse(asked.until).end.year - read.span + 1) if read.span and not read.since else None
    )
    return "sum", {"since": first or asked.since, "until": asked.until, "written": read.numbers[0]}


def _trend(asked: Asked) -> Found:
    read = asked.phrase
    moved = read.says(MOVED) and read.up is not None and not read.numbers
    steps: Body = {"every_step": True} if read.says(EVERY_YEAR) else {}
    return ("trend", {**_direction(asked), **steps}) if moved and asked.spans else None


def _figure(asked: Asked) -> Found:
    read = asked.phrase
    counts = (one for one in read.numbers if one != read.percent)
    written = read.percent if asked.unit.id == "percent" else next(counts, None)
    if not written:
        return None
    # What is counted by the month, and spoken of without one, is all that was counted
    first = asked.first if asked.baseline.kind is PeriodKind.MONTH and asked.unit.additive else None
    if first is not None and not read.times.months:
        return "sum", {"since": first, "until": asked.latest, "written": written}
    return "value", {"at": asked.at, "written": written}


def _direction(asked: Asked) -> Body:
    return {"since": asked.since, "until": asked.until, "direction": "up" if asked.phrase.up else "down"}


_RULES: Final[tuple[Callable[[Asked], Found], ...]] = (
    _beside, _extreme, _of_whole, _times, _from_to, _by_so_much, _in_all, _trend, _figure,
)  # fmt: skip
