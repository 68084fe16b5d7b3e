"""Words that several commands share, and how they are understood."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from acuerdo.cli.command import Word
from acuerdo.cli.output import Coded, Column
from acuerdo.core.errors import not_found
from acuerdo.core.place import PlaceLevel, find, place, places
from acuerdo.core.status import Status
from acuerdo.core.text import Text

SeriesId = Annotated[
    str,
    Word(
        about=Text(
            "Id of an indicator, or of a publisher's own series: SOURCE.MEASURE.",
            "Id de un indicador, o de la serie propia de una fuente: FUENTE.MEDIDA.",
        ),
        label=Text("ID", "ID"),
    ),
]
AsOf = Annotated[
    date | None,
    Word(
        about=Text(
            "Only what was public on this day; all that is stored, if not given.",
            "Solo lo que era público ese día; todo lo almacenado, si se omite.",
        ),
        label=Text("DATE", "FECHA"),
    ),
]
Places = Annotated[
    tuple[str, ...],
    Word(
        about=Text("Codes or names: MX, MX-08, Chihuahua.", "Claves o nombres: MX, MX-08, Chihuahua."),
        label=Text("PLACE", "LUGAR"),
        many=True,
    ),
]
Levels = Annotated[
    tuple[PlaceLevel, ...],
    Word(
        about=Text(
            "Levels of place; country and state as far as there are, if not given.",
            "Niveles de lugar; país y estado hasta donde los haya, si se omite.",
        ),
        label=Text("LEVEL", "NIVEL"),
        many=True,
    ),
]

PLACE = Column("place", Text("Place", "Lugar"))
_COUNTRIES = ("MX", "US")
_PLACE = Text("a place", "un lugar")


def coded_status(status: Status) -> Coded:
    """What a value is worth, as a cell: ``normal``, ``provisional``, ... for machines."""
    return Coded(status.name.lower(), status.label)


def place_codes(given: Iterable[str]) -> frozenset[str]:
    """The codes of places given by code or by name.

    Raises:
        NotFound: If a place is known neither by code nor by name; names the nearest of both.
    """
    return frozenset(_code(one) for one in given)


def _code(given: str) -> str:
    if given in places():
        return given
    for country in _COUNTRIES:
        found = find(given, within=country)
        if found is not None:
            return found.code
    if "-" in given:
        return place(given).code
    names = {one.name.es for one in places().values() if one.parent in _COUNTRIES}
    raise not_found(_PLACE, given, known={*names, *_COUNTRIES})
