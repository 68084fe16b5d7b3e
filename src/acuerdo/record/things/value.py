"""``value``: a value of an indicator that both sides take for right."""

from __future__ import annotations

from typing import Annotated, final

from pydantic import Field

from acuerdo.core.text import Text
from acuerdo.core.unit import unit
from acuerdo.record.kind import Amount, Thing
from acuerdo.spec.fields import AbstractSpec, Key, UnitId, When

PlaceCode = Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]+)*$", max_length=20)]


@final
class Content(AbstractSpec):
    """A value of an indicator that both sides take for right.

    Attributes:
        indicator: Id of the indicator.
        place: Code of the place.
        period: The period.
        amount: The value, as text.
        unit: Its unit.
    """

    indicator: Key
    place: PlaceCode
    period: When
    amount: Amount
    unit: UnitId


def key(content: Content) -> str:
    """What identifies it among its like."""
    return f"{content.indicator}:{content.place}:{content.period.code}"


def tell(content: Content) -> Text:
    """It in a few words."""
    of, about = unit(content.unit).label, f"{content.indicator}, {content.place}, {content.period.code}"
    return Text(f"{about}: {content.amount} {of.en}", f"{about}: {content.amount} {of.es}")


THING = Thing(title=Text("value", "un valor"), content=Content, key=key, tell=tell)
