"""``accept_with_reservation``: consent to what the other side proposed, with something said about it."""

from __future__ import annotations

from typing import final

from acuerdo.core.text import Text
from acuerdo.record.agreeing import agree
from acuerdo.record.board import Board
from acuerdo.record.kind import EntryId, Kind, Sha256
from acuerdo.record.placed import Placed
from acuerdo.spec.fields import AbstractSpec, Words


@final
class Body(AbstractSpec):
    """A consent with a reservation.

    Attributes:
        proposal: The entry that proposed.
        consent: The hash of its content, its version and what stood before: exactly what is consented to.
        reservation: What the side that accepts reserves, in both languages.
    """

    proposal: EntryId
    consent: Sha256
    reservation: Words


def tell(body: Body) -> Text:
    """What is accepted and what is reserved, in a sentence."""
    return Text(
        f"accepts proposal {body.proposal[:12]} (consent {body.consent[:12]}) with a reservation: "
        f"{body.reservation.en}",
        f"acepta la propuesta {body.proposal[:12]} (consentimiento {body.consent[:12]}) con una reserva: "
        f"{body.reservation.es}",
    )


def apply(board: Board, placed: Placed, body: Body, /) -> None:
    """Agrees the proposal under the reservation, if the consent holds."""
    reservation = body.reservation.both()
    agree(board, placed, proposal_id=body.proposal, reservation=reservation)


KIND = Kind(
    title=Text("acceptance with a reservation", "aceptación con reserva"),
    body=Body,
    tell=tell,
    apply=apply,
    in_place_of=("accept",),
)
