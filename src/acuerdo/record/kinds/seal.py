"""``seal``: a commitment to content that stays hidden with its owner."""

from __future__ import annotations

from typing import final

from acuerdo.core.text import Text
from acuerdo.record.board import Board
from acuerdo.record.kind import Kind, Sha256, Subject
from acuerdo.record.placed import Placed
from acuerdo.spec.fields import AbstractSpec, Words


@final
class Body(AbstractSpec):
    """A seal.

    Attributes:
        commitment: The hash that binds the content and a secret salt, and tells nothing of either.
        title: What may be said of it, in both languages.
        about: What it is about, if that may be said.
    """

    commitment: Sha256
    title: Words
    about: Subject | None = None


def tell(body: Body) -> Text:
    """The seal in a sentence."""
    return Text(
        f"seals content that stays with its owner: {body.title.en} (hash {body.commitment[:12]})",
        f"sella contenido que se queda con su dueño: {body.title.es} (huella {body.commitment[:12]})",
    )


def apply(board: Board, placed: Placed, body: Body, /) -> None:
    """Notes the seal."""
    board.table("seals")[placed.entry.id] = {
        "commitment": body.commitment,
        "opened": None,
        "side": placed.side,
        "title": body.title.both(),
    }


KIND = Kind(title=Text("seal", "sello"), body=Body, tell=tell, apply=apply)
