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
from acuerdo.core.text import Text, same

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
        raise not_found(Text("a unit", "una unidad"), unit_id, known=UNITS)
    return UNITS[unit_id]


def convert(value: float, source: Unit, *, target: Unit) -> float:
    """A value of one unit in another of the same dimension.

    Raises:
        UnitMismatch: If the two measure different things.

    >>> round(convert(1.0, unit("pounds"), target=unit("kilograms")), 8)
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


def _count(unit_id: str, label: Text) -> Unit:
    return Unit(id=unit_id, dimension=unit_id, label=label, symbol=label)


def _money(unit_id: str, dimension: str, *, label: Text, symbol: Text) -> Unit:
    millions = unit_id.endswith("_million")
    return Unit(
        id=unit_id,
        dimension=dimension,
        label=label,
        symbol=symbol,
        factor=1e6 if millions else 1.0,
        decimals=1 if millions else 0,
    )


def _level(unit_id: str, label: Text, *, decimals: int, symbol: Text | None = None) -> Unit:
    return Unit(
        id=unit_id, dimension=unit_id, label=label, symbol=symbol or label, additive=False, decimals=decimals
    )


_ALL = (
    _count("deaths", Text("deaths", "defunciones")),
    _count("victims", Text("victims", "víctimas")),
    _count("investigations", Text("investigations opened", "carpetas de investigación")),
    _count("persons", Text("persons", "personas")),
    _count("inhabitants", Text("inhabitants", "habitantes")),
    _count("encounters", Text("encounters", "encuentros")),
    _count("apprehensions", Text("apprehensions", "aprehensiones")),
    _count("events", Text("events", "eventos")),
    _count("reports", Text("laboratory reports", "reportes de laboratorio")),
    _count("exhibits", Text("exhibits", "muestras")),
    _count("entries", Text("list entries", "entradas de la lista")),
    _count("firearms", Text("firearms", "armas de fuego")),
    _count("weapons", Text("weapons", "armas")),
    _count("accounts", Text("accounts", "cuentas")),
    _count("crimes", Text("crimes", "delitos")),
    _count("projects", Text("projects", "proyectos")),
    _count("places", Text("places", "lugares")),
    _count("commitments", Text("commitments", "compromisos")),
    _count("meetings", Text("meetings", "reuniones")),
    _count("laboratories", Text("laboratories", "laboratorios")),
    _count("objectives", Text("objectives", "objetivos")),
    _count("actions", Text("actions", "acciones")),
    _count("areas", Text("areas", "áreas")),
    _count("goals", Text("goals", "metas")),
    _count("recommendations", Text("recommendations", "recomendaciones")),
    _count("helicopters", Text("helicopters", "helicópteros")),
    _count("cases", Text("court cases", "casos judiciales")),
    _count("coalitions", Text("community coalitions", "coaliciones comunitarias")),
    _count("awards", Text("awards", "subvenciones")),
    _count("days", Text("days", "días")),
    Unit(id="kilograms", dimension="mass", label=Text("kilograms", "kilogramos"), symbol=same("kg")),
    Unit(
        id="pounds",
        dimension="mass",
        label=Text("pounds", "libras"),
        symbol=same("lb"),
        factor=_KILOGRAMS_PER_POUND,
    ),
    _money("usd", "us_dollars", label=Text("U.S. dollars", "dólares"), symbol=same("US$")),
    _money(
        "usd_million",
        "us_dollars",
        label=Text("million U.S. dollars", "millones de dólares"),
        symbol=Text("US$ m", "mdd"),
    ),
    _money(
        "usd_constant",
        "constant_us_dollars",
        label=Text("constant U.S. dollars", "dólares constantes"),
        symbol=Text("constant US$", "US$ constantes"),
    ),
    _money(
        "usd_constant_million",
        "constant_us_dollars",
        label=Text("million constant U.S. dollars", "millones de dólares constantes"),
        symbol=Text("constant US$ m", "mdd constantes"),
    ),
    _money("mxn", "pesos", label=Text("Mexican pesos", "pesos mexicanos"), symbol=same("MXN")),
    _money(
        "mxn_million",
        "pesos",
        label=Text("million Mexican pesos", "millones de pesos"),
        symbol=Text("MXN m", "mdp"),
    ),
    _level("percent", Text("per cent", "por ciento"), decimals=1, symbol=same("%")),
    _level(
        "per_100_000_inhabitants", Text("per 100,000 inhabitants", "por cada 100,000 habitantes"), decimals=1
    ),
    _level("ratio", Text("ratio", "razón"), decimals=2),
    _level("index_base_100", Text("index, base period = 100", "índice, periodo base = 100"), decimals=1),
    _level("index", Text("index", "índice"), decimals=3),
    _level("victims_per_day", Text("victims a day", "víctimas diarias"), decimals=1),
    _level("score", Text("score", "puntuación"), decimals=2),
    _level("rank", Text("rank", "lugar"), decimals=0),
    _level("tier", Text("tier", "nivel"), decimals=0),
    _level("effective_places", Text("effective number of places", "número efectivo de lugares"), decimals=1),
    _level("pounds_per_event", Text("pounds per event", "libras por evento"), decimals=2),
    _level(
        "victims_per_investigation",
        Text("victims per investigation", "víctimas por carpeta de investigación"),
        decimals=2,
    ),
)
UNITS: Mapping[str, Unit] = MappingProxyType({one.id: one for one in _ALL})
