"""Proposes a check from the words of a claim, by rules over the catalog in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any, Final, final

import yaml

from acuerdo.claims.check import Kind
from acuerdo.claims.checking import Checked, check_claims
from acuerdo.claims.claim import ClaimText
from acuerdo.claims.faults import faults_of
from acuerdo.claims.fitting import Known, likeliest, ranked, unfit
from acuerdo.claims.named_places import Named, places_in, states_in
from acuerdo.claims.phrase import Phrase, phrase
from acuerdo.claims.refusals import (
    each_year,
    no_year,
    nothing_found,
    other_country,
    other_pace,
    other_time,
    other_unit,
    several_places,
    too_late,
    too_long,
    unknown_place,
)
from acuerdo.claims.rounding import read
from acuerdo.claims.rules import WHOLE_YEARS, Asked, assumed, check_of
from acuerdo.core.period import Period
from acuerdo.core.place import fold, place
from acuerdo.core.text import Lang, Text
from acuerdo.core.unit import UNITS
from acuerdo.data.store import Store
from acuerdo.indicators.build import build
from acuerdo.indicators.indicator import Indicator
from acuerdo.indicators.load import indicator
from acuerdo.spec.load import load_text

_ID: Final = "proposal"
_KEY: Final = "claim"
# What its author still has to write
_TITLE: Final = Text("[title of the text]", "[título del texto]")
_PUBLISHER: Final = Text("[publisher of the text]", "[quién publicó el texto]")
_TRANSLATION: Final = Text("[translation of the quote]", "[traducción de la cita]")
_SOME_START: Final = r"since\b|desde que\b"
_MOST_OTHERS: Final = 3
# Rates that divide by another projection: INEGI printed 25.8 for 2024, and CONAPO's base of today gives 25.4
_OTHER_POPULATION: Final = 0.03
_LONGEST: Final = 500
# What a service seized or analysed is no rival count of the harm, nor of what another service seized
_NO_HARM: Final = {"pounds", "reports"}
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_QUOTED: Final = re.compile(r"“[^“”]*”|«[^«»]*»|\"[^\"]*\"|‘[^‘’]*’|'[^']*'")
# How the words count, and the units that may be meant; a bare sign of money may be either country's
_UNITS_SPOKEN: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (r"\b(?:kilos?|kilogra\w+|kgs?)\b", ("kilograms",)),
    (r"\b(?:pounds?|lbs?|libras?)\b", ("pounds",)),
    (r"\b(?:metric )?(?:tons?|tonnes?|toneladas?)\b", ()),
    (r"\b(?:pesos?|mxn|mdp)\b", ("mxn",)),
    (r"\b(?:dollars?|dolares|usd|mdd)\b|us\$", ("usd",)),
    (r"\$", ("usd", "mxn")),
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
        words: The claim, as it was pasted.
        catalog: The indicators to choose from.
        lang: The language of the words.
        said: The day on which it was said.
        known: Gives the periods of an indicator; the newest is taken where the words name no end.

    Raises:
        UsageError: If no indicator or no check fits the words.
    """
    words = _tidied(words)
    if len(words) > _LONGEST:
        raise too_long(len(words), most=_LONGEST)
    heard, named = phrase(words, said=said), _sure_of(places_in(words))
    fitting = sorted(ranked(heard, catalog, named=named), reverse=True)
    if not fitting:
        raise unfit(heard, catalog, named=named)
    chosen = catalog[likeliest(fitting, heard, catalog=catalog, known=known)]
    asked = _asked(heard, chosen, named=named, known=tuple(known(chosen.id)))
    suggested = check_of(asked)
    if suggested is None:
        raise too_late(chosen, asked.latest) if heard.since and not asked.spans else nothing_found(words)
    kind, body = suggested
    if heard.undated_start and ("since" in body or heard.says(_SOME_START)):
        raise no_year(words)
    if kind == "value" and _is_near(body, chosen, values=known(chosen.id)):
        body = {**body, "is_nearest": True}
    document = _document(words, {kind: {"measure": chosen.id, **body}}, lang=lang, said=said)
    shown = yaml.dump(document, Dumper=yaml.SafeDumper, allow_unicode=True, sort_keys=False, width=110)
    text = load_text(shown, ClaimText, name=_ID, check=faults_of)
    return Proposal(
        kind=kind,
        indicator=chosen.id,
        others=tuple([one for _, one in fitting if one != chosen.id][:_MOST_OTHERS]),
        assumed=tuple(assumed(asked, body)),
        text=text,
        yaml=shown,
    )


def _is_near(body: Mapping[str, Any], chosen: Indicator, *, values: Mapping[Period, float]) -> bool:
    """Whether a rate is so near that another projection of the population may explain it."""
    written, found = read(body["written"]), values.get(Period.parse(body["at"]))
    if not chosen.unit.startswith("per_") or written is None or found is None or not written.value:
        return False
    return abs(found / written.value - 1) <= _OTHER_POPULATION


def _tidied(words: str) -> str:
    """Pasted words without a page's marks, odd spaces, and quotation marks around the whole."""
    plain = " ".join(_TAG.sub(" ", unescape(words)).split())
    return plain[1:-1].strip() if _QUOTED.fullmatch(plain) else plain


def _sure_of(named: Named) -> Named:
    """The places, if each is one that is known.

    Raises:
        UsageError: If a name is none, or that of several municipalities.
    """
    if named.unknown:
        raise unknown_place(named.unknown, named.nearest)
    if len(named.municipalities) > 1:
        raise several_places(named.municipalities[0].name.es, named.municipalities)
    return named


def _asked(heard: Phrase, chosen: Indicator, *, named: Named, known: tuple[Period, ...]) -> Asked:
    """The words beside the indicator, once what they speak of is what it counts.

    Raises:
        UsageError: If they speak of another country, a shorter time or another unit.
    """
    if named.countries and chosen.country not in named.countries and not _names_one(chosen, named.countries):
        raise other_country(chosen)
    _same_time(heard, chosen, known=known)
    unit = _unit_spoken(heard, chosen)
    return Asked(
        phrase=heard,
        unit=UNITS[chosen.unit],
        baseline=chosen.baseline.period,
        known=known,
        places=tuple(one.code for one in named.municipalities) or states_in(heard.words, chosen.country),
        rivals_decide=_NO_HARM.isdisjoint(indicator(one).unit for one in chosen.rivals),
        counted_in="" if unit == chosen.unit else unit,
    )


def _same_time(heard: Phrase, chosen: Indicator, *, known: tuple[Period, ...]) -> None:
    """Nothing, if the words speak of times by which the indicator is counted.

    Raises:
        UsageError: If they do not.
    """
    times = heard.times
    has_half = f"{heard.year}-H{times.half}" in {one.code for one in known}
    if times.part and not has_half and chosen.baseline.period.kind in WHOLE_YEARS:
        raise other_time(chosen, times.part)
    if times.pace in {"day", "other"} and not chosen.unit.endswith("_per_day"):
        raise other_pace(chosen)
    if times.pace == "year" and heard.since and heard.numbers and heard.up is None:
        raise each_year(heard.words)


def _names_one(chosen: Indicator, countries: frozenset[str]) -> bool:
    """Whether the indicator's own title names a country of the words, as arms from one found in the other do."""
    title = fold(f"{chosen.title.en} {chosen.title.es}")
    return any(fold(place(code).name.en) in title for code in countries)


def _unit_spoken(heard: Phrase, chosen: Indicator) -> str:
    """The unit that the words count in; empty for none.

    Raises:
        UsageError: If the indicator cannot be counted so.
    """
    own = UNITS[chosen.unit].dimension
    for pattern, units in _UNITS_SPOKEN:
        found = re.search(pattern, heard.plain)
        if found:
            fitting = [one for one in units if UNITS[one].dimension == own]
            if not fitting:
                raise other_unit(chosen, found.group())
            return fitting[0]
    return ""


def _document(words: str, check: dict[str, Any], *, lang: Lang, said: date) -> dict[str, Any]:
    return {
        "id": _ID,
        "title": _TITLE.in_(lang),
        "about": {"en": "[what the text is]", "es": "[qué es el texto]"},
        "publisher": _PUBLISHER.in_(lang),
        "date": said,
        "language": lang,
        "claims": {
            _KEY: {
                "quote": words,
                "translation": _TRANSLATION.in_(lang),
                "speaker": {"en": "[who said it]", "es": "[quién lo dijo]"},
                "paragraph": 1,
                "check": check,
            }
        },
    }
