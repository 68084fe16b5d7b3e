"""What an answer hangs on: each assumption that turns it, once for all structures under which it does."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, final

if TYPE_CHECKING:
    from acuerdo.foresight.identified.comparing import Comparison
    from acuerdo.foresight.identified.flipping import Flip

# A threshold is no finer than the set that it was found in: it is told to a round step of at most this share of it
_COARSE = 0.05
_STEPS = (1.0, 2.0, 5.0)
Side = Literal["below", "above"]
_OPPOSITE: dict[str, Side] = {"below": "above", "above": "below"}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Hinge:
    """What a scenario needs, to end below its own level at the beginning or to give less than another.

    Attributes:
        scenario: The scenario.
        other: The one that it is to give less than; empty where its own beginning is meant.
        parameter: The assumption.
        side: The side of the threshold that it needs.
        threshold: As it is told.
        right: The share of cases that the threshold tells rightly, where it does so least.
        structures: The labels of the structures under which this is so.
    """

    scenario: str
    other: str
    parameter: str
    side: Side
    threshold: float
    right: float
    structures: tuple[str, ...]


def hinges(found: Comparison, scenario: str = "") -> tuple[Hinge, ...]:
    """Everything that an answer hangs on; of one scenario, if one is given."""
    groups: dict[tuple[str, str, str, Side, float], list[tuple[str, Flip]]] = {}
    for name, other, structure, flip, side in _turning(found):
        if scenario in {"", name, other}:
            key = (name, other, flip.parameter, side, rounded(flip.threshold))
            groups.setdefault(key, []).append((structure, flip))
    return tuple(
        Hinge(
            scenario=name, other=other, parameter=parameter, side=side, threshold=threshold,
            right=min(flip.right for _, flip in cases),
            structures=tuple(structure for structure, _ in cases),
        )
        for (name, other, parameter, side, threshold), cases in groups.items()
    )  # fmt: skip


def rounded(threshold: float) -> float:
    """A threshold as it is told: to a step of 1, 2 or 5 that is at most a twentieth of it.

    >>> rounded(114_976.0), rounded(93_127.0), rounded(0.03294)
    (115000.0, 94000.0, 0.033)
    """
    if threshold == 0.0:
        return 0.0
    most = _COARSE * abs(threshold)
    power = math.floor(math.log10(most))
    step = max(size * 10.0**power for size in _STEPS if size * 10.0**power <= most)
    return float(f"{round(threshold / step) * step:.6g}")


def _turning(found: Comparison) -> Iterator[tuple[str, str, str, Flip, Side]]:
    for turn in found.turns:
        if turn.flip is not None:
            yield turn.scenario, "", turn.structure, turn.flip, turn.flip.side
    for duel in found.duels:
        if duel.flip is None:
            continue
        # That nothing does better is told as what something needs to do better than nothing
        if duel.one == found.base:
            yield duel.other, duel.one, duel.structure, duel.flip, _OPPOSITE[duel.flip.side]
        else:
            yield duel.one, duel.other, duel.structure, duel.flip, duel.flip.side
