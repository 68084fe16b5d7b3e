"""``revoke_key``: from here on, a key of the side signs nothing."""

from __future__ import annotations

from typing import Literal, final

from acuerdo.core.text import Text
from acuerdo.record.board import Board
from acuerdo.record.kind import Kind, Sha256
from acuerdo.record.placed import Placed
from acuerdo.spec.fields import AbstractSpec, Words

Cause = Literal["retired", "lost", "compromised"]
CAUSES: dict[Cause, Text] = {
    "retired": Text("retired", "retirada"),
    "lost": Text("lost", "perdida"),
    "compromised": Text("in other hands", "en manos ajenas"),
}


@final
class Body(AbstractSpec):
    """A revocation.

    Attributes:
        key: The name of the key.
        cause: Whether it is retired, lost, or in other hands.
        reason: What there is to say, in both languages.
    """

    key: Sha256
    cause: Cause
    reason: Words


def tell(body: Body) -> Text:
    """The revocation in a sentence."""
    cause = CAUSES[body.cause]
    return Text(
        f"revokes key {body.key[:12]} ({cause.en}): {body.reason.en}",
        f"revoca la llave {body.key[:12]} ({cause.es}): {body.reason.es}",
    )


def apply(board: Board, placed: Placed, body: Body, /) -> None:
    """Notes the end of the key."""
    row = board.table("keys").setdefault(f"{placed.side}:{body.key}", {})
    row["ended"] = placed.entry.id
    row["cause"] = body.cause


KIND = Kind(
    title=Text("revocation of a key", "revocación de llave"), body=Body, tell=tell, apply=apply, governs=True
)
