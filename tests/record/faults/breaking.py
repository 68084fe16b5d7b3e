"""A process that breaks its own children at every step that changes a file, and looks at what is left.

It is started with ``faulty.so`` before the C library, prepares two nodes once, and forks a child for each step; the
child does one operation, tells through a pipe what it acknowledged, and is killed. The parent then opens the node as
the clerk of the next morning would. What it found is printed as JSON.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.record.conftest import Side, make_pair

from acuerdo.core.errors import AcuerdoError
from acuerdo.record.between import sending
from acuerdo.record.between.bundle import take_bundle, write_bundle
from acuerdo.record.between.pull import answer, pull
from acuerdo.record.between.sending import Sender
from acuerdo.record.keyfile import write_key
from acuerdo.record.node import Node
from acuerdo.record.own_key import key_path, new_key
from acuerdo.record.verify import verify_node

KILL, TEAR, FULL = 1, 2, 3
TEXT = {"en": "Something", "es": "Algo"}
FAULTY = ctypes.CDLL(None)
Tell = Callable[[str], object]
Operation = Callable[[Side, Tell], None]


def code(side: Side, number: int, **fields: Any) -> str:
    body = {"item": "demo:plan", "level": "minimal", "version": "codebook 1", "statements": [f"s{number}"]}
    return side.enter("code", body, **fields).entry.id


def prepare(folder: Path) -> dict[str, Any]:
    """Two nodes that have met before, and what the other has that is new."""
    sending.MOST_ITEMS = 4  # so that an exchange has many parts
    us, mx = make_pair(folder)
    for number in range(3):
        code(us, number)
        code(mx, number + 100)
    exchange(mx, us)
    exchange(us, mx)
    hidden = code(us, 7, marking={"reach": "own"})
    exchange(mx, us)
    for number in range(10, 18):
        code(us, number)
    us.enter("remark", {"entry": hidden, "marking": {"reach": "both"}})
    bundle = packed(us, "mx")
    for one in (us, mx):
        one.node.close()
    return {"us": us, "mx": mx, "bundle": bundle}


def packed(side: Side, to: str) -> bytes:
    file, sender = io.BytesIO(), Sender(side.node, side.node_key, way="file")
    write_bundle(sender, file, to=to, whole=False)
    sender.close()
    return file.getvalue()


def exchange(one: Side, other: Side, tell: Tell | None = None) -> None:
    sender = Sender(other.node, other.node_key, way="network")

    def ask(raw: bytes) -> bytes:
        if tell is not None:
            tell(json.dumps(one.node.log(other.id).size))  # what is here now was acknowledged
        return answer(sender, one.id, raw=raw)

    pull(one.node, other.id, ask=ask, signer=one.node_key)
    sender.close()


def do_append(side: Side, tell: Tell) -> None:
    for number in range(4):
        tell(code(side, number + 1000 + os.getpid() * 10))
    side.node.checkpoint(side.node_key)


def do_seal(side: Side, tell: Tell) -> None:
    draft, sealed = side.desk.seal(os.urandom(5000), TEXT)
    placed = side.desk.sign(draft, side.desk_key, sealed=sealed)
    assert placed is not None
    tell(placed.entry.id)


def do_hand_over(side: Side, tell: Tell) -> None:
    fresh, about = new_key(f"Desk {os.getpid()}", "desk")
    path = key_path(side.node.folder / "keys", about)
    write_key(path, fresh, about=about, passphrase="a passphrase", cost=2)
    placed = side.desk.sign(side.desk.hand_over(about, TEXT), side.desk_key, fresh)
    assert placed is not None
    tell(placed.entry.id)


class Bench:
    """The nodes as prepared, copied anew for each fault."""

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template"
        self.made = prepare(self.template)
        self.folder = folder
        self.kills = self.refusals = 0
        self.wrong: list[str] = []

    def side(self, name: str, base: Path) -> Side:
        one: Side = self.made[name]
        return Side(Node.open(base / name), one.desk_key, one.node_key, one.recovery_key, one.keys)

    def operations(self) -> dict[str, tuple[str, Operation]]:
        """Each operation, and the node whose files the fault is in."""

        def do_exchange(mx: Side, tell: Tell) -> None:
            exchange(mx, self.side("us", mx.node.folder.parent), tell)

        def do_answer(us: Side, tell: Tell) -> None:
            exchange(self.side("mx", us.node.folder.parent), us)

        def do_import(mx: Side, tell: Tell) -> None:
            for one in take_bundle(mx.node, io.BytesIO(self.made["bundle"])):
                tell(json.dumps(one.size if one.log == "us" else 0))

        def do_export(us: Side, tell: Tell) -> None:
            packed(us, "mx")

        return {
            "append": ("us", do_append),
            "seal": ("us", do_seal),
            "hand over": ("us", do_hand_over),
            "exchange": ("mx", do_exchange),
            "answer": ("us", do_answer),
            "import": ("mx", do_import),
            "export": ("us", do_export),
        }

    def at_every_step(self, name: str, how: int) -> int:
        """Breaks an operation at its first step, its second, and so on until it is through; returns how often."""
        whose, operation = self.operations()[name]
        step = 0
        while True:
            step += 1
            base = self.folder / "work"
            shutil.copytree(self.template, base)
            try:
                end, told = self.child(base, whose, operation, step=step, how=how)
                self.judge(base, whose, told, where=f"{name}, step {step}, fault {how}")
            finally:
                shutil.rmtree(base)
            if end == 0:
                return step - 1
            if end not in {-9, 3}:
                self.wrong.append(f"{name}, step {step}, fault {how}: ended with {end}")
                return step
            self.kills += end == -9
            self.refusals += end == 3

    def child(
        self, base: Path, whose: str, operation: Operation, *, step: int, how: int
    ) -> tuple[int, list[str]]:
        """Runs an operation in a child with a fault at a step; its end, and what it acknowledged."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            end = 4
            try:
                os.close(reading)
                FAULTY.faulty_arm(f"{base / whose}/".encode(), ctypes.c_long(step), how)
                operation(
                    self.side(whose, base), lambda line: os.write(writing, f"{line}\n".encode()) and None
                )
                end = 0
            except (AcuerdoError, OSError) as error:
                # A full disk is told; a file of ours that cannot be written is the system's own error.
                end = 3 if how == FULL else 5
                if end == 5:
                    print(error, file=sys.stderr)
            except BaseException as error:  # noqa: BLE001 - a child never returns
                print(repr(error), file=sys.stderr)
            finally:
                os._exit(end)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            told = pipe.read().split()
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), told

    def judge(self, base: Path, whose: str, told: list[str], *, where: str) -> None:
        """What is left: all that was acknowledged, nothing half, and it goes on from there."""
        us, mx = self.side("us", base), self.side("mx", base)
        try:
            found = self.left(us, mx, us if whose == "us" else mx, told)
        except AcuerdoError as error:
            found = str(error)
        finally:
            us.node.close()
            mx.node.close()
        if found:
            self.wrong.append(f"{where}: {found}")

    def left(self, us: Side, mx: Side, here: Side, told: list[str]) -> str:
        """What is wrong with what is left; empty if nothing is."""
        for side in (us, mx):
            problems = [one.what.en for found in verify_node(side.node) for one in found.problems]
            if problems:
                return "; ".join(problems)
        entries = set(here.node.state().entries)
        for line in told:
            kept = here.node.log("us").size >= int(line) if line.isdigit() else line in entries
            if not kept:
                return f"acknowledged and gone: {line}"
        code(us, 5000)
        exchange(mx, us)
        exchange(us, mx)
        alike = us.node.state(shared=True).canonical() == mx.node.state(shared=True).canonical()
        return "" if alike else "the two sides differ"


def main(faults: str) -> None:
    shm = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shm if os.access(shm, os.W_OK) else None) as folder:
        begun = time.monotonic()
        bench = Bench(Path(folder))
        steps = {
            f"{name} {how}": bench.at_every_step(name, how)
            for how in map(int, faults.split(","))
            for name in bench.operations()
        }
        seconds = round(time.monotonic() - begun, 1)
    found = {"kills": bench.kills, "refusals": bench.refusals, "wrong": bench.wrong, "steps": steps}
    print(json.dumps({**found, "seconds": seconds}))


if __name__ == "__main__":
    main(sys.argv[1])
