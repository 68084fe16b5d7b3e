"""A fault found in a file of content, before it is worded: what kind, at which path, with which values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, final

from acuerdo.core.errors import Problem
from acuerdo.core.text import Text
from acuerdo.spec.wording import MESSAGES, in_both

Part = str | int
Trail = tuple[Part, ...]
"""The way from the top of a file to a value: ``("commitments", "c017", "deadline")``."""
Spot = tuple[int, int]
"""Line and column, both from 1."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault.

    Attributes:
        kind: Key of its message in :data:`acuerdo.spec.wording.MESSAGES`.
        trail: Where it is.
        at: Whether the key or the value is to be shown.
        values: What the message's placeholders stand for.
        nearest: Valid names like the one given.
        spot: Line and column, where known better than by the trail.
    """

    kind: str
    trail: Trail = ()
    at: Literal["key", "value"] = "value"
    values: Mapping[str, Text | str] = field(default_factory=dict[str, "Text | str"])
    nearest: tuple[str, ...] = ()
    spot: Spot | None = None


@final
@dataclass(frozen=True, slots=True)
class LineMap:
    """Where every key and every value of a file stands.

    Attributes:
        keys: Line and column of the key, by trail.
        values: Line and column of the value, by trail.
        last_lines: The last line of a mapping or list, by trail.
    """

    keys: Mapping[Trail, Spot]
    values: Mapping[Trail, Spot]
    last_lines: Mapping[Trail, int]

    def spot(self, fault: Fault) -> Spot:
        """The place to show for a fault: its own, or that of the nearest thing around it."""
        if fault.spot is not None:
            return fault.spot
        first, second = (self.keys, self.values) if fault.at == "key" else (self.values, self.keys)
        for length in range(len(fault.trail), 0, -1):
            trail = fault.trail[:length]
            if length < len(fault.trail):
                first, second = self.keys, self.values
            if trail in first or trail in second:
                return first.get(trail) or second[trail]
        return (1, 1)

    def lines(self, trail: Trail) -> tuple[int, int] | None:
        """First and last line of a mapping or list with its key."""
        if trail not in self.last_lines:
            return None
        return (self.keys.get(trail) or self.values[trail])[0], self.last_lines[trail]


NO_LINES = LineMap({}, {}, {})
"""The line map of an object that was not read from a file."""


def dotted(trail: Trail) -> str:
    """A trail as people write it: ``commitments.c017.deadline``."""
    return ".".join(str(part) for part in trail)


def problem(fault: Fault, *, name: str, lines: LineMap) -> Problem:
    """A fault in words, with the place where it stands."""
    message = MESSAGES[fault.kind]
    values = {"path": dotted(fault.trail) or "—", **fault.values}
    if lines is NO_LINES:
        where = f"{name}: {dotted(fault.trail)}" if fault.trail else name
    else:
        line, column = lines.spot(fault)
        where = f"{name}:{line}:{column}"
    return Problem(
        what=in_both(message.what, values),
        where=where,
        why=in_both(message.why, values) if message.why else None,
        fix=in_both(message.fix, values) if message.fix else None,
        nearest=fault.nearest,
    )


def problems(faults: Iterable[Fault], *, name: str, lines: LineMap) -> tuple[Problem, ...]:
    """Faults in words, in the order of the file, each once."""
    in_order = sorted(faults, key=lambda fault: (lines.spot(fault), dotted(fault.trail), fault.kind))
    return tuple(dict.fromkeys(problem(fault, name=name, lines=lines) for fault in in_order))


def shown_name(path: Path) -> str:
    """A file's name as messages show it: from the working directory where it lies below that."""
    absolute, here = path.resolve(), Path.cwd()
    return str(absolute.relative_to(here)) if absolute.is_relative_to(here) else str(path)
