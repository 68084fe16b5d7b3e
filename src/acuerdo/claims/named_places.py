"""The places that the words of a claim name, and a name in them that is no place known here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Final, final

from babel import Locale

from acuerdo.core.place import Place, PlaceLevel, children, divided, find, fold
from acuerdo.core.text import LANGS
from acuerdo.indicators.load import catalog

_CAPITAL: Final = r"[A-ZÁÉÍÓÚÑÜ][\w.]*"
_NAME: Final = rf"{_CAPITAL}(?:[\s-]+(?:(?:de|del|la|las|los|el|y|of|the)\s+)*{_CAPITAL})*"
_WITHIN: Final = re.compile(
    rf"\b(?i:in|en|across|throughout|within)\s+(?i:(?:the|el|la|all of)\s+)?({_NAME})"
)
_OF: Final = re.compile(rf"\b(?i:of|de|del)\s+({_NAME})|\b({_NAME})(?=['’]s?\b)")
# A sentence may begin with the place that it is about
_FIRST: Final = re.compile(rf"^\W*({_NAME})")
_STATE_OF_MEXICO: Final = re.compile(r"estado de mexico|state of mexico|edomex")
_CAPITAL_CITY: Final = re.compile(r"\b(?:cdmx|distrito federal)\b")
# Names that hold the name of a state of the other side
_LONGER: Final = re.compile(r"baja california")
_COUNTRIES: Final[Mapping[str, frozenset[str]]] = {
    "MX": frozenset({"mexico", "republica mexicana"}),
    "US": frozenset(
        {"united states", "estados unidos", "us", "u s", "usa", "u s a", "ee uu", "eeuu", "eu", "america"}
    ),
}
_CITY: Final = re.compile(r"^(?:ciudad|cd|city of|municipio de) ")
# Names by which a city is called that its municipality shares with others
_CITIES: Final = {"ciudad juarez": "MX-08037", "cd juarez": "MX-08037"}
_ALIKE: Final = 0.8


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The places in some words.

    Attributes:
        countries: Codes of the countries, of those with figures, in which the words place something.
        municipalities: Municipalities of Mexico; several where the words fit more than one of that name.
        unknown: A name that stands where a place would, and is none known here; empty for none.
        nearest: Places whose names it is near to.
    """

    countries: frozenset[str]
    municipalities: tuple[Place, ...]
    unknown: str
    nearest: tuple[str, ...]


def states_in(words: str, country: str) -> tuple[str, ...]:
    """The codes of the states of a country that the words name, in their order."""
    plain = f" {fold(words)} "
    if country != "MX":
        plain = _LONGER.sub(" ", plain)
    found: dict[int, str] = {}
    for state in children(country, PlaceLevel.STATE):
        for name in {fold(state.name.en), fold(state.name.es)} - {"mexico"}:
            at = plain.find(f" {name} ")
            if at >= 0:
                found[at] = state.code
    if country == "MX":
        more = {"MX-15": _STATE_OF_MEXICO.search(plain), "MX-09": _CAPITAL_CITY.search(plain)}
        found |= {named.start(): code for code, named in more.items() if named}
    return tuple(code for _, code in sorted(found.items()))


def places_in(words: str) -> Named:
    """Every place that the words name after "in" or "of", as an owner, or first."""
    within = [name.strip() for name in _WITHIN.findall(words)]
    owners = [(one or two).strip() for one, two in _OF.findall(words)] + _FIRST.findall(words)
    names = [one for one in within if not (_country(one) or _is_state(one) or _is_time(one))]
    others = [one for one in owners if not _is_state(one)]
    cities = [found for one in (*names, *others) if (found := _municipalities(one, words))]
    unknown = next((one for one in names if not _municipalities(one, words)), "")
    return Named(
        countries=frozenset(filter(None, (_country(one) or _country_of_state(one) for one in within))),
        municipalities=cities[0] if cities else (),
        unknown=unknown,
        nearest=() if fold(unknown) in _abroad() else _near(unknown),
    )


def _country(name: str) -> str | None:
    code = next((code for code, names in _COUNTRIES.items() if fold(name) in names), None)
    found = find(name, within="")
    return code or (found.code if found is not None and found.code in _measured() else None)


@cache
def _measured() -> frozenset[str]:
    """The countries that an indicator gives figures of."""
    return frozenset(one.country for one in catalog().values())


def _country_of_state(name: str) -> str | None:
    return next((country for country in divided() if states_in(name, country)), None)


def _is_state(name: str) -> bool:
    return _country_of_state(name) is not None


def _is_time(name: str) -> bool:
    """Whether it is the name of a month, or begins a fiscal year or a quarter."""
    return bool(set(fold(name).split()) & _months()) or re.match(r"(?i)fiscal|[fyqha]+f?\d", name) is not None


def _municipalities(name: str, words: str) -> tuple[Place, ...]:
    """Those of a name; only those of a state that is named too, if there are any."""
    known, plain = _by_name(), fold(name)
    if plain in _CITIES:
        return tuple(one for one in known["juarez"] if one.code == _CITIES[plain])
    found = known.get(plain) or known.get(_CITY.sub("", plain)) or ()
    inside = tuple(one for one in found if one.parent in states_in(words, "MX"))
    return inside or found


@cache
def _by_name() -> Mapping[str, tuple[Place, ...]]:
    """Municipalities by name; by what stands before "de" where no other has it: Acapulco de Juárez is Acapulco."""
    whole: dict[str, tuple[Place, ...]] = {}
    short: dict[str, tuple[Place, ...]] = {}
    for one in _all_municipalities():
        name = fold(one.name.es)
        whole[name] = (*whole.get(name, ()), one)
        first = name.partition(" de ")[0]
        short[first] = (*short.get(first, ()), one)
    return short | whole


def _all_municipalities() -> Iterator[Place]:
    for state in children("MX", PlaceLevel.STATE):
        yield from children(state.code, PlaceLevel.MUNICIPALITY)


def _near(name: str) -> tuple[str, ...]:
    states = (one for country in divided() for one in children(country, PlaceLevel.STATE))
    known = {fold(one.name.es): one.name.es for one in (*_all_municipalities(), *states)}
    return tuple(known[one] for one in get_close_matches(fold(name), known, cutoff=_ALIKE))


@cache
def _abroad() -> frozenset[str]:
    """Countries and parts of the world, in both languages."""
    return frozenset(fold(name) for lang in LANGS for name in Locale(lang).territories.values())


@cache
def _months() -> frozenset[str]:
    widths = (width for lang in LANGS for width in Locale(lang).months["format"].values())
    return frozenset(fold(name) for width in widths for name in width.values() if len(name) > 1)
