"""``change_rules``: how many of a side's keys must sign what, from here on."""

from __future__ import annotations

from typing import Annotated, final

from pydantic import Field

from acuerdo.core.text import Text
from acuerdo.record.board import Board
from acuerdo.record.kind import Kind
from acuerdo.record.placed import Placed
from acuerdo.spec.fields import AbstractSpec, Key, Words

Count = Annotated[int, Field(ge=1, le=16)]


@final
class Body(AbstractSpec):
    """New rules of signature of a side, whole; they take the place of those before.

    Attributes:
        rules: How many distinct keys must sign an entry of a kind, where one is not enough.
        reason: Why, in both languages.
    """

    rules: dict[Key, Count]
    reason: Words


def tell(body: Body) -> Text:
    """The new rules in a sentence."""
    each = ", ".join(f"{kind} {count}" for kind, count in sorted(body.rules.items()))
    en = f"{each}, one for the rest" if each else "one for everything"
    es = f"{each}, una para lo demás" if each else "una para todo"
    return Text(
        f"sets how many keys must sign ({en}): {body.reason.en}",
        f"fija cuántas llaves deben firmar ({es}): {body.reason.es}",
    )


def apply(board: Board, placed: Placed, body: Body, /) -> None:
    """Notes the rules; what they ask is followed by :mod:`acuerdo.record.keyring`."""
    board.table("rules")[placed.side] = {"entry": placed.entry.id, "rules": dict(body.rules)}


KIND = Kind(
    title=Text("change of rules of signature", "cambio de reglas de firma"),
    body=Body,
    tell=tell,
    apply=apply,
    governs=True,
)
