"""Which indicator the words of a claim fit: rules over the catalog in both languages."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from acuerdo.claims.named_places import Named, states_in
from acuerdo.claims.phrase import MOVED, Phrase
from acuerdo.claims.refusals import not_by_place, nothing_found
from acuerdo.claims.rounding import read
from acuerdo.core.errors import UsageError
from acuerdo.core.period import Period
from acuerdo.core.place import PlaceLevel, fold, place
from acuerdo.core.unit import UNITS
from acuerdo.indicators.indicator import Indicator

_COMMON: Final = 3
_TITLE_WEIGHT: Final = 3
_BOTH: Final = 2
_STALE: Final = 5
_PLAIN_COUNT: Final = 2.5
_NOT_MEANT: Final = 10
_AS_GOOD: Final = 1.0
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
    "mean",
    "media",
}
"""Words that ask for something else than a plain count of an outcome."""
_SYNONYMS: Final[Mapping[str, str]] = {
    "homicide": "murder murders murdered homicides killings killed violence asesinato asesinatos asesinados asesinadas"
    " asesinaron homicidio homicidios violencia",
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
    "sourced": "come comes came coming vienen proviene provienen origin origen",
    "blocked": "froze frozen bloquearon bloqueo bloqueado bloqueados bloqueadas congelaron congelados congeladas",
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
    " under bajo gave gives give dieron entrego million millions billion billions millones dollars dolares pesos"
    " year years daily month months week today primer primera primeros primeras segundo semestre trimestre"
    " state entidad"
    " world mundo country pais city ciudad level levels nivel".split()
)

Known = Callable[[str], Mapping[Period, float]]
"""The values of an indicator in its country, oldest first."""


def ranked(heard: Phrase, catalog: Mapping[str, Indicator], *, named: Named) -> Iterator[tuple[float, str]]:
    """How well each indicator's words fit; a shorter id wins a tie, since it says less that was not asked for."""
    for indicator in catalog.values():
        score = _score(heard, indicator)
        # What the caller has named is taken as it is
        if (score > 0 or len(catalog) == 1) and _reaches(indicator, heard, named=named):
            yield score - len(indicator.id) / 100, indicator.id


def likeliest(
    fitting: Sequence[tuple[float, str]], heard: Phrase, *, catalog: Mapping[str, Indicator], known: Known
) -> str:
    """The best; of those that fit about as well, the first that is kept up, and whose size is that of the number."""
    best, first = fitting[0]
    alike = [one for score, one in fitting if score >= best - _AS_GOOD]
    if heard.year is None and heard.since is None:
        newest = {one: max((period.end.year for period in known(one)), default=0) for one in alike}
        alike = [one for one in alike if newest[one] > max(newest.values()) - _STALE]
        first = alike[0]
    number = next((one for one in heard.numbers if one != heard.percent), None)
    meant = read(number) if number else None
    if meant is None or meant.value <= 0 or heard.times.half:
        return first
    years = {heard.year, heard.since}
    return next(
        (one for one in alike if _is_of_size(known(one), catalog[one], size=meant.value, years=years)), first
    )


def _is_of_size(
    values: Mapping[Period, float], indicator: Indicator, *, size: float, years: set[int | None]
) -> bool:
    """Whether a value of those years is of the size of a number; the newest, if there is none of them."""
    kind = indicator.baseline.period.kind
    alike = {period: value for period, value in values.items() if period.kind is kind and value > 0}
    spoken = [value for period, value in alike.items() if period.end.year in years] or [*alike.values()][-1:]
    return any(abs(math.log(value / size)) <= _FAR for value in spoken)


def _score(heard: Phrase, indicator: Indicator) -> float:
    asked = _tokens(heard.plain)
    short = f"{indicator.short.en} {indicator.short.es} {indicator.id}"
    title = _tokens(f"{indicator.title.en} {indicator.title.es} {short}")
    rest = _tokens(f"{indicator.definition.en} {indicator.definition.es}")
    hits = len(asked & title)
    # A share is of one thing in another, and the words name both
    if hits < (_BOTH if indicator.unit == "percent" else 1):
        return 0
    wants_share = heard.percent is not None and heard.multiple is None and not heard.says(MOVED)
    wants_level = not _LEVELS.isdisjoint(asked)
    if indicator.unit != "percent" and not wants_level and not _LEVELS.isdisjoint(title):
        return 0
    plain = UNITS[indicator.unit].additive and indicator.kind != "context" and not wants_level
    is_share = wants_share and not states_in(heard.words, indicator.country)
    fits = indicator.unit == "percent" if is_share else plain
    score = _TITLE_WEIGHT * (hits + len(asked & _tokens(short))) + len(asked & (rest - title))
    # "Down 50 percent" is how far a count moved, before it is a share
    moves = indicator.unit == "percent" and heard.percent is not None and not (wants_share or wants_level)
    return score + (_PLAIN_COUNT if fits else 0) - (_NOT_MEANT if moves else 0)


def _reaches(indicator: Indicator, heard: Phrase, *, named: Named) -> bool:
    """Whether it is counted as far down as the places that the words name."""
    if named.municipalities:
        return indicator.country == "MX" and PlaceLevel.MUNICIPALITY in indicator.place_levels
    return PlaceLevel.STATE in indicator.place_levels or not states_in(heard.words, indicator.country)


def unfit(heard: Phrase, catalog: Mapping[str, Indicator], *, named: Named) -> UsageError:
    """Nothing fits; where that is for the place alone, it is said."""
    best = max(catalog.values(), key=lambda one: (_score(heard, one), -len(one.id)))
    if _score(heard, best) <= 0:
        return nothing_found(heard.words)
    named_states = states_in(heard.words, best.country)
    where = named.municipalities[0] if named.municipalities else place(named_states[0])
    return not_by_place(best, where.name)


def _tokens(words: str) -> set[str]:
    plain: list[str] = re.findall(r"\w+", fold(words).replace("_", " "))
    found = {one for one in plain if len(one) > _COMMON and not one.isdigit()}
    return {_ROOTS.get(one, one) for one in found - _SMALL} - _NAMES
