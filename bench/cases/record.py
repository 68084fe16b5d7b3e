"""The record: durable appends, verification from zero, the state of many entries, proofs."""

from __future__ import annotations

import base64
import itertools
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from measuring import Figure, in_turns

from acuerdo.core.text import Text
from acuerdo.record.canonical import canonical
from acuerdo.record.consent import NOTHING, consent_digest
from acuerdo.record.entry import Entry
from acuerdo.record.envelope import Envelope, pae
from acuerdo.record.log import Log, New
from acuerdo.record.node import Node
from acuerdo.record.party import Party, PublicKey
from acuerdo.record.placed import Placed
from acuerdo.record.signer import KeySigner
from acuerdo.record.state import state
from acuerdo.record.verify import verify_log

MANY = 100_000
APPENDED = 500
PROVEN = 1_000
RUNS = 5
SIDES = ("mx", "us")
ORIGIN = "acuerdo/bench/us"


def figures(data: Path, work: Path) -> Iterator[Figure]:
    del data
    signer = KeySigner(bytes(range(32)))
    public = base64.b64encode(signer.public).decode()
    key = PublicKey(public=public, holder="Bench", roles=("desk", "node"))
    names = {"mx": Text("Mexico", "México"), "us": Text("United States", "Estados Unidos")}
    parties = {side: Party(record="bench", side=side, name=names[side], keys=(key,)) for side in SIDES}
    yield from _appends(
        work / "appends", [_signed(payload, signer) for payload in _reports(APPENDED)], parties=parties
    )
    yield from _verification(
        work / "many", [_signed(payload, signer) for payload in _reports(MANY)], party=parties["us"]
    )
    yield from _state()


def _signed(payload: bytes, signer: KeySigner) -> Envelope:
    return Envelope(payload).signed_by(signer)


def _appends(work: Path, envelopes: Sequence[Envelope], *, parties: dict[str, Party]) -> Iterator[Figure]:
    """Both sides put the same bytes on the disk before they go on: one row, WAL, synchronous=FULL.

    The files are made beforehand; each round adds to what is there, as a record grows.
    """
    raws = [envelope.to_bytes() for envelope in envelopes]
    key = Ed25519PublicKey.from_public_bytes(parties["us"].keys[0].raw)
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    log = Log(work / "us.sqlite", ORIGIN)
    node = Node.create(work / "node", parties["us"], parties["mx"])
    bare = {name: _bare_table(work / f"{name}.sqlite") for name in ("unchecked", "checked")}
    place = itertools.count()

    def into_log() -> None:
        for raw in raws:
            with log.writing() as size:
                log.append([New.of(raw)], size=size)

    def into_node() -> None:
        for envelope in envelopes:
            node.append(envelope)

    def into_table(table: sqlite3.Connection, *, check: bool) -> None:
        for envelope, raw in zip(envelopes, raws, strict=True):
            if check:
                key.verify(envelope.signatures[0].value, pae(envelope.payload))
            table.execute("BEGIN IMMEDIATE")
            table.execute("INSERT INTO entry VALUES (?, ?)", (next(place), raw))
            table.execute("COMMIT")

    mine, theirs = in_turns(into_log, lambda: into_table(bare["unchecked"], check=False), runs=RUNS)
    yield _ratio(f"{APPENDED} durable appends to the log", "bare SQLite inserts", ours=mine, theirs=theirs)
    mine, theirs = in_turns(into_node, lambda: into_table(bare["checked"], check=True), runs=RUNS)
    yield _ratio(
        f"{APPENDED} entries checked and durably appended",
        "Ed25519 verification and bare SQLite insert",
        ours=mine,
        theirs=theirs,
    )
    for one in (log, node, *bare.values()):
        one.close()


def _bare_table(path: Path) -> sqlite3.Connection:
    table = sqlite3.connect(path, isolation_level=None)
    for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"):
        table.execute(statement)
    table.execute("CREATE TABLE entry (place INTEGER PRIMARY KEY, envelope BLOB NOT NULL)")
    return table


def _verification(work: Path, envelopes: Sequence[Envelope], *, party: Party) -> Iterator[Figure]:
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    log = Log(work / "us.sqlite", ORIGIN)
    with log.writing() as size:
        log.append([New.of(envelope.to_bytes()) for envelope in envelopes], size=size)
    key = Ed25519PublicKey.from_public_bytes(party.keys[0].raw)
    signed = [(envelope.signatures[0].value, pae(envelope.payload)) for envelope in envelopes]

    def from_zero() -> None:
        found = verify_log(log, party)
        if found.problems or found.size != MANY:
            raise RuntimeError("the log does not verify")

    def signatures_only() -> None:
        for value, message in signed:
            key.verify(value, message)

    mine, bare = in_turns(from_zero, signatures_only, runs=3)
    yield _ratio(f"{MANY:,} entries verified from zero", "bare Ed25519 verifications", ours=mine, theirs=bare)
    for name, prove in (
        ("inclusion", lambda number: log.inclusion(number * 97 % MANY, MANY)),
        ("consistency", lambda number: log.consistency(number * 97 % MANY, MANY)),
    ):
        (took,) = in_turns(lambda prove=prove: [prove(number) for number in range(PROVEN)], runs=RUNS)
        yield Figure(
            name=f"one proof of {name} among {MANY:,}", value=1e3 * took / PROVEN, unit="ms", bound=1,
            ours=1e3 * took / PROVEN, runs=RUNS,
        )  # fmt: skip
    log.close()


def _state() -> Iterator[Figure]:
    """Proposals, consents, codings and reports of both sides, a fifth of them each and two fifths proposals."""
    payloads = list(_story(MANY))

    def compute() -> None:
        found = state(Placed(Entry.stored(payload), place) for place, payload in payloads)
        if len(found.entries) != MANY:
            raise RuntimeError("entries are missing from the state")

    (took,) = in_turns(compute, runs=3)
    yield Figure(name=f"the state of {MANY:,} entries", value=took, unit="s", bound=5, ours=took, runs=3)


def _ratio(name: str, rival: str, *, ours: float, theirs: float) -> Figure:
    return Figure(name=name, rival=rival, value=ours / theirs, bound=1.5, ours=ours, theirs=theirs, runs=RUNS)


def _reports(count: int) -> Iterator[bytes]:
    for number in range(count):
        words = {
            "en": f"Report number {number} of the working group on firearms.",
            "es": f"Informe número {number} del grupo de trabajo sobre armas de fuego.",
        }
        body = {"item": f"bench:promise_{number % 300}", "period": "2026-03", "text": words}
        yield _payload("us", {"mx": 0, "us": 0}, kind="report", body=body)


def _story(count: int) -> Iterator[tuple[int, bytes]]:
    sizes = dict.fromkeys(SIDES, 0)
    waiting: list[tuple[str, str, str]] = []
    for number in range(count):
        side = SIDES[number // 3 % 2]
        kind, body = (
            "report",
            {"item": f"bench:promise_{number % 300}", "period": "2026", "text": {"en": "a", "es": "b"}},
        )
        if number % 5 in {0, 2}:
            content = {
                "amount": str(number),
                "by": "2027",
                "indicator": f"i{number % 4_999}",
                "unit": "deaths",
            }
            kind, body = "propose", {"content": content, "prior": NOTHING, "thing": "target", "version": "1"}
        elif number % 5 == 1:
            kind, body = "code", {"item": f"bench:promise_{number % 300}", "level": "minimal", "version": "1"}
        elif number % 5 == 3 and waiting:
            _, proposal, consent = waiting.pop()
            kind, body = "accept", {"consent": consent, "proposal": proposal}
        payload = _payload(side, dict(sizes), kind=kind, body=body)
        if kind == "propose":
            entry = Entry.stored(payload)
            waiting.append(
                (side, entry.id, consent_digest(f"target:{body['content']['indicator']}:2027", body))
            )
        yield sizes[side], payload
        sizes[side] += 1


def _payload(side: str, seen: dict[str, int], *, kind: str, body: dict[str, object]) -> bytes:
    return canonical(
        {
            "acuerdo": 1,
            "at": "2026-11-22T05:00:00Z",
            "author": "Bench",
            "body": body,
            "kind": kind,
            "marking": {"reach": "both"},
            "record": "bench",
            "seen": seen,
            "side": side,
        }
    )
