"""One page per goal and one per objective: what was set out, promised, decided and measured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from acuerdo.core.text import Text
from acuerdo.review import promise
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import foreign_name, indicator_table, met, numbered, refs, title
from acuerdo.review.page import Link, Page
from acuerdo.review.wording import say
from acuerdo.spec.sides import obliged_sides
from acuerdo.spec.structure import Area, Goal, Objective


def pages(dossier: Dossier) -> Iterator[Page]:
    """The pages of goals and of their objectives."""
    for goal in dossier.framework.goals.values():
        yield _goal_page(dossier, goal)
        for objective in goal.objectives.values():
            yield _objective_page(dossier, goal, area=None, objective=objective)
        for area in goal.areas.values():
            for objective in area.objectives.values():
                yield _objective_page(dossier, goal, area=area, objective=objective)


def _goal_page(dossier: Dossier, goal: Goal) -> Page:
    framework = dossier.framework
    name = title(framework, goal.title)
    groups = [(None, list(goal.objectives.values()))]
    groups += [(area, list(area.objectives.values())) for area in goal.areas.values()]
    every = [one for _, found in groups for one in found]
    return Page(
        kind="goal",
        path=f"goals/{goal.id}",
        title=name,
        summary=say(
            "goal.summary", n=len(every), measured=sum(bool(_outcomes(dossier, one.id)) for one in every)
        ),
        label=_label(framework.levels.goal, goal.number),
        content={
            "note": goal.note,
            "refs": refs(framework, goal.sources),
            "groups": [
                {
                    "id": area.id if area else "",
                    "title": numbered(area.number, title(framework, area.title)) if area else None,
                    "note": area.note if area else None,
                    "objectives": [_brief(dossier, one) for one in found],
                }
                for area, found in groups
                if found or area
            ],
            "indicators": _table(dossier, goal.id, name=name),
            "promised": promised(dossier, goal.id),
        },
    )


def _label(level: Text | None, number: str | None) -> Text | None:
    return Text(*(f"{side} {number}" if number else side for side in (level.en, level.es))) if level else None


def _brief(dossier: Dossier, objective: Objective) -> dict[str, Any]:
    name = numbered(objective.number, title(dossier.framework, objective.title))
    return {
        "link": Link(name, f"objectives/{objective.id}"),
        "table": _table(dossier, objective.id, name=name, only_outcomes=True),
    }


def _outcomes(dossier: Dossier, structure_id: str) -> list[Any]:
    return [one for one in dossier.serving(structure_id) if one.indicator.kind == "outcome" and one.known]


def _table(dossier: Dossier, structure_id: str, *, name: Text, only_outcomes: bool = False) -> Any:
    found = (
        _outcomes(dossier, structure_id)
        if only_outcomes
        else [one for one in dossier.serving(structure_id) if one.known]
    )
    return indicator_table(found, say("objective.caption", name=name)) if found else None


def _objective_page(dossier: Dossier, goal: Goal, *, area: Area | None, objective: Objective) -> Page:
    framework = dossier.framework
    name = title(framework, objective.title)
    serving = dossier.serving(objective.id)
    outcomes = _outcomes(dossier, objective.id)
    others = [one for one in serving if one.known and one not in outcomes]
    parents = [Link(numbered(goal.number, title(framework, goal.title)), f"goals/{goal.id}")]
    if area:
        parents.append(
            Link(numbered(area.number, title(framework, area.title)), f"goals/{goal.id}#{area.id}")
        )
    found = promised(dossier, objective.id)
    return Page(
        kind="objective",
        path=f"objectives/{objective.id}",
        title=name,
        summary=say("objective.summary", promised=len(found), outcomes=len(outcomes), others=len(others))
        if serving
        else say("objective.summary_none", promised=len(found)),
        label=_label(framework.levels.objective, objective.number),
        parents=tuple(parents),
        content={
            "note": objective.note,
            "refs": refs(framework, objective.sources),
            "outcomes": indicator_table(outcomes, say("objective.outcomes_caption", name=name))
            if outcomes
            else None,
            "others": indicator_table(others, say("objective.others_caption", name=name)) if others else None,
            "silent": [
                Link(one.indicator.short, f"indicators/{one.indicator.id}")
                for one in serving
                if not one.known
            ],
            "promised": found,
            "decided": decided(dossier, objective.id),
            "crosswalk": crosswalk(dossier, objective.id),
        },
    )


def promised(dossier: Dossier, structure_id: str) -> list[dict[str, Any]]:
    """The commitments that serve a goal, an area or an objective: how far each got, and how its deadlines were met."""
    codes = dossier.standing.codes
    return [
        {
            "link": Link(one.title, promise.path(one.id) if one.id in codes else f"commitments#{one.id}"),
            "obliged": obliged_sides(dossier.framework)[one.obliged],
            "level": promise.level_state(codes[one.id]) if one.id in codes else None,
            "states": met(dossier, one),
        }
        for one in dossier.framework.commitments.values()
        if structure_id in one.objectives
    ]


def decided(dossier: Dossier, structure_id: str) -> list[dict[str, Any]]:
    """What meetings decided about an objective, oldest first."""
    return [
        {"when": meeting.date, "meeting": Link(meeting.title, f"meetings#{meeting.id}"), "text": decision.text,
         "refs": refs(dossier.framework, decision.sources)}
        for meeting in sorted(dossier.framework.meetings.values(), key=lambda one: one.date)
        for decision in meeting.decisions.values()
        if structure_id in decision.objectives
    ]  # fmt: skip


def crosswalk(dossier: Dossier, structure_id: str) -> list[Link]:
    """What an objective continues, and what continues it, in the other frameworks."""
    framework = dossier.framework
    lines = [one for one in framework.crosswalk.values() if one.here == structure_id]
    found = [Link(foreign_name(dossier, one.there), f"succession#{framework.id}-{one.id}") for one in lines]
    for other in dossier.others.values():
        here = f"{framework.id}:{structure_id}"
        found += [
            Link(foreign_name(dossier, f"{other.id}:{one.here}"), f"succession#{other.id}-{one.id}")
            for one in other.crosswalk.values()
            if one.there == here
        ]
    return found
