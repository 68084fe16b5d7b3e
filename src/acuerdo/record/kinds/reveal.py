"""``reveal``: the salt that proves which content was sealed."""

from __future__ import annotations

import base64
import hashlib
from typing import Annotated, final

from pydantic import Field

from acuerdo.core.text import Text
from acuerdo.record.board import Board
from acuerdo.record.kind import EntryId, Kind, Sha256
from acuerdo.record.placed import Placed
from acuerdo.record.seal import commitment
from acuerdo.spec.fields import AbstractSpec


@final
class Body(AbstractSpec):
    """A revelation.

    Attributes:
        seal: The entry that sealed.
        salt: The 32 bytes that were kept secret, in hexadecimal.
        sha256: The hash of the content.
        content: The content in base64 where it is small; else the file is handed over by itself.
    """

    seal: EntryId
    salt: Sha256
    sha256: Sha256
    content: Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]*={0,2}$")] | None = None


def tell(body: Body) -> Text:
    """The revelation in a sentence."""
    with_it = body.content is not None
    return Text(
        f"reveals what seal {body.seal[:12]} held: content {body.sha256[:12]}"
        + (", with the content itself" if with_it else ", the file by itself"),
        f"revela lo que guardaba el sello {body.seal[:12]}: contenido {body.sha256[:12]}"
        + (", con el contenido mismo" if with_it else ", el archivo por separado"),
    )


def apply(board: Board, placed: Placed, body: Body, /) -> None:
    """Notes the content that the seal held, if the salt proves it."""
    if board.own(placed, body.seal) is None:
        return
    row = board.table("seals").get(body.seal)
    if row is None:
        board.refuse(placed, "unknown")
    elif row["commitment"] != commitment(bytes.fromhex(body.salt), body.sha256) or not _fits(body):
        board.refuse(placed, "does_not_open")
    elif row["opened"] is not None:
        board.refuse(placed, "already_answered")
    else:
        row["opened"] = {"entry": placed.entry.id, "sha256": body.sha256}


def _fits(body: Body) -> bool:
    if body.content is None:
        return True
    try:
        content = base64.b64decode(body.content, validate=True)
    except ValueError:
        return False
    return hashlib.sha256(content).hexdigest() == body.sha256


KIND = Kind(title=Text("revelation", "revelación"), body=Body, tell=tell, apply=apply)
