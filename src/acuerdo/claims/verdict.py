"""From readings to a verdict: on the data of the day it was said, on the data of now, and the two together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, final

from acuerdo.claims.reading import Cause, Reading
from acuerdo.core.text import Text

Standing = Literal["holds", "depends", "fails", "unknown"]
Verdict = Literal["holds", "held_then", "holds_now", "depends", "does_not_hold", "cannot_be_checked"]
VERDICTS: Final[dict[Verdict, Text]] = {
    "holds": Text("holds", "se sostiene"),
    "held_then": Text("held then, not now", "se sostenía entonces, ya no"),
    "holds_now": Text("holds now, not then", "se sostiene hoy, no entonces"),
    "depends": Text("depends", "depende"),
    "does_not_hold": Text("does not hold", "no se sostiene"),
    "cannot_be_checked": Text("cannot be checked", "no puede comprobarse"),
}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found on the data of one day.

    Attributes:
        day: The day; None for now.
        readings: Every computation, the one that the words name first.
    """

    day: date | None
    readings: tuple[Reading, ...]

    @property
    def stated(self) -> Reading:
        """The computation that the words name."""
        return self.readings[0]

    @property
    def against(self) -> tuple[Reading, ...]:
        """The computations that come out the other way."""
        return tuple(one for one in self.readings[1:] if one.decides and one.holds is not self.stated.holds)

    @property
    def standing(self) -> Standing:
        """Holds or fails where every computation agrees with the words' own; unknown where that one cannot be made."""
        if self.stated.holds is None:
            return "unknown"
        if self.against:
            return "depends"
        return "holds" if self.stated.holds else "fails"

    @property
    def causes(self) -> tuple[Cause, ...]:
        """What the answer depends on."""
        if self.standing != "depends":
            return ()
        return tuple(dict.fromkeys(one.cause for one in self.against if one.cause is not None))


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The verdict on a claim, and what it rests on.

    Attributes:
        then: On the data that were public on the day it was said.
        now: On all that is stored.
    """

    then: Finding
    now: Finding

    @property
    def verdict(self) -> Verdict:
        """One of six; where one of the two days cannot be judged, the other decides."""
        pair = (self.then.standing, self.now.standing)
        known = {one for one in pair if one != "unknown"}
        if not known:
            return "cannot_be_checked"
        if "depends" in known:
            return "depends"
        match pair:
            case ("holds", "fails"):
                return "held_then"
            case ("fails", "holds"):
                return "holds_now"
            case _:
                return "holds" if "holds" in known else "does_not_hold"

    @property
    def depends_on(self) -> tuple[Cause, ...]:
        """What the answer depends on, the vintage included where the two days differ."""
        if self.verdict != "depends":
            return ()
        found = dict.fromkeys((*self.now.causes, *self.then.causes))
        standings = {self.then.standing, self.now.standing} - {"unknown"}
        if len(standings) > 1:
            found["vintage"] = None
        return tuple(found)

    @property
    def shown(self) -> Finding:
        """The finding that a sentence leads with: now, unless only then can be judged."""
        return self.then if self.now.standing == "unknown" and self.then.standing != "unknown" else self.now
