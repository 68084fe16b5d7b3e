"""One exchange: ask for what is new until nothing is, then cosign it. It can stop anywhere and go on later."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, final

from acuerdo.core.errors import Problem, RecordRefused
from acuerdo.core.text import Text
from acuerdo.record.between.asked import Asked, runs
from acuerdo.record.between.parcel import MOST_LATE, lines_of, read_parcel
from acuerdo.record.between.sending import Sender
from acuerdo.record.between.taking import Taken, take, take_attestation
from acuerdo.record.checkpoint import Checkpoint
from acuerdo.record.node import Node
from acuerdo.record.signer import AbstractSigner

MOST_WITHHELD: Final = 1_000_000
"""The most places of one log that are asked for again because only their leaf is here."""
Ask = Callable[[bytes], bytes]
"""Carries a question to another node and brings its answer; what carries it vouches for who answered."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """What an exchange brought.

    Attributes:
        log: The side whose log was asked for.
        new: Places that were added.
        late: Entries that came to a leaf that was here.
        withheld: Places of which there is only the leaf.
        size: Places that the copy has now.
        checkpoint: What the log said of itself last.
        attested: Our own checkpoint that the other side attested; None if it has none to attest.
    """

    log: str
    new: int
    late: int
    withheld: int
    size: int
    checkpoint: Checkpoint
    attested: Checkpoint | None


def pull(node: Node, side: str, *, ask: Ask, signer: AbstractSigner, log: str | None = None) -> Pulled:
    """Takes what another node has of a log that is not here, and cosigns it if the log is that node's own.

    Args:
        node: Our node.
        side: The side that is asked.
        ask: Carries the questions.
        signer: Our node's key.
        log: The side whose log is asked for; that of the side itself, if none is named.

    Raises:
        RecordRefused: If what comes does not fit; what came before it is kept.
        KeyRefused: If a signature does not hold.
        WitnessAlarm: If it contradicts what was shown before.
    """
    wanted = log or side
    new = late = 0
    # What is withheld in this exchange is not asked for again before the next.
    lacking = deque(node.log(wanted).withheld(most=MOST_WITHHELD))
    while True:
        some = [lacking.popleft() for _ in range(min(MOST_LATE, len(lacking)))]
        taken = _step(node, side, ask=ask, log=wanted, lacking=some)
        new, late = new + taken.new, late + taken.late
        if not lacking and taken.size >= taken.checkpoint.size:
            break
        if not lacking and not taken.new and not some:
            raise _no_progress(side)
    if wanted == side:
        note = node.log(side).last_checkpoint(node.log(side).origin) or ""
        given = node.cosign(side, note, signer=signer)
        ask(Asked(do="attest", log=wanted, note=given).to_bytes())
    return Pulled(
        log=wanted,
        new=new,
        late=late,
        withheld=len(node.log(wanted).withheld(most=MOST_WITHHELD)),
        size=taken.size,
        checkpoint=taken.checkpoint,
        attested=taken.attested,
    )


def _step(node: Node, side: str, *, ask: Ask, log: str, lacking: Sequence[int]) -> Taken:
    """One question and its answer."""
    question = Asked(do="send", log=log, begin=node.log(log).size, lacking=runs(lacking))
    parcel = read_parcel(lines_of(io.BytesIO(ask(question.to_bytes()))))
    if (parcel.log, parcel.sender, parcel.to) != (log, side, node.party.side):
        raise _not_asked(side)
    return take(node, parcel, live=log == side)


def answer(sender: Sender, side: str, *, raw: bytes) -> bytes:
    """What a node answers to a question of a side that has shown who it is.

    Raises:
        RecordRefused: If it is no question, or cannot be answered.
        NotFound: If there is no such side.
        WitnessAlarm: If a contradiction of that side waits to be looked at.
    """
    asked = Asked.from_bytes(raw)
    node = sender.node
    node.require_calm(side)
    if asked.do == "attest":
        take_attestation(node, side, rendered=asked.note or "")
        return b""
    return sender.send(side, asked)[1]


def _not_asked(side: str) -> RecordRefused:
    return RecordRefused(
        Problem(
            what=Text(
                f"The node of '{side}' answered something else than it was asked.",
                f"El nodo de «{side}» respondió otra cosa que la preguntada.",
            )
        )
    )


def _no_progress(side: str) -> RecordRefused:
    return RecordRefused(
        Problem(
            what=Text(
                f"The node of '{side}' signed a longer log than it sends.",
                f"El nodo de «{side}» firmó una bitácora más larga que la que envía.",
            ),
            fix=Text("Try again; nothing was lost.", "Inténtelo de nuevo; nada se perdió."),
        )
    )
