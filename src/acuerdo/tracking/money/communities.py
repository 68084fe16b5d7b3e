"""The share that went to community programmes, against the third that one article saw and the half that it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, final

from acuerdo.core.text import Text
from acuerdo.tracking.money.ledger import Amount


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """A share that an article names.

    Attributes:
        id: Its name.
        percent: The share, in per cent.
        says: What the article does with it.
        words: Its words, in English.
        source: Key of the reference, in the framework of the Mérida Initiative.
    """

    id: str
    percent: float
    says: Text
    words: str
    source: str


YARDSTICKS: Final = (
    Yardstick(
        id="third",
        percent=100 / 3,
        says=Text("says that it was so in 2014–2018", "dice que así fue en 2014-2018"),
        words="roughly one third of the total US funds allocated to security cooperation with Mexico",
        source="A003",
    ),
    Yardstick(
        id="half",
        percent=50.0,
        says=Text("asks for it", "lo pide"),
        words="channelling 50% of the total funds into long-term community-based interventions",
        source="A003",
    ),
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _Communities:
    """What of a framework is for communities: its goal, and the agency through which that was mostly funded."""

    goal: str
    agency: str


# The article ties the fourth pillar to USAID; no source says that USAID did nothing else, or that no other did any.
_COMMUNITIES: Final[Mapping[str, _Communities]] = {
    "us_mx_merida": _Communities(goal="pillar_4", agency="usaid")
}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityShare:
    """A part of some money that went to communities, or that stands in for it.

    Attributes:
        whole: All of the money.
        part: The part.
        by_goal: Whether the source names the goal; else the part is that of an agency, which is another quantity.
    """

    whole: Amount
    part: Amount
    by_goal: bool

    @property
    def percent(self) -> float:
        """The part in per cent of the whole."""
        return 100 * float(self.part.line.amount) / float(self.whole.line.amount)

    def short_of(self, yardstick: Yardstick) -> float:
        """How many millions of dollars are lacking to a share; below zero where it is passed."""
        return yardstick.percent / 100 * float(self.whole.line.amount) - float(self.part.line.amount)


def community_shares(amounts: Iterable[Amount]) -> tuple[CommunityShare, ...]:
    """Every known share of money for communities: by goal where a source names it, else by the agency."""
    known = {one.line.id: one for one in amounts}
    found: list[CommunityShare] = []
    for one in known.values():
        about = _COMMUNITIES.get(one.framework)
        whole = known.get(one.line.part_of or "")
        if about is None or whole is None or not one.in_dollars:
            continue
        by_goal = one.line.goal == about.goal
        if by_goal or one.line.agency == about.agency:
            found.append(CommunityShare(whole=whole, part=one, by_goal=by_goal))
    return tuple(found)
