"""``accept``: consent to exactly what the other side proposed."""

from __future__ import annotations

from typing import final

from acuerdo.core.text import Text
from acuerdo.record.agreeing import agree
from acuerdo.record.board import Board
from acuerdo.record.kind import EntryId, Kind, Sha256
from acuerdo.record.placed import Placed
from acuerdo.spec.fields import AbstractSpec


@final
class Body(AbstractSpec):
    """A consent.

    Attributes:
        proposal: The entry that proposed.
        consent: The hash of its content, its version and what stood before: exactly what is consented to.
    """

    proposal: EntryId
    consent: Sha256


def tell(body: Body) -> Text:
    """What is accepted, in a sentence."""
    return Text(
        f"accepts proposal {body.proposal[:12]}, exactly as it stands (consent {body.consent[:12]})",
        f"acepta la propuesta {body.proposal[:12]}, exactamente como está (consentimiento {body.consent[:12]})",
    )


def apply(board: Board, placed: Placed, body: Body, /) -> None:
    """Agrees the proposal, if the consent holds."""
    agree(board, placed, proposal_id=body.proposal, reservation=None)


KIND = Kind(title=Text("acceptance", "aceptación"), body=Body, tell=tell, apply=apply)
