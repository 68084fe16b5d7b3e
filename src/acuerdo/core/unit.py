"""Units of measurement, and the few conversions between them that are allowed.

What is counted is part of the unit: deaths, victims and investigations are three dimensions, so they are
never added. Pounds become kilograms; a fiscal year's dollars never become pesos, for there is no one rate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import final

from acuerdo.core.errors import Problem, UnitMismatch, not_found
from acuerdo.core.text import Text

# Exact by the international yard and pound agreement of 1959.
_KILOGRAMS_PER_POUND = 0.45359237


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One unit.

    Attributes:
        id: Its name in files.
        dimension: What it measures; only units of one dimension convert into each other.
        label: The unit in words, plural.
        symbol: The short form printed beside a number; may equal the label.
        factor: How many of the dimension's base unit one of this is.
        additive: Whether values may be summed over places and periods.
        decimals: Digits after the point that a reader needs.
    """

    id: str
    dimension: str
    label: Text
    symbol: Text
    factor: float = 1.0
    additive: bool = True
    decimals: int = 0


def unit(unit_id: str) -> Unit:
    """The unit of an id.

    Raises:
        NotFound: If there is none; names the nearest.
    """
    if unit_id not in UNITS:
        raise not_found(Text("a unit", "una unidad"), unit_id, UNITS)
    return UNITS[unit_id]


def convert(value: float, source: Unit, target: Unit) -> float:
    """A value of one unit in another of the same dimension.

    Raises:
        UnitMismatch: If the two measure different things.

    >>> round(convert(1.0, unit("pounds"), unit("kilograms")), 8)
    0.45359237
    """
    if source.dimension != target.dimension:
        raise mismatch(source, target)
    return value if source is target else value * source.factor / target.factor


def require_same(units: Mapping[str, Unit]) -> Unit:
    """The one unit that all named operands share.

    Raises:
        UnitMismatch: If they differ.
    """
    (_, first), *rest = units.items()
    for _, other in rest:
        if other != first:
            raise mismatch(first, other)
    return first


def mismatch(one: Unit, other: Unit) -> UnitMismatch:
    """The error for two units that cannot be combined."""
    return UnitMismatch(
        Problem(
            what=Text(
                f"{one.label.en} and {other.label.en} measure different things and cannot be combined.",
                f"{one.label.es} y {other.label.es} miden cosas distintas y no pueden combinarse.",
            ),
            why=Text(
                f"One counts {one.dimension.replace('_', ' ')}, the other {other.dimension.replace('_', ' ')}.",
                f"Sus dimensiones son «{one.dimension}» y «{other.dimension}».",
            ),
            fix=Text("Show them side by side instead.", "Muéstrelas una al lado de la otra."),
        )
    )


def _count(unit_id: str, en: str, es: str) -> Unit:
    label = Text(en, es)
    return Unit(id=unit_id, dimension=unit_id, label=label, symbol=label)


def _money(unit_id: str, dimension: str, names: tuple[str, str], symbols: tuple[str, str]) -> Unit:
    millions = unit_id.endswith("_million")
    return Unit(
        id=unit_id,
        dimension=dimension,
        label=Text(*names),
        symbol=Text(*symbols),
        factor=1e6 if millions else 1.0,
        decimals=1 if millions else 0,
    )


def _level(unit_id: str, en: str, es: str, decimals: int, symbol: Text | None = None) -> Unit:
    label = Text(en, es)
    return Unit(
        id=unit_id, dimension=unit_id, label=label, symbol=symbol or label, additive=False, decimals=decimals
    )


_ALL = (
    _count("deaths", "deaths", "defunciones"),
    _count("victims", "victims", "víctimas"),
    _count("investigations", "investigations opened", "carpetas de investigación"),
    _count("persons", "persons", "personas"),
    _count("inhabitants", "inhabitants", "habitantes"),
    _count("encounters", "encounters", "encuentros"),
    _count("apprehensions", "apprehensions", "aprehensiones"),
    _count("events", "events", "eventos"),
    _count("reports", "laboratory reports", "reportes de laboratorio"),
    _count("exhibits", "exhibits", "muestras"),
    _count("entries", "list entries", "entradas de la lista"),
    _count("firearms", "firearms", "armas de fuego"),
    _count("weapons", "weapons", "armas"),
    _count("accounts", "accounts", "cuentas"),
    _count("crimes", "crimes", "delitos"),
    _count("projects", "projects", "proyectos"),
    _count("places", "places", "lugares"),
    _count("commitments", "commitments", "compromisos"),
    _count("meetings", "meetings", "reuniones"),
    _count("laboratories", "laboratories", "laboratorios"),
    _count("objectives", "objectives", "objetivos"),
    _count("actions", "actions", "acciones"),
    _count("areas", "areas", "áreas"),
    _count("goals", "goals", "metas"),
    _count("recommendations", "recommendations", "recomendaciones"),
    _count("helicopters", "helicopters", "helicópteros"),
    _count("cases", "court cases", "casos judiciales"),
    _count("coalitions", "community coalitions", "coaliciones comunitarias"),
    _count("awards", "awards", "subvenciones"),
    _count("days", "days", "días"),
    Unit(id="kilograms", dimension="mass", label=Text("kilograms", "kilogramos"), symbol=Text("kg", "kg")),
    Unit(
        id="pounds",
        dimension="mass",
        label=Text("pounds", "libras"),
        symbol=Text("lb", "lb"),
        factor=_KILOGRAMS_PER_POUND,
    ),
    _money("usd", "us_dollars", ("U.S. dollars", "dólares"), ("US$", "US$")),
    _money("usd_million", "us_dollars", ("million U.S. dollars", "millones de dólares"), ("US$ m", "mdd")),
    _money(
        "usd_constant",
        "constant_us_dollars",
        ("constant U.S. dollars", "dólares constantes"),
        ("constant US$", "US$ constantes"),
    ),
    _money(
        "usd_constant_million",
        "constant_us_dollars",
        ("million constant U.S. dollars", "millones de dólares constantes"),
        ("constant US$ m", "mdd constantes"),
    ),
    _money("mxn", "pesos", ("Mexican pesos", "pesos mexicanos"), ("MXN", "MXN")),
    _money("mxn_million", "pesos", ("million Mexican pesos", "millones de pesos"), ("MXN m", "mdp")),
    _level("percent", "per cent", "por ciento", 1, Text("%", "%")),
    _level("per_100_000_inhabitants", "per 100,000 inhabitants", "por cada 100,000 habitantes", 1),
    _level("ratio", "ratio", "razón", 2),
    _level("index_base_100", "index, base period = 100", "índice, periodo base = 100", 1),
    _level("index", "index", "índice", 3),
    _level("victims_per_day", "victims a day", "víctimas diarias", 1),
    _level("score", "score", "puntuación", 2),
    _level("rank", "rank", "lugar", 0),
    _level("tier", "tier", "nivel", 0),
    _level("effective_places", "effective number of places", "número efectivo de lugares", 1),
    _level("pounds_per_event", "pounds per event", "libras por evento", 2),
    _level(
        "victims_per_investigation", "victims per investigation", "víctimas por carpeta de investigación", 2
    ),
)
UNITS: Mapping[str, Unit] = MappingProxyType({one.id: one for one in _ALL})
