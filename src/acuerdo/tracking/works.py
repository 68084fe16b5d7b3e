"""Which outcome indicators could tell whether a promise that was kept also works."""

from __future__ import annotations

from functools import cache

from acuerdo.indicators.load import catalog
from acuerdo.spec.library import framework


@cache
def outcome_indicators(framework_id: str, objectives: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of the outcome indicators that speak to one of these objectives, or to one below them.

    Args:
        framework_id: The framework.
        objectives: Goals, areas or objectives of it.
    """
    wanted = {f"{framework_id}:{one}" for one in (*objectives, *_below(framework_id, objectives))}
    return tuple(
        key for key, one in catalog().items() if one.kind == "outcome" and wanted & set(one.objectives)
    )


def _below(framework_id: str, objectives: tuple[str, ...]) -> list[str]:
    """The areas and objectives below the goals and areas among these."""
    found: list[str] = []
    for goal in framework(framework_id).goals.values():
        whole = goal.id in objectives
        found += goal.objectives if whole else ()
        for area in goal.areas.values():
            found += [area.id, *area.objectives] if whole or area.id in objectives else ()
    return found
