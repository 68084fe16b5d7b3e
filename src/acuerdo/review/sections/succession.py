"""What came before and after: how the frameworks follow one another, and which objective continues which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import foreign_name, refs, structure_names
from acuerdo.review.page import Link, Page, Table, headed
from acuerdo.review.wording import say
from acuerdo.spec.contents import STATUS_VALUES
from acuerdo.spec.model import Framework
from acuerdo.spec.succession import CHANGE_NATURES, RELATIONS, CrosswalkLine


def pages(dossier: Dossier) -> Iterator[Page]:
    """The page of succession."""
    frameworks = sorted([dossier.framework, *dossier.others.values()], key=lambda one: one.begins)
    lines = sum(len(one.crosswalk) for one in frameworks)
    yield Page(
        kind="succession",
        path="succession",
        title=say("succession.title"),
        summary=say("succession.summary", n=len(frameworks), lines=lines),
        content={
            "frameworks": [_framework(dossier, one) for one in frameworks],
            "tables": [_table(dossier, one) for one in frameworks if one.crosswalk],
        },
    )


def _framework(dossier: Dossier, one: Framework) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "begins": one.begins,
        "ends": one.ends,
        "status": None if dossier.retold else STATUS_VALUES[one.status.value],
        "summary": None if dossier.retold else one.summary,
        "own": one.id == dossier.framework.id,
        "predecessors": [
            {
                "name": _name(dossier, before.framework),
                "nature": CHANGE_NATURES[before.nature],
                "when": before.when,
                "text": before.text,
            }
            for before in one.predecessors.values()
        ],
    }


def _name(dossier: Dossier, framework_id: str) -> Any:
    if framework_id == dossier.framework.id:
        return dossier.framework.short_name
    found = dossier.others.get(framework_id)
    return found.short_name if found else framework_id


def _table(dossier: Dossier, one: Framework) -> Table:
    return Table(
        caption=say("succession.caption", name=one.short_name),
        columns=headed("succession", "here", "relation", "there", "reason", "judged"),
        rows=[_row(dossier, one, line=line) for line in one.crosswalk.values()],
        stacks=True,
    )


def _row(dossier: Dossier, one: Framework, *, line: CrosswalkLine) -> dict[str, Any]:
    names = structure_names(one)
    text, path = names[line.here]
    own = one.id == dossier.framework.id
    cited = refs(one, line.sources) if own else ()
    return {
        "id": f"{one.id}-{line.id}",
        "here": Link(text, path) if own else text,
        "relation": RELATIONS[line.relation],
        "there": foreign_name(dossier, line.there),
        "reason": (line.reason, *cited),
        "judged": say(f"succession.{line.judged_by}"),
    }
