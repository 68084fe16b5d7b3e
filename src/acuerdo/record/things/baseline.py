"""``baseline``: the value that changes are counted from."""

from __future__ import annotations

from typing import final

from acuerdo.core.text import Text
from acuerdo.core.unit import unit
from acuerdo.record.kind import Amount, Thing
from acuerdo.spec.fields import AbstractSpec, Key, UnitId, When


@final
class Content(AbstractSpec):
    """The value that changes are counted from.

    Attributes:
        indicator: Id of the indicator.
        period: The period that changes are counted from.
        amount: Its value, as text.
        unit: Its unit.
    """

    indicator: Key
    period: When
    amount: Amount
    unit: UnitId


def key(content: Content) -> str:
    """What identifies it among its like."""
    return content.indicator


def tell(content: Content) -> Text:
    """It in a few words."""
    of = unit(content.unit).label
    return Text(
        f"{content.indicator} from {content.period.code}: {content.amount} {of.en}",
        f"{content.indicator} desde {content.period.code}: {content.amount} {of.es}",
    )


THING = Thing(title=Text("baseline", "una línea base"), content=Content, key=key, tell=tell)
