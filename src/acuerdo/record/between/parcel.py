"""A parcel: part of one log on its way to one receiver, as lines of text; a file of parcels and an answer are alike.

The first line names the format, the second is a canonical document with the signed checkpoint, the proof and the
counts; then one line for each place, the envelope or the hash of its leaf, one for each entry that was withheld before
and may be had now, and one for each entry about keys. Every line has a bound, and so
have all lines of one sort together, so that nothing is read that would not be kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, BinaryIO, Final, final

from pydantic import Field, ValidationError

from acuerdo.core.errors import Problem, RecordRefused
from acuerdo.core.text import Text
from acuerdo.record.canonical import MOST_BYTES, canonical, read_canonical
from acuerdo.record.checkpoint import read_checkpoint
from acuerdo.record.frontier import Frontier
from acuerdo.record.kind import Sha256
from acuerdo.record.marking import PARTY
from acuerdo.record.note import read_note
from acuerdo.record.witness import Item, Page
from acuerdo.spec.fields import AbstractSpec, Key

FORMAT: Final = "acuerdo-parcel/1"
MOST_ITEMS: Final = 1_000
MOST_LATE: Final = 1_000
MOST_SIZE: Final = 1024 * 1024
"""About how many bytes of each sort a parcel is filled up to; one entry more may be over it."""
_LINE: Final = MOST_BYTES + 64
_LEAF: Final = re.compile(rb"[0-9a-f]{64}")
_PLACED: Final = re.compile(rb"(0|[1-9][0-9]{0,15}) (\{.*)")

Place = Annotated[int, Field(ge=0, lt=2**53)]
Receiver = Annotated[str, Field(pattern=PARTY)]
Hashes = Annotated[tuple[Sha256, ...], Field(strict=False, max_length=128)]
Lines = Callable[[], bytes]
"""Gives the next line without its end; empty after the last."""


@final
class _Head(AbstractSpec):
    """The second line of a parcel."""

    attests: str | None
    begin: Place
    count: Annotated[int, Field(ge=0, le=MOST_ITEMS)]
    frontier: Hashes
    keys: Annotated[int, Field(ge=0, le=MOST_LATE)] = 0
    late: Annotated[int, Field(ge=0, le=MOST_LATE)]
    log: Key
    note: str
    proof: Hashes
    record: Key
    sender: Key
    to: Receiver


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """Part of one log on its way.

    Attributes:
        record: Id of the record.
        log: The side whose log it is part of.
        sender: The side that sends it.
        to: For whom it was made up: a side, an agency, or the public.
        page: The places in order, with the log's checkpoint and the proof that they are its beginning.
        late: Entries, by place, of which the receiver had the leaf alone and which it may have now.
        frontier: The roots of the complete subtrees before the first place, left to right.
        attests: The receiver's own checkpoint with the sender's cosignature; None if the sender has none to attest.
    """

    record: str
    log: str
    sender: str
    to: str
    page: Page
    late: Sequence[tuple[int, bytes]] = ()
    frontier: Sequence[bytes] = ()
    attests: str | None = None

    def require_whole(self) -> None:
        """Does nothing where what it holds is under the checkpoint that it brings.

        Whoever carries a file can change it. What does not fit together then says nothing of the side whose log it is,
        and must not be held against that side.

        Raises:
            RecordRefused: If it is not.
        """
        page = self.page
        checkpoint = read_checkpoint(read_note(page.note))
        tree = Frontier.given(page.begin, self.frontier)
        if tree is None:
            raise not_a_parcel(_CHANGED)
        for item in page.items:
            tree.add(item.hash)
        if not tree.begins(checkpoint.size, checkpoint.root, proof=page.proof):
            raise not_a_parcel(_CHANGED)

    def to_bytes(self) -> bytes:
        """The parcel as it is sent."""
        page = self.page
        head = {
            "attests": self.attests,
            "begin": page.begin,
            "count": len(page.items),
            "frontier": [one.hex() for one in self.frontier],
            "late": len(self.late),
            "log": self.log,
            "note": page.note,
            "proof": [one.hex() for one in page.proof],
            "record": self.record,
            "sender": self.sender,
            "to": self.to,
            # Software that does not know of them reads what has none.
            **({"keys": len(page.keys)} if page.keys else {}),
        }
        lines = [FORMAT.encode(), canonical(head)]
        lines += (one.envelope or one.hash.hex().encode() for one in page.items)
        lines += (b"%d %b" % pair for pair in (*self.late, *page.keys))
        return b"\n".join((*lines, b""))


def lines_of(stream: BinaryIO) -> Lines:
    """Reads a stream line by line, never more than a line's bound at once.

    Raises:
        RecordRefused: From the call, if a line is longer or is not ended.
    """

    def next_line() -> bytes:
        line = stream.readline(_LINE)
        if line and not line.endswith(b"\n"):
            raise not_a_parcel(_CUT if len(line) < _LINE else _LONG)
        return line.removesuffix(b"\n")

    return next_line


def read_parcel(lines: Lines, first: bytes | None = None) -> Parcel:
    """The parcel that the next lines hold; nothing in it is believed before it is verified.

    Args:
        lines: Where the lines come from.
        first: The first line, if it was read already.

    Raises:
        RecordRefused: If they hold none, or not the whole of it.
    """
    if (lines() if first is None else first) != FORMAT.encode():
        raise not_a_parcel(_NO_FORMAT)
    head = _head(read_canonical(lines()))
    items = tuple(map(_item, _some(lines, head.count)))
    late = tuple(map(_at_its_place, _some(lines, head.late)))
    keys = tuple(map(_at_its_place, _some(lines, head.keys)))
    return Parcel(
        record=head.record,
        log=head.log,
        sender=head.sender,
        to=head.to,
        page=Page(
            note=head.note,
            begin=head.begin,
            items=items,
            proof=[bytes.fromhex(one) for one in head.proof],
            keys=keys,
        ),
        late=late,
        frontier=[bytes.fromhex(one) for one in head.frontier],
        attests=head.attests,
    )


def read_parcels(lines: Lines, *, until: bytes) -> Iterator[Parcel]:
    """Parcel after parcel, up to a line that says that they are over."""
    while (line := lines()) != until:
        yield read_parcel(lines, line)


def _head(read: dict[str, Any]) -> _Head:
    try:
        return _Head.model_validate(read)
    except ValidationError as error:
        raise not_a_parcel(_NO_HEAD) from error


def _some(lines: Lines, count: int) -> Iterator[bytes]:
    """So many lines, as long as they fill no more than a parcel may."""
    room = MOST_SIZE + 2 * _LINE
    for _ in range(count):
        line = lines()
        room -= len(line)
        if room < 0:
            raise not_a_parcel(_FULL)
        yield line


def _item(line: bytes) -> Item:
    if line.startswith(b"{"):
        return Item(envelope=line)
    if not _LEAF.fullmatch(line):
        raise not_a_parcel(_CUT)
    return Item(leaf=bytes.fromhex(line.decode()))


def _at_its_place(line: bytes) -> tuple[int, bytes]:
    found = _PLACED.fullmatch(line)
    if found is None:
        raise not_a_parcel(_CUT)
    return int(found[1]), found[2]


_NO_FORMAT = Text(f"It does not begin with {FORMAT}.", f"No comienza con {FORMAT}.")
_NO_HEAD = Text(
    "Its second line lacks a field, or has one that does not hold what it must.",
    "A su segunda línea le falta un campo, o alguno no contiene lo que debe.",
)
_CUT = Text("It ends before it is whole.", "Termina antes de estar completo.")
_FULL = Text("It holds more than any parcel may.", "Contiene más de lo que un envío puede.")
_CHANGED = Text(
    "Its entries are not those of which its signed checkpoint tells: it was changed or damaged on its way.",
    "Sus asientos no son aquellos de los que habla su punto de control firmado: se alteró o dañó en el camino.",
)
_LONG = Text("A line is longer than any entry may be.", "Una línea es más larga que cualquier asiento.")


def not_a_parcel(why: Text) -> RecordRefused:
    """The error for lines that are no parcel."""
    return RecordRefused(
        Problem(
            what=Text("What was sent is not part of a log.", "Lo enviado no es parte de una bitácora."),
            why=why,
            fix=Text("Nothing of it was kept; ask for it again.", "Nada de ello se guardó; pídalo de nuevo."),
        )
    )
