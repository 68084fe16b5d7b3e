"""What the YAML parser says when a text is not YAML, and what the bytes of a file must be."""

from __future__ import annotations

import re
from typing import Final

import yaml

from acuerdo.spec.fault import Fault

# What libyaml says, and the kind of message that explains it to somebody who does not know YAML's grammar.
_SAID: Final = (
    ("tab", "indent_tab"),
    ("end of stream", "quote_open"),
    ("',' or ']'", "bracket_open"),
    ("',' or '}'", "bracket_open"),
    ("control characters", "character_forbidden"),
    ("special characters", "character_forbidden"),
    ("mapping values are not allowed", "colon_in_text"),
    ("cannot start any token", "character_start"),
    ("expected key", "indent_uneven"),
    ("expected '-' indicator", "indent_uneven"),
    ("could not find expected ':'", "colon_missing"),
    ("escape", "escape_unknown"),
    ("undefined alias", "alias_used"),
    ("tag", "tag_used"),
)
_MOJIBAKE: Final = re.compile("Ã[\u0080-\u00bf]|â€|Â[¿¡«»°·]|\ufffd")


def syntax_fault(error: yaml.YAMLError, text: str) -> Fault:
    """The fault behind a parser's error, at the place where the parser gave up."""
    said, line, column = _account(error)
    source = text.splitlines()
    written = source[line - 1] if 0 < line <= len(source) else ""
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return Fault(kind="indent_tab", spot=(line, written.index("\t") + 1))
    kind = next((kind for part, kind in _SAID if part in said), "syntax_unknown")
    return Fault(kind=kind, values={"given": written.strip()[:60]}, spot=(line, column))


def _account(error: yaml.YAMLError) -> tuple[str, int, int]:
    """What the parser said, and the line and column, from 1."""
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        said = f"{error.problem or ''} {error.context or ''}"
        return (said, mark.line + 1, mark.column + 1) if mark else (said, 1, 1)
    return str(error), 1, 1


def decode(raw: bytes) -> tuple[str | None, tuple[Fault, ...]]:
    """The text of a file, which must be UTF-8, or what is wrong with its bytes."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        spot = (before.count(b"\n") + 1, len(before) - (before.rfind(b"\n") + 1) + 1)
        return None, (Fault(kind="encoding_wrong", values={"given": f"0x{raw[error.start]:02X}"}, spot=spot),)
    return text, tuple(_garbled(text))


def _garbled(text: str) -> list[Fault]:
    """Text that was decoded wrongly before it was saved: ``Ã³`` where ``ó`` was meant."""
    faults: list[Fault] = []
    for number, line in enumerate(text.splitlines(), start=1):
        found = _MOJIBAKE.search(line)
        if found:
            faults.append(
                Fault(kind="text_garbled", values={"given": found.group()}, spot=(number, found.start() + 1))
            )
    return faults
