"""One entry: what one side says, when, having seen what, and who may read it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, cast, final

from acuerdo.core.errors import Problem, RecordRefused
from acuerdo.core.text import Text
from acuerdo.record.canonical import canonical, read_canonical, read_stored
from acuerdo.record.moment import moment

FORMAT: Final = 1
MOST_AUTHOR: Final = 200
MOST_NAME: Final = 64
_FIELDS: Final = {"acuerdo", "at", "author", "body", "kind", "marking", "record", "seen", "side"}
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is signed.

    Attributes:
        id: The sha256 of its canonical bytes, in hexadecimal; two entries with one id are one entry.
        record: Id of the record that it belongs to; it cannot be moved into another.
        side: The side that says it.
        author: Who on that side, in their own words: an office, a person.
        at: When, by the author's clock, as ``2026-11-22T05:00:00Z``; told, never used to order.
        seen: How many entries of each side's log its author had seen; says what came before it.
        kind: What kind of entry it is; may be one that this software does not know.
        marking: Who may have it.
        body: What it says.
    """

    id: str
    record: str
    side: str
    author: str
    at: str
    seen: Mapping[str, int]
    kind: str
    marking: Mapping[str, Any]
    body: Mapping[str, Any]

    @classmethod
    def from_payload(cls, payload: bytes) -> Entry:
        """The entry that an envelope's payload describes.

        Raises:
            RecordRefused: If the bytes are not an entry in canonical form.
        """
        read = read_canonical(payload)
        if read.keys() != _FIELDS or read.pop("acuerdo") != FORMAT:
            raise _not_an_entry(
                Text("It lacks a field, has one too many, or is of another version.",
                     "Le falta un campo, le sobra uno o es de otra versión.")
            )  # fmt: skip
        if not _is_entry(read):
            raise _not_an_entry(
                Text("A field does not hold what it must.", "Un campo no contiene lo que debe.")
            )
        return cls(id=hashlib.sha256(payload).hexdigest(), **read)

    @classmethod
    def stored(cls, payload: bytes) -> Entry:
        """The entry of a payload that was checked when it came."""
        read = read_stored(payload)
        if read.keys() != _FIELDS:
            return cls.from_payload(payload)
        del read["acuerdo"]
        return cls(id=hashlib.sha256(payload).hexdigest(), **read)


def write_payload(entry: Mapping[str, Any]) -> bytes:
    """The canonical bytes of an entry's fields, all but ``id``; they are what is signed.

    Raises:
        RecordRefused: If they are no entry.
    """
    payload = canonical({"acuerdo": FORMAT, **entry})
    Entry.from_payload(payload)
    return payload


def _is_entry(read: dict[str, Any]) -> bool:
    side, author, seen = read["side"], read["author"], read["seen"]
    return (
        _is_name(side)
        and _is_name(read["kind"])
        and _is_name(read["record"])
        and isinstance(author, str)
        and 0 < len(author) <= MOST_AUTHOR
        and isinstance(read["at"], str)
        and _is_moment(read["at"])
        and isinstance(read["body"], dict)
        and isinstance(read["marking"], dict)
        and isinstance(seen, dict)
        and side in seen
        and _counts(cast("dict[str, Any]", seen))
    )


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MOST_NAME and _fits(value)


@lru_cache(maxsize=256)
def _is_moment(text: str) -> bool:
    return moment(text) is not None


@lru_cache(maxsize=256)
def _fits(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


def _counts(seen: dict[str, Any]) -> bool:
    return all(type(count) is int and count >= 0 and _is_name(side) for side, count in seen.items())


def _not_an_entry(why: Text) -> RecordRefused:
    return RecordRefused(
        Problem(
            what=Text("What is signed here is not an entry.", "Lo firmado aquí no es un asiento."),
            why=why,
        )
    )
