"""Who said or found it: "GAO found that State had not consistently tracked performance data"."""

from __future__ import annotations

from typing import Final, Literal, final

from acuerdo.claims.ground import Ground
from acuerdo.claims.reading import Reading
from acuerdo.core.text import Text
from acuerdo.spec.fields import AbstractSpec, Sources, When, Words

_LEADS: Final = {
    "yes": None,
    "in_part": Text("the source bears it out only in part:", "la fuente lo respalda solo en parte:"),
    "no": Text("the source says otherwise:", "la fuente dice otra cosa:"),
}
_LETTER: Final = Text(
    "taken to the letter, the source does not say it", "al pie de la letra, la fuente no lo dice"
)


@final
class AttributionCheck(AbstractSpec):
    """A statement about what somebody said, set beside what they said.

    Attributes:
        to: Who is said to have said it.
        bears_out: Whether the source bears the words out, as read by the author of the claim's file.
        found: What the source says.
        public_since: Since when the source is public.
        sources: Where it says so.
    """

    to: Words
    bears_out: Literal["yes", "in_part", "no"]
    found: Words
    public_since: When
    sources: Sources


def readings(check: AttributionCheck, ground: Ground) -> tuple[Reading, ...]:
    """What the source says, if it was public by then."""
    if ground.day is not None and check.public_since.start > ground.day:
        told = Text("what it rests on was not public yet", "aquello en que se apoya aún no era público")
        return (Reading(role="stated", by=check.to, told=told, holds=None),)
    own = Reading(
        role="stated",
        by=check.to,
        told=check.found,
        lead=_LEADS[check.bears_out],
        holds=check.bears_out != "no",
    )
    if check.bears_out != "in_part":
        return (own,)
    return (own, Reading(role="measure", by=None, told=_LETTER, holds=False, cause="definition"))
