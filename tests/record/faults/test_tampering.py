"""Any byte of any file of a node is changed: verification tells, or the state is what it was."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.record.between.test_bundle import packed, unpack
from tests.record.conftest import Side

from acuerdo.core.errors import AcuerdoError
from acuerdo.record.node import Node
from acuerdo.record.verify import verify_node

FLIPS = 1_050
TEXT = {"en": "Something", "es": "Algo"}


def story(pair: tuple[Side, Side]) -> Node:
    """A node with something in every kind of file."""
    us, mx = pair
    target = {
        "indicator": "mx_homicide_rate",
        "by": "2027",
        "amount": "20.0",
        "unit": "per_100_000_inhabitants",
    }
    us.sign(us.desk.propose("target", target, under="definition 1"))
    unpack(mx, packed(us, "mx"))
    mx.sign(mx.desk.accept("target:mx_homicide_rate:2027"))
    draft, sealed = us.desk.seal(b"what stays with its owner", TEXT)
    us.sign(draft, sealed=sealed)
    for number in range(6):
        body = {
            "item": "demo:plan",
            "level": "minimal",
            "version": "codebook 1",
            "statements": [f"s{number}"],
        }
        us.enter("code", body)
        mx.enter("code", body)
    unpack(us, packed(mx, "us"))
    unpack(mx, packed(us, "mx"))
    unpack(us, packed(mx, "us"))
    for side in pair:
        side.node.close()
    return us.node


def looked_at(folder: Path) -> tuple[list[str], bytes]:
    """What verification finds, and the state."""
    node = Node.open(folder)
    try:
        problems = [one.what.en for found in verify_node(node) for one in found.problems]
        return problems, node.state().canonical()
    finally:
        node.close()


@pytest.mark.slow
def test_no_byte_can_be_changed_unseen(pair: tuple[Side, Side], record_property: Any) -> None:
    folder = story(pair).folder
    problems, state = looked_at(folder)
    assert problems == []
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    assert {path.parent.name for path in files} >= {"keys", "logs", "peers", "sealed", folder.name}
    chance = random.Random(2026)
    seen: Counter[str] = Counter()
    unseen: list[str] = []
    for number in range(FLIPS):
        path = files[number % len(files)]
        whole = path.read_bytes()
        at, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
        path.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        try:
            found, after = looked_at(folder)
        except AcuerdoError as error:
            found, after = [str(error)], b""
        kind = path.parent.name if path.parent != folder else path.name
        seen[f"{kind}: {'told' if found else 'without effect'}"] += 1
        if not found and after != state:
            unseen.append(f"{path.relative_to(folder)}:{at} bit {bit}")
        for beside in (path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
            beside.unlink(missing_ok=True)
        path.write_bytes(whole)
    record_property("flips", dict(seen))
    assert unseen == []
    assert seen["logs: told"] > 0
    assert seen["sealed: told"] > 0
    assert seen["receipts.sqlite: told"] > 0
    assert looked_at(folder) == ([], state)
