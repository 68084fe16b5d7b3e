"""What a scenario changes in the coupled run, link by link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

import numpy as np

from acuerdo.foresight.coupling import LINKS, ORDER, UNTIL, Bilateral
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.library import model
from acuerdo.foresight.model import Floats, Outcome
from acuerdo.foresight.playbook import BASE, play


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a scenario changes in one outcome on the last day, in per cent of the baseline, draw by draw.

    ``apart + Σ links + interaction = together``.

    Attributes:
        model: The model's id.
        outcome: The outcome.
        apart: With every link off, shape (draws,).
        links: What each link adds by itself.
        interaction: What links add only together.
        together: With every link on.
    """

    model: str
    outcome: Outcome
    apart: Floats
    links: Mapping[str, Floats]
    interaction: Floats
    together: Floats


def effects(scenario_id: str, *, draws: int) -> tuple[Effect, ...]:
    """The effect on every outcome that is to fall, in every model.

    Args:
        scenario_id: Its id.
        draws: Parameter values of each model.

    Raises:
        NotFound: If there is no such scenario; names the nearest.
    """
    asked, usual = (
        Bilateral(
            scenarios={name: play(one).scenario(model(name)) for name in ORDER}, draws=Draws(count=draws)
        )
        for one in (scenario_id, BASE)
    )
    sets = ((), *((name,) for name in LINKS), tuple(LINKS))
    changed = {}
    for links in sets:
        new, old = asked.run(links).answers, usual.run(links).answers
        for name in ORDER:
            for outcome in model(name).outcomes:
                moved, before = (one[name].at(outcome.name, UNTIL) for one in (new, old))
                changed[links, name, outcome.name] = 100.0 * (moved / before - 1.0)
    return tuple(
        _effect(name, outcome, changes={links: changed[links, name, outcome.name] for links in sets})
        for name in ORDER
        for outcome in model(name).outcomes
        if outcome.direction == "down"
    )


def _effect(name: str, outcome: Outcome, *, changes: Mapping[tuple[str, ...], Floats]) -> Effect:
    apart, together = changes[()], changes[tuple(LINKS)]
    links = {link: changes[(link,)] - apart for link in LINKS}
    rest = together - apart - np.sum(list(links.values()), axis=0)
    return Effect(model=name, outcome=outcome, apart=apart, links=links, interaction=rest, together=together)
