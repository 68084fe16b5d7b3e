"""What one node asks of another: a part of a log, or to take an attestation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final, Literal, final

from pydantic import Field, ValidationError

from acuerdo.core.errors import Problem, RecordRefused
from acuerdo.core.text import Text
from acuerdo.record.between.parcel import MOST_LATE, Place
from acuerdo.record.canonical import canonical, read_canonical
from acuerdo.spec.fields import AbstractSpec, Key

MOST_RUNS: Final = MOST_LATE
Run = Annotated[tuple[Place, Place], Field(strict=False)]
"""Places from one and before another."""


@final
class Asked(AbstractSpec):
    """A question of one node to another.

    Attributes:
        do: ``send`` asks for a part of a log; ``attest`` brings a cosignature of the asked side's checkpoint.
        log: The side whose log is asked for.
        begin: How many of its places are here already.
        lacking: Runs of places of which only the leaf is here.
        note: The cosigned checkpoint.
    """

    do: Literal["send", "attest"]
    log: Key
    begin: Place = 0
    lacking: Annotated[tuple[Run, ...], Field(strict=False, max_length=MOST_RUNS)] = ()
    note: str | None = None

    def to_bytes(self) -> bytes:
        """The question as it is sent."""
        return canonical(self.model_dump(mode="json"))

    @classmethod
    def from_bytes(cls, raw: bytes) -> Asked:
        """The question that bytes hold.

        Raises:
            RecordRefused: If they hold none.
        """
        try:
            asked = cls.model_validate(read_canonical(raw))
        except ValidationError as error:
            raise _not_a_question() from error
        if (asked.note is None) == (asked.do == "attest"):
            raise _not_a_question()
        return asked


def runs(places: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Rising places as runs.

    >>> runs([3, 4, 5, 9])
    ((3, 6), (9, 10))
    """
    found: list[tuple[int, int]] = []
    for place in places:
        if found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return tuple(found)


def _not_a_question() -> RecordRefused:
    return RecordRefused(
        Problem(
            what=Text(
                "This is not a question that one node asks another.",
                "Esta no es una pregunta que un nodo haga a otro.",
            ),
            why=Text(
                "It must ask to send part of a log, or bring an attestation.",
                "Debe pedir parte de una bitácora o traer una atestación.",
            ),
        )
    )
