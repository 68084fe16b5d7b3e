"""Proposes a check from the words of a claim, by rules over the catalog in both languages."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, final

import yaml

from acuerdo.claims.check import Kind
from acuerdo.claims.checking import Checked, check_claims
from acuerdo.claims.claim import ClaimText
from acuerdo.claims.faults import faults_of
from acuerdo.claims.phrase import MOVED, Phrase, phrase, places_in
from acuerdo.claims.rounding import read
from acuerdo.claims.rules import Asked, assumed, check_of
from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.period import Period
from acuerdo.core.place import PlaceLevel, fold
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
_PLAIN_COUNT: Final = 2.5
_AS_GOOD: Final = 1.0
_MOST_OTHERS: Final = 3
# More than twice, or less than half, is another size
_FAR: Final = math.log(2)
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
    "homicide": "murder murders homicides killings killed asesinato asesinatos homicidio homicidios violence"
    " violencia",
    "overdose": "overdoses sobredosis",
    "deaths": "death died muertes defunciones fallecimientos murieron",
    "missing": "disappeared desaparecidos desaparecidas desapariciones",
    "seized": "seizures seizure decomiso decomisos decomisado decomisada incautaciones incautado confiscated",
    "fentanyl": "fentanilo",
    "heroin": "heroina",
    "cocaine": "cocaina",
    "methamphetamine": "meth metanfetamina metanfetaminas",
    "marijuana": "mariguana marihuana cannabis",
    "encounters": "encuentros migrants migrantes",
    "apprehensions": "aprehensiones detenciones",
    "extraditions": "extradited extradiciones extraditados extraditadas",
    "firearms": "firearm guns gun weapons armas arma",
    "kidnapping": "kidnappings secuestro secuestros",
    "extortion": "extorsion extorsiones",
    "femicide": "femicides feminicidio feminicidios",
    "investigations": "cases carpetas casos",
    "investigated": "unreported unpunished impunity impunidad impunes negra dark",
    "reported": "denuncian denunciados",
    "victims": "victimas",
    "crimes": "delitos crime",
    "rate": "tasa capita",
    "law": "derecho",
}
_ROOTS: Final = {word: root for root, words in _SYNONYMS.items() for word in words.split()}
# Country names stand in every title
_NAMES: Final = {"mexico", "united", "states", "estados", "unidos"}
# Words that stand in any sentence, and tell nothing of what is counted
_SMALL: Final = set(
    "between than have been there over with from since into more less were which half early first year total also that"
    " this they their most many people entre desde sobre hasta todos donde como para mitad hubo cada parte anos years"
    " world mundo country pais city ciudad level levels nivel".split()
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A check as the words suggest it.

    Attributes:
        kind: The kind of check.
        indicator: Id of the indicator that it would use.
        others: Other indicators that the words fit, best first.
        assumed: What the words do not say and the check takes for granted.
        text: The claim as a file would hold it, already read and found sound.
        yaml: The same as YAML, for the author to complete.
    """

    kind: Kind
    indicator: str
    others: tuple[str, ...]
    assumed: tuple[Text, ...]
    text: ClaimText
    yaml: str


Known = Callable[[str], Mapping[Period, float]]
"""The values of an indicator in its country, oldest first."""


def tried(
    store: Store, words: str, *, catalog: Mapping[str, Indicator], lang: Lang, said: date
) -> tuple[Proposal, Checked]:
    """The check that some words suggest, and what it gives on what is stored; see :func:`propose`."""

    def known(indicator_id: str) -> Mapping[Period, float]:
        chosen = catalog[indicator_id]
        found = {one.period: one.value for one in build(store, chosen).of(chosen.country)}
        return {period: value for period, value in sorted(found.items()) if value is not None}

    found = propose(words, catalog=catalog, lang=lang, said=said, known=known)
    (checked,) = check_claims(store, {_KEY: (found.text, found.text.claims[_KEY])})
    return found, checked


def propose(
    words: str, *, catalog: Mapping[str, Indicator], lang: Lang, said: date, known: Known
) -> Proposal:
    """The check that the words suggest.

    Args:
        words: The claim.
        catalog: The indicators to choose from.
        lang: The language of the words.
        said: The day on which it was said.
        known: Gives the periods of an indicator; the newest is taken where the words name no end.

    Raises:
        UsageError: If no indicator or no check fits the words.
    """
    heard = phrase(words)
    ranked = sorted((one for one in _ranked(heard, catalog) if one[0] > 0), reverse=True)
    if not ranked:
        raise _nothing(words)
    chosen = catalog[_likeliest(ranked, heard, catalog=catalog, known=known)]
    asked = Asked(
        phrase=heard,
        unit=UNITS[chosen.unit],
        baseline=chosen.baseline.period,
        known=tuple(known(chosen.id)),
        places=places_in(words, chosen.country),
    )
    suggested = check_of(asked)
    if suggested is None:
        raise _too_late(chosen, asked) if heard.since and not asked.spans else _nothing(words)
    kind, body = suggested
    if "since" in body and heard.undated_start:
        raise _no_year(words)
    document = _document(words, {kind: {"measure": chosen.id, **body}}, lang=lang, said=said)
    shown = yaml.dump(document, Dumper=yaml.SafeDumper, allow_unicode=True, sort_keys=False, width=110)
    text = load_text(shown, ClaimText, name=_ID, check=faults_of)
    return Proposal(
        kind=kind,
        indicator=chosen.id,
        others=tuple([one for _, one in ranked if one != chosen.id][:_MOST_OTHERS]),
        assumed=tuple(assumed(asked, body)),
        text=text,
        yaml=shown,
    )


def _ranked(heard: Phrase, catalog: Mapping[str, Indicator]) -> Iterator[tuple[float, str]]:
    """How well each indicator's words fit; a shorter id wins a tie, since it says less that was not asked for."""
    asked = _tokens(heard.plain)
    wants_share = heard.percent is not None and heard.multiple is None and not heard.says(MOVED)
    for indicator in catalog.values():
        named = places_in(heard.words, indicator.country)
        if named and PlaceLevel.STATE not in indicator.place_levels:
            continue
        short = f"{indicator.short.en} {indicator.short.es} {indicator.id}"
        title = _tokens(f"{indicator.title.en} {indicator.title.es} {short}")
        rest = _tokens(f"{indicator.definition.en} {indicator.definition.es}")
        hits = len(asked & title)
        score = _TITLE_WEIGHT * (hits + len(asked & _tokens(short))) + len(asked & (rest - title))
        wants_level = not _LEVELS.isdisjoint(asked)
        plain = UNITS[indicator.unit].additive and indicator.kind == "outcome" and not wants_level
        fits = UNITS[indicator.unit].id == "percent" if wants_share and not named else plain
        worth = _PLAIN_COUNT if hits and fits else 0
        yield score + worth - len(indicator.id) / 100 if hits else 0, indicator.id


def _likeliest(
    ranked: Sequence[tuple[float, str]], heard: Phrase, *, catalog: Mapping[str, Indicator], known: Known
) -> str:
    """The best; of indicators that fit about as well, the first whose newest value is of the size of the number."""
    best, first = ranked[0]
    number = next((one for one in heard.numbers if one != heard.percent), None)
    meant = read(number) if number else None
    if meant is None or meant.value <= 0:
        return first
    for one in [one for score, one in ranked if score >= best - _AS_GOOD]:
        kind = catalog[one].baseline.period.kind
        alike = [value for period, value in known(one).items() if period.kind is kind and value > 0]
        if alike and abs(math.log(alike[-1] / meant.value)) <= _FAR:
            return one
    return first


def _tokens(words: str) -> set[str]:
    plain: list[str] = re.findall(r"\w+", fold(words).replace("_", " "))
    found = {one for one in plain if len(one) > _COMMON and not one.isdigit()}
    return {_ROOTS.get(one, one) for one in found - _SMALL} - _NAMES


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


def _no_year(words: str) -> UsageError:
    return UsageError(
        Problem(
            what=Text(
                f"'{words}' names a start, and not its year.", f"«{words}» nombra un comienzo y no su año."
            ),
            why=Text(
                "From another year the same figures give another answer.",
                "Desde otro año las mismas cifras dan otra respuesta.",
            ),
            fix=Text(
                'Write the year: "homicides fell 30 percent since 2018".',
                "Escriba el año: «los homicidios bajaron 30 por ciento desde 2018».",
            ),
        )
    )


def _too_late(indicator: Indicator, asked: Asked) -> UsageError:
    newest = Period.parse(asked.latest)
    return UsageError(
        Problem(
            what=Text(
                f"The newest figure of '{indicator.short.en}' is for {newest.label('en')}; "
                "the words speak of a later time.",
                f"La cifra más reciente de «{indicator.short.es}» es de {newest.label('es')}; "
                "las palabras hablan de un tiempo posterior.",
            ),
            fix=Text(
                "Give another indicator with --indicator, or ingest the newer file.",
                "Dé otro indicador con --indicator, o ingiera el archivo más reciente.",
            ),
        )
    )
