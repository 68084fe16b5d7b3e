"""The objectives that indicators can speak to, in the order of the framework."""

from __future__ import annotations

from acuerdo.spec.model import Framework
from acuerdo.spec.structure import Goal, Objective


def objectives_of(framework: Framework) -> tuple[Objective, ...]:
    """Every objective, of goals and of their areas."""
    return tuple(objective for goal in framework.goals.values() for objective in objectives_in(goal))


def objectives_in(goal: Goal) -> tuple[Objective, ...]:
    """The objectives of one goal: its own, then those of its areas."""
    return tuple(one for holder in (goal, *goal.areas.values()) for one in holder.objectives.values())
