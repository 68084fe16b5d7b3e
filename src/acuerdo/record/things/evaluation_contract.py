"""``evaluation_contract``: what an evaluation will measure and how, before the outcome is seen."""

from __future__ import annotations

from typing import final

from acuerdo.core.text import Text
from acuerdo.record.kind import Sha256, Thing
from acuerdo.spec.fields import AbstractSpec, Key, Words


@final
class Content(AbstractSpec):
    """What an evaluation will measure and how, before the outcome is seen.

    Attributes:
        contract: Id of the contract.
        terms: The hash of its terms, word for word.
        title: Its question.
    """

    contract: Key
    terms: Sha256
    title: Words


def key(content: Content) -> str:
    """What identifies it among its like."""
    return content.contract


def tell(content: Content) -> Text:
    """It in a few words."""
    return Text(
        f"{content.contract}, {content.title.en} (terms {content.terms[:12]})",
        f"{content.contract}, {content.title.es} (términos {content.terms[:12]})",
    )


THING = Thing(
    title=Text("evaluation contract", "un contrato de evaluación"), content=Content, key=key, tell=tell
)
