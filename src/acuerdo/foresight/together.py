"""What a scenario changes in the coupled run, link by link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final, final

import numpy as np

import acuerdo
from acuerdo.core.errors import UsageError
from acuerdo.core.result import fingerprint
from acuerdo.core.text import Text
from acuerdo.foresight import kept
from acuerdo.foresight.asking import Question, drawn, no_draws
from acuerdo.foresight.backends import chosen
from acuerdo.foresight.block import BLOCK
from acuerdo.foresight.coupling import LINKS, ORDER, STRUCTURES, UNTIL, Bilateral
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.identified.spreading import spread_of
from acuerdo.foresight.keeping import Shelf
from acuerdo.foresight.library import model
from acuerdo.foresight.model import Floats, Outcome
from acuerdo.foresight.playbook import BASE, play, plays
from acuerdo.foresight.progress import Watch
from acuerdo.foresight.run import Setup
from acuerdo.foresight.study import study

Links = tuple[str, ...]
# Draws that are run together: one block, which a hand that stops the work cannot leave half done
_STRETCH = BLOCK
_RUNS: Final = Text("Runs of all models", "Corridas de todos los modelos")


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


def effects(scenario_id: str, *, draws: int, setup: Setup | None = None) -> tuple[Effect, ...]:
    """The effect on every outcome that is to fall, in every model.

    Models that are fitted are run over everything that fits, the others over their declared ranges.

    Args:
        scenario_id: Its id.
        draws: Parameter values of each model.
        setup: Who is told how far it is, and where what is done is kept.

    Raises:
        NotFound: If there is no such scenario; names the nearest.
        UsageError: If there is not one draw.
    """
    play(scenario_id)
    every: Links = tuple(LINKS)
    sets = ((), *((name,) for name in every), *(_but(name) for name in every), every)
    found = ends([(one, links) for links in sets for one in (scenario_id, BASE)], draws=draws, setup=setup)
    changed = {}
    for links in sets:
        new, old = (found[one, links] for one in (scenario_id, BASE))
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


def ends(
    asked: Sequence[tuple[str, Links]], *, draws: int, setup: Setup | None = None
) -> dict[tuple[str, Links], dict[tuple[str, str], Floats]]:
    """Every outcome of every model on the last day, by model and name, shape (draws,).

    Args:
        asked: Scenarios, each with the links that are on.
        draws: Parameter values of each model.
        setup: Who is told how far it is, and where what is done is kept.

    Returns:
        As much for each of what is asked.

    Raises:
        UsageError: If there is not one draw.
    """
    if draws < 1:
        raise UsageError(no_draws(draws))
    how = setup or Setup()
    stretches = [(first, min(first + _STRETCH, draws)) for first in range(0, draws, _STRETCH)]
    # What is fitted is fitted before it is first run
    identities = [
        {name: one.identity() for name, one in _drawn(*stretch, setup=how).items()} for stretch in stretches
    ]
    shelf = Shelf() if how.keep is None else Shelf(how.keep, _digest())
    watch = Watch(len(asked) * len(stretches), how.advance, of=_RUNS)
    found: dict[tuple[str, Links], dict[tuple[str, str], Floats]] = {}
    for one in asked:
        parts = []
        for stretch, identity in zip(stretches, identities, strict=True):
            part, there = shelf.arrays([*one, identity], partial(_ends, one, stretch))
            watch.tick(found=there)
            parts.append(part)
        found[one] = {key: np.concatenate([part[".".join(key)] for part in parts]) for key in _keys()}
    return found


def _digest() -> str:
    """Equal where what is found with one can stand for what is found with the other, for the same draws."""
    return fingerprint([acuerdo.__version__, chosen("auto"), kept.inputs(kept.COUPLED, "together")])


def _keys() -> list[tuple[str, str]]:
    return [(name, outcome.name) for name in ORDER for outcome in model(name).outcomes]


def _drawn(first: int, last: int, *, setup: Setup | None = None) -> dict[str, Draws]:
    """Draws ``first`` up to ``last`` of every model's parameters."""
    found = {}
    for name in ORDER:
        question = Question(model=name, scenarios=(), draws=last)
        every = drawn(study(name), structure=STRUCTURES.get(name, {}), question=question, setup=setup)
        rows = every.block(model(name), first=first, last=last)
        names = (one.name for one in model(name).parameters)
        found[name] = Draws.of(dict(zip(names, rows, strict=True)))
    return found


@cache
def _ends(asked: tuple[str, Links], stretch: tuple[int, int]) -> Mapping[str, Floats]:
    """Every outcome of every model on the last day, shape (draws,), for some of the draws."""
    (scenario_id, links), (first, last) = asked, stretch
    scenarios = {name: play(scenario_id).scenario(model(name)) for name in ORDER}
    run = Bilateral(scenarios=scenarios, draws=Draws(count=last - first), fitted=_drawn(first, last))
    answers = run.run(links).answers
    return {f"{name}.{outcome}": answers[name].at(outcome, UNTIL) for name, outcome in _keys()}


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
