"""``indicator_definition``: how an indicator is defined."""

from __future__ import annotations

from typing import final

from acuerdo.core.text import Text
from acuerdo.record.kind import Sha256, Thing
from acuerdo.spec.fields import AbstractSpec, Key, Words


@final
class Content(AbstractSpec):
    """How an indicator is defined.

    Attributes:
        indicator: Id of the indicator.
        definition: The hash of its definition, word for word.
        title: Its title.
    """

    indicator: Key
    definition: Sha256
    title: Words


def key(content: Content) -> str:
    """What identifies it among its like."""
    return content.indicator


def tell(content: Content) -> Text:
    """It in a few words."""
    return Text(
        f"{content.indicator}, {content.title.en} (definition {content.definition[:12]})",
        f"{content.indicator}, {content.title.es} (definición {content.definition[:12]})",
    )


THING = Thing(
    title=Text("definition of an indicator", "la definición de un indicador"),
    content=Content,
    key=key,
    tell=tell,
)
