"""Reads YAML to plain data, strictly, and remembers the line and column of everything.

YAML 1.1 turns ``NO`` into false, ``12:30`` into 750 and ``010`` into 8. Here a scalar without quotes is

=====================================  ======================================================
``true``, ``false``                    a truth value
``12``, ``-3``, ``80_000``, ``1.5``    a number; nothing else is
``2021-10-08``                         a date, which must exist
anything else                          text
=====================================  ======================================================

and what YAML 1.1 and 1.2 read differently (``yes``, ``NO``, ``on``, ``010``, ``0x1F``, ``12:30``, ``.inf``)
is refused. So are an empty value (a thing that is not known is left out), anchors, aliases and merge keys
(each statement must be readable where it stands), and tags (a file of content names no types).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, final

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from acuerdo.spec.fault import Fault, LineMap, Spot, Trail
from acuerdo.spec.syntax import syntax_fault

_INTEGER = re.compile(r"-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:_\d{3})+)")
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:_\d{3})+)\.\d+(?:[eE][-+]?\d+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LOOSE_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_DOUBTFUL_WORD = re.compile(r"(?:y|n|yes|no|on|off|true|false)", re.IGNORECASE)
_DOUBTFUL_NUMBER = re.compile(
    r"[-+]?(?:0[0-7_]+|0\d+|0o[0-7]+|0x[0-9a-f_]+|0b[01_]+|\.\d+|\d+\.|\.inf|\.nan|\d[\d_]*_[\d_]*)"
    r"|\+[\d.]+|[-+]?\d[\d_]*(?:e[-+]?\d+)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"[-+]?\d+(?::[0-5]?\d)+(?:\.\d*)?")
_NOTHING = re.compile(r"(?:~|null)?", re.IGNORECASE)
DEEPEST: Final = 32
"""How many levels a file may nest."""


@final
@dataclass(frozen=True, slots=True)
class Tree:
    """A file as plain data: mappings, tuples, texts, numbers, truth values and dates.

    Attributes:
        data: The content; ``None`` when it cannot be read at all.
        lines: Where everything stands.
        faults: What is wrong with the file as YAML; a value at fault is ``None`` in ``data``.
    """

    data: Any
    lines: LineMap
    faults: tuple[Fault, ...]


def read_tree(text: str) -> Tree:
    """The content of a YAML text, with every fault that can be found without knowing the model."""
    return _Reader(text).read()


def resolve(text: str) -> Any:
    """The value of a scalar without quotes.

    Raises:
        DoubtfulScalarError: If YAML's versions disagree about it, or it is a date that does not exist.

    >>> resolve("80_000"), resolve("FY2021"), resolve("2021-10")
    (80000, 'FY2021', '2021-10')
    """
    if text in ("true", "false"):
        return text == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    kind = _doubt(text)
    if kind is not None:
        raise DoubtfulScalarError(kind)
    return date.fromisoformat(text) if _DATE.fullmatch(text) else text


def _doubt(text: str) -> str | None:
    """The kind of fault of a scalar that may not stand without quotes."""
    if _NOTHING.fullmatch(text):
        return "value_empty"
    if _DOUBTFUL_WORD.fullmatch(text):
        return "word_doubtful"
    if _CLOCK.fullmatch(text):
        return "time_doubtful"
    if _DOUBTFUL_NUMBER.fullmatch(text):
        return "number_doubtful"
    if _LOOSE_DATE.fullmatch(text):
        return None if _exists(text) else "date_impossible" if _DATE.fullmatch(text) else "date_short"
    return None


def _exists(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@final
class DoubtfulScalarError(ValueError):
    """A scalar without quotes that must not stand so; ``kind`` names the message."""

    def __init__(self, kind: str) -> None:
        ValueError.__init__(self, kind)
        self.kind = kind


@final
class _Reader:
    """Builds the data from YAML's events in one pass; keeps going after a fault."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._keys: dict[Trail, Spot] = {}
        self._values: dict[Trail, Spot] = {}
        self._last_lines: dict[Trail, int] = {}
        self._faults: list[Fault] = []

    def read(self) -> Tree:
        data: Any = None
        try:
            data = self._document()
        except yaml.YAMLError as error:
            self._faults.append(syntax_fault(error, self._text))
        except _TooDeepError as error:
            self._faults.append(
                Fault(kind="nesting_too_deep", values={"levels": str(DEEPEST)}, spot=error.spot)
            )
        lines = LineMap(self._keys, self._values, self._last_lines)
        return Tree(data, lines, tuple(self._faults))

    def _document(self) -> Any:
        events: Iterator[Event] = yaml.parse(self._text, Loader=yaml.CSafeLoader)
        data: Any = None
        count = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                count += 1
                if count > 1:
                    self._faults.append(Fault(kind="documents_several", spot=_spot(event)))
                    break
                data = self._value(next(events), events, trail=())
        if count == 0 or data is None:
            self._faults.append(Fault(kind="file_empty"))
            data = None
        return data

    def _value(self, event: Event, events: Iterator[Event], *, trail: Trail) -> Any:
        self._values[trail] = _spot(event)
        if isinstance(event, AliasEvent):
            self._add("alias_used", trail, given=str(event.anchor))
            return None
        if isinstance(event, ScalarEvent | CollectionStartEvent):
            self._refuse_decoration(event, trail)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, trail)
        if len(trail) >= DEEPEST:
            raise _TooDeepError(_spot(event))
        return (
            self._mapping(events, trail)
            if isinstance(event, MappingStartEvent)
            else self._list(events, trail)
        )

    def _refuse_decoration(self, event: Any, trail: Trail) -> None:
        if event.anchor is not None:
            self._add("anchor_used", trail, given=event.anchor)
        if event.tag is not None:
            self._add("tag_used", trail, given=event.tag.replace("tag:yaml.org,2002:", "!!"))

    def _scalar(self, event: Any, trail: Trail) -> Any:
        # A style is set for quoted and block scalars: those are text, whatever they say.
        if event.style is not None and event.style != "":
            return event.value
        try:
            return resolve(event.value)
        except DoubtfulScalarError as doubt:
            if doubt.kind == "value_empty" and not trail:
                return None
            self._add(doubt.kind, trail, given=event.value)
            return None

    def _mapping(self, events: Iterator[Event], trail: Trail) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                self._last_lines[trail] = _last_line(event)
                break
            key = self._key(event, events, trail=trail)
            inside = (*trail, key)
            if key in found:
                self._repeated(key, inside, spot=_spot(event))
                _Reader._skip(next(events), events)
                continue
            self._keys[inside] = _spot(event)
            value = next(events)
            if self._without_colon(event, value):
                self._faults.append(
                    Fault(kind="comma_in_text", trail=inside, at="key", values={"given": key})
                )
                continue
            found[key] = self._value(value, events, trail=inside)
        return found

    def _without_colon(self, key: Event, value: Event) -> bool:
        """Whether a key inside { } has no colon after it: the rest of a text that a comma has cut."""
        end: Any = key.end_mark
        empty = isinstance(value, ScalarEvent) and not value.value and value.style in (None, "")
        return empty and not self._text[end.index :].lstrip().startswith(":")

    def _key(self, event: Any, events: Iterator[Event], *, trail: Trail) -> str:
        if isinstance(event, ScalarEvent):
            self._refuse_decoration(event, trail)
            if event.value == "<<" and event.style in (None, ""):
                self._faults.append(Fault(kind="merge_used", trail=trail, spot=_spot(event)))
            return str(event.value)
        self._faults.append(Fault(kind="key_not_text", trail=trail, spot=_spot(event)))
        _Reader._skip(event, events)
        return ""

    def _repeated(self, key: str, inside: Trail, *, spot: Spot) -> None:
        first = self._keys[inside][0]
        values = {"given": key, "line": str(first)}
        self._faults.append(Fault(kind="key_repeated", trail=inside, values=values, spot=spot))

    def _list(self, events: Iterator[Event], trail: Trail) -> tuple[Any, ...]:
        found: list[Any] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                self._last_lines[trail] = _last_line(event)
                break
            found.append(self._value(event, events, trail=(*trail, len(found))))
        return tuple(found)

    def _add(self, kind: str, trail: Trail, **values: str) -> None:
        self._faults.append(Fault(kind=kind, trail=trail, values=values))

    @staticmethod
    def _skip(event: Event, events: Iterator[Event]) -> None:
        """Read past one value, with all that it holds."""
        depth = isinstance(event, CollectionStartEvent)
        while depth:
            inner = next(events)
            depth += isinstance(inner, CollectionStartEvent) - isinstance(
                inner, MappingEndEvent | SequenceEndEvent
            )


@final
class _TooDeepError(Exception):
    """The file nests deeper than any file of content; stops the reading."""

    def __init__(self, spot: Spot) -> None:
        Exception.__init__(self, spot)
        self.spot = spot


def _spot(event: Event) -> Spot:
    """Where an event begins; the parser counts from 0."""
    mark: Any = event.start_mark
    return mark.line + 1, mark.column + 1


def _last_line(event: Event) -> int:
    """The last line of a collection; one that ends by indentation ends at the next line's first column."""
    mark: Any = event.end_mark
    return mark.line + (1 if mark.column else 0)
