"""The one form in which a document is hashed and signed: RFC 8785, without fractions, of bounded size and depth.

Numbers in the record are whole; a measured value is written as text, digit by digit, so that nobody's software rounds
what was signed. Reading is strict: bytes that are not the one form are refused, for two forms would be two hashes.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final, NoReturn, cast

import rfc8785

from acuerdo.core.errors import Problem, RecordRefused
from acuerdo.core.text import Text

MOST_BYTES: Final = 256 * 1024
"""The most bytes that one document of the record may have."""
DEEPEST: Final = 32
_LARGEST: Final = 2**53 - 1
# Only characters beyond the basic plane are sorted differently by UTF-16 and by code point.
_BEYOND_BASIC_PLANE: Final = (b"\xf0", b"\xf1", b"\xf2", b"\xf3", b"\xf4")
_FORM = Text(
    "Documents of the record are canonical JSON (RFC 8785).",
    "Los documentos del registro son JSON canónico (RFC 8785).",
)


def canonical(value: Any) -> bytes:
    """The canonical bytes of a value of mappings, lists, texts, whole numbers, booleans and None.

    Raises:
        RecordRefused: If the value cannot be written so, is too large or too deep.
    """
    _require_plain(value, depth=0)
    written = _written(value)
    if len(written) > MOST_BYTES:
        raise _too_large(len(written))
    return written


def read_canonical(raw: bytes) -> dict[str, Any]:
    """The object that canonical bytes describe.

    Raises:
        RecordRefused: If the bytes are not UTF-8, not JSON, not the canonical form, too large or too deep.
    """
    if len(raw) > MOST_BYTES:
        raise _too_large(len(raw))
    try:
        text = raw.decode("utf-8")
        value, end = _DECODER.raw_decode(text)
    except UnicodeDecodeError as error:
        raise _refused(Text("The bytes are not UTF-8.", "Los bytes no son UTF-8.")) from error
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:
        raise _refused(Text(f"It is not JSON: {error}.", f"No es JSON: {error}.")) from error
    if not isinstance(value, dict) or end != len(text):
        raise _refused(Text("It is not one object.", "No es un objeto."))
    if raw.count(b"{") + raw.count(b"[") > DEEPEST and _depth(value) > DEEPEST:
        raise _too_deep()
    if _written(value) != raw:
        raise _refused(
            Text(
                "It is JSON, but not in the canonical form: spaces, an order of names, or a name given twice.",
                "Es JSON, pero no en la forma canónica: espacios, orden de los nombres o un nombre repetido.",
            )
        )
    return cast("dict[str, Any]", value)


def read_stored(raw: bytes) -> dict[str, Any]:
    """The object of bytes that were checked when they came, read in a third of the time.

    Raises:
        RecordRefused: If they are no longer what they were.
    """
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return read_canonical(raw)


def digest(value: Any) -> str:
    """The sha256, in hexadecimal, of a value's canonical bytes."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _written(value: Any) -> bytes:
    """The canonical bytes of a plain value.

    Without fractions the standard encoder writes what RFC 8785 asks for, four times as fast, but for the order of names
    beyond the basic plane; the tests compare the two.
    """
    try:
        quick = _ENCODER.encode(value).encode("utf-8")
        return rfc8785.dumps(value) if any(map(quick.__contains__, _BEYOND_BASIC_PLANE)) else quick
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise _refused(Text(f"It cannot be written: {error}", f"No puede escribirse: {error}")) from error


def _whole(text: str) -> int:
    # Sixteen digits and more may be larger than 2^53 - 1; of more than a line no number is made to find out.
    if len(text) > 15 and (len(text) > 17 or not -_LARGEST <= int(text) <= _LARGEST):
        raise _refused(
            Text(
                f"The number {text[:20]} is larger than 2^53 - 1.",
                f"El número {text[:20]} es mayor que 2^53 - 1.",
            )
        )
    return int(text)


def _fraction(text: str) -> NoReturn:
    raise _refused(
        Text(
            f"The number {text[:20]} is not whole; a measured value is written as text.",
            f"El número {text[:20]} no es entero; un valor medido se escribe como texto.",
        )
    )


_DECODER: Final = json.JSONDecoder(parse_int=_whole, parse_float=_fraction, parse_constant=_fraction)
_ENCODER: Final = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), check_circular=False
)


def _require_plain(value: Any, *, depth: int) -> None:
    """Refuses what has no one form: fractions, numbers too large, names that are no text, what JSON does not know."""
    if depth > DEEPEST:
        raise _too_deep()
    match value:
        case str() | bool() | None:
            return
        case int():
            _whole(str(value))
        case float():
            _fraction(str(value))
        case dict():
            for name, inner in cast("dict[Any, Any]", value).items():
                if not isinstance(name, str):
                    raise _refused(Text(f"A name is no text: {name!r}.", f"Un nombre no es texto: {name!r}."))
                _require_plain(inner, depth=depth + 1)
        case list() | tuple():
            for inner in cast("list[Any]", value):
                _require_plain(inner, depth=depth + 1)
        case _:
            kind = type(value).__name__
            raise _refused(Text(f"It holds a value of type {kind}.", f"Contiene un valor de tipo {kind}."))


def _depth(value: Any) -> int:
    """How many objects and lists stand in one another; the decoder has bounded it already."""
    deepest = 0
    waiting: list[tuple[Any, int]] = [(value, 1)]
    while waiting:
        node, depth = waiting.pop()
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        deepest = max(deepest, depth if isinstance(node, dict | list) else 0)
        waiting.extend((one, depth + 1) for one in inner)
    return deepest


def _too_large(size: int) -> RecordRefused:
    return _refused(
        Text(
            f"It has {size:,} bytes; at most {MOST_BYTES:,} are read.",
            f"Tiene {size:,} bytes; se leen a lo más {MOST_BYTES:,}.",
        )
    )


def _too_deep() -> RecordRefused:
    return _refused(
        Text(f"It is nested more than {DEEPEST} deep.", f"Está anidado a más de {DEEPEST} niveles.")
    )


def _refused(why: Text) -> RecordRefused:
    return RecordRefused(
        Problem(
            what=Text("This document of the record is refused.", "Este documento del registro se rechaza."),
            why=Text(f"{why.en} {_FORM.en}", f"{why.es} {_FORM.es}"),
        )
    )
