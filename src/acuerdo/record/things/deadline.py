"""``deadline``: the day by which a promise is to be kept."""

from __future__ import annotations

from typing import final

from acuerdo.core.text import Text
from acuerdo.record.evidence import Item
from acuerdo.record.kind import Thing
from acuerdo.spec.fields import AbstractSpec, Day


@final
class Content(AbstractSpec):
    """The day by which a promise is to be kept.

    Attributes:
        item: The commitment or decision.
        due: The last day.
    """

    item: Item
    due: Day


def key(content: Content) -> str:
    """What identifies it among its like."""
    return content.item


def tell(content: Content) -> Text:
    """It in a few words."""
    return Text(
        f"{content.item} by {content.due}",
        f"{content.item} para el {content.due}",
    )


THING = Thing(title=Text("deadline", "un plazo"), content=Content, key=key, tell=tell)
