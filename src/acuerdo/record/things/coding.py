"""``coding``: how far a promise got, by the codebook."""

from __future__ import annotations

from typing import Literal, final

from acuerdo.core.text import Text
from acuerdo.record.evidence import Item
from acuerdo.record.kind import Thing
from acuerdo.spec.fields import AbstractSpec


@final
class Content(AbstractSpec):
    """How far a promise got, by the codebook.

    Attributes:
        item: The commitment or decision.
        level: Its level by the codebook.
    """

    item: Item
    level: Literal["not_initiated", "minimal", "intermediate", "complete", "no_evidence"]


def key(content: Content) -> str:
    """What identifies it among its like."""
    return content.item


def tell(content: Content) -> Text:
    """It in a few words."""
    return Text(
        f"{content.item} as '{content.level}'",
        f"{content.item} como «{content.level}»",
    )


THING = Thing(title=Text("coding", "una codificación"), content=Content, key=key, tell=tell)
