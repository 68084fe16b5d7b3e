"""``commitment``: what is promised, or its new wording."""

from __future__ import annotations

from typing import Literal, final

from acuerdo.core.text import Text
from acuerdo.record.evidence import Item
from acuerdo.record.kind import Thing
from acuerdo.spec.fields import AbstractSpec, Words

Obliged = Literal["us", "mx", "joint", "either"]
MUST_ACT: dict[Obliged, Text] = {
    "us": Text("the United States must act", "debe actuar Estados Unidos"),
    "mx": Text("Mexico must act", "debe actuar México"),
    "joint": Text("both must act together", "deben actuar ambos juntos"),
    "either": Text("either may act", "puede actuar cualquiera"),
}


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
    obliged: Obliged | None = None


def key(content: Content) -> str:
    """What identifies it among its like."""
    return content.item


def tell(content: Content) -> Text:
    """It in a few words."""
    who = MUST_ACT.get(content.obliged) if content.obliged else None
    return Text(
        f"{content.item}: {content.wording.en}" + (f" ({who.en})" if who else ""),
        f"{content.item}: {content.wording.es}" + (f" ({who.es})" if who else ""),
    )


THING = Thing(
    title=Text("wording of a commitment", "la redacción de un compromiso"),
    content=Content,
    key=key,
    tell=tell,
)
