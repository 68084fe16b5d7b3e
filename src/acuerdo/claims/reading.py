"""What one computation says about a claim."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, final

from acuerdo.claims.wording import filled, which
from acuerdo.core.period import Period
from acuerdo.core.text import Text, same
from acuerdo.indicators.value import Value

Role = Literal["stated", "measure", "baseline", "silence", "shown"]
ROLES: Final[dict[Role, Text]] = {
    "stated": Text("as the words say", "como dicen las palabras"),
    "measure": Text("another measurement", "otra medición"),
    "baseline": Text("another baseline", "otra línea base"),
    "silence": Text("if silence on the record means that it was not", "si que no conste significa que no"),
    "shown": Text("for comparison only", "solo para comparar"),
}
Cause = Literal["baseline", "source", "definition", "silence", "vintage"]
CAUSES: Final[dict[Cause, Text]] = {
    "baseline": Text("the baseline", "la línea base"),
    "source": Text("the source", "la fuente"),
    "definition": Text("the definition", "la definición"),
    "silence": Text("what silence on the record means", "lo que significa que no conste"),
    "vintage": Text("the vintage", "la fecha de los datos"),
}
_ONLY_NEAR: Final = Text(
    "only something near it is counted, which cannot refute the words:",
    "solo se cuenta algo cercano, que no puede refutar las palabras:",
)
_LED: Final = same("{near} {lead}")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One computation: one measurement from one baseline.

    Attributes:
        role: Why it was made: as the words say, by a rival measurement, from another baseline, or only shown.
        by: Whose count, or which event; None where the words themselves are the matter.
        told: The figures, as a table has them.
        lead: The words that make a clause of a sentence of them: "the figure is"; None where they are one already.
        holds: Whether they bear the words out; None where that cannot be computed.
        value: The figure that is compared with the words, in ``unit``.
        unit: Its unit.
        margin: How far it lies from the number written, as a part of that number.
        figures: The published values it was computed from.
        cause: What differs from the stated reading; empty for the stated one.
        understates: Whether the words say far less than the figures.
        on_edge: Whether the figure lies so near the limit in the words that it rounds to it.
    """

    role: Role
    by: Text | None
    told: Text
    lead: Text | None = None
    holds: bool | None
    value: float | None = None
    unit: str = ""
    margin: float | None = None
    figures: tuple[Value, ...] = ()
    cause: Cause | None = None
    understates: bool = False
    on_edge: bool = False

    @property
    def why(self) -> Text:
        """Why it was made, in words."""
        return ROLES[self.role]

    def denied(self) -> Reading:
        """The same for words that deny what it bears out."""
        return replace(self, holds=None if self.holds is None else not self.holds, understates=False)

    def unless_against(self) -> Reading:
        """The same where figures against the words decide nothing, and say that they do not."""
        if self.holds is not False:
            return self
        lead = _ONLY_NEAR if self.lead is None else filled(_LED, near=_ONLY_NEAR, lead=self.lead)
        return replace(self, holds=None, lead=lead)

    @property
    def decides(self) -> bool:
        """Whether the verdict rests on it."""
        return self.role != "shown" and self.holds is not None


def missing(role: Role, by: Text | None, *, period: Period) -> Reading:
    """The reading of a measurement that has no value where one is needed."""
    told = filled(
        Text("no figure is kept {which}", "no se conserva ninguna cifra {which}"), which=which(period)
    )
    return Reading(role=role, by=by, told=told, holds=None)
