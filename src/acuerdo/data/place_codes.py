"""Finding the place of every code or name in a column, when the publisher does not write ours."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache

from babel.core import get_global

from acuerdo.core.errors import Problem, nearest
from acuerdo.core.place import PlaceLevel, children, find, places
from acuerdo.core.text import Text
from acuerdo.data.source import Raw
from acuerdo.data.sql import identifier
from acuerdo.data.table import Staged

LookUp = Callable[[str], str | None]

# Names of countries that U.S. agencies and GI-TOC write otherwise than CLDR
_OTHER_NAMES = {
    "Burma": "MM",
    "Cabo Verde": "CV",
    "Congo, Dem, Rep,": "CD",
    "Congo, Dem. Rep.": "CD",
    "Congo, Democratic Republic of the": "CD",
    "Congo, Rep,": "CG",
    "Congo, Rep.": "CG",
    "Congo, Republic of the": "CG",
    "Czech Republic": "CZ",
    "Hong Kong": "HK",
    "Korea, DPR": "KP",
    "Korea, North": "KP",
    "Korea, Rep,": "KR",
    "Korea, Rep.": "KR",
    "Korea, South": "KR",
    "Macedonia, The Former Yugoslav Republic of": "MK",
    "Micronesia (Federated States of)": "FM",
    "Myanmar": "MM",
    "North Macedonia, The Republic of": "MK",
    "Palestinian": "PS",
    "Saint Kitts and Nevis": "KN",
    "St, Vincent and the Grenadines": "VC",
    "St. Vincent and the Grenadines": "VC",
    "The Gambia": "GM",
    "Turkey": "TR",
}
# Codes that are no part of ISO 3166
_OTHER_CODES = {"CS-KM": "XK", "XKX": "XK"}


def match_places(
    raw: Raw, staged: Staged, *, column: str, look_up: LookUp, ignore: Collection[str] = ()
) -> list[Problem]:
    """Makes the table ``matched (name, place)`` of every distinct cell of a column that is a place.

    Args:
        raw: The file.
        staged: Its table.
        column: Where the codes or names are.
        look_up: The place of one of them, or None.
        ignore: Cells that are no places and are set aside by the source.

    Returns:
        One problem per cell that is neither, with its first row.
    """
    name = identifier(column)
    rows = raw.connection.execute(
        f"SELECT {name}, min(rowid) FROM {staged.table} WHERE NOT is_blank({name}) GROUP BY 1 ORDER BY 2"
    ).fetchall()
    found = [(cell, look_up(cell), row) for cell, row in rows if cell not in ignore]
    known = [(cell, code) for cell, code, _ in found if code is not None]
    raw.connection.execute(
        "CREATE OR REPLACE TABLE matched AS SELECT unnest(CAST(? AS VARCHAR[])) AS name, "
        "unnest(CAST(? AS VARCHAR[])) AS place",
        [[cell for cell, _ in known], [code for _, code in known]],
    )
    return [
        _unknown(cell, f"{raw.name}, row {row + staged.first_row}, column {column}")
        for cell, code, row in found
        if code is None
    ]


def state_of_mexico(name: str) -> str | None:
    """The Mexican state of a name, however it is written.

    >>> state_of_mexico("Veracruz de Ignacio de la Llave")
    'MX-30'
    """
    found = find(name, within="MX")
    return found.code if found else None


def state_by_postal_code(code: str) -> str | None:
    """The U.S. state or territory of a postal code; CDC's ``YC`` is New York City."""
    if code == "YC":
        return "US-NYC"
    return "US" if code == "US" else _by_alias().get(f"US-{code}")


def state_by_name(name: str) -> str | None:
    """The U.S. state or territory of a name, or the country."""
    found = find(name, within="US") or find(name, within="")
    return found.code if found else None


def country_by_alpha_3(code: str) -> str | None:
    """The country of an ISO 3166 alpha-3 code; None for regions and for states that are no more.

    >>> country_by_alpha_3("MEX")
    'MX'
    """
    codes = get_global("territory_aliases").get(code, ())
    found = codes[0] if len(codes) == 1 else _OTHER_CODES.get(code)
    return found if found in places() else None


def country_by_name(name: str) -> str | None:
    """The country of a name, English or Spanish, also in the order ``Korea, North``."""
    turned = " ".join(reversed([part.strip() for part in name.split(",")]))
    for form in (name, turned, name.replace("&", "and"), name.replace(" and ", " & ")):
        found = find(form, within="")
        if found is not None:
            return found.code
    return _OTHER_NAMES.get(name)


@cache
def _by_alias() -> dict[str, str]:
    return {one.alias: one.code for one in places().values() if one.alias}


@cache
def _state_names() -> tuple[str, ...]:
    return tuple(one.name.es for parent in ("MX", "US") for one in children(parent, PlaceLevel.STATE))


def _unknown(cell: str, where: str) -> Problem:
    return Problem(
        what=Text(
            f"'{cell}' is not a place that is known here.", f"«{cell}» no es un lugar que se conozca aquí."
        ),
        where=where,
        nearest=nearest(cell, _state_names()),
        fix=Text(
            "If it is another name of a known place, teach data/place_codes.py; if it is garbled, get the "
            "file again.",
            "Si es otro nombre de un lugar conocido, enséñelo a data/place_codes.py; si está dañado, "
            "obtenga el archivo de nuevo.",
        ),
    )
