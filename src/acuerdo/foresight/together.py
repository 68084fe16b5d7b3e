"""What a scenario changes in the coupled run, link by link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, final

import numpy as np

from acuerdo.foresight.asking import Question, drawn
from acuerdo.foresight.coupling import LINKS, ORDER, STRUCTURES, UNTIL, Bilateral
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.identified.spreading import spread_of
from acuerdo.foresight.library import model
from acuerdo.foresight.model import Floats, Outcome
from acuerdo.foresight.playbook import BASE, play, plays
from acuerdo.foresight.study import study

Links = tuple[str, ...]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a scenario changes in one outcome on the last day, in per cent of the baseline, draw by draw.

    ``apart + Σ links + interaction = together``.

    Draws that do not stay finite under every set of links are in none of it.

    Attributes:
        model: The model's id.
        outcome: The outcome.
        failed: How many draws those are.
        apart: With every link off, shape (draws,).
        links: What each link adds by itself.
        interaction: What links add only together.
        together: With every link on.
        without: With every link on but this one.
    """

    model: str
    outcome: Outcome
    failed: int
    apart: Floats
    links: Mapping[str, Floats]
    interaction: Floats
    together: Floats
    without: Mapping[str, Floats]


def effects(scenario_id: str, *, draws: int) -> tuple[Effect, ...]:
    """The effect on every outcome that is to fall, in every model.

    Models that are fitted are run over everything that fits, the others over their declared ranges.

    Args:
        scenario_id: Its id.
        draws: Parameter values of each model.

    Raises:
        NotFound: If there is no such scenario; names the nearest.
    """
    play(scenario_id)
    every: Links = tuple(LINKS)
    sets = ((), *((name,) for name in every), *(_but(name) for name in every), every)
    changed = {}
    for links in sets:
        new, old = (ends(one, links, draws=draws) for one in (scenario_id, BASE))
        changed[links] = {key: 100.0 * (new[key] / old[key] - 1.0) for key in new}
    return tuple(
        _effect(name, outcome, changes={links: found[name, outcome.name] for links, found in changed.items()})
        for name in ORDER
        for outcome in model(name).outcomes
        if outcome.direction == "down"
    )


def kept_effects(*, draws: int) -> dict[str, Any]:
    """What every scenario changes, as it is kept: means, which add up, and the range of each whole."""
    return {
        "draws": draws,
        "until": UNTIL,
        "links": list(LINKS),
        "scenarios": {
            name: [_plain(one) for one in effects(name, draws=draws)] for name in plays() if name != BASE
        },
    }


def _but(link: str) -> Links:
    return tuple(name for name in LINKS if name != link)


@cache
def ends(scenario_id: str, links: Links, *, draws: int) -> Mapping[tuple[str, str], Floats]:
    """Every outcome of every model on the last day, by model and name, shape (draws,)."""
    asked = {name: play(scenario_id).scenario(model(name)) for name in ORDER}
    fitted = {
        name: drawn(
            study(name),
            structure=STRUCTURES.get(name, {}),
            question=Question(model=name, scenarios=(), draws=draws),
        )
        for name in ORDER
        if study(name).fit is not None
    }
    answers = Bilateral(scenarios=asked, draws=Draws(count=draws), fitted=fitted).run(links).answers
    return {
        (name, outcome.name): answers[name].at(outcome.name, UNTIL)
        for name in ORDER
        for outcome in model(name).outcomes
    }


def _effect(name: str, outcome: Outcome, *, changes: Mapping[Links, Floats]) -> Effect:
    good = np.isfinite(np.stack(list(changes.values()))).all(axis=0)
    changes = {links: one[good] for links, one in changes.items()}
    apart, together = changes[()], changes[tuple(LINKS)]
    links = {link: changes[(link,)] - apart for link in LINKS}
    rest = together - apart - np.sum(list(links.values()), axis=0)
    without = {link: changes[_but(link)] for link in LINKS}
    return Effect(
        model=name, outcome=outcome, failed=int((~good).sum()), apart=apart, links=links, interaction=rest,
        together=together, without=without,
    )  # fmt: skip


def _plain(one: Effect) -> dict[str, Any]:
    def mean(values: Floats) -> float:
        return float(np.mean(values))

    return {
        "model": one.model,
        "outcome": one.outcome.name,
        "failed": one.failed,
        "apart": {"mean": mean(one.apart), "spread": spread_of(one.apart)},
        "links": {name: mean(values) for name, values in one.links.items()},
        "interaction": mean(one.interaction),
        "together": {"mean": mean(one.together), "spread": spread_of(one.together)},
        "without": {name: mean(values) for name, values in one.without.items()},
    }
