"""What does alike is told as one: structures of a scenario, and two policies that cannot be told apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from acuerdo.foresight.identified.comparing import Arm, Comparison
    from acuerdo.foresight.identified.spreading import Spread


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """Structures under which a scenario changes the outcome alike, told as one.

    Attributes:
        arm: The scenario under the first of them.
        base: The base under the same.
        structures: Their labels.
    """

    arm: Arm
    base: Arm
    structures: tuple[str, ...]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """Two policies against one another under one structure.

    Attributes:
        chance: The share of what fits in which the first gives less; None where both do the same.
    """

    one: str
    other: str
    structure: str
    chance: float | None


def agreed(found: Comparison, scenario: str) -> tuple[Agreed, ...]:
    """The structures of a scenario, those that say the same of it to a tenth of a point together."""
    groups: dict[tuple[float, ...], list[Arm]] = {}
    for arm in found.arms:
        if arm.scenario == scenario and arm.change is not None:
            groups.setdefault(_told(arm.change), []).append(arm)
    bases = {arm.structure: arm for arm in found.arms if arm.scenario == found.base}
    return tuple(
        Agreed(arm=arms[0], base=bases[arms[0].structure], structures=tuple(one.structure for one in arms))
        for arms in groups.values()
    )


def alike(found: Comparison) -> tuple[tuple[str, ...], ...]:
    """The labels of structures, those together under which every scenario does the same to a tenth of a point."""
    told: dict[str, list[tuple[float, ...]]] = {}
    for arm in found.arms:
        told.setdefault(arm.structure, []).append((*_told(arm.change), *_told(arm.growth)))
    groups: dict[tuple[tuple[float, ...], ...], list[str]] = {}
    for structure, said in told.items():
        groups.setdefault(tuple(said), []).append(structure)
    return tuple(tuple(labels) for labels in groups.values())


def contests(found: Comparison) -> Iterator[Contest]:
    """Every two policies under every structure; against the base each arm has its own chance."""
    changes = {(arm.scenario, arm.structure): arm.change for arm in found.arms}
    for duel in found.duels:
        first, second = (changes[name, duel.structure] for name in (duel.one, duel.other))
        if first is not None and second is not None and found.base not in {duel.one, duel.other}:
            # Draws are common to both, so that equal ranges are equal draws; a share of none would name a loser.
            chance = None if first == second else duel.chance
            yield Contest(one=duel.one, other=duel.other, structure=duel.structure, chance=chance)


def _told(one: Spread | None) -> tuple[float, ...]:
    return () if one is None else tuple(round(x, 1) + 0.0 for x in (one.low, one.median, one.high))
