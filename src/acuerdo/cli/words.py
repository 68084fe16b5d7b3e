"""Words that several commands share, and how they are understood."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from acuerdo.cli.command import Word
from acuerdo.cli.output import Coded, Column
from acuerdo.core.errors import not_found
from acuerdo.core.place import PlaceLevel, divided, find, place, places
from acuerdo.core.status import Status
from acuerdo.core.text import Text, same

SeriesId = Annotated[
    str,
    Word(
        about=Text(
            "Id of an indicator, or of a publisher's own series: SOURCE.MEASURE.",
            "Id de un indicador, o de la serie propia de una fuente: FUENTE.MEDIDA.",
        ),
        label=same("ID"),
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
ModelId = Annotated[
    str, Word(about=Text("Id of a model.", "Id de un modelo."), label=Text("MODEL", "MODELO"))
]
ScenarioId = Annotated[
    str, Word(about=Text("Id of a scenario.", "Id de un escenario."), label=Text("SCENARIO", "ESCENARIO"))
]
Scenarios = Annotated[
    str, Word(about=Text("Ids of scenarios.", "Ids de escenarios."), label=Text("SCENARIO", "ESCENARIO"))
]
Against = Annotated[
    str,
    Word(
        about=Text("The scenario they are compared with.", "El escenario con que se comparan."),
        label=same("BASE"),
    ),
]
OnlyIn = Annotated[
    str | None,
    Word(
        about=Text(
            "Only in this model; if not given, in every model where a scenario moves something.",
            "Solo en este modelo; si se omite, en cada modelo donde un escenario mueve algo.",
        ),
        label=Text("MODEL", "MODELO"),
    ),
]
Draws = Annotated[
    int | None,
    Word(
        about=Text(
            "Parameter values under each structure; if not given, as many as simulate --plan says.",
            "Valores de los parámetros bajo cada estructura; si se omite, los que dice simulate --plan.",
        ),
        label=same("N"),
    ),
]
Cluster = Annotated[
    str | None,
    Word(
        about=Text(
            "Compute on a cluster: tcp://… of Dask, ray://… of Ray, or a number of processes of this machine.",
            "Calcula en un clúster: tcp://… de Dask, ray://… de Ray, o un número de procesos de esta máquina.",
        ),
        label=same("URL"),
    ),
]

PLACE = Column("place", Text("Place", "Lugar"))
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
    # Mexico is the country, not its state; Georgia is the state, for that country has no states here.
    found = [one.code for within in ("", *divided()) if (one := find(given, within=within))]
    if found:
        return found[0] if found[0] in divided() else found[-1]
    if "-" in given:
        return place(given).code
    names = {one.name.es for one in places().values() if one.parent in divided()}
    raise not_found(_PLACE, given, known={*names, *divided()})
