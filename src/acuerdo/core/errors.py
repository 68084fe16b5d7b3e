"""Everything that can go wrong in front of a user, in one tree.

    AcuerdoError            1   any of the below
    ├── UsageError          2   the call's own words are off
    ├── NotFound            3   no such framework, indicator, source, place ...
    ├── SpecProblems        4   a YAML file does not say what it must
    ├── IngestRefused       5   a data file cannot be trusted as it stands
    ├── StoreDamaged        6   a stored release is not what its name says
    ├── CheckFailed         7   the data break a declared check
    ├── UnitMismatch        8   two units that cannot be combined
    ├── FetchFailed         9   a publisher's address did not give the file
    ├── CorrectionStale    10   a declared correction no longer fits its source
    ├── MissingExtra       11   an optional part is not installed
    ├── RecordRefused      12   an entry, an envelope or a log that cannot be accepted; nothing of it was kept
    ├── WitnessAlarm       13   a log contradicts what it showed before; the exchange stops
    └── KeyRefused         14   a key that cannot be opened, or may not sign this

A message says what happened, where, why, what to do, and the nearest valid names.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, final

from acuerdo.core.text import Lang, Text, same, visible

_PLACES = {"row": Text("row", "fila"), "column": Text("column", "columna")}
_WHY = Text("Why", "Por qué")
_FIX = Text("What to do", "Qué hacer")
_NEAREST = Text("Did you mean", "¿Quiso decir")


def nearest(name: str, known: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """The known names most like ``name``, best first; none when nothing is near.

    >>> nearest("protect_poeple", ["protect_people", "money"])
    ('protect_people',)
    """
    by_folded = {one.casefold(): one for one in sorted(known)}
    close = difflib.get_close_matches(name.casefold(), list(by_folded), n=limit, cutoff=0.6)
    return tuple(by_folded[one] for one in close)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        what: The fault in one sentence.
        where: ``file:line:column``, or file, row and column; empty when nowhere in particular.
        why: The rule that it breaks, if the sentence does not say so itself.
        fix: What the reader can do now.
        nearest: Valid names like the one given, best first.
    """

    what: Text
    where: str = ""
    why: Text | None = None
    fix: Text | None = None
    nearest: tuple[str, ...] = ()

    def render(self, lang: Lang) -> str:
        """The problem as a few lines of plain text, without a final newline."""
        where = ", ".join(_place(part, lang) for part in self.where.split(", "))
        head = f"{where}: {self.what.in_(lang)}" if where else self.what.in_(lang)
        lines = [head]
        if self.why is not None:
            lines.append(f"  {_WHY.in_(lang)}: {self.why.in_(lang)}")
        if self.nearest:
            lines.append(f"  {_NEAREST.in_(lang)} {', '.join(self.nearest)}?")
        if self.fix is not None:
            lines.append(f"  {_FIX.in_(lang)}: {self.fix.in_(lang)}")
        return visible("\n".join(lines))


def _place(part: str, lang: Lang) -> str:
    """A part of ``where`` in a language: beside names and numbers it has two words."""
    word, space, rest = part.partition(" ")
    return f"{_PLACES[word].in_(lang)}{space}{rest}" if space and word in _PLACES else part


class AcuerdoError(Exception):
    """Something the user can understand and act on; carries every problem found, not only the first."""

    exit_code: ClassVar[int] = 1

    def __init__(self, problems: Problem | Sequence[Problem]) -> None:
        found = (problems,) if isinstance(problems, Problem) else tuple(problems)
        Exception.__init__(self, *found)
        self.problems: tuple[Problem, ...] = found

    def render(self, lang: Lang) -> str:
        """All problems, one paragraph each."""
        return "\n".join(problem.render(lang) for problem in self.problems)

    def __str__(self) -> str:
        return self.render("en")


@final
class UsageError(AcuerdoError):
    """The call's own words are off: an option, a date, a combination."""

    exit_code = 2


@final
class NotFound(AcuerdoError):
    """A name that is not known. Build it with :func:`not_found`."""

    exit_code = 3


@final
class SpecProblems(AcuerdoError):
    """A YAML file does not say what it must; lists every problem of the file."""

    exit_code = 4


@final
class IngestRefused(AcuerdoError):
    """A data file cannot be trusted as it stands; nothing of it was stored."""

    exit_code = 5


@final
class StoreDamaged(AcuerdoError):
    """A stored release is not what its name says."""

    exit_code = 6


@final
class CheckFailed(AcuerdoError):
    """The data break a check that a source or an indicator declares."""

    exit_code = 7


@final
class UnitMismatch(AcuerdoError):
    """Two units that cannot be added, compared or converted."""

    exit_code = 8


@final
class FetchFailed(AcuerdoError):
    """A publisher's address did not give the file."""

    exit_code = 9


@final
class CorrectionStale(AcuerdoError):
    """A declared correction matches nothing, or its guard no longer holds."""

    exit_code = 10


@final
class MissingExtra(AcuerdoError):
    """An optional part of the software is not installed. Build it with :func:`missing_extra`."""

    exit_code = 11


@final
class RecordRefused(AcuerdoError):
    """An entry, an envelope or a log of the record cannot be accepted; nothing of it was kept."""

    exit_code = 12


@final
class WitnessAlarm(AcuerdoError):
    """A log contradicts what it showed before: the exchange stops, and nothing on the honest side is lost.

    Attributes:
        code: Which contradiction: ``rewritten_past``, ``split_view``, ``truncated_log``, ``sequence_reused``,
            ``rolled_back``.
    """

    exit_code = 13

    def __init__(self, problems: Problem | Sequence[Problem], *, code: str) -> None:
        AcuerdoError.__init__(self, problems)
        self.code = code


@final
class KeyRefused(AcuerdoError):
    """A key cannot be opened, or may not sign this."""

    exit_code = 14


def not_found(
    kind: Text, name: str, *, known: Iterable[str], where: str = "", by_spelling: bool = True
) -> NotFound:
    """The error for an unknown name, with the nearest valid ones.

    Args:
        kind: The kind of thing with its article: ``Text("an indicator", "un indicador")``.
        name: What was asked for.
        known: All valid names of that kind.
        where: Where the name stands, if in a file.
        by_spelling: Whether the nearest are those that are spelled alike; else ``known`` begins with them.
    """
    names = sorted(known) if by_spelling else list(known)
    shown = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
    return NotFound(
        Problem(
            what=Text(
                f"'{name}' is not {kind.en} known here.", f"'{name}' no es {kind.es} que se conozca aquí."
            ),
            where=where,
            nearest=nearest(name, names) if by_spelling else tuple(names[:3]),
            fix=Text(f"Use one of: {shown}", f"Use alguno de: {shown}") if names else None,
        )
    )


def missing_extra(extra: str, needed_for: Text) -> MissingExtra:
    """The error for an optional dependency that is absent."""
    return MissingExtra(
        Problem(
            what=Text(
                f"{needed_for.en} needs the optional part '{extra}', which is not installed.",
                f"{needed_for.es} requiere la parte opcional '{extra}', que no está instalada.",
            ),
            fix=same(f"pip install 'acuerdo[{extra}]'"),
        )
    )
