"""That one thing brought about another; an evaluation contract answers that, never a comparison of two years."""

from __future__ import annotations

from typing import final

from acuerdo.claims.ground import Ground
from acuerdo.claims.reading import Reading
from acuerdo.claims.wording import filled
from acuerdo.core.text import Text
from acuerdo.spec.fields import AbstractSpec, Key, Words


@final
class CausalCheck(AbstractSpec):
    """A claim of cause and effect.

    Attributes:
        contract: Id of the evaluation contract that asks the question.
        question: The question, so that it can be read without the contract.
        would_need: What would answer it.
    """

    contract: Key
    question: Words
    would_need: Words


def readings(check: CausalCheck, ground: Ground) -> tuple[Reading, ...]:
    """Never true or false by itself."""
    del ground
    told = filled(
        Text(
            "it is a question of cause and effect, which no figure answers by itself; it would take {need}",
            "es una pregunta de causa y efecto, que ninguna cifra contesta por sí sola; haría falta contar con {need}",
        ),
        need=check.would_need,
    )
    return (Reading(role="stated", by=None, told=told, holds=None),)
