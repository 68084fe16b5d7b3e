"""Many codes as one picture: the distribution always, and beside it the Kroc score as a compatibility view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, final

from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.text import Text
from acuerdo.tracking.codebook import LEVELS, LevelCode
from acuerdo.tracking.coding import Code

ORDER: Final[tuple[LevelCode, ...]] = (*reversed(LEVELS), "no_evidence")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """How many promises stand at each level.

    Attributes:
        counts: Promises by level, and those without evidence.
        reversed: Promises that stand lower than they once did.
        contested: Promises of which the statements contradict each other.
    """

    counts: Mapping[LevelCode, int]
    reversed: int
    contested: int

    @property
    def total(self) -> int:
        """All promises."""
        return sum(self.counts.values())

    @property
    def shares(self) -> Mapping[LevelCode, int]:
        """Whole per cent by level, each rounded by itself, half up; they need not sum to 100."""
        return dict(zip(self.counts, rounded_shares(tuple(self.counts.values())), strict=True))

    @property
    def note(self) -> Text | None:
        """What must be said when the rounded shares do not sum to 100."""
        return sum_note(tuple(self.shares.values()))

    @property
    def score(self) -> Fraction | None:
        """The Kroc score of the promises with evidence; None if there are none."""
        levels = self._levels()
        return kroc_score(levels) if levels else None

    @property
    def score_bounds(self) -> tuple[Fraction, Fraction] | None:
        """The score if everything without evidence were at 0, and if it were complete; None without promises."""
        if not self.total:
            return None
        unknown = self.counts["no_evidence"]
        levels = self._levels()
        return kroc_score([*levels, *[0] * unknown]), kroc_score([*levels, *[3] * unknown])

    def _levels(self) -> list[int]:
        return [level for level, code in enumerate(LEVELS) for _ in range(self.counts[code])]


def distribution(codes: Iterable[Code]) -> Distribution:
    """The distribution of codes over the levels."""
    every = tuple(codes)
    return Distribution(
        counts={level: sum(one.level_code == level for one in every) for level in ORDER},
        reversed=sum(one.reversed_from is not None for one in every),
        contested=sum(one.contested for one in every),
    )


def by_framework(codes: Iterable[Code]) -> Mapping[tuple[str, str], Distribution]:
    """The distribution of each framework's commitments, and of its decisions."""
    grouped: dict[tuple[str, str], list[Code]] = {}
    for one in codes:
        grouped.setdefault((one.item.framework, one.item.kind), []).append(one)
    return {key: distribution(found) for key, found in grouped.items()}


def by_goal(codes: Iterable[Code]) -> Mapping[str, tuple[Code, ...]]:
    """Codes by goal; those that name no goal under the empty key. One that serves two goals stands under both."""
    grouped: dict[str, list[Code]] = {}
    for one in codes:
        for goal in one.item.goals or ("",):
            grouped.setdefault(goal, []).append(one)
    return {goal: tuple(found) for goal, found in grouped.items()}


def kroc_score(levels: Sequence[int]) -> Fraction:
    """The aggregate score of the Peace Accords Matrix: sum of levels ÷ (number × 3) × 100, exactly.

    It treats the ordered levels 0 to 3 as if they were equal steps, which is why it never stands alone.

    Args:
        levels: One level, 0 to 3, per promise.

    Raises:
        CheckFailed: If there are no levels.

    Reference:
        Kroc Institute, Peace Accords Matrix, "Using PAM", peaceaccords.nd.edu/using-pam.
    """
    if not levels:
        raise CheckFailed(
            Problem(what=Text("There is no score of no promises.", "No hay puntaje de ningún compromiso."))
        )
    return Fraction(sum(levels) * 100, len(levels) * 3)


def rounded_shares(counts: Sequence[int]) -> tuple[int, ...]:
    """Whole per cent of each count, rounded by itself, half up; zeros where there is nothing."""
    total = sum(counts)
    return tuple((count * 200 + total) // (total * 2) if total else 0 for count in counts)


def sum_note(shares: Sequence[int]) -> Text | None:
    """The words for shares that do not sum to 100; None if they do, or if there are none."""
    total = sum(shares)
    if total in (0, 100):
        return None
    return Text(
        f"The shares sum to {total}, not 100, because each is rounded by itself.",
        f"Los porcentajes suman {total} y no 100 porque cada uno se redondea por separado.",
    )
