"""Which objectives of a framework have an indicator, and which have none: the gap is a finding, and stays a gap."""

from __future__ import annotations

from collections.abc import Iterable

from acuerdo.indicators.indicator import Indicator, IndicatorKind
from acuerdo.spec.model import Framework
from acuerdo.spec.structure import Goal, Objective


def objectives_of(framework: Framework) -> tuple[Objective, ...]:
    """Every objective, of goals and of their areas, in the order of the framework."""
    return tuple(objective for goal in framework.goals.values() for objective in objectives_in(goal))


def objectives_in(goal: Goal) -> tuple[Objective, ...]:
    """The objectives of one goal: its own, then those of its areas."""
    return tuple(one for holder in (goal, *goal.areas.values()) for one in holder.objectives.values())


def objectives_without(
    framework: Framework, indicators: Iterable[Indicator], *, kind: IndicatorKind = "outcome"
) -> tuple[Objective, ...]:
    """The objectives that no indicator of a kind speaks to.

    Args:
        framework: The framework.
        indicators: The indicators there are.
        kind: The kind asked for; an outcome, since outputs say nothing of what the objective is for.
    """
    served = {link for one in indicators if one.kind == kind for link in one.objectives}
    return tuple(one for one in objectives_of(framework) if f"{framework.id}:{one.id}" not in served)
