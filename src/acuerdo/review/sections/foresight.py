"""What happens next: every scenario in every model that can tell, who wins where, and what no model covers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from acuerdo.core.text import Text
from acuerdo.foresight import kept
from acuerdo.foresight.identified.agreeing import contests
from acuerdo.foresight.playbook import plays
from acuerdo.foresight.study import structure_title
from acuerdo.review.contrasts import by_policy, whole
from acuerdo.review.dossier import Dossier
from acuerdo.review.foreseen import model_link, outcome_title, percent, ranged, turning
from acuerdo.review.page import Column, Link, Page, Table, headed
from acuerdo.review.wording import say
from acuerdo.review.writing import share

if TYPE_CHECKING:
    from acuerdo.foresight.identified.comparing import Comparison
    from acuerdo.foresight.model import Model


def pages(dossier: Dossier) -> Iterator[Page]:
    """The page of all scenarios; a review of an earlier day, which these models did not yet know, has none."""
    every = dossier.models
    if not every:
        return
    found = {name: one for name in every if (one := kept.comparison(name)) is not None}
    yield Page(
        kind="foresight",
        path="foresight/index",
        title=say("foresight.title"),
        summary=say("foresight.summary", scenarios=len(plays()) - 1, models=len(found)),
        content={
            "scenarios": _scenarios(every, found),
            "fates": [_fate(every[name], one) for name, one in found.items()],
            "models": _models(every),
            "coupled": Link(say("coupled.see"), "foresight/coupled"),
        },
    )


def scenario_link(scenario_id: str) -> Link:
    """A scenario's name, leading to its page."""
    return Link(plays()[scenario_id].title, f"foresight/{scenario_id}")


def _scenarios(every: Mapping[str, Model], found: Mapping[str, Comparison]) -> Table:
    acting = {
        name: [one for one in found.values() if name in one.scenarios and name != one.base]
        for name in plays()
    }
    return Table(
        caption=say("foresight.scenarios_table"),
        columns=headed("foresight", "scenario", "what", "told"),
        rows=[
            {
                "scenario": scenario_link(name) if acting[name] else plays()[name].title,
                "what": plays()[name].about,
                "told": [_told(every[one.model], one, scenario=name) for one in acting[name]]
                or say("foresight.no_model"),
            }
            for name in plays()
            if name != "baseline"
        ],
        stacks=True,
    )


def _told(model: Model, found: Comparison, *, scenario: str) -> Text:
    """The range over every structure: never one number alone where the data allow many."""
    low, high = (percent(end) for end in whole(found, scenario))
    told = low if low == high else say("foresight.range", low=low, high=high)
    return say("foresight.told_in", outcome=outcome_title(model, found), range=told)


def _fate(model: Model, found: Comparison) -> dict[str, Any]:
    titles = {name: one.title for name, one in plays().items()}
    return {
        "title": say("foresight.fate", model=model.title, outcome=outcome_title(model, found)),
        "figure": by_policy(model, found),
        "regrets": _regrets(model, found),
        "structures": _winners(model, found),
        "contests": _contests(found),
        "turns": turning(model, found, titles=titles),
    }


def _regrets(model: Model, found: Comparison) -> Table:
    return Table(
        caption=say("foresight.regrets"),
        columns=(
            Column("scenario", say("foresight.scenario")),
            *(Column(key, say(f"foresight.{key}"), numeric=True) for key in ("regret", "worst", "wins")),
            Column("under", say("foresight.under")),
        ),
        rows=[
            {
                "scenario": scenario_link(one.scenario)
                if one.scenario != found.base
                else plays()[one.scenario].title,
                "regret": say("foresight.points", n=round(one.most, 1)),
                "worst": percent(one.worst),
                "wins": share(one.wins),
                "under": structure_title(model, one.structure),
            }
            for one in sorted(found.regrets, key=lambda one: one.most)
        ],
        stacks=True,
    )


def _winners(model: Model, found: Comparison) -> Table:
    """The single policy that does most, with the range of what it changes; structures that say the same together."""
    alike: dict[tuple[str, Text | None], list[str]] = {}
    for structure in dict.fromkeys(arm.structure for arm in found.arms):
        arms = [
            arm
            for arm in found.arms
            if arm.structure == structure and arm.change is not None and not plays()[arm.scenario].over
        ]
        best = min(arms, key=lambda arm: arm.change.median if arm.change else 0.0)
        told = ranged(best.change) if best.change else None
        alike.setdefault((best.scenario, told), []).append(structure)
    return Table(
        caption=say("foresight.winners"),
        columns=headed("foresight", "structure", "winner", "change", numeric=("change",)),
        rows=[
            {
                "structure": [structure_title(model, label) for label in labels],
                "winner": scenario_link(name),
                "change": told,
            }
            for (name, told), labels in alike.items()
        ],
        stacks=True,
    )


def _contests(found: Comparison) -> Table | None:
    """How often one policy gives less than another: from the least of all structures to the most."""
    met: dict[tuple[str, str], list[float | None]] = {}
    for one in contests(found):
        met.setdefault((one.one, one.other), []).append(one.chance)
    if not met:
        return None
    return Table(
        caption=say("foresight.contests"),
        columns=headed("foresight", "scenario", "less_than", "less_in", numeric=("less_in",)),
        rows=[
            {"scenario": scenario_link(one), "less_than": scenario_link(other), "less_in": _less_in(chances)}
            for (one, other), chances in met.items()
        ],
        stacks=True,
    )


def _less_in(chances: Sequence[float | None]) -> Text | None:
    known = [chance for chance in chances if chance is not None]
    if not known:
        return say("foresight.do_the_same")
    low, high = (share(end) for end in (min(known), max(known)))
    told = low if low == high else say("foresight.range", low=low, high=high)
    alike = len(chances) - len(known)
    return say("foresight.same_under", told=told, n=alike) if alike else told


def _models(every: Mapping[str, Model]) -> Table:
    def row(model: Model) -> dict[str, Any]:
        published = kept.read(model.id, "published")
        rows = published.answer["rows"] if published else []
        good = sum(one["reproduced"] for one in rows)
        return {
            "model": model_link(model),
            "what": model.summary,
            "reproduced": say("foresight.of", good=good, all=len(rows)) if rows else None,
        }

    return Table(
        caption=say("foresight.models_table"),
        columns=headed("foresight", "model", "what", "reproduced"),
        rows=[row(one) for one in every.values()],
        stacks=True,
    )
