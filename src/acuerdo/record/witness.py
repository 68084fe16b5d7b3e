"""Mutual witness: what one side checks before it believes, keeps and cosigns the log of the other.

A side cosigns a checkpoint only if it holds every leaf under it and the earlier checkpoint is its beginning. Whatever
contradicts what was shown before is named, stops the exchange, and changes nothing on the honest side:

``rewritten_past``
    the new tree does not begin with the tree seen before;
``split_view``
    two signed checkpoints of one size with different roots;
``truncated_log``
    the log is now shorter than it was;
``sequence_reused``
    another signed entry stands at a place that had one;
``rolled_back``
    our own log is shorter than what the other side has cosigned: this file was put back to an earlier day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal, final

from acuerdo.core.errors import AcuerdoError, KeyRefused, Problem, RecordRefused, WitnessAlarm
from acuerdo.core.text import Text
from acuerdo.record.admission import Admitted, admit
from acuerdo.record.checkpoint import Checkpoint, cosign, cosigned_at, read_checkpoint, signed_by
from acuerdo.record.keyring import Keyring
from acuerdo.record.log import Log, New
from acuerdo.record.merkle import consistent, leaf_hash
from acuerdo.record.note import Note, NoteSignature, read_note
from acuerdo.record.signer import AbstractSigner

AlarmCode = Literal["rewritten_past", "split_view", "truncated_log", "sequence_reused", "rolled_back"]
ALARMS: Final[dict[AlarmCode, Text]] = {
    "rewritten_past": Text(
        "The log no longer begins with what it showed before: its past was rewritten.",
        "La bitácora ya no comienza con lo que mostró antes: su pasado fue reescrito.",
    ),
    "split_view": Text(
        "The log signed two different contents of one length: it shows different people different things.",
        "La bitácora firmó dos contenidos distintos de igual longitud: muestra a unos una cosa y a otros otra.",
    ),
    "truncated_log": Text(
        "The log is shorter than it was: entries at its end were cut off.",
        "La bitácora es más corta que antes: se cortaron asientos de su final.",
    ),
    "sequence_reused": Text(
        "Another entry stands at a place that had one: its number was used again.",
        "Hay otro asiento en un lugar ya ocupado: su número se usó de nuevo.",
    ),
    "rolled_back": Text(
        "Our own log is shorter than the other side has attested: this file was put back to an earlier day.",
        "Nuestra bitácora es más corta de lo que la otra parte atestiguó: este archivo se devolvió a un día anterior.",
    ),
}
_FIX: Final = Text(
    "Nothing of yours was changed, both signed checkpoints are kept as proof, and nothing more is exchanged with that "
    "side. Talk to it; when you both know what happened, acuerdo exchange settle goes on.",
    "Nada suyo cambió, ambos puntos de control firmados quedan como prueba y con esa parte ya no se intercambia nada. "
    "Hable con ella; cuando ambas sepan qué pasó, acuerdo exchange settle permite seguir.",
)
_RECOVER: Final = Text(
    "Enter nothing. Ask the other side for acuerdo exchange export --whole, take that file in with acuerdo exchange "
    "import --whole, and then say with acuerdo exchange settle that you have looked at this.",
    "No asiente nada. Pida a la otra parte acuerdo exchange export --whole, tome ese archivo con acuerdo exchange "
    "import --whole y diga después con acuerdo exchange settle que ya revisó esto.",
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One place of a log as it is sent: the envelope, or the leaf alone where the receiver may not have it."""

    envelope: bytes | None = None
    leaf: bytes | None = None

    @property
    def hash(self) -> bytes:
        """The leaf; of an envelope, computed here and not believed."""
        return leaf_hash(self.envelope) if self.envelope is not None else self.leaf or b""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A part of a log as it is sent.

    Attributes:
        note: The log's signed checkpoint.
        begin: The place of the first item.
        items: The places in order.
        proof: That the tree up to the last item is the beginning of the checkpoint's.
        keys: Entries about keys, by place, of this part and of what follows it in the log, or from its first place on;
            they tell whose key signed the checkpoint.
    """

    note: str
    begin: int
    items: Sequence[Item]
    proof: Sequence[bytes] = ()
    keys: Sequence[tuple[int, bytes]] = ()


def receive(
    copy: Log,
    page: Page,
    *,
    keyring: Keyring,
    live: bool = True,
    sizes: Mapping[str, int] = MappingProxyType({}),
) -> Keyring:
    """Takes part of the other side's log into the copy of it, all or nothing.

    Args:
        copy: The copy; nobody else writes it.
        page: What was sent; may overlap what is there, and then must be the same.
        keyring: The side's keys after the entries that the copy has.
        live: Whether the checkpoint is the log's present one; an old file may come late, a live log never shrinks.
        sizes: How many entries there are of the logs of which that is certain: our own.

    Returns:
        The side's keys after the entries that the copy has now.

    Raises:
        RecordRefused: If what was sent is not whole or does not fit together.
        KeyRefused: If a signature does not hold.
        WitnessAlarm: If it contradicts what was shown before.
    """
    note = read_note(page.note)
    checkpoint = read_checkpoint(note)
    with copy.writing() as size:
        if checkpoint.origin != copy.origin or page.begin > size:
            raise _does_not_fit()
        new = page.items[max(0, size - page.begin) :]
        admitted, after = _admitted(new, size, keyring=keyring, sizes=sizes)
        keys = {*_node_keys(keyring, after)}
        if size + len(new) < checkpoint.size:
            keys.update(_node_keys(introduced(keyring, page, begin=size)))
        if not live and _holds(copy, checkpoint, size=size):
            # An old file is signed with the key of its day; as it says nothing new, that is no matter.
            keys.update(keyring.nodes())
        if not signed_by(note, checkpoint.origin, keys=keys):
            raise _not_signed(checkpoint.origin)
        _never_shrinks(copy, checkpoint, size=size, live=live)
        _same_as_before(copy, page, size=size, keyring=keyring)
        end = copy.append(admitted, size=size)
        _follows(copy, checkpoint, page=page, before=size, end=end)
        # A copy broken off before its end is no shorter than what is kept of it.
        if end >= checkpoint.size and page.note not in copy.checkpoints(checkpoint.origin):
            copy.keep_checkpoint(checkpoint.origin, size=checkpoint.size, note=page.note)
    return after


def cosigned(copy: Log, note: Note, *, signer: AbstractSigner, name: str, at: int) -> NoteSignature:
    """The witness's line under the other side's checkpoint, given only if the copy holds all that is under it.

    Raises:
        RecordRefused: If the copy does not hold it all, or holds something else.
    """
    checkpoint = read_checkpoint(note)
    if checkpoint.size > copy.size or copy.root(checkpoint.size) != checkpoint.root:
        raise _does_not_fit()
    return cosign(note, signer, name=name, at=at)


def introduced(keyring: Keyring, page: Page, *, begin: int = 0, end: int | None = None) -> Keyring:
    """The keys of a side with those of which a page tells; each was signed by one that was known before.

    Whoever was away while a node's key was replaced must believe the new key's checkpoint before the entry that
    brought it has come, if the log comes in several parts.

    Args:
        keyring: The keys after the first entries.
        page: What was sent.
        begin: How many these are.
        end: The place before which entries are looked at, if not all are.

    Raises:
        RecordRefused: If it tells of what is no entry of that log.
        KeyRefused: If a signature does not hold.
    """
    for place, envelope in page.keys:
        if begin <= place and (end is None or place < end):
            keyring = admit(envelope, place, keyring=keyring).keyring
    return keyring


def attested(own: Log, copy: Log, *, rendered: str, witness: Keyring) -> Checkpoint:
    """Takes the other side's cosignature of our own checkpoint, and compares it with our own log.

    Args:
        own: Our log.
        copy: Our copy of the witness's log, beside which its attestations are kept.
        rendered: Our checkpoint with the cosignature.
        witness: The witness's keys.

    Raises:
        KeyRefused: If the witness did not cosign it.
        WitnessAlarm: If our log is shorter than attested, or no longer begins with what was.
    """
    note = read_note(rendered)
    checkpoint = read_checkpoint(note)
    name = witness.party.origin
    if checkpoint.origin != own.origin or cosigned_at(note, name, keys=_node_keys(witness)) is None:
        raise _not_signed(name)
    if checkpoint.size > own.size:
        raise alarm("rolled_back", f"{own.origin} ({own.size} < {checkpoint.size})")
    if own.root(checkpoint.size) != checkpoint.root:
        raise alarm("rewritten_past", f"{own.origin} ({checkpoint.size})")
    with copy.writing():
        if rendered not in copy.checkpoints(own.origin):
            copy.keep_checkpoint(own.origin, size=checkpoint.size, note=rendered)
    return checkpoint


def _holds(copy: Log, checkpoint: Checkpoint, *, size: int) -> bool:
    """Whether a checkpoint tells of nothing but what is here."""
    return checkpoint.size <= size and copy.root(checkpoint.size) == checkpoint.root


def _admitted(
    items: Sequence[Item], place: int, *, keyring: Keyring, sizes: Mapping[str, int]
) -> tuple[list[New], Keyring]:
    found: list[New] = []
    for number, item in enumerate(items, place):
        if item.envelope is None:
            if len(item.hash) != 32:
                raise _does_not_fit()
            found.append(New(item.hash))
            continue
        one = admit(item.envelope, number, keyring=keyring, sizes=sizes)
        found.append(one.new)
        keyring = one.keyring
    return found, keyring


def _never_shrinks(copy: Log, checkpoint: Checkpoint, *, size: int, live: bool) -> None:
    if checkpoint.size > size:
        return
    if copy.root(checkpoint.size) != checkpoint.root:
        code: AlarmCode = "split_view" if checkpoint.size == size else "rewritten_past"
        raise alarm(code, f"{copy.origin} ({checkpoint.size})")
    if live and checkpoint.size < size:
        raise alarm("truncated_log", f"{copy.origin} ({checkpoint.size} < {size})")


def _same_as_before(copy: Log, page: Page, *, size: int, keyring: Keyring) -> None:
    """What overlaps must be what is there; the envelope of an entry that was withheld may come now."""
    overlap = page.items[: max(0, size - page.begin)]
    for row, item in zip(copy.rows(page.begin, page.begin + len(overlap)), overlap, strict=True):
        if item.hash == row.leaf:
            if row.envelope is None and item.envelope is not None:
                copy.supply(row.place, item.envelope)
            continue
        if item.envelope is None or _as_signed_then(item.envelope, row.place, keyring=keyring) is None:
            raise _does_not_fit()
        raise alarm("sequence_reused", f"{copy.origin} ({row.place})")


def _as_signed_then(envelope: bytes, place: int, *, keyring: Keyring) -> Admitted | None:
    """Another entry for a place that had one, if it is truly signed: only then is it proof against its side."""
    try:
        return admit(envelope, place, keyring=keyring)
    except AcuerdoError:
        return None


def _follows(copy: Log, checkpoint: Checkpoint, *, page: Page, before: int, end: int) -> None:
    """The tree with what was sent is the checkpoint's, or its beginning."""
    if end > checkpoint.size:
        if end > before:
            raise _does_not_fit()
        return
    holds = consistent(
        end, checkpoint.size, earlier_root=copy.root(end), later_root=checkpoint.root, proof=page.proof
    )
    if not holds and before:
        raise alarm("rewritten_past", f"{copy.origin} ({before} -> {checkpoint.size})")
    if not holds:
        raise _does_not_fit()


def _node_keys(*keyrings: Keyring) -> Iterable[bytes]:
    return {key.raw for keyring in keyrings for key in keyring.in_force("node").values()}


def alarm(code: AlarmCode, where: str) -> WitnessAlarm:
    """The error for a contradiction, in the log and at the sizes that are named."""
    problem = Problem(what=ALARMS[code], where=where, fix=_RECOVER if code == "rolled_back" else _FIX)
    return WitnessAlarm(problem, code=code)


def alarm_record(error: WitnessAlarm, page: Page | None = None) -> dict[str, Any]:
    """What is kept of a contradiction, as proof."""
    return {"code": error.code, "note": page.note if page else None, "where": error.problems[0].where}


def _does_not_fit() -> RecordRefused:
    return RecordRefused(
        Problem(
            what=Text(
                "What was sent does not fit together, or does not continue what is here.",
                "Lo enviado no encaja entre sí o no continúa lo que hay aquí.",
            ),
            fix=Text(
                "Ask for it again from the first missing entry.", "Pídalo de nuevo desde el primer faltante."
            ),
        )
    )


def _not_signed(name: str) -> KeyRefused:
    return KeyRefused(
        Problem(
            what=Text(
                f"The checkpoint is not signed by a key of {name} that is known and in force.",
                f"El punto de control no está firmado por una llave de {name} conocida y vigente.",
            ),
            fix=Text(
                "Nothing of it was kept. Ask that side for a newer file, and how its node's key was replaced.",
                "Nada de ello se guardó. Pida a esa parte un archivo más nuevo y cómo cambió la llave de su nodo.",
            ),
        )
    )
