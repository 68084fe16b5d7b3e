"""The way to another node over the network: each question within a deadline, each answer with a bound."""

from __future__ import annotations

import asyncio
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, final
from urllib.parse import urlsplit

from acuerdo.core.errors import FetchFailed, Problem, UsageError
from acuerdo.core.text import Text
from acuerdo.record.between.certificate import asking_context
from acuerdo.record.between.http import LIMITS, PATHS, Limits, read_message, request
from acuerdo.record.between.session import NONCE, Asker
from acuerdo.record.faults import reason


@final
class Connection:
    """A connection to another node; it is opened at the first question.

    Attributes:
        url: Its address.
        asker: Our end of the session.
    """

    def __init__(self, url: str, asker: Asker, *, limits: Limits = LIMITS) -> None:
        self.url = url
        self.asker = asker
        self.host, self.port = _address(url)
        self._limits = limits
        # A notebook already runs a loop in the caller's thread, and two in one thread are refused.
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._runner = asyncio.Runner()
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._certificate = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError, TimeoutError):
            self._thread.submit(self._runner.run, self._close()).result()
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()

    def greet(self) -> str:
        """Connects; returns the side that answers there.

        Raises:
            FetchFailed: If nobody answers.
            KeyRefused: If it is not the node of a side that we know.
        """
        nonce = os.urandom(NONCE)
        raw = self._run(self._exchange(PATHS[0], nonce))
        return self.asker.greeted(raw, nonce=nonce, certificate=self._certificate)

    def ask(self, body: bytes) -> bytes:
        """Brings a question there and its answer back.

        Raises:
            FetchFailed: If no answer comes, or a refusal.
            KeyRefused: If the answer is not by the node that was asked.
        """
        question = self.asker.question(body, certificate=self._certificate)
        raw = self._run(self._exchange(PATHS[1], question))
        return self.asker.answered(question, raw, certificate=self._certificate)

    def _run(self, work: Any) -> bytes:
        try:
            return self._thread.submit(self._runner.run, work).result()
        except TimeoutError as error:
            raise self._failed(Text("It took too long.", "Tardó demasiado.")) from error
        except OSError as error:
            raise self._failed(reason(error)) from error

    async def _exchange(self, path: str, body: bytes) -> bytes:
        async with asyncio.timeout(self._limits.seconds):
            reader, writer = await self._connected()
            writer.write(request(self.host, path, body=body))
            await writer.drain()
            line, answered = await read_message(reader, most=self._limits.answer)
        if line.split(b" ")[1:2] != [b"200"]:
            words = answered.decode("utf-8", "replace")[:4096].partition("\n\n")
            told = Text(words[0].strip() or "–", words[2].strip() or words[0].strip() or "–")
            raise self._failed(told)
        return answered

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._streams is None:
            reader, writer = await asyncio.open_connection(
                self.host, self.port, ssl=asking_context(), ssl_handshake_timeout=self._limits.seconds
            )
            seen = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
            self._certificate = hashlib.sha256(seen).digest()
            self._streams = reader, writer
        return self._streams

    async def _close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            async with asyncio.timeout(1.0):
                await self._streams[1].wait_closed()

    def _failed(self, why: Text) -> FetchFailed:
        return FetchFailed(
            Problem(
                what=Text(
                    "The other node did not give what was asked.", "El otro nodo no dio lo que se le pidió."
                ),
                where=self.url,
                why=why,
                fix=Text(
                    "Try again later: what came before is kept, and the rest follows.",
                    "Inténtelo más tarde: lo que llegó antes se conserva, y sigue lo demás.",
                ),
            )
        )


def _address(url: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or 443
    except ValueError:
        host, port, parts = None, 0, None
    if (
        parts is None
        or parts.scheme != "https"
        or not host
        or parts.path not in {"", "/"}
        or not host.isascii()
    ):
        raise UsageError(
            Problem(
                what=Text(
                    f"'{url}' is not the address of a node.", f"«{url}» no es la dirección de un nodo."
                ),
                fix=Text("Write https://HOST:PORT", "Escriba https://SERVIDOR:PUERTO"),
            )
        )
    return host, port
