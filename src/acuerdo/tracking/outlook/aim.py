"""An aim that somebody published for a quantity that is measured here, with its date and the words it was stated in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Final, Literal, final

from pydantic import Field

from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text
from acuerdo.spec.fields import AbstractSpec, Day, Key, Number, Plain, When, Words
from acuerdo.spec.load import load_document, load_every
from acuerdo.spec.source import Reference

AIMS: Final = Folder("tracking/aims", suffixes=(".yaml",), kind=Text("an aim", "una meta anunciada"))

Standing = Literal["target", "aim"]


@final
class Aim(AbstractSpec):
    """One aim. Its id is the name of its file.

    Attributes:
        title: What is aimed at.
        standing: A target that the framework itself sets, or an aim that one side announced outside it.
        announced_by: Who announced it.
        known_from: The first day on which it is certain to have been public.
        value: The number.
        bound: Whether the value must not be exceeded, or must be reached.
        periods: By indicator, the period for which the number is to be reached.
        quote: The words that bear it out, in their own language.
        references: Where they stand.
        note: What else a reader must know.
    """

    id: Key
    title: Words
    standing: Standing
    announced_by: Words
    known_from: Day
    value: Number
    bound: Literal["at_most", "at_least"]
    periods: Annotated[dict[Key, When], Field(min_length=1)]
    quote: Plain
    references: Annotated[tuple[Reference, ...], Field(min_length=1)]
    note: Words | None = None

    def met_by(self, value: float) -> bool:
        """Whether a value keeps to it."""
        return value <= self.value if self.bound == "at_most" else value >= self.value


@cache
def aims() -> Mapping[str, Aim]:
    """Every aim by id.

    Raises:
        SpecProblems: If a file is wrong.
    """
    return load_every(AIMS.files(), lambda key: load_document(AIMS.file(key), Aim))


def aims_for(indicator_id: str) -> tuple[Aim, ...]:
    """The aims for an indicator, in order of id."""
    return tuple(one for one in aims().values() if indicator_id in one.periods)
