"""What the YAML parser says when a text is not YAML, and what the bytes of a file must be."""

from __future__ import annotations

import re
from typing import Final

import yaml

from acuerdo.spec.fault import Fault

# What libyaml says, and the kind of message that explains it to somebody who does not know YAML's grammar.
_SAID: Final = (
    ("tab character", "indent_tab"),
    ("end of stream", "quote_open"),
    ("',' or ']'", "bracket_open"),
    ("',' or '}'", "bracket_open"),
    ("mapping values are not allowed", "colon_in_text"),
    ("cannot start any token", "character_start"),
    ("expected key", "indent_uneven"),
    ("expected '-' indicator", "indent_uneven"),
    ("could not find expected ':'", "colon_missing"),
    ("escape", "escape_unknown"),
    ("undefined alias", "alias_used"),
    ("tag", "tag_used"),
)
# Faults whose cause is where something was opened, not where the parser noticed.
_OPENED_BEFORE: Final = frozenset({"quote_open", "bracket_open"})
# What YAML 1.2 does not count as printable.
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOJIBAKE: Final = re.compile("Ã[\u0080-\u00bf]|â€|Â[¿¡«»°·]|\ufffd")


def syntax_fault(error: yaml.YAMLError, text: str) -> Fault:
    """The fault behind a parser's error, at the place where the parser gave up."""
    forbidden = _FORBIDDEN.search(text)
    if forbidden is not None:
        return Fault(kind="character_forbidden", spot=_spot_of(text, forbidden.start()))
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Fault(kind="syntax_unknown", values={"given": "—"})
    said = f"{error.problem or ''} {error.context or ''}"
    spot = error.problem_mark.line + 1, error.problem_mark.column + 1
    kind = next((kind for part, kind in _SAID if part in said), "syntax_unknown")
    written = _line(text, spot[0])
    if "\t" in written[: len(written) - len(written.lstrip())]:
        kind, spot = "indent_tab", (spot[0], written.index("\t") + 1)
    elif written[spot[1] - 1 : spot[1]] in ("]", "}"):
        kind = "bracket_extra"
    elif kind in _OPENED_BEFORE and error.context_mark is not None:
        spot = error.context_mark.line + 1, error.context_mark.column + 1
    return Fault(kind=kind, values={"given": _line(text, spot[0]).strip()[:60]}, spot=spot)


def _line(text: str, number: int) -> str:
    lines = text.splitlines()
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _spot_of(text: str, index: int) -> tuple[int, int]:
    """Line and column of a position in a text, from 1."""
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


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
