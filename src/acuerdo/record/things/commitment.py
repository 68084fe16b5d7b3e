"""``commitment``: what is promised, or its new wording."""

from __future__ import annotations

from typing import Final, final

from acuerdo.core.place import side_name
from acuerdo.core.text import Text
from acuerdo.record.evidence import Item
from acuerdo.record.kind import Thing
from acuerdo.spec.fields import AbstractSpec, Key, Words

_MUST_ACT: Final = {
    "joint": Text("both must act together", "deben actuar ambos juntos"),
    "either": Text("either may act", "puede actuar cualquiera"),
}


@final
class Content(AbstractSpec):
    """What is promised, or its new wording.

    Attributes:
        item: The commitment, new or known.
        wording: What is promised, in both languages; both are equally authentic.
        obliged: The side that must act, if it says so: its id, ``joint`` or ``either``.
    """

    item: Item
    wording: Words
    obliged: Key | None = None


def key(content: Content) -> str:
    """What identifies it among its like."""
    return content.item


def tell(content: Content) -> Text:
    """It in a few words."""
    who = _must_act(content.obliged) if content.obliged else None
    return Text(
        f"{content.item}: {content.wording.en}" + (f" ({who.en})" if who else ""),
        f"{content.item}: {content.wording.es}" + (f" ({who.es})" if who else ""),
    )


def _must_act(obliged: str) -> Text:
    name = side_name(obliged)
    return _MUST_ACT.get(obliged) or Text(f"must act: {name.en}", f"debe actuar: {name.es}")


THING = Thing(
    title=Text("wording of a commitment", "la redacción de un compromiso"),
    content=Content,
    key=key,
    tell=tell,
)
