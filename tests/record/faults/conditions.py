"""Conditions that a machine can be in, for real: the clock put back, two writers, a folder that cannot be written."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.record.conftest import Side, make_pair
from tests.record.faults.breaking import code, exchange

from acuerdo.core.errors import AcuerdoError, StoreDamaged
from acuerdo.record.node import Node
from acuerdo.record.verify import verify_node

TEXT = {"en": "Something", "es": "Algo"}
NOBODY = 65534


def clock(folder: Path) -> Any:
    """Two sides go on while the clock of one is put back by a day."""
    us, mx = make_pair(folder)
    told = []
    for day in range(3):
        ctypes.CDLL(None).faulty_clock(ctypes.c_long(day * 86_400))
        draft, sealed = us.desk.seal(b"content", TEXT)
        placed = us.desk.sign(draft, us.desk_key, sealed=sealed)
        assert placed is not None
        told.append(placed.entry.at)
        code(mx, day)
        exchange(mx, us)
        exchange(us, mx)
    problems = [one for side in (us, mx) for found in verify_node(side.node) for one in found.problems]
    alike = us.node.state().canonical() == mx.node.state().canonical() and not problems
    us.node.close()
    mx.node.close()
    return {"told": told, "alike": alike}


def writers(folder: Path) -> Any:
    """Two processes enter thirty entries each, as fast as they can."""
    us, mx = make_pair(folder)
    us.node.close()
    mx.node.close()
    reading, writing = os.pipe()
    children = []
    for number in range(2):
        child = os.fork()
        if child == 0:
            end = 4
            try:
                one = Side(Node.open(us.node.folder), us.desk_key, us.node_key, us.recovery_key, us.keys)
                for count in range(30):
                    os.write(writing, f"{patiently(one, number * 100 + count)}\n".encode())
                end = 0
            finally:
                os._exit(end)  # whatever happens, a child does not go on as its parent
        children.append(child)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        acknowledged = set(pipe.read().split())
    ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    node = Node.open(us.node.folder)
    here = acknowledged & set(node.state().entries)
    problems = [one.what.en for found in verify_node(node) for one in found.problems]
    node.close()
    return {
        "acknowledged": len(acknowledged),
        "here": len(here),
        "problems": problems + [str(end) for end in ends if end],
    }


def patiently(side: Side, number: int) -> str:
    """Enters, and does as it is told where the other process keeps the log for too long: waits and tries again."""
    for _ in range(5):
        try:
            return code(side, number)
        except StoreDamaged as error:
            if "Another process" not in str(error):
                raise
    raise TimeoutError


def read_only(folder: Path) -> Any:
    """An append into a folder that may be read and not written."""
    us, mx = make_pair(folder)
    code(us, 1)
    code(us, 2)
    us.node.close()
    mx.node.close()
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        if os.getuid() == 0:
            os.setuid(NOBODY)
        os.write(writing, json.dumps(_refused(us)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        found = json.loads(pipe.read())
    os.waitpid(child, 0)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    return found


def _refused(us: Side) -> Any:
    if os.access(us.node.folder, os.W_OK):
        return None
    one = Side(Node.open(us.node.folder), us.desk_key, us.node_key, us.recovery_key, us.keys)
    try:
        code(one, 3)
        refused = ""
    except AcuerdoError as error:
        refused = type(error).__name__
    return {"refused": refused, "read": one.node.own.size}


def disk(folder: Path) -> Any:
    """A disk of its own that is really full, then made larger, then mounted for reading only."""
    if not _mounted(folder, b"size=1m"):
        return None
    us, mx = make_pair(folder)
    exchange(mx, us)  # leaves receipts
    mx.node.close()
    told, refused = [], ""
    try:
        while len(told) < 10_000:
            told.append(code(us, len(told)))
    except AcuerdoError as error:
        refused = type(error).__name__
    us.node.close()
    kept = _entries(us)
    _mounted(folder, b"size=8m", again=True)
    one = Side(Node.open(us.node.folder), us.desk_key, us.node_key, us.recovery_key, us.keys)
    after = code(one, 20_000)
    one.node.close()
    _mounted(folder, b"", again=True, read_only=True)
    return {
        "refused": refused,
        "lost": len(set(told) - kept),
        "more": len(kept - set(told)),
        "goes_on": after in _entries(us),
        "read_only": _refused_when_read_only(us),
    }


def _entries(side: Side) -> set[str]:
    """What is there, if it is whole."""
    node = Node.open(side.node.folder)
    problems = [one.what.en for found in verify_node(node) for one in found.problems]
    found = set() if problems else set(node.state().entries)
    node.close()
    return found


def _refused_when_read_only(side: Side) -> str:
    one = Side(Node.open(side.node.folder), side.desk_key, side.node_key, side.recovery_key, side.keys)
    try:
        code(one, 30_000)
    except AcuerdoError as error:
        return type(error).__name__
    finally:
        if any(found.problems for found in verify_node(one.node)):
            raise AssertionError("what cannot be written can still be verified")
        one.node.close()
    return ""


def _mounted(folder: Path, options: bytes, *, again: bool = False, read_only: bool = False) -> bool:
    """Mounts a disk in memory, seen by this process alone; whether it may do so."""
    system = ctypes.CDLL(None)
    alone, private, remount, reading = 0x20000, 0x4000 | 1 << 18, 32, 1
    if not again and (system.unshare(alone) or system.mount(b"none", b"/", None, private, None)):
        return False
    flags = remount * again | reading * read_only
    return not system.mount(b"tmpfs", str(folder).encode(), b"tmpfs", flags, options)


def main(what: str) -> None:
    conditions = {"clock": clock, "writers": writers, "read-only": read_only, "disk": disk}
    folder = Path(tempfile.mkdtemp(prefix="acuerdo-"))
    folder.chmod(0o755)
    try:
        print(json.dumps(conditions[what](folder)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1])
