"""As much of HTTP/1.1 as two nodes need, with a bound on everything that comes from outside.

A request or an answer is read whole within one deadline, whatever its pace: a sender that drips bytes is cut off like
one that sends none.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import Final, final

from acuerdo.core.errors import Problem, RecordRefused
from acuerdo.core.text import Text
from acuerdo.record.canonical import MOST_BYTES

MOST_HEAD: Final = 8 * 1024
PATHS: Final = ("/acuerdo/1/hello", "/acuerdo/1/ask")
_LENGTH: Final = re.compile(rb"\r\ncontent-length:[ \t]*(0|[1-9][0-9]{0,9})[ \t]*(?=\r\n)", re.IGNORECASE)
_CHUNKED: Final = re.compile(rb"\r\n(transfer-encoding|content-encoding|expect)[ \t]*:", re.IGNORECASE)
_FOLDED: Final = re.compile(rb"\r\n[ \t]|[^\r]\n|\x00")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a connection may take.

    Attributes:
        question: Bytes of a request's body.
        answer: Bytes of an answer's body.
        seconds: Within which a request must be there, and an answer taken.
        connections: How many are served at once, and from one address a quarter of them.
    """

    question: int = 2 * MOST_BYTES
    answer: int = 20 * MOST_BYTES
    seconds: float = 20.0
    connections: int = 32


LIMITS: Final = Limits()


async def read_message(reader: asyncio.StreamReader, *, most: int) -> tuple[bytes, bytes]:
    """The first line and the body of the next request or answer; both empty where nothing follows.

    Raises:
        RecordRefused: If it is not of the one form that nodes use, or too large.
    """
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise refused(_FORM) from error
        return b"", b""
    except asyncio.LimitOverrunError as error:
        raise refused(_LARGE) from error
    lengths = _LENGTH.findall(head[:-2])
    if len(lengths) != 1 or _CHUNKED.search(head) or _FOLDED.search(head):
        raise refused(_FORM)
    if len(head) > MOST_HEAD or int(lengths[0]) > most:
        raise refused(_LARGE)
    try:
        return head.partition(b"\r\n")[0], await reader.readexactly(int(lengths[0]))
    except asyncio.IncompleteReadError as error:
        raise refused(_FORM) from error


def request(host: str, path: str, *, body: bytes) -> bytes:
    """A request as it is sent."""
    head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(body)}\r\n"
    return head.encode("ascii") + b"Content-Type: application/octet-stream\r\n\r\n" + body


def response(status: str, body: bytes, *, stay: bool) -> bytes:
    """An answer as it is sent."""
    rest = f"Connection: {'keep-alive' if stay else 'close'}\r\nContent-Length: {len(body)}\r\n"
    return f"HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\n{rest}\r\n".encode() + body


_FORM = Text(
    "It is not of the one form that nodes use: one Content-Length, no encodings, all that was announced.",
    "No es de la única forma que usan los nodos: un Content-Length, sin codificaciones, todo lo anunciado.",
)
_LARGE = Text("It is larger than any that a node sends.", "Es más grande que cualquiera que envíe un nodo.")


def refused(why: Text) -> RecordRefused:
    """The error for what is no message of a node."""
    return RecordRefused(
        Problem(
            what=Text(
                "What came over the connection was refused.", "Lo que llegó por la conexión se rechazó."
            ),
            why=why,
        )
    )
