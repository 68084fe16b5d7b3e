"""That one thing brought about another; an evaluation contract answers that, never a comparison of two years."""

from __future__ import annotations

from typing import final

from acuerdo.claims.ground import Ground
from acuerdo.claims.reading import Reading
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
    told = Text(
        f"it is a question of cause ({check.question.en}), which no series answers by itself; "
        f"it would take {check.would_need.en}",
        f"es una pregunta de causa ({check.question.es}), que ninguna serie contesta por sí sola; "
        f"se requeriría: {check.would_need.es}",
    )
    return (Reading(role="stated", by=None, told=told, holds=None),)
