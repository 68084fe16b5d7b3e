"""The codebook: what each code means, by which rule it is given, and two examples of each."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal, final

from pydantic import Field

from acuerdo.core.text import LANGS, Text
from acuerdo.spec.fields import AbstractSpec, Day, Key, Words
from acuerdo.spec.load import load_document
from acuerdo.spec.table import Table

CODEBOOK: Final = Path(__file__).parent / "codebook.yaml"

Finding = Literal["restated", "not_started", "first_step", "part_done", "done", "undone"]
"""What one statement establishes about one promise; see the codebook."""
Nature = Literal["product", "effort", "aim"]
Verifiable = Literal["yes", "partly", "no"]
Potential = Literal["unclear", "modest", "substantial"]
LevelCode = Literal["not_initiated", "minimal", "intermediate", "complete", "no_evidence"]
Correspondence = Literal["as_agreed", "partly", "diverges", "not_told"]
Timeliness = Literal[
    "not_due", "on_time", "late", "overdue", "cannot_tell", "no_deadline", "deadline_not_public"
]
Works = Literal["high", "substantial", "moderate", "low", "not_evaluated", "no_indicator"]
LEVELS: Final[tuple[LevelCode, ...]] = ("not_initiated", "minimal", "intermediate", "complete")
"""The codes of the levels 0, 1, 2 and 3, in order."""


@final
class CodeEntry(AbstractSpec):
    """One code.

    Attributes:
        title: What it is called.
        with_days: The same where its number of days is known, which stands for ``{days}``.
        rule: When it is given.
        examples: At least two.
        raises_to: The level to which a finding raises a promise that stands lower.
        falls_to: The level to which a finding lowers a promise that stands higher.
    """

    id: Key
    title: Words
    with_days: Words | None = None
    rule: Words
    examples: Annotated[tuple[Words, ...], Field(min_length=2)]
    raises_to: Annotated[int, Field(ge=0, le=3)] | None = None
    falls_to: Annotated[int, Field(ge=0, le=3)] | None = None


@final
class Axis(AbstractSpec):
    """One thing that is coded, apart from all others.

    Attributes:
        title: What it is called.
        about: What it tells, and whose practice it follows.
        codes: Its codes.
    """

    id: Key
    title: Words
    about: Words
    codes: Table[CodeEntry]


@final
class Codebook(AbstractSpec):
    """The codebook as a whole.

    Attributes:
        version: Raised by one whenever a rule changes; every coding names the version it follows.
        changed: The day of this version.
        rules: What holds for all codes.
        axes: What is coded.
    """

    id: Key
    version: int
    changed: Day
    rules: tuple[Words, ...]
    axes: Table[Axis]

    def label(self, axis: str, code: str) -> Text:
        """What a code is called."""
        return self.axes[axis].codes[code].title

    def timeliness(self, code: Timeliness, days: int | None) -> Text:
        """What a code of timeliness is called, with its number of days where there is one."""
        entry = self.axes["timeliness"].codes[code]
        if days is None or entry.with_days is None:
            return entry.title
        told = Text("1 day", "1 día") if days == 1 else Text(f"{days:,} days", f"{days:,} días")
        return Text(*(entry.with_days.in_(lang).replace("{days}", told.in_(lang)) for lang in LANGS))


@cache
def codebook() -> Codebook:
    """The codebook that comes with the software.

    Raises:
        SpecProblems: If its file is wrong.
    """
    return load_document(CODEBOOK, Codebook)
