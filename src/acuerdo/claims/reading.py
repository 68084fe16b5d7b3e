"""What one computation says about a claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, final

from acuerdo.core.period import Period, PeriodKind, day_label
from acuerdo.core.text import Text
from acuerdo.core.unit import UNITS, Unit
from acuerdo.indicators.value import Value

_MILLION: Final = 1e6
Role = Literal["stated", "measure", "baseline", "shown"]
ROLES: Final[dict[Role, Text]] = {
    "stated": Text("as the words say", "como dicen las palabras"),
    "measure": Text("another measurement", "otra medición"),
    "baseline": Text("another baseline", "otra línea base"),
    "shown": Text("for comparison only", "solo para comparar"),
}
Cause = Literal["baseline", "source", "definition", "vintage"]
CAUSES: Final[dict[Cause, Text]] = {
    "baseline": Text("the baseline", "la línea base"),
    "source": Text("the source", "la fuente"),
    "definition": Text("the definition", "la definición"),
    "vintage": Text("the vintage", "la fecha de los datos"),
}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One computation: one measurement from one baseline.

    Attributes:
        role: Why it was made: as the words say, by a rival measurement, from another baseline, or only shown.
        by: Whose count, or which event; None where the words themselves are the matter.
        told: The figures as a clause of a sentence.
        holds: Whether they bear the words out; None where that cannot be computed.
        value: The figure that is compared with the words, in ``unit``.
        unit: Its unit.
        margin: How far it lies from the number written, as a part of that number.
        figures: The published values it was computed from.
        cause: What differs from the stated reading; empty for the stated one.
        understates: Whether the words say far less than the figures.
    """

    role: Role
    by: Text | None
    told: Text
    holds: bool | None
    value: float | None = None
    unit: str = ""
    margin: float | None = None
    figures: tuple[Value, ...] = ()
    cause: Cause | None = None
    understates: bool = False

    @property
    def why(self) -> Text:
        """Why it was made, in words."""
        return ROLES[self.role]

    @property
    def decides(self) -> bool:
        """Whether the verdict rests on it."""
        return self.role != "shown" and self.holds is not None


def shown(value: float, unit: Unit | None = None) -> str:
    """A number as both countries write it: 36,773; 9.7%.

    >>> shown(36773.0, UNITS["deaths"]), shown(9.71, UNITS["percent"])
    ('36,773', '9.7%')
    """
    digits = 0 if float(value).is_integer() else unit.decimals if unit else 2
    text = f"{value:,.{digits}f}"
    return f"{text}%" if unit is not None and unit.id == "percent" else text


def with_unit(value: float, unit: Unit) -> Text:
    """A number with what it counts."""
    if unit.id == "usd" and abs(value) >= _MILLION:
        return with_unit(value / _MILLION, UNITS["usd_million"])
    number = shown(value, unit)
    if unit.id == "percent":
        return Text(number, number)
    return Text(f"{number} {unit.label.en}", f"{number} {unit.label.es}")


def during(period: Period) -> Text:
    """When, as part of a sentence: "in 2020", "on March 15, 2024"."""
    if period.kind is PeriodKind.DAY:
        return Text(f"on {day_label(period.start, 'en')}", f"el {day_label(period.start, 'es')}")
    if period.kind is PeriodKind.TWELVE_MONTHS_ENDING:
        return Text(f"in the {period.label('en')}", f"en los {period.label('es')}")
    article = {PeriodKind.HALF: ("the ", "el "), PeriodKind.FISCAL_YEAR: ("", "el ")}.get(
        period.kind, ("", "")
    )
    return Text(f"in {article[0]}{period.label('en')}", f"en {article[1]}{period.label('es')}")


def missing(role: Role, by: Text | None, *, period: Period) -> Reading:
    """The reading of a measurement that has no value where one is needed."""
    when = during(period)
    return Reading(
        role=role,
        by=by,
        told=Text(f"no value {when.en} is stored", f"no hay valor almacenado {when.es}"),
        holds=None,
    )
