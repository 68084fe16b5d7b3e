"""What chance adds to what is not known: the same draws with and without it, one beside the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np

from acuerdo.foresight.identified.spreading import Spread, spread_of
from acuerdo.foresight.model import Floats


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ByChance:
    """What chance adds, for one scenario under one structure.

    Attributes:
        scenario: Its id.
        structure: The structure's label, as a run names it.
        still: What the scenario changes where nothing is left to chance, in per cent of the base.
        moved: By how much chance moves that, draw by draw, in points; what leaps get wrong is in it.
        share: The share of the variance that is chance; None where nothing varies.
    """

    scenario: str
    structure: str
    still: Spread | None
    moved: Spread | None
    share: float | None


def by_chance(scenario: str, structure: str, *, still: Floats, found: Floats) -> ByChance:
    """What chance adds to a change.

    A draw is one value for every assumption, so what differs between draws without chance is what is not known, and
    what differs within a draw is chance: the variances of the two add up.

    Args:
        still: The change without chance, in per cent, shape (draws,); not finite where a draw failed.
        found: The same with chance.
    """
    moved = found - still
    fine = np.isfinite(moved)
    unknown, chance = (float(each[fine].var()) if fine.any() else 0.0 for each in (still, moved))
    return ByChance(
        scenario=scenario,
        structure=structure,
        still=spread_of(still[fine]),
        moved=spread_of(moved),
        share=chance / (unknown + chance) if unknown + chance > 0.0 else None,
    )
