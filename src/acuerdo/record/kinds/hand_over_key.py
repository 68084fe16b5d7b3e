"""``hand_over_key``: a new key for a side, perhaps in the place of another."""

from __future__ import annotations

from typing import final

from acuerdo.core.text import Text
from acuerdo.record.board import Board
from acuerdo.record.kind import Kind, Sha256
from acuerdo.record.party import ROLES, PublicKey
from acuerdo.record.placed import Placed
from acuerdo.spec.fields import AbstractSpec, Words


@final
class Body(AbstractSpec):
    """A new key. It signs its own arrival, together with a key that is in force.

    Attributes:
        key: The new key.
        replaces: The name of the key that ends with it, if one does.
        reason: Why, in both languages.
    """

    key: PublicKey
    replaces: Sha256 | None = None
    reason: Words


def tell(body: Body) -> Text:
    """The new key in a sentence."""
    roles = [ROLES[role] for role in body.key.roles]
    instead = body.replaces[:12] if body.replaces else ""
    return Text(
        f"brings key {body.key.id[:12]} of {body.key.holder}, which {', '.join(one.en for one in roles)}"
        + (f", in the place of key {instead}" if instead else "")
        + f": {body.reason.en}",
        f"trae la llave {body.key.id[:12]} de {body.key.holder}, que {', '.join(one.es for one in roles)}"
        + (f", en lugar de la llave {instead}" if instead else "")
        + f": {body.reason.es}",
    )


def apply(board: Board, placed: Placed, body: Body, /) -> None:
    """Notes the key; which keys are in force is followed by :mod:`acuerdo.record.keyring`."""
    keys = board.table("keys")
    keys[f"{placed.side}:{body.key.id}"] = {
        "ended": None,
        "holder": body.key.holder,
        "roles": list(body.key.roles),
        "since": placed.entry.id,
    }
    if body.replaces is not None:
        keys.setdefault(f"{placed.side}:{body.replaces}", {})["ended"] = placed.entry.id


KIND = Kind(
    title=Text("handing over of a key", "entrega de llave"), body=Body, tell=tell, apply=apply, governs=True
)
