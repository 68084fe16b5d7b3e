"""The one form in which a document is hashed and signed: RFC 8785, without fractions, of bounded size and depth.

Numbers in the record are whole; a measured value is written as text, digit by digit, so that nobody's software rounds
what was signed. Reading is strict: bytes that are not the one form are refused, for two forms would be two hashes.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, Final, NoReturn, cast

import rfc8785

from acuerdo.core.errors import Problem, RecordRefused
from acuerdo.core.text import Text

MOST_BYTES: Final = 256 * 1024
"""The most bytes that one document of the record may have."""
DEEPEST: Final = 32
_LARGEST: Final = 2**53 - 1
# Only characters beyond the basic plane are sorted differently by UTF-16 and by code point.
_BEYOND_BASIC_PLANE: Final = re.compile(rb"[\xf0-\xf4]")
_FORM = Text(
    "Documents of the record are canonical JSON (RFC 8785).",
    "Los documentos del registro son JSON canónico (RFC 8785).",
)


def canonical(value: Any) -> bytes:
    """The canonical bytes of a value of mappings, lists, texts, whole numbers, booleans and None.

    Raises:
        RecordRefused: If the value cannot be written so, is too large or too deep.
    """
    _refuse_fractions(value, depth=0)
    try:
        written = rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise _refused(Text(f"It cannot be written: {error}", f"No puede escribirse: {error}")) from error
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
        value = _DECODER.decode(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _refused(Text("The bytes are not UTF-8.", "Los bytes no son UTF-8.")) from error
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:
        raise _refused(Text(f"It is not JSON: {error}", f"No es JSON: {error}")) from error
    if not isinstance(value, dict):
        raise _refused(Text("It is not an object.", "No es un objeto."))
    if raw.count(b"{") + raw.count(b"[") > DEEPEST and _depth(value) > DEEPEST:
        raise _too_deep()
    if not _is_canonical(raw, value):
        raise _refused(
            Text(
                "It is JSON, but not in the canonical form: spaces, an order of names, or a name given twice.",
                "Es JSON, pero no en la forma canónica: espacios, orden de los nombres o un nombre repetido.",
            )
        )
    return cast("dict[str, Any]", value)


def digest(value: Any) -> str:
    """The sha256, in hexadecimal, of a value's canonical bytes."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _is_canonical(raw: bytes, value: Any) -> bool:
    if _BEYOND_BASIC_PLANE.search(raw):
        try:
            return rfc8785.dumps(value) == raw
        except (rfc8785.CanonicalizationError, UnicodeEncodeError):
            return False
    try:
        # Without fractions this is the same as RFC 8785, four times as fast; the tests compare the two.
        return _ENCODER.encode(value).encode("utf-8") == raw
    except UnicodeEncodeError:
        return False


def _whole(text: str) -> int:
    if len(text) > 17 or not -_LARGEST <= int(text) <= _LARGEST:
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


def _refuse_fractions(value: Any, *, depth: int) -> None:
    if depth > DEEPEST:
        raise _too_deep()
    if isinstance(value, float):
        _fraction(str(value))
    if isinstance(value, dict):
        for inner in cast("dict[str, Any]", value).values():
            _refuse_fractions(inner, depth=depth + 1)
    elif isinstance(value, list | tuple):
        for inner in cast("list[Any]", value):
            _refuse_fractions(inner, depth=depth + 1)


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
