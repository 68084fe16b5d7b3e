"""``target``: a value that an indicator is to reach by a day."""

from __future__ import annotations

from typing import final

from acuerdo.core.text import Text
from acuerdo.core.unit import unit
from acuerdo.record.kind import Amount, Thing
from acuerdo.spec.fields import AbstractSpec, Key, UnitId, When


@final
class Content(AbstractSpec):
    """A value that an indicator is to reach by a day.

    Attributes:
        indicator: Id of the indicator.
        by: The day or period by which it is to be reached.
        amount: The value, as text.
        unit: Its unit.
    """

    indicator: Key
    by: When
    amount: Amount
    unit: UnitId


def key(content: Content) -> str:
    """What identifies it among its like."""
    return f"{content.indicator}:{content.by.code}"


def tell(content: Content) -> Text:
    """It in a few words."""
    of = unit(content.unit).label
    return Text(
        f"{content.indicator} at {content.amount} {of.en} by {content.by.code}",
        f"{content.indicator} en {content.amount} {of.es} para {content.by.code}",
    )


THING = Thing(title=Text("target", "una meta"), content=Content, key=key, tell=tell)
