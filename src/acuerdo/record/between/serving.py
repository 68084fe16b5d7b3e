"""The server of a node: it answers the other sides' nodes and nobody else, and no connection can hold it up."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import final

from acuerdo.core.errors import AcuerdoError, KeyRefused, Problem, UsageError, WitnessAlarm
from acuerdo.core.text import LANGS, Text
from acuerdo.record.between.certificate import serving_context
from acuerdo.record.between.http import LIMITS, PATHS, Limits, read_message, refused, response
from acuerdo.record.between.pull import answer
from acuerdo.record.between.sending import Sender
from acuerdo.record.between.session import Answerer
from acuerdo.record.faults import reason
from acuerdo.record.node import Node

Ready = Callable[[str], None]
"""Called with the address once connections are taken."""


@final
class Server:
    """Serves what a node may send.

    Attributes:
        sender: What makes up the answers.
        limits: What a connection may take.
    """

    def __init__(self, sender: Sender, *, limits: Limits = LIMITS) -> None:
        self.sender = sender
        self.limits = limits
        self._open: Counter[str] = Counter()
        self._context, certificate = serving_context()
        node = sender.node
        self._session = Answerer(
            node.party.side,
            sender.signer,
            certificate=certificate,
            keys=lambda side: node_keys(node, side),
        )

    async def run(self, host: str, port: int, *, ready: Ready, stop: asyncio.Event) -> None:
        """Serves until it is told to stop.

        Raises:
            UsageError: If the address cannot be used.
        """
        try:
            server = await asyncio.start_server(
                self._connected,
                host,
                port,
                ssl=self._context,
                ssl_handshake_timeout=self.limits.seconds,
                ssl_shutdown_timeout=1.0,
                backlog=self.limits.connections,
            )
        except OSError as error:
            raise _no_address(f"{host}:{port}", error) from error
        async with server:
            at = server.sockets[0].getsockname()
            ready(f"https://{at[0]}:{at[1]}")
            await stop.wait()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        address = str(writer.get_extra_info("peername", ("",))[0])
        self._open[address] += 1
        try:
            # Cancelled when the server stops: this is the end of the connection either way.
            with suppress(OSError, TimeoutError, asyncio.CancelledError):
                await self._serve(reader, writer, address)
        finally:
            self._open[address] -= 1
            self._open += Counter()
            writer.close()
            with suppress(OSError, TimeoutError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, address: str, /
    ) -> None:
        most = self.limits.connections
        if self._open.total() > most or self._open[address] > max(1, most // 4):
            await self._give(writer, "503 Busy", body=_told(refused(_BUSY)), stay=False)
            return
        while True:
            try:
                async with asyncio.timeout(self.limits.seconds):
                    line, body = await read_message(reader, most=self.limits.question)
            except AcuerdoError as error:
                await self._give(writer, "400 Refused", body=_told(error), stay=False)
                return
            if not line:
                return
            status, answered = self._answer(line, body)
            stay = status.startswith("200")
            await self._give(writer, status, body=answered, stay=stay)
            if not stay:
                return

    async def _give(self, writer: asyncio.StreamWriter, status: str, *, body: bytes, stay: bool) -> None:
        async with asyncio.timeout(self.limits.seconds):
            writer.write(response(status, body, stay=stay))
            await writer.drain()

    def _answer(self, line: bytes, body: bytes) -> tuple[str, bytes]:
        """The status and the body of the answer to a request."""
        try:
            match line.split(b" "):
                case [b"POST", path, b"HTTP/1.1"] if path == PATHS[0].encode():
                    return "200 OK", self._session.welcome(body)
                case [b"POST", path, b"HTTP/1.1"] if path == PATHS[1].encode():
                    question = self._session.question(body)
                    given = answer(self.sender, question.side, raw=question.body)
                    return "200 OK", self._session.answer(question, given)
                case _:
                    return "404 Not here", _told(refused(_NOT_HERE))
        except KeyRefused as error:
            return "403 Refused", _told(error)
        except WitnessAlarm as error:
            return "409 Contradiction", _told(error)
        except AcuerdoError as error:
            return "400 Refused", _told(error)


def node_keys(node: Node, side: str) -> Iterable[bytes]:
    """The node keys in force of another side; none of one that is not known."""
    if side not in node.peers:
        return ()
    return [key.raw for key in node.keyring(side).in_force("node").values()]


def serve(sender: Sender, host: str, *, port: int, ready: Ready, limits: Limits = LIMITS) -> None:
    """Serves a node until it is told to stop."""

    async def until_stopped() -> None:
        stop = asyncio.Event()
        for one in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(one, stop.set)
        await Server(sender, limits=limits).run(host, port, ready=ready, stop=stop)

    asyncio.run(until_stopped())


def _told(error: AcuerdoError) -> bytes:
    return "\n\n".join(error.render(lang) for lang in LANGS).encode()[:4096]


_BUSY = Text("Too many connections are open.", "Hay demasiadas conexiones abiertas.")
_NOT_HERE = Text(
    "This address answers nodes of the record and nobody else.",
    "Esta dirección responde a nodos del registro y a nadie más.",
)


def _no_address(address: str, error: OSError) -> UsageError:
    return UsageError(
        Problem(
            what=Text("The address cannot be used.", "La dirección no puede usarse."),
            where=address,
            why=reason(error),
            fix=Text("Choose another with --at.", "Elija otra con --at."),
        )
    )
