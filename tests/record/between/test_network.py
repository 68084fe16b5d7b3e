"""Two nodes over a real connection, and everything that a stranger can send to one."""

from __future__ import annotations

import asyncio
import hashlib
import os
import socket
import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from acuerdo.core.errors import FetchFailed, KeyRefused, UsageError
from acuerdo.record.between.answers import Between
from acuerdo.record.between.calling import Connection
from acuerdo.record.between.certificate import asking_context
from acuerdo.record.between.http import Limits
from acuerdo.record.between.sending import Sender
from acuerdo.record.between.serving import Server, node_keys
from acuerdo.record.between.session import NONCE, Answerer, Asker
from acuerdo.record.node import Node
from acuerdo.record.signer import KeySigner

Side = Any
TEXT = {"en": "Something", "es": "Algo"}
# Long enough for a machine with much else to do; short only where the end of it is what a test waits for
PATIENT = Limits(seconds=60.0, connections=16)
QUICK = Limits(seconds=2.0, connections=16)


class Running:
    """The server of a side in a thread of its own."""

    _loop: asyncio.AbstractEventLoop
    _stop: asyncio.Event

    def __init__(self, side: Side, limits: Limits = PATIENT) -> None:
        self.side, self.limits = side, limits
        self.url = ""
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        node = Node.open(self.side.node.folder)
        sender = Sender(node, self.side.node_key, way="network")

        async def serve() -> None:
            self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
            server = Server(sender, limits=self.limits)
            await server.run("127.0.0.1", 0, ready=self._known, stop=self._stop)

        asyncio.run(serve())
        sender.close()
        node.close()

    def _known(self, url: str) -> None:
        self.url, self.port = url, int(url.rpartition(":")[2])
        self._ready.set()

    def __enter__(self) -> Running:
        self._thread.start()
        assert self._ready.wait(60)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(60)

    def connect(self) -> ssl.SSLSocket:
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        return asking_context().wrap_socket(plain)

    def send(self, raw: bytes) -> bytes:
        """What comes back on a connection of its own until the server closes it."""
        with self.connect() as stream:
            stream.sendall(raw)
            found = b""
            while part := stream.recv(65536):
                found += part
            return found


@pytest.fixture
def served(pair: tuple[Side, Side], request: pytest.FixtureRequest) -> Iterator[tuple[Running, Side]]:
    us, mx = pair
    for number in range(3):
        us.enter("seal", {"commitment": f"{number:064x}", "title": TEXT})
    with Running(us, getattr(request, "param", PATIENT)) as running:
        yield running, mx


def test_an_exchange_over_the_network(served: tuple[Running, Side]) -> None:
    running, mx = served
    found = Between(mx.node).pull(running.url, mx.node_key)
    assert (found.log, found.new, found.size) == ("us", 3, 3)
    again = Between(mx.node).pull(running.url, mx.node_key)
    assert (again.new, again.size) == (0, 3)
    # The server took the cosignature: it stands beside its copy of the other's log.
    us = Node.open(running.side.node.folder)
    assert us.log("mx").last_checkpoint(us.own.origin) is not None
    us.close()


def test_a_notebook_can_ask_too(served: tuple[Running, Side]) -> None:
    running, mx = served

    async def in_a_loop() -> int:
        return Between(mx.node).pull(running.url, mx.node_key).size

    # A notebook's loop is in a thread of its own here: a browser's tests leave theirs in this one
    with ThreadPoolExecutor(max_workers=1) as notebook:
        assert notebook.submit(asyncio.run, in_a_loop()).result() == 3


def test_a_stranger_is_refused(served: tuple[Running, Side], tmp_path: Any) -> None:
    running, mx = served
    stranger = KeySigner.generate()
    with pytest.raises(FetchFailed, match="No node key in force"):
        Between(mx.node).pull(running.url, stranger)
    us = Node.open(running.side.node.folder)
    assert list(Between(us).receipts()) == []
    us.close()


def test_who_is_not_the_side_is_not_believed(served: tuple[Running, Side]) -> None:
    running, mx = served
    asker = Asker("mx", mx.node_key, keys=lambda _side: [KeySigner.generate().public])
    with Connection(running.url, asker) as connection, pytest.raises(KeyRefused, match="not the node"):
        connection.greet()


def test_a_machine_in_the_middle_is_noticed_by_both(pair: tuple[Side, Side]) -> None:
    """It passes on what each says over a certificate of its own: neither takes the other's word."""
    us, mx = pair
    real, seen = os.urandom(32), os.urandom(32)
    answerer = Answerer("us", us.node_key, certificate=real, keys=lambda side: node_keys(us.node, side))
    asker = Asker("mx", mx.node_key, keys=lambda side: node_keys(mx.node, side))
    nonce = os.urandom(NONCE)
    with pytest.raises(KeyRefused):
        asker.greeted(answerer.welcome(nonce), nonce=nonce, certificate=seen)
    asker.greeted(answerer.welcome(nonce), nonce=nonce, certificate=real)
    with pytest.raises(KeyRefused):
        answerer.question(asker.question(b"{}", certificate=seen))


def test_a_question_counts_once(pair: tuple[Side, Side]) -> None:
    us, mx = pair
    answerer = Answerer("us", us.node_key, certificate=b"c" * 32, keys=lambda side: node_keys(us.node, side))
    asker = Asker("mx", mx.node_key, keys=lambda side: node_keys(mx.node, side))
    nonce = os.urandom(NONCE)
    asker.greeted(answerer.welcome(nonce), nonce=nonce, certificate=b"c" * 32)
    first = asker.question(b"{}", certificate=b"c" * 32)
    assert answerer.question(first).body == b"{}"
    with pytest.raises(KeyRefused, match="asked before"):
        answerer.question(first)
    second = asker.question(b"{}", certificate=b"c" * 32)
    asker.greeted(answerer.welcome(nonce), nonce=nonce, certificate=b"c" * 32)
    answerer.question(asker.question(b"{}", certificate=b"c" * 32))
    with pytest.raises(KeyRefused, match="asked before"):
        answerer.question(second)  # of a session that a later one has ended
    restarted = Answerer("us", us.node_key, certificate=b"c" * 32, keys=lambda side: node_keys(us.node, side))
    with pytest.raises(KeyRefused, match="asked before"):
        restarted.question(first)


def test_an_answer_belongs_to_its_question(pair: tuple[Side, Side]) -> None:
    us, mx = pair
    answerer = Answerer("us", us.node_key, certificate=b"c" * 32, keys=lambda side: node_keys(us.node, side))
    asker = Asker("mx", mx.node_key, keys=lambda side: node_keys(mx.node, side))
    nonce = os.urandom(NONCE)
    asker.greeted(answerer.welcome(nonce), nonce=nonce, certificate=b"c" * 32)
    one, two = (asker.question(body, certificate=b"c" * 32) for body in (b"1", b"2"))
    answers = [answerer.answer(answerer.question(raw), b"answer") for raw in (one, two)]
    assert asker.answered(one, answers[0], certificate=b"c" * 32) == b"answer"
    for wrong in (answers[1], answers[0][:-1], b"", answers[0].replace(b"answer", b"other!")):
        with pytest.raises(KeyRefused):
            asker.answered(one, wrong, certificate=b"c" * 32)


POST = b"POST /acuerdo/1/ask HTTP/1.1\r\nHost: x\r\n"


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", b"404"),
        (b"POST /acuerdo/1/hello HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", b"403"),
        (POST + b"Content-Length: 2\r\n\r\n{}", b"403"),
        (POST + b"Content-Length: 9999999\r\n\r\n", b"400"),
        (POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", b"400"),
        (POST + b"Content-Length: -5\r\n\r\n", b"400"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"400"),
        (POST + b"Content-Length: 4\r\n folded: yes\r\n\r\nabcd", b"400"),
        (POST + b"X: " + b"a" * 100_000 + b"\r\n\r\n", b"400"),
        (b"\x00" * 70_000 + b"\r\n\r\n", b"400"),
        (b"\xff\xfe\r\n\r\n", b"400"),
    ],
    ids=range(11),
)
def test_what_is_no_question_of_a_node_is_refused_in_words(
    served: tuple[Running, Side], raw: bytes, status: bytes
) -> None:
    running, mx = served
    found = running.send(raw)
    assert found.split(b" ")[1] == status
    assert "\n\n".join(found.decode().split("\r\n\r\n")[1:]).count("\n\n") >= 1  # both languages
    assert Between(mx.node).pull(running.url, mx.node_key).new == 3


@pytest.mark.parametrize("served", [QUICK], indirect=True, ids=["quick"])
def test_who_drips_is_cut_off_and_holds_nobody_up(served: tuple[Running, Side]) -> None:
    running, mx = served
    dripping = [running.connect() for _ in range(2)]
    for stream in dripping:
        stream.sendall(b"POST /acuerdo/1/ask HTTP/1.1\r\nHost: x\r\nX: ")
    assert Between(mx.node).pull(running.url, mx.node_key).new == 3
    for stream in dripping:
        # Byte after byte, more often than any pause that would count as silence.
        stream.settimeout(0.2)
        for _ in range(400):
            try:
                stream.sendall(b"a")
                if stream.recv(1) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        else:
            pytest.fail("the connection is still open")
        stream.close()


def test_one_address_cannot_take_every_connection(served: tuple[Running, Side]) -> None:
    running, _ = served
    held = [running.connect() for _ in range(4)]
    with running.connect() as third:
        assert b"503" in third.recv(100)
    for stream in held:
        stream.close()


def test_a_server_that_drips_or_is_away_is_given_up(pair: tuple[Side, Side]) -> None:
    _, mx = pair
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}"
        asker = Asker("mx", mx.node_key, keys=lambda _side: [])
        with (
            Connection(url, asker, limits=QUICK) as connection,
            pytest.raises(FetchFailed, match="what came before is kept"),
        ):
            connection.greet()
    with (
        Connection(url, asker, limits=QUICK) as connection,
        pytest.raises(FetchFailed, match="what came before is kept"),
    ):
        connection.greet()


@pytest.mark.parametrize(
    "url", ["http://x:1", "https://", "x", "https://x:99999", "https://x/path", "https://ñ"]
)
def test_what_is_no_address_is_told(pair: tuple[Side, Side], url: str) -> None:
    with pytest.raises(UsageError, match="not the address of a node"):
        Between(pair[0].node).pull(url, pair[0].node_key)


def test_the_certificate_is_that_which_the_session_is_bound_to(served: tuple[Running, Side]) -> None:
    running, _ = served
    with running.connect() as stream:
        seen = stream.getpeercert(binary_form=True)
        assert seen is not None
        nonce = os.urandom(NONCE)
        head = b"POST /acuerdo/1/hello HTTP/1.1\r\nContent-Length: 32\r\n\r\n"
        stream.sendall(head + nonce)
        found = stream.recv(4096).partition(b"\r\n\r\n")[2]
    asker = Asker("mx", KeySigner.generate(), keys=lambda side: [running.side.node_key.public])
    assert asker.greeted(found, nonce=nonce, certificate=hashlib.sha256(seen).digest()) == "us"
