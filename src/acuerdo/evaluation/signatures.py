"""Who has signed a contract: each side signs its digest in the record between them, as ``evaluation_contract``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, final

from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.text import Text

if TYPE_CHECKING:
    from acuerdo.evaluation.contract import Contract
    from acuerdo.record.state import State

Signed = Literal["no_record", "nobody", "one_side", "both", "reserved"]
SIGNED: Final[dict[Signed, Text]] = {
    "no_record": Text("no record is kept here", "aquí no se lleva un registro"),
    "nobody": Text("by nobody", "por nadie"),
    "one_side": Text("by one side only", "por una sola parte"),
    "both": Text("by both sides", "por ambas partes"),
    "reserved": Text("by both sides, one with a reservation", "por ambas partes, una con reserva"),
}
_AGREED: Final[dict[str, Signed]] = {"agreed": "both", "reserved": "reserved"}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """Who signed exactly these terms.

    Attributes:
        state: Whether there is a record at all, and how far its two sides got.
        sides: The ids of the sides whose signature stands under these terms.
    """

    state: Signed
    sides: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether both sides signed."""
        return self.state in _AGREED.values()


def subject_of(contract: Contract) -> str:
    """What the record calls the contract."""
    return f"evaluation_contract:{contract.id}"


def signatures(known: State | None, contract: Contract) -> Signatures:
    """Who signed the contract as it stands; a signature under other terms does not count.

    Args:
        known: What the record comes to; None where none is kept.
    """
    if known is None:
        return Signatures(state="no_record")
    found = known.subjects.get(subject_of(contract))
    if found is None:
        return Signatures(state="nobody")
    terms = contract.digest
    standing = known.standing(found.id) or ""
    if found.agreed is not None and found.agreed.content["terms"] == terms and standing in _AGREED:
        sides = {found.agreed.requested.side, found.agreed.approved.side}
        return Signatures(state=_AGREED[standing], sides=tuple(sorted(sides)))
    held = {side: one.content for side, one in found.positions.items() if one.content is not None}
    sides = tuple(sorted(side for side, content in held.items() if content["terms"] == terms))
    return Signatures(state="one_side" if sides else "nobody", sides=sides)


def require_both(contract: Contract, found: Signatures) -> None:
    """Refuses where a record is kept and not both sides have signed these terms in it.

    Raises:
        CheckFailed: If a signature is missing; says how each side signs.
    """
    if found.state == "no_record" or found.complete:
        return
    told = ", ".join(found.sides) or "–"
    subject = subject_of(contract)
    raise CheckFailed(
        Problem(
            what=Text(
                f"'{contract.id}' cannot be frozen: in the record kept here these terms are signed by: {told}.",
                f"«{contract.id}» no puede congelarse: en el registro que aquí se lleva firman estos términos: {told}.",
            ),
            why=Text(
                "A contract binds both sides when both have signed the same words.",
                "Un contrato obliga a ambas partes cuando ambas han firmado las mismas palabras.",
            ),
            fix=Text(
                f"One side: acuerdo propose evaluation_contract contract={contract.id} terms={contract.digest} "
                f'title.en="…" title.es="…" --under "version {contract.version}". The other, after exchanging: acuerdo '
                f"accept {subject}.",
                f"Una parte: acuerdo propose evaluation_contract contract={contract.id} terms={contract.digest} "
                f'title.en="…" title.es="…" --under "version {contract.version}". La otra, tras intercambiar: acuerdo '
                f"accept {subject}.",
            ),
        )
    )
