"""Chance: every flow moves a whole number of people, drawn around what the equations would move.

Where counts are small, events come one at a time, each after a waiting time of its own (Gillespie's direct method,
exact). Elsewhere a flow moves a Poisson number in each step, with the mean that it has at the step's beginning
(tau-leaping). No flow moves more than there is. Each number comes from a counter: the draw, the channel or the event,
the step. So it is the same whoever computes it, and under every scenario.

References:
    Gillespie, Exact stochastic simulation of coupled chemical reactions (1977); Approximate accelerated stochastic
    simulation of chemically reacting systems (2001).
    Cao, Gillespie and Petzold, Avoiding negative populations in explicit Poisson tau-leaping (2005); Efficient step
    size selection for the tau-leaping simulation method (2006).
    Salmon and others, Parallel random numbers: as easy as 1, 2, 3 (2011): Philox 4x32-10.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import LANGS, Text
from acuerdo.foresight.dimensions import COUNTED
from acuerdo.foresight.model import Floats, State
from acuerdo.foresight.tracing import System

Words = NDArray[np.uint64]
SMALL = 100.0
"""Counts below this are not leapt over. A leap may change no rate by more than about three per cent, and one that
holds fewer than ten events costs more than the events (Cao, Gillespie and Petzold 2006); below a hundred no leap
keeps to both."""
MANY = 1000.0
"""Where more events than this are due among small counts in what is left of a step, the rest of it is a leap."""
INVERTED_BELOW, MOST = 30.0, 200
"""Poisson numbers with a mean below the first are drawn by inversion, which ends far below the second; above it by
the normal approximation, half a unit of which is then less than a tenth of the standard deviation."""
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """What is left to chance.

    Attributes:
        seed: The name of the streams; another seed gives other chances.
        step: The length of a leap, in the model's unit; small counts do not depend on it.
        start: Whether the counts at the start are Poisson numbers too; else they are the nearest whole ones.
        exact_below: A flow out of or into fewer than this moves one at a time; 0 leaps always.
    """

    seed: int = 0
    step: float = 1.0
    start: bool = False
    exact_below: float = SMALL

    def key(self, system: System) -> Words:
        """The key of the model's streams, two words of 32 bits."""
        name = f"{system.model.id}/events/{self.seed}"
        return np.frombuffer(hashlib.sha256(name.encode()).digest()[:8], dtype="<u4").astype(np.uint64)

    def check(self, system: System) -> None:
        """Checks that there are flows, and that what they move can be counted.

        Raises:
            UsageError: If there are none, or one moves what is measured, such as kilograms; lists every state.
        """
        moved = {state for flow in system.flows for state in (flow.out_of, flow.into)}
        parts = [
            one for one in system.states if one.name in moved and not (one.whole and one.unit in COUNTED)
        ]
        if parts:
            raise UsageError(_not_counted(parts, where=system.model.id))
        if not moved:
            raise UsageError(_no_flow(system.model.id))


def uniforms(key: Words, draws: Words, *, cell: int, step: int) -> tuple[Floats, Floats]:
    """Two numbers in [0, 1) for each draw, from its own counter."""
    a, b = draws & _LOW, draws >> _HALF
    c, d = np.full_like(draws, cell), np.full_like(draws, step)
    k, m = key
    for _ in range(10):
        p, r = np.uint64(0xD2511F53) * a, np.uint64(0xCD9E8D57) * c
        a, b, c, d = (r >> _HALF) ^ b ^ k, r & _LOW, (p >> _HALF) ^ d ^ m, p & _LOW
        k, m = (k + np.uint64(0x9E3779B9)) & _LOW, (m + np.uint64(0xBB67AE85)) & _LOW
    eleven = np.uint64(11)
    one, other = (a << _HALF | b) >> eleven, (c << _HALF | d) >> eleven
    return one.astype(np.float64) * 2.0**-53, other.astype(np.float64) * 2.0**-53


def poisson(mean: Floats, u: Floats, *, v: Floats) -> Floats:
    """Poisson numbers with the given means, from two uniform numbers each."""
    count = np.zeros_like(mean)
    term = np.exp(-mean)
    summed = term.copy()
    small = (mean > 0.0) & (mean < INVERTED_BELOW)
    for _ in range(MOST):
        more = small & (u >= summed)
        if not more.any():
            break
        count[more] += 1.0
        term[more] *= mean[more] / count[more]
        summed[more] += term[more]
    normal = np.sqrt(-2.0 * np.log(1.0 - u)) * np.cos(2.0 * np.pi * v)
    large = np.maximum(np.floor(mean + np.sqrt(mean) * normal + 0.5), 0.0)
    return np.where(np.isnan(mean), mean, np.where(mean >= INVERTED_BELOW, large, count))


def _not_counted(states: Sequence[State], *, where: str) -> Problem:
    account = Text("unit of account", "unidad de cuenta")
    listed = Text(
        *(
            ", ".join(f"'{one.name}' ({one.unit if one.whole else account.in_(lang)})" for one in states)
            for lang in LANGS
        )
    )
    return Problem(
        what=Text(
            f"Chance moves whole people or things, and these are not counted so: {listed.en}.",
            f"El azar mueve personas o cosas enteras, y esto no se cuenta así: {listed.es}.",
        ),
        where=where,
        fix=Text(
            f"Ask this model without chance, or another one. A model of your own can count in: {', '.join(COUNTED)}.",
            f"Pregunte a este modelo sin azar, o a otro. Un modelo propio puede contar en: {', '.join(COUNTED)}.",
        ),
    )


def _no_flow(model_id: str) -> Problem:
    return Problem(
        what=Text(
            "Chance acts on flows, and this model has none.",
            "El azar actúa sobre flujos, y este modelo no tiene ninguno.",
        ),
        where=model_id,
        fix=Text(
            "Run it without chance, or write what moves people or things with m.flow instead of m.derivative.",
            "Córralo sin azar, o escriba con m.flow en vez de m.derivative lo que mueve personas o cosas.",
        ),
    )
