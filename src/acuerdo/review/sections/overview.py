"""The first page: the framework's life, its goals and what they came to, and what nobody can tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from acuerdo.indicators.coverage import objectives_in
from acuerdo.review.answered import table as answers
from acuerdo.review.brief import brief, has_outcome, summary
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import indicator_table, numbered, refs, title
from acuerdo.review.grid import grids, legend, score_line
from acuerdo.review.life import life
from acuerdo.review.page import Column, Link, Page, Table
from acuerdo.review.reading import Reading, compare
from acuerdo.review.upcoming import ahead, undated, worth
from acuerdo.review.verdicts import briefly, link, tally, told, verdict
from acuerdo.review.wording import say
from acuerdo.spec.source import ABSENCES
from acuerdo.spec.structure import Goal

_MOST_EACH = 4
_MOST_CLAIMS = 8
_LONG_AGO = 4
_FALLEN = {"does_not_hold", "held_then"}


def pages(dossier: Dossier) -> Iterator[Page]:
    """The overview."""
    framework = dossier.framework
    goals = [_goal(dossier, goal) for goal in framework.goals.values()]
    yield Page(
        kind="overview",
        path="index",
        title=framework.name if not goals else say("overview.title", name=framework.short_name),
        summary=summary(dossier),
        label=say("overview.label", name=framework.name),
        content={
            "about": None if dossier.retold else framework.summary,
            "status": None if dossier.retold else framework.status.text,
            "status_refs": () if dossier.retold else refs(framework, framework.status.sources),
            "brief": brief(dossier),
            "life": life(dossier),
            "goals": goals,
            "grids": grids(dossier),
            "grid_legend": legend(),
            "score": score_line(dossier),
            "ahead": ahead(dossier),
            "undated": undated(dossier),
            "worth": worth(dossier),
            "verdicts": tally(dossier),
            "claims": _claims(dossier),
            "evaluations": answers(dossier.evaluations, caption=say("evaluation.table"))
            if dossier.evaluations
            else None,
            "unavailable": [
                {"what": one.what, "why": ABSENCES[one.why], "said_by": None if dossier.retold else one.said_by,
                 "refs": refs(framework, one.sources)}
                for one in framework.unavailable.values()
            ],
        },
    )  # fmt: skip


def _claims(dossier: Dossier) -> Table | None:
    """The newest of the claims that do not hold, or held only then."""
    fallen = [one for one in dossier.claims if one.outcome.verdict in _FALLEN]
    if not fallen:
        return None
    return Table(
        caption=say("overview.claims_caption", n=min(len(fallen), _MOST_CLAIMS), all=len(fallen)),
        columns=tuple(Column(key, say(f"claims.{key}")) for key in ("quote", "said", "verdict", "sentence")),
        rows=[
            {
                "quote": link(one),
                "said": briefly(one),
                "verdict": verdict(one),
                "sentence": told(dossier, one),
            }
            for one in sorted(fallen, key=lambda one: (one.said, one.id), reverse=True)[:_MOST_CLAIMS]
        ],
        stacks=True,
    )


def telling(dossier: Dossier, structure_id: str) -> list[Reading]:
    """The outcome indicators of an objective, those that tell most first.

    Plain measures come before those worked out from another (a change, an index), recent ones before old ones,
    those that can be set against their baseline before those that cannot, better measures before worse ones.
    """

    def rank(one: Reading) -> tuple[bool, bool, bool, int]:
        latest = one.latest
        old = latest is None or latest.period.end.year < dossier.day.year - _LONG_AGO
        first = compare(one, one.indicator.baseline)
        lone = first.difference is None
        return one.derived, lone, old, -one.indicator.attributes_met

    known = [
        one for one in dossier.serving(structure_id) if one.indicator.kind == "outcome" and one.known_national
    ]
    return sorted(known, key=rank)


def _goal(dossier: Dossier, goal: Goal) -> dict[str, Any]:
    framework = dossier.framework
    objectives = objectives_in(goal)
    ids = (goal.id, *goal.areas, *(one.id for one in objectives))
    serving = {one.indicator.id: one for structure_id in ids for one in dossier.serving(structure_id)}
    chosen = {
        one.indicator.id: one for structure_id in ids for one in telling(dossier, structure_id)[:_MOST_EACH]
    }
    head = list(chosen.values())
    name = title(framework, goal.title)
    return {
        "id": goal.id,
        "title": numbered(goal.number, name),
        "link": f"goals/{goal.id}",
        "outcomes": indicator_table(head, say("goal.outcomes_caption", name=name)) if head else None,
        "more": len(serving) - len(head),
        "unmeasured": [
            Link(numbered(one.number, title(framework, one.title)), f"objectives/{one.id}")
            for one in objectives
            if not has_outcome(dossier, one.id)
        ],
    }
