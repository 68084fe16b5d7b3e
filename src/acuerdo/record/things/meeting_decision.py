"""``meeting_decision``: what a meeting decided."""

from __future__ import annotations

from typing import final

from acuerdo.core.text import Text
from acuerdo.record.evidence import Item
from acuerdo.record.kind import Thing
from acuerdo.spec.fields import AbstractSpec, Key, Words


@final
class Content(AbstractSpec):
    """What a meeting decided.

    Attributes:
        meeting: The framework and its meeting.
        decision: Id of the decision.
        text: What was decided, in both languages.
    """

    meeting: Item
    decision: Key
    text: Words


def key(content: Content) -> str:
    """What identifies it among its like."""
    return f"{content.meeting}:{content.decision}"


def tell(content: Content) -> Text:
    """It in a few words."""
    return Text(
        f"{content.meeting}, {content.decision}: {content.text.en}",
        f"{content.meeting}, {content.decision}: {content.text.es}",
    )


THING = Thing(
    title=Text("decision of a meeting", "la decisión de una reunión"), content=Content, key=key, tell=tell
)
