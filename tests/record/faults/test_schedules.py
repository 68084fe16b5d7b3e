"""Partition, delay, loss, duplication and re-ordering: two sides converge once they are heard again."""

from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.record.conftest import Side, make_pair

from acuerdo.core.errors import AcuerdoError
from acuerdo.record.between import sending
from acuerdo.record.between.bundle import take_bundle, write_bundle
from acuerdo.record.between.pull import answer, pull
from acuerdo.record.between.sending import Sender
from acuerdo.record.between.serving import node_keys
from acuerdo.record.between.session import NONCE, Answerer, Asker

SCHEDULES = 210
PER_PAIR = 15
LOSS = 0.3
CERTIFICATE = b"c" * 32


class Lost(Exception):
    """Nothing came back."""


@pytest.fixture
def quick_folder() -> Iterator[Path]:
    """A folder in memory where there is one: what is tested here is not the disk."""
    shm = Path("/dev/shm")
    folder = tempfile.mkdtemp(dir=shm if os.access(shm, os.W_OK) else None)
    yield Path(folder)
    shutil.rmtree(folder)


def code(side: Side, number: int) -> None:
    marking = [{"reach": "both"}, {"reach": "own"}, {"reach": "public", "conf_status": "F"}][number % 3]
    body = {"item": "demo:plan", "level": "minimal", "version": "codebook 1", "statements": [f"s{number}"]}
    side.enter("code", body, marking=marking)


class Net:
    """The way between two sides: it loses, repeats, delays and mixes up what it carries, in both directions."""

    def __init__(self, chance: random.Random, one: Side, other: Side) -> None:
        self.chance, self.one, self.other = chance, one, other
        self.healed = False
        self.cut = False
        self.late: list[bytes] = []
        self.sender = Sender(other.node, other.node_key, way="network")
        self.answerer = Answerer(
            other.id, other.node_key, certificate=CERTIFICATE, keys=lambda side: node_keys(other.node, side)
        )
        self.asker = Asker(one.id, one.node_key, keys=lambda side: node_keys(one.node, side))

    def exchange(self) -> None:
        if self.cut and not self.healed:
            return
        nonce = os.urandom(NONCE)
        self.asker.greeted(self.answerer.welcome(nonce), nonce=nonce, certificate=CERTIFICATE)
        pull(self.one.node, self.other.id, ask=self.ask, signer=self.one.node_key)

    def ask(self, body: bytes) -> bytes:
        question = self.asker.question(body, certificate=CERTIFICATE)
        if not self.healed and self.chance.random() < LOSS:
            raise Lost
        raw = self.answered(question)
        if not self.healed:
            if self.chance.random() < 0.2:  # the question comes twice
                with pytest.raises(AcuerdoError):
                    self.answered(question)
            if self.chance.random() < 0.2:  # the answer is held up, and an older one comes instead
                self.late.append(raw)
                raw = self.chance.choice(self.late)
            if self.chance.random() < LOSS:
                raise Lost
        return self.asker.answered(question, raw, certificate=CERTIFICATE)

    def answered(self, question: bytes) -> bytes:
        heard = self.answerer.question(question)
        return self.answerer.answer(heard, answer(self.sender, heard.side, raw=heard.body))


class World:
    """Two sides, the way between them in each direction, and files on their way by hand."""

    def __init__(self, folder: Path) -> None:
        self.sides = make_pair(folder)
        self.number = 0

    def schedule(self, chance: random.Random) -> int:
        """One stretch of trouble and the day after it; returns how many exchanges were spoiled."""
        us, mx = self.sides
        nets = [Net(chance, us, mx), Net(chance, mx, us)]
        files: list[tuple[Side, bytes]] = []
        spoiled = 0
        for _ in range(chance.randint(4, 8)):
            match chance.randrange(6):
                case 0 | 1:
                    code(chance.choice(self.sides), self.number)
                    self.number += 1
                case 2 | 3:
                    try:
                        chance.choice(nets).exchange()
                    except (Lost, AcuerdoError):
                        spoiled += 1
                case 4:
                    one, other = chance.sample(self.sides, 2)
                    files.append((other, packed(one, other.id)))
                case _:
                    chance.choice(nets).cut ^= True
            if files and chance.random() < 0.4:  # a file is taken in any order, and perhaps again
                side, raw = chance.choice(files)
                list(take_bundle(side.node, io.BytesIO(raw)))
        for net in (*nets, *nets):
            net.healed = True
            net.exchange()
            net.sender.close()
        return spoiled

    def alike(self) -> None:
        us, mx = self.sides
        assert us.node.alarms() == mx.node.alarms() == ()
        for log in ("us", "mx"):
            one, other = us.node.log(log), mx.node.log(log)
            assert (one.size, one.root()) == (other.size, other.root())

    def close(self) -> None:
        us, mx = self.sides
        assert us.node.state(shared=True).canonical() == mx.node.state(shared=True).canonical()
        us.node.close()
        mx.node.close()


def packed(side: Side, to: str) -> bytes:
    file, sender = io.BytesIO(), Sender(side.node, side.node_key, way="file")
    write_bundle(sender, file, to=to, whole=False)
    sender.close()
    return file.getvalue()


@pytest.mark.slow
def test_after_any_trouble_both_have_the_same(
    quick_folder: Path, monkeypatch: pytest.MonkeyPatch, record_property: Any
) -> None:
    monkeypatch.setattr(sending, "MOST_ITEMS", 3)
    spoiled = 0
    for begin in range(0, SCHEDULES, PER_PAIR):
        world = World(quick_folder / str(begin))
        for seed in range(begin, begin + PER_PAIR):
            spoiled += world.schedule(random.Random(seed))
            world.alike()
        world.close()
    record_property("spoiled", spoiled)
    assert spoiled > SCHEDULES / 2  # the way was bad indeed


# ------------------------------------------------------------------------------------------- processes of their own


class BadWire(threading.Thread):
    """Between two processes: passes bytes on, slowly, and cuts connections off where it likes."""

    def __init__(self, to: int, chance: random.Random) -> None:
        import socket

        threading.Thread.__init__(self, daemon=True)
        self.to, self.chance, self.healed, self.cuts = to, chance, False, 0
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]

    def run(self) -> None:
        import socket

        while True:
            try:
                near, _ = self.listening.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.to))
            # A handshake takes some 1,500 bytes, so some are cut in it, some in the question, some in the answer.
            room = 10**9 if self.healed or self.chance.random() > 0.6 else self.chance.randint(0, 6_000)
            with near, far:
                self.carry(near, far, room)

    def carry(self, near: Any, far: Any, room: int) -> None:
        import select

        while True:
            for one in select.select([near, far], [], [], 10)[0]:
                try:
                    part = one.recv(min(1000, max(room, 1)))
                    (far if one is near else near).sendall(part)
                except OSError:
                    return
                room -= len(part)
                if not part or room <= 0:
                    self.cuts += room <= 0
                    return
                if not self.healed:
                    threading.Event().wait(self.chance.random() / 200)


@pytest.mark.slow
def test_two_processes_converge_over_a_bad_wire(tmp_path: Path) -> None:
    us, mx = make_pair(tmp_path / "made")
    for number in range(40):
        code(us, number)
    environment = {**os.environ, "ACUERDO_PASSPHRASE": "a passphrase", "ACUERDO_LANG": "en"}
    stores = {}
    for side in (us, mx):
        side.node.close()
        stores[side.id] = tmp_path / side.id
        stores[side.id].mkdir()
        side.node.folder.rename(stores[side.id] / "node")
    acuerdo = [sys.executable, "-m", "acuerdo"]
    serving = subprocess.Popen(
        [*acuerdo, "node", "serve", "--at", "127.0.0.1:0", "--store", str(stores["us"])],
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert serving.stderr is not None
        port = int(serving.stderr.readline().partition("https://127.0.0.1:")[2].partition(";")[0])
        wire = BadWire(port, random.Random(5))
        wire.start()
        pull = [*acuerdo, "exchange", "pull", f"https://127.0.0.1:{wire.port}", "--store", str(stores["mx"])]
        ends, told = [], ""
        for attempt in range(9):
            wire.healed = attempt == 8
            done = subprocess.run(
                pull, env=environment, capture_output=True, text=True, timeout=60, check=False
            )
            assert "Traceback" not in done.stderr
            ends.append(done.returncode)
            told = done.stderr
        assert ends[-1] == 0, told
        assert wire.cuts > 0
        verify = [*acuerdo, "verify", "--store", str(stores["mx"])]
        assert (
            subprocess.run(verify, env=environment, capture_output=True, timeout=60, check=False).returncode
            == 0
        )
        wire.listening.close()
    finally:
        serving.terminate()
        serving.wait(20)
        if serving.stderr is not None:
            serving.stderr.close()
