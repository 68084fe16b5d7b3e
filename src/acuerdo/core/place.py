"""Places by the codes of those who count in them.

``MX`` and ``US`` (ISO 3166), ``MX-08`` (state, INEGI), ``MX-08037`` (municipality, INEGI), ``US-06`` (state,
FIPS), ``US-06037`` (county, FIPS), ``US-NYC`` (New York City, which CDC counts apart from its state).
``MX-99`` and ``MX-08999`` are INEGI's own "not specified". ISO aliases such as ``MX-CHH`` and ``US-CA`` are read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final, final

from acuerdo.core.errors import not_found
from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text, same

_KIND = Text("a place", "un lugar")
_TABLES: Final = Folder(
    "core/places", suffixes=(".tsv",), kind=Text("a table of places", "una tabla de lugares")
)


class PlaceLevel(StrEnum):
    """How far down a place lies."""

    COUNTRY = "country"
    STATE = "state"
    MUNICIPALITY = "municipality"
    COUNTY = "county"
    JURISDICTION = "jurisdiction"


@final
@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """One place.

    Attributes:
        code: Its code here, see the module.
        level: Country, state, municipality, county or reporting jurisdiction.
        parent: Code of the place that contains it; empty for a country.
        name: Its name in both languages; most differ only for countries and a few states.
        alias: ISO 3166-2 code, or empty.
    """

    code: str
    level: PlaceLevel
    parent: str
    name: Text
    alias: str = ""


def place(code: str) -> Place:
    """The place of a code or an ISO alias.

    Raises:
        NotFound: If there is none; names the nearest.
    """
    known = places()
    found = known.get(code) or known.get(_aliases().get(code, ""))
    if found is None:
        raise not_found(_KIND, code, known=known)
    return found


def children(code: str, level: PlaceLevel | None = None) -> tuple[Place, ...]:
    """The places directly inside another, in order of code; those of one level if it is given."""
    return tuple(
        one for one in places().values() if one.parent == code and (level is None or one.level is level)
    )


def find(name: str, *, within: str) -> Place | None:
    """The place of that name directly inside ``within``; accents, case and punctuation do not matter.

    >>> find("MICHOACAN DE OCAMPO", within="MX").code
    'MX-16'
    """
    return _by_name().get((within, fold(name)))


def fold(name: str) -> str:
    """A name without accents, case, punctuation and double spaces, for comparison only.

    >>> fold("Querétaro  de Arteaga.")
    'queretaro de arteaga'
    """
    plain = unicodedata.normalize("NFD", name.casefold())
    letters = (char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join("".join(letters).split())


@cache
def places() -> Mapping[str, Place]:
    """Every known place by code, countries first."""
    found: dict[str, Place] = {}
    for code, level, parent, alias, english, spanish, _ in _rows():
        found[code] = Place(
            code=code,
            level=PlaceLevel(level),
            parent=parent,
            name=Text(english, spanish or english),
            alias=alias,
        )
    return MappingProxyType(found)


def side_name(side: str) -> Text:
    """What to call a side that is known by its id alone: by its country, else as it is.

    >>> side_name("mx").es
    'México'
    """
    found = places().get(side.upper())
    return found.name if found is not None else same(side)


def divided() -> tuple[str, ...]:
    """The codes of the countries whose states are known, in order."""
    return tuple(sorted({one.parent for one in places().values() if one.level is PlaceLevel.STATE}))


@cache
def _aliases() -> Mapping[str, str]:
    return {one.alias: one.code for one in places().values() if one.alias}


@cache
def _by_name() -> Mapping[tuple[str, str], Place]:
    """Places by parent and folded name; the last column of the tables holds former and official long names."""
    found: dict[tuple[str, str], Place] = {}
    for code, _, parent, _, english, spanish, others in _rows():
        for name in (english, spanish, *others.split("|")):
            if name:
                found.setdefault((parent, fold(name)), places()[code])
    return found


def _rows() -> Iterator[list[str]]:
    """The rows of every table: code, level, parent, alias, name in English, in Spanish if it differs, other names."""
    for file in _TABLES.files().values():
        yield from (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()[1:])
