"""Making up what is sent: the places asked for, each whole or as a leaf alone, by what the receiver may have now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import final

from acuerdo.core.errors import Problem, RecordRefused
from acuerdo.core.text import Text
from acuerdo.record.between.asked import Asked, runs
from acuerdo.record.between.parcel import MOST_ITEMS, MOST_LATE, MOST_SIZE, Parcel
from acuerdo.record.between.receipts import Receipt, Receipts, Way
from acuerdo.record.between.release import Release
from acuerdo.record.checkpoint import read_checkpoint
from acuerdo.record.log import Log
from acuerdo.record.merkle import covering
from acuerdo.record.moment import write_moment
from acuerdo.record.node import Node
from acuerdo.record.note import read_note
from acuerdo.record.signer import AbstractSigner
from acuerdo.record.witness import Item, Page


@final
class Sender:
    """Sends parts of the logs that a node has.

    Attributes:
        node: The node.
        signer: Its node's key, which signs its checkpoints and cosigns those of others.
        way: How it sends.
        receipts: What it has sent.
    """

    def __init__(self, node: Node, signer: AbstractSigner, *, way: Way) -> None:
        self.node = node
        self.signer = signer
        self.way: Way = way
        self.receipts = Receipts(node.folder / "receipts.sqlite")
        self._releases: dict[str, Release] = {}

    def send(self, to: str, asked: Asked) -> tuple[Parcel, bytes]:
        """A parcel for a party, and its bytes; the receipt is on the disk when this returns.

        Raises:
            RecordRefused: If there is no signed checkpoint of the log yet.
            WitnessAlarm: If our own log is not what was attested of it.
        """
        at = datetime.now(UTC)
        log, release = self.node.log(asked.log), self._release(asked.log)
        note = self._note(asked.log)
        size = read_checkpoint(read_note(note)).size
        begin = min(asked.begin, size)
        items = tuple(_items(log, release, begin=begin, size=size, to=to, at=at))
        end = begin + len(items)
        # Who reads a file may have nothing else, so that it tells of the keys before its first place too.
        since = 0 if self.way == "file" else begin
        keys = runs(place for place in log.key_places(size) if place >= since)
        parcel = Parcel(
            record=self.node.party.record,
            log=asked.log,
            sender=self.node.party.side,
            to=to,
            page=Page(
                note=note,
                begin=begin,
                items=items,
                proof=log.consistency(end, size),
                keys=tuple(_placed(log, release, places=keys, to=to, at=at)),
            ),
            late=tuple(_placed(log, release, places=asked.lacking, to=to, at=at)),
            frontier=[log.subtree(level, position) for level, position in covering(0, begin)],
            attests=self._attests(to),
        )
        raw = parcel.to_bytes()
        self.receipts.add(_receipt(parcel, raw, at=at, way=self.way), self.signer)
        return parcel, raw

    def close(self) -> None:
        """Lets go of the receipts."""
        self.receipts.close()

    def _release(self, side: str) -> Release:
        if side not in self._releases:
            owner = side == self.node.party.side
            self._releases[side] = Release(self.node.log(side), side, owner=owner)
        self._releases[side].refresh()
        return self._releases[side]

    def _note(self, side: str) -> str:
        if side == self.node.party.side:
            return self.node.checkpoint(self.signer).render()
        log = self.node.log(side)
        found = log.last_checkpoint(log.origin)
        if found is None or read_checkpoint(read_note(found)).size > log.size:
            raise _nothing_to_relay(side)
        return found

    def _attests(self, to: str) -> str | None:
        """The receiver's last checkpoint with our cosignature, if all that is under it is here."""
        if to not in self.node.peers:
            return None
        log = self.node.log(to)
        found = log.last_checkpoint(log.origin)
        if found is None or read_checkpoint(read_note(found)).size > log.size:
            return None
        return self.node.cosign(to, found, signer=self.signer)


def _items(log: Log, release: Release, *, begin: int, size: int, to: str, at: datetime) -> Iterator[Item]:
    room = MOST_SIZE
    for row in log.rows(begin, min(begin + MOST_ITEMS, size)):
        given = row.envelope is not None and release.allows(row.envelope, to, at=at)
        yield Item(envelope=row.envelope) if given else Item(leaf=row.leaf)
        room -= len(row.envelope or b"") if given else 64
        if room < 0:
            return


def _placed(
    log: Log, release: Release, *, places: Sequence[tuple[int, int]], to: str, at: datetime
) -> Iterator[tuple[int, bytes]]:
    """The entries at runs of places that a party may have, as many as fit."""
    room, left = MOST_SIZE, MOST_LATE
    for begin, end in places:
        for row in log.rows(begin, min(end, begin + MOST_LATE)):
            if left == 0 or room < 0:
                return
            left -= 1
            if row.envelope is not None and release.allows(row.envelope, to, at=at):
                room -= len(row.envelope)
                yield row.place, row.envelope


def _receipt(parcel: Parcel, raw: bytes, *, at: datetime, way: Way) -> Receipt:
    page = parcel.page
    alone = (place for place, item in enumerate(page.items, page.begin) if item.envelope is None)
    return Receipt(
        at=write_moment(at),
        receiver=parcel.to,
        log=parcel.log,
        begin=page.begin,
        end=page.begin + len(page.items),
        withheld=runs(alone),
        late=runs(place for place, _ in parcel.late),
        sha256=hashlib.sha256(raw).hexdigest(),
        way=way,
    )


def _nothing_to_relay(side: str) -> RecordRefused:
    return RecordRefused(
        Problem(
            what=Text(
                f"Nothing of the log of '{side}' is here under a signed checkpoint yet.",
                f"Aún no hay aquí nada de la bitácora de «{side}» bajo un punto de control firmado.",
            ),
            fix=Text(
                "Exchange with that side first, or ask it itself.",
                "Intercambie primero con esa parte, o pídaselo a ella.",
            ),
        )
    )
