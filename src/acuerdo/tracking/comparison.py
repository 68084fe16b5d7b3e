"""Two codings of the same promises, side by side: two coders, or the accounts of the two governments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import final

from acuerdo.core.estimate import Estimate
from acuerdo.tracking.agreement import agreement
from acuerdo.tracking.coding import Code, codes
from acuerdo.tracking.distribution import by_goal


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One promise, coded twice."""

    left: Code
    right: Code


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How far two codings agree.

    Attributes:
        pairs: Every promise with both codes.
        differing: Those whose levels differ; "no evidence" differs from every level.
        both: How many promises both coded with evidence; agreement is computed on these.
        agreement: Ordinal alpha and weighted kappa over those, with intervals.
        goals: The same by goal; the empty key holds promises that name none.
    """

    pairs: tuple[Pair, ...]
    differing: tuple[Pair, ...]
    both: int
    agreement: Mapping[str, Estimate]
    goals: Mapping[str, Mapping[str, Estimate]]


def compare(left: Iterable[Code], right: Iterable[Code], *, stream: str) -> Comparison:
    """Two codings of the same promises against each other.

    Args:
        left: One coding.
        right: Another, as of the same day.
        stream: Name of the random stream of the intervals.
    """
    others = {one.item.id: one for one in right}
    pairs = tuple(Pair(left=one, right=others[one.item.id]) for one in left if one.item.id in others)
    grouped = by_goal(pair.left for pair in pairs)
    return Comparison(
        pairs=pairs,
        differing=tuple(pair for pair in pairs if pair.left.level != pair.right.level),
        both=sum(pair.left.level is not None and pair.right.level is not None for pair in pairs),
        agreement=agreement(_ratings(pairs), stream=stream),
        goals={
            goal: agreement(
                [(one.level, others[one.item.id].level) for one in found], stream=f"{stream}:{goal}"
            )
            for goal, found in grouped.items()
        },
    )


def sides(framework_id: str, *, as_of: date | None = None) -> Comparison:
    """What the United States tells of the commitments against what Mexico tells; joint statements count for both.

    Raises:
        NotFound: If there is no such framework.
    """
    left = _commitments(codes(framework_id, as_of=as_of, account="us"))
    right = _commitments(codes(framework_id, as_of=as_of, account="mx"))
    return compare(left, right, stream=f"{framework_id}:sides")


def _commitments(every: Iterable[Code]) -> list[Code]:
    """Commitments only: nobody disputes that a meeting decided what it decided."""
    return [one for one in every if one.item.kind == "commitment"]


def _ratings(pairs: Sequence[Pair]) -> list[tuple[int | None, int | None]]:
    return [(pair.left.level, pair.right.level) for pair in pairs]
