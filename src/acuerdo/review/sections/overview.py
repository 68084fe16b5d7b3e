"""The first page, for a reader of two minutes: seven questions, each with one answer, one picture and one way on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from acuerdo.indicators.coverage import objectives_of
from acuerdo.review.answered import table as answers
from acuerdo.review.brief import brief, has_outcome, of_framework, summary
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import indicator_table, numbered, refs, title
from acuerdo.review.grid import overall
from acuerdo.review.life import life
from acuerdo.review.page import Link, Page, Table, headed
from acuerdo.review.reading import Reading, compare
from acuerdo.review.upcoming import ahead
from acuerdo.review.verdicts import briefly, link, told, verdict
from acuerdo.review.wording import say

_MOST_CLAIMS = 3
_MOST_AHEAD = 4
_LONG_AGO = 4
_NOTHING = {"picture": None, "table": None, "unmeasured": ()}
_FALLEN = {"does_not_hold", "held_then"}


def pages(dossier: Dossier) -> Iterator[Page]:
    """The overview: seven questions, each with its answer in a sentence and one picture or a short table."""
    framework = dossier.framework
    yield Page(
        kind="overview",
        path="index",
        title=say("overview.title", name=framework.short_name) if framework.goals else framework.name,
        summary=summary(dossier),
        label=say("overview.label", name=framework.name),
        content={
            "status": None if dossier.retold else framework.status.text,
            "status_refs": () if dossier.retold else refs(framework, framework.status.sources),
            "questions": [{**_NOTHING, **one, **_shown(dossier, one["id"])} for one in brief(dossier)],
        },
    )


def _shown(dossier: Dossier, question: str) -> Mapping[str, Any]:
    """What stands under an answer: one picture, or one short table, or counts."""
    match question:
        case "promised":
            return {"picture": life(dossier)}
        case "done":
            return {"picture": overall(dossier)}
        case "changed":
            return {"table": _outcomes(dossier), "unmeasured": _unmeasured(dossier)}
        case "said":
            return {"table": _claims(dossier)}
        case "caused":
            own = of_framework(dossier)
            return {"table": answers(own, caption=say("overview.own_questions")) if own else None}
        case "next":
            return {"table": _ahead(dossier)}
        case _:
            return {}


def _ahead(dossier: Dossier) -> Table | None:
    found = ahead(dossier)
    return replace(found, rows=found.rows[:_MOST_AHEAD]) if found else None


def _claims(dossier: Dossier) -> Table | None:
    """The newest of the claims that do not hold, or held only then."""
    fallen = [one for one in dossier.claims if one.outcome.verdict in _FALLEN]
    if not fallen:
        return None
    return Table(
        caption=say("overview.claims_caption", n=min(len(fallen), _MOST_CLAIMS), all=len(fallen)),
        columns=headed("claims", "quote", "said", "verdict", "sentence"),
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


def _outcomes(dossier: Dossier) -> Table | None:
    """For each objective with a public measure of its outcome, the one that tells most; each measure once."""
    chosen: dict[str, Reading] = {}
    for one in objectives_of(dossier.framework):
        first = next((each for each in telling(dossier, one.id) if each.indicator.id not in chosen), None)
        if first is not None:
            chosen[first.indicator.id] = first
    return indicator_table(list(chosen.values()), say("overview.outcomes")) if chosen else None


def _unmeasured(dossier: Dossier) -> list[Link]:
    """The objectives that nothing public measures the outcome of."""
    return [
        Link(numbered(one.number, title(dossier.framework, one.title)), f"objectives/{one.id}")
        for one in objectives_of(dossier.framework)
        if not has_outcome(dossier, one.id)
    ]


def telling(dossier: Dossier, structure_id: str) -> list[Reading]:
    """The outcome indicators of an objective, those that tell most first.

    Plain measures come before those worked out from another (a change, an index), recent ones before old ones,
    those that can be set against their baseline before those that cannot, what several publishers count before what
    one does, better measures before worse ones.
    """

    def rank(one: Reading) -> tuple[bool, bool, bool, int, int]:
        latest = one.latest
        old = latest is None or latest.period.end.year < dossier.day.year - _LONG_AGO
        first = compare(one, one.indicator.baseline)
        lone = first.difference is None
        return one.derived, lone, old, -len(one.indicator.rivals), -one.indicator.attributes_met

    known = [
        one for one in dossier.serving(structure_id) if one.indicator.kind == "outcome" and one.known_national
    ]
    return sorted(known, key=rank)
