"""Questions and answers signed for one connection: who stands between can neither read, change nor repeat them.

The asker brings a number nobody has used; the answerer names itself, the certificate of the connection and a number of
its own, and signs all three. Every question after that counts up from that number and is signed; every answer is signed
over the question. No clock is asked, and a connection that ends in another machine is noticed by both: what each signs
holds the certificate that it sees.

::

    asker                                         answerer
    hello(nonce)                              →
                                              ←   welcome(challenge), signed over nonce and certificate
    question 1, signed over challenge, 1      →
                                              ←   answer, signed over the question
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal, final

from acuerdo.core.errors import KeyRefused, Problem
from acuerdo.core.text import Text
from acuerdo.record.signer import AbstractSigner, verifies

NONCE: Final = 32
Said = Literal["welcome", "question", "answer"]
Keys = Callable[[str], Iterable[bytes]]
"""The node keys in force of a side; none of a side that is not known."""
_LINE: Final = re.compile(rb"([a-z][a-z0-9_]{0,63}) ([0-9a-f]{128}) ([1-9][0-9]{0,8}) ([A-Za-z0-9+/]{86}==)")
_WELCOME: Final = re.compile(rb"([a-z][a-z0-9_]{0,63}) ([0-9a-f]{128}) ([A-Za-z0-9+/]{86}==)")
_SIGNATURE: Final = re.compile(rb"[A-Za-z0-9+/]{86}==")


@final
@dataclass(frozen=True, slots=True)
class Question:
    """A question of a side that has shown who it is."""

    side: str
    body: bytes
    digest: bytes


@final
class Answerer:
    """The end that is asked.

    Attributes:
        side: Our side.
        certificate: The sha256 of the certificate that whoever connects to us sees.
    """

    def __init__(self, side: str, signer: AbstractSigner, *, certificate: bytes, keys: Keys) -> None:
        self.side = side
        self.certificate = certificate
        self._signer = signer
        self._keys = keys
        self._secret = os.urandom(NONCE)
        self._issued = 0
        self._heard: dict[str, tuple[int, int]] = {}

    def welcome(self, nonce: bytes) -> bytes:
        """The answer to a hello: a challenge, signed; nothing is remembered of it.

        Raises:
            KeyRefused: If the nonce is none.
        """
        if len(nonce) != NONCE:
            raise _refused(_NO_QUESTION)
        self._issued += 1
        number = self._issued.to_bytes(8, "big") + os.urandom(24)
        challenge = number + hmac.digest(self._secret, number, "sha256")
        signed = self._signer.sign(_message("welcome", self.certificate, nonce, challenge))
        return b"%b %b %b" % (self.side.encode(), challenge.hex().encode(), base64.b64encode(signed))

    def question(self, raw: bytes) -> Question:
        """The question that bytes hold, if a side that we know asks it now, for the first time.

        Raises:
            KeyRefused: If not.
        """
        line, _, body = raw.partition(b"\n")
        found = _LINE.fullmatch(line)
        if found is None:
            raise _refused(_NO_QUESTION)
        side, challenge, count = found[1].decode(), bytes.fromhex(found[2].decode()), int(found[3])
        between = f"{side} {self.side}".encode()
        message = _message("question", self.certificate, challenge, b"%d" % count, between, body)
        signature = base64.b64decode(found[4])
        known = self._keys(side)
        if not any(verifies(key, signature, message=message) for key in known):
            raise _refused(_NOT_SIGNED)
        number = int.from_bytes(challenge[:8], "big")
        genuine = hmac.compare_digest(
            hmac.digest(self._secret, challenge[:NONCE], "sha256"), challenge[NONCE:]
        )
        if not genuine or (number, count) <= self._heard.get(side, (0, 0)):
            raise _refused(_REPEATED)
        self._heard[side] = number, count
        return Question(side, body, hashlib.sha256(raw).digest())

    def answer(self, question: Question, body: bytes) -> bytes:
        """An answer, signed over its question."""
        signed = self._signer.sign(_message("answer", self.certificate, question.digest, body))
        return base64.b64encode(signed) + b"\n" + body


@final
class Asker:
    """The end that asks.

    Attributes:
        side: Our side.
        of: The side that answers; empty before it has shown who it is.
    """

    def __init__(self, side: str, signer: AbstractSigner, *, keys: Keys) -> None:
        self.side = side
        self.of = ""
        self._signer = signer
        self._keys = keys
        self._challenge = b""
        self._count = 0

    def greeted(self, raw: bytes, *, nonce: bytes, certificate: bytes) -> str:
        """Takes the answer to a hello; returns the side that gave it.

        Raises:
            KeyRefused: If no side that we know gave it on this connection.
        """
        found = _WELCOME.fullmatch(raw)
        if found is None:
            raise _refused(_NOT_THEM)
        side, challenge = found[1].decode(), bytes.fromhex(found[2].decode())
        message = _message("welcome", certificate, nonce, challenge)
        if not self._signed(side, base64.b64decode(found[3]), message):
            raise _refused(_NOT_THEM)
        self.of, self._challenge, self._count = side, challenge, 0
        return side

    def question(self, body: bytes, *, certificate: bytes) -> bytes:
        """A question, signed."""
        self._count += 1
        count = b"%d" % self._count
        between = f"{self.side} {self.of}".encode()
        message = _message("question", certificate, self._challenge, count, between, body)
        signed = base64.b64encode(self._signer.sign(message))
        head = b" ".join((self.side.encode(), self._challenge.hex().encode(), count, signed))
        return head + b"\n" + body

    def answered(self, question: bytes, raw: bytes, *, certificate: bytes) -> bytes:
        """The body of an answer to a question.

        Raises:
            KeyRefused: If the side that was asked did not give it.
        """
        signature, _, body = raw.partition(b"\n")
        message = _message("answer", certificate, hashlib.sha256(question).digest(), body)
        if not _SIGNATURE.fullmatch(signature) or not self._signed(
            self.of, base64.b64decode(signature), message
        ):
            raise _refused(_NOT_THEM)
        return body

    def _signed(self, side: str, signature: bytes, message: bytes, /) -> bool:
        return any(verifies(key, signature, message=message) for key in self._keys(side))


def _message(said: Said, *parts: bytes) -> bytes:
    """What is signed: no two lists of parts give the same bytes, and nothing else in the record looks like it."""
    digests = (hashlib.sha256(one).digest() for one in parts)
    return b"acuerdo-session/1 " + said.encode() + b"\x00" + b"".join(digests)


_NO_QUESTION = Text("It is not of the form asked for.", "No tiene la forma pedida.")
_NOT_SIGNED = Text(
    "No node key in force of a side known here signed it for this connection.",
    "No lo firmó, para esta conexión, ninguna llave de nodo vigente de una parte conocida aquí.",
)
_REPEATED = Text("It was asked before, or in another session.", "Ya se preguntó antes, o en otra sesión.")
_NOT_THEM = Text(
    "Whoever answers here is not the node of the side that was asked, or another machine stands between.",
    "Quien responde aquí no es el nodo de la parte preguntada, o hay otra máquina en medio.",
)


def _refused(why: Text) -> KeyRefused:
    return KeyRefused(
        Problem(
            what=Text(
                "The connection between the nodes is refused.", "La conexión entre los nodos se rechaza."
            ),
            why=why,
            fix=Text(
                "Compare the fingerprints of both sides' files with acuerdo keys. If a node has a new key since the "
                "last exchange, exchange once by file (export, import), which brings it; then try again.",
                "Compare con acuerdo keys las huellas de los archivos de ambas partes. Si un nodo tiene llave nueva "
                "desde el último intercambio, intercambien una vez por archivo (export, import), que la trae; luego "
                "inténtelo de nuevo.",
            ),
        )
    )
