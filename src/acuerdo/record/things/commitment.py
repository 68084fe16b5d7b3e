"""``commitment``: what is promised, or its new wording."""

from __future__ import annotations

from typing import Literal, final

from acuerdo.core.text import Text
from acuerdo.record.evidence import Item
from acuerdo.record.kind import Thing
from acuerdo.spec.fields import AbstractSpec, Words


@final
class Content(AbstractSpec):
    """What is promised, or its new wording.

    Attributes:
        item: The commitment, new or known.
        wording: What is promised, in both languages; both are equally authentic.
        obliged: The side that must act, if it says so.
    """

    item: Item
    wording: Words
    obliged: Literal["us", "mx", "joint", "either"] | None = None


def key(content: Content) -> str:
    """What identifies it among its like."""
    return content.item


def tell(content: Content) -> Text:
    """It in a few words."""
    return Text(
        f"{content.item}: {content.wording.en}",
        f"{content.item}: {content.wording.es}",
    )


THING = Thing(
    title=Text("wording of a commitment", "la redacción de un compromiso"),
    content=Content,
    key=key,
    tell=tell,
)
