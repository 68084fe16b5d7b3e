"""What an entry must be to stand at a place of a log: whole, of its record and side, signed by enough keys in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import final

from acuerdo.core.errors import Problem, RecordRefused
from acuerdo.core.text import Text
from acuerdo.record.entry import Entry
from acuerdo.record.envelope import Envelope
from acuerdo.record.keyring import ALTERS_KEYS, Keyring
from acuerdo.record.log import New
from acuerdo.record.placed import Placed


@final
@dataclass(frozen=True, slots=True)
class Admitted:
    """An entry that may stand at its place, its bytes, and the side's keys after it."""

    placed: Placed
    raw: bytes
    keyring: Keyring

    @property
    def new(self) -> New:
        """The entry as a log stores it."""
        return New.of(self.raw, alters_keys=self.placed.entry.kind in ALTERS_KEYS)


def admit(
    raw: bytes, place: int, *, keyring: Keyring, sizes: Mapping[str, int] = MappingProxyType({})
) -> Admitted:
    """Checks one entry for one place of its side's log.

    Args:
        raw: The envelope's bytes.
        place: The place, from 0.
        keyring: The side's keys after the entries before it.
        sizes: How many entries there are of the logs of which that is certain; nobody can have seen more.

    Raises:
        RecordRefused: If it is no entry, or belongs to another record or side, or claims to have seen what is to come.
        KeyRefused: If its signatures do not hold.
    """
    envelope = Envelope.from_bytes(raw)
    entry = Entry.from_payload(envelope.payload)
    party = keyring.party
    if (entry.record, entry.side) != (party.record, party.side):
        raise _refused(
            place,
            Text(
                f"It belongs to the log of '{entry.side}' in the record '{entry.record}'.",
                f"Pertenece a la bitácora de «{entry.side}» en el registro «{entry.record}».",
            ),
        )
    if entry.seen[entry.side] > place:
        raise _refused(
            place,
            Text(
                "Its author says to have seen entries of the own side that come after it.",
                "Su autor dice haber visto asientos de su parte que vienen después.",
            ),
        )
    for side, size in sizes.items():
        if entry.seen.get(side, 0) > size:
            raise _refused(place, _ahead(side, entry.seen[side], size=size), fix=_COMPARE)
    if entry.kind in ALTERS_KEYS and entry.marking.get("reach") not in {"both", "public"}:
        raise _refused(
            place,
            Text(
                "An entry about keys must reach both sides.",
                "Un asiento sobre llaves debe llegar a ambas partes.",
            ),
        )
    signers = keyring.accept(envelope, entry)
    after = keyring.after(entry, place) if entry.kind in ALTERS_KEYS else keyring
    return Admitted(Placed(entry, place, signers), raw, after)


def _ahead(side: str, seen: int, *, size: int) -> Text:
    return Text(
        f"Its author says to have seen {seen} entries of the log of '{side}', which has {size}.",
        f"Su autor dice haber visto {seen} asientos de la bitácora de «{side}», que tiene {size}.",
    )


_COMPARE = Text(
    "Either that is not true, or our log was put back to an earlier day: acuerdo verify tells. If it is whole, show "
    "this to the other side.",
    "O no es verdad, o nuestra bitácora se devolvió a un día anterior: acuerdo verify lo dice. Si está íntegra, "
    "muestre esto a la otra parte.",
)


def _refused(place: int, why: Text, *, fix: Text | None = None) -> RecordRefused:
    return RecordRefused(
        Problem(
            what=Text(
                f"The entry cannot stand at place {place} of this log.",
                f"El asiento no puede estar en el lugar {place} de esta bitácora.",
            ),
            why=why,
            fix=fix,
        )
    )
