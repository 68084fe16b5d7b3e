"""What is coded: every commitment and every decision of a framework, with the goal that it serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, final

from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.spec.check import origin_of
from acuerdo.spec.commitment import Commitment
from acuerdo.spec.contents import AbstractFramework
from acuerdo.spec.library import framework


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A commitment, or a decision of a meeting.

    Attributes:
        id: Its id in the framework's file.
        framework: The framework's id.
        kind: Commitment or decision.
        title: What was promised or decided.
        obliged: The party that must act, or ``joint``, ``either``; ``not_stated`` of a decision.
        objectives: Goals, areas or objectives that it serves.
        goals: The goals above them, in the framework's order; empty if none is named.
        made_on: When it was made; it does not exist before.
        commitment: The commitment itself; None for a decision.
    """

    id: str
    framework: str
    kind: Literal["commitment", "decision"]
    title: Text
    obliged: str
    objectives: tuple[str, ...]
    goals: tuple[str, ...]
    made_on: Period | None
    commitment: Commitment | None = None


@cache
def items(framework_id: str) -> Mapping[str, Item]:
    """Every commitment and decision of a framework by id, commitments first, in the file's order."""
    one = framework(framework_id)
    goals = _goals(one)
    commitments = {
        key: Item(
            id=key,
            framework=one.id,
            kind="commitment",
            title=commitment.title,
            obliged=commitment.obliged,
            objectives=commitment.objectives,
            goals=_goals_of(commitment.objectives, goals),
            made_on=origin_of(one, commitment),
            commitment=commitment,
        )
        for key, commitment in one.commitments.items()
    }
    decisions = {
        key: Item(
            id=key,
            framework=one.id,
            kind="decision",
            title=decision.text,
            obliged="not_stated",
            objectives=decision.objectives,
            goals=_goals_of(decision.objectives, goals),
            made_on=meeting.date,
        )
        for meeting in one.meetings.values()
        for key, decision in meeting.decisions.items()
    }
    return MappingProxyType({**commitments, **decisions})


def _goals(one: AbstractFramework) -> dict[str, str]:
    """The goal above each goal, area and objective."""
    above: dict[str, str] = {}
    for goal in one.goals.values():
        areas = {key: goal.id for area in goal.areas.values() for key in (area.id, *area.objectives)}
        above |= {goal.id: goal.id, **dict.fromkeys(goal.objectives, goal.id), **areas}
    return above


def _goals_of(objectives: tuple[str, ...], above: Mapping[str, str]) -> tuple[str, ...]:
    named = {above[key] for key in objectives}
    return tuple(goal for goal in dict.fromkeys(above.values()) if goal in named)
