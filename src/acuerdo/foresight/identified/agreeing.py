"""Structures under which scenarios do alike, told as one."""

from __future__ import annotations

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


def _told(one: Spread | None) -> tuple[float, ...]:
    return () if one is None else tuple(round(x, 1) + 0.0 for x in (one.low, one.median, one.high))
