"""Proposes a check from the words of a claim, by rules over the catalog in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, final

import yaml

from acuerdo.claims.check import Kind
from acuerdo.claims.checking import Checked, check_claims
from acuerdo.claims.claim import ClaimText
from acuerdo.claims.faults import faults_of
from acuerdo.claims.rounding import read
from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.period import Period, PeriodKind
from acuerdo.core.place import fold
from acuerdo.core.text import Lang, Text
from acuerdo.core.unit import UNITS
from acuerdo.data.store import Store
from acuerdo.indicators.build import build
from acuerdo.indicators.indicator import Indicator
from acuerdo.spec.load import load_text

_ID: Final = "proposal"
_KEY: Final = "claim"
_COMMON: Final = 3
_TITLE_WEIGHT: Final = 3
_PLAIN_COUNT: Final = 4
_LEVELS: Final = {
    "rate",
    "tasa",
    "share",
    "proportion",
    "proporcion",
    "index",
    "indice",
    "concentration",
    "change",
}
"""Words that ask for something else than a plain count of an outcome."""
_SYNONYMS: Final[Mapping[str, str]] = {
    "homicide": "murder murders homicides killings asesinato asesinatos homicidio homicidios",
    "overdose": "overdoses sobredosis",
    "deaths": "death muertes defunciones fallecimientos",
    "missing": "disappeared desaparecidos desaparecidas missing",
    "seized": "seizures seizure decomisos decomisado decomisada incautaciones",
    "fentanyl": "fentanilo",
    "heroin": "heroina",
    "cocaine": "cocaina",
    "methamphetamine": "meth metanfetamina",
    "marijuana": "mariguana marihuana cannabis",
    "encounters": "encuentros migrants migrantes",
    "apprehensions": "aprehensiones detenciones",
    "extraditions": "extradited extradiciones extraditados",
    "firearms": "guns weapons armas",
    "kidnapping": "kidnappings secuestro secuestros",
    "extortion": "extorsion extorsiones",
    "investigations": "cases carpetas casos",
    "victims": "victimas",
    "rate": "tasa per capita",
    "law": "derecho",
}
_ROOTS: Final = {word: root for root, words in _SYNONYMS.items() for word in words.split()}
_MOVED: Final = (
    r"rose|risen|rising|rise|fell|fallen|falling|fall|grew|grown|dropped|increased|decreased|worse|continued to"
    r"|subi\w+|baj\w+|aument\w+|disminuy\w+|cay\w+|empeor\w+"
)
_CUES: Final[tuple[tuple[Kind, str], ...]] = (
    ("record", r"record|highest|lowest|peak|all-time|maximo|minimo|mas alto|mas bajo"),
    (
        "ratio",
        r"doubled|tripled|quadrupled|twice|times|duplic\w+|triplic\w+|cuadruplic\w+|veces|doble|triple|cuadruple",
    ),
    ("change", rf"(?:{_MOVED})\b.*(?:percent|per cent|%|por ciento)"),
    ("sum", r"in total|altogether|there have been|en total|ha habido"),
    ("trend", _MOVED),
    ("value", r"\d"),
)
_DOWN: Final = re.compile(
    r"fell|fallen|falling|fall|dropped|decreased|fewer|less|baj\w+|disminuy\w+|cay\w+|menos"
)
_LOWEST: Final = re.compile(r"lowest|minimo|mas bajo")
_YEAR: Final = re.compile(r"\b(19[89]\d|20[0-4]\d)\b")
_HEDGED: Final = (
    r"(?:well over|at least|at most|no more than|more than|less than|fewer than|over|under|nearly|almost|some|about"
    r"|around|roughly|as many as|up to|más del?|menos del?|al menos|casi|unos|unas|alrededor del?"
    r"|cerca del?|hasta|más que)\s+"
)
_AMOUNT: Final = r"percent|per cent|%|por ciento|million|billion|thousand|millones|mil millones|mil"
_NUMBER: Final = re.compile(
    rf"(?:{_HEDGED})?\$?(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s*(?:{_AMOUNT})\b)?",
    re.IGNORECASE,
)
_MULTIPLE: Final = re.compile(
    rf"(?:{_HEDGED})?(?:se\s+(?:han?\s+)?)?(?:doubled|tripled|quadrupled|twice|duplic\w+|triplic\w+|cuadruplic\w+"
    r"|(?:el\s+)?(?:doble|triple|cuádruple))",
    re.IGNORECASE,
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A check as the words suggest it.

    Attributes:
        kind: The kind of check.
        indicator: Id of the indicator that it would use.
        others: Other indicators that the words fit, best first.
        text: The claim as a file would hold it, already read and found sound.
        yaml: The same as YAML, for the author to complete.
    """

    kind: Kind
    indicator: str
    others: tuple[str, ...]
    text: ClaimText
    yaml: str


Latest = Callable[[str], Period | None]
"""The newest period of an indicator that has a value, of the kind that its baseline is."""


def tried(
    store: Store, words: str, *, catalog: Mapping[str, Indicator], lang: Lang, said: date
) -> tuple[Proposal, Checked]:
    """The check that some words suggest, and what it gives on what is stored; see :func:`propose`."""

    def latest(indicator_id: str) -> Period | None:
        chosen = catalog[indicator_id]
        kind = chosen.baseline.period.kind
        known = [one.period for one in build(store, chosen).of(chosen.country) if one.value is not None]
        return max((one for one in known if one.kind is kind), default=None)

    found = propose(words, catalog=catalog, lang=lang, said=said, latest=latest)
    (checked,) = check_claims(store, {_KEY: (found.text, found.text.claims[_KEY])})
    return found, checked


def propose(
    words: str, *, catalog: Mapping[str, Indicator], lang: Lang, said: date, latest: Latest
) -> Proposal:
    """The check that the words suggest.

    Args:
        words: The claim.
        catalog: The indicators to choose from.
        lang: The language of the words.
        said: The day on which it was said.
        latest: Gives the newest period of an indicator, taken where the words name no end.

    Raises:
        UsageError: If no indicator or no check fits the words.
    """
    ranked = [one for score, one in sorted(_ranked(words, catalog), reverse=True) if score > 0]
    if not ranked:
        raise _nothing(words)
    indicator = ranked[0]
    kind, body = _check(words, catalog[indicator], latest=latest(indicator))
    document = _document(words, {kind: body}, lang=lang, said=said)
    shown = yaml.dump(document, Dumper=yaml.SafeDumper, allow_unicode=True, sort_keys=False, width=110)
    text = load_text(shown, ClaimText, name=_ID, check=faults_of)
    return Proposal(kind=kind, indicator=indicator, others=tuple(ranked[1:4]), text=text, yaml=shown)


def _ranked(words: str, catalog: Mapping[str, Indicator]) -> Iterator[tuple[float, str]]:
    """How well each indicator's words fit; a shorter id wins a tie, since it says less that was not asked for."""
    asked = _tokens(words)
    for indicator in catalog.values():
        short = f"{indicator.short.en} {indicator.short.es} {indicator.id}"
        title = _tokens(f"{indicator.title.en} {indicator.title.es} {short}")
        rest = _tokens(f"{indicator.definition.en} {indicator.definition.es}")
        score = _TITLE_WEIGHT * len(asked & title) + len(asked & (rest - title))
        wants_level = not _LEVELS.isdisjoint(asked)
        plain = UNITS[indicator.unit].additive and indicator.kind == "outcome"
        yield (
            score + (_PLAIN_COUNT if plain and not wants_level else 0) - len(indicator.id) / 100,
            indicator.id,
        )


def _tokens(words: str) -> set[str]:
    plain: list[str] = re.findall(r"\w+", fold(words).replace("_", " "))
    found = {one for one in plain if len(one) > _COMMON}
    return {_ROOTS.get(one, one) for one in found}


def _check(words: str, indicator: Indicator, *, latest: Period | None) -> tuple[Kind, dict[str, Any]]:
    years = [int(year) for year in _YEAR.findall(words)]
    baseline = indicator.baseline.period
    start = _period(years[0], baseline) if years else baseline.code
    end = _period(years[-1], baseline) if len(years) > 1 else (latest or baseline).code
    at = _period(years[-1], baseline) if years else end
    plain, written = fold(words), _written(words)
    for kind, cue in _CUES:
        body = _body(kind, words=plain, written=written)
        if body is None or re.search(cue, plain) is None:
            continue
        if kind in {"value", "record"}:
            return kind, {"measure": indicator.id, "at": [at] if kind == "record" else at, **body}
        if start != end:
            return kind, {"measure": indicator.id, "since": start, "until": end, **body}
    raise _nothing(words)


def _period(year: int, like: Period) -> str:
    """A year in the kind of period that the indicator is counted by."""
    match like.kind:
        case PeriodKind.FISCAL_YEAR:
            return f"FY{year}"
        case PeriodKind.TWELVE_MONTHS_ENDING:
            return f"12M-{year}-12"
        case _:
            return str(year)


def _body(kind: Kind, *, words: str, written: str | None) -> dict[str, Any] | None:
    """What a kind needs besides its measure and periods; None where the words do not give it."""
    direction = "down" if _DOWN.search(words) else "up"
    match kind:
        case "trend":
            return {"direction": direction}
        case "record":
            return {"extreme": "lowest" if _LOWEST.search(words) else "highest"}
        case "change":
            return {"direction": direction, "written": written} if written else None
        case _:
            return {"written": written} if written else None


def _written(words: str) -> str | None:
    """The first number in the words that is no year, with what says how exact it is."""
    multiple = _MULTIPLE.search(words)
    if multiple:
        return multiple.group()
    for found in _NUMBER.finditer(words):
        number = found.group().strip()
        if not _YEAR.fullmatch(number) and read(number) is not None:
            return number
    return None


def _document(words: str, check: dict[str, Any], *, lang: Lang, said: date) -> dict[str, Any]:
    return {
        "id": _ID,
        "title": "[title of the text]",
        "about": {"en": "[what the text is]", "es": "[qué es el texto]"},
        "publisher": "[publisher of the text]",
        "date": said,
        "language": lang,
        "claims": {
            _KEY: {
                "quote": words,
                "translation": "[translation of the quote]",
                "speaker": {"en": "[who said it]", "es": "[quién lo dijo]"},
                "paragraph": 1,
                "check": check,
            }
        },
    }


def _nothing(words: str) -> UsageError:
    return UsageError(
        Problem(
            what=Text(
                f"No check could be made out in '{words}'.",
                f"No se distingue ninguna comprobación en «{words}».",
            ),
            why=Text(
                "It takes the name of something counted, and a number, a year or a direction.",
                "Hace falta el nombre de algo que se cuente, y un número, un año o un sentido.",
            ),
            fix=Text(
                'Say what is counted as acuerdo list indicators does: "homicides more than doubled since 2008".',
                "Diga lo que se cuenta como en acuerdo list indicators: «los homicidios se duplicaron desde 2008».",
            ),
        )
    )
