"""Two codings of the same promises, side by side: two coders, or the accounts of the two governments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import final

from acuerdo.core.estimate import Estimate
from acuerdo.spec.library import framework
from acuerdo.spec.sides import two_sides
from acuerdo.tracking.agreement import agreement
from acuerdo.tracking.coding import Code, codes
from acuerdo.tracking.distribution import by_goal


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One promise, coded twice."""

    left: Code
    right: Code

    @property
    def told_by_both(self) -> bool:
        """Whether both codings have evidence."""
        return self.left.level is not None and self.right.level is not None

    @property
    def differs(self) -> bool:
        """Whether the levels differ; "no evidence" differs from every level."""
        return self.left.level != self.right.level


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far two codings of some promises agree.

    Attributes:
        both: How many promises both coded with evidence; agreement is computed on these.
        alike: How many of these rest on the very same statements in both, so that they cannot differ between sides.
        measures: Ordinal alpha and weighted kappa, with intervals.
    """

    both: int
    alike: int
    measures: Mapping[str, Estimate]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two codings against each other.

    Attributes:
        pairs: Every promise with both codes.
        whole: How far they agree over all promises.
        goals: The same by goal; the empty key holds promises that name none.
    """

    pairs: tuple[Pair, ...]
    whole: Agreement
    goals: Mapping[str, Agreement]

    @property
    def differing(self) -> tuple[Pair, ...]:
        """The promises on which the two differ."""
        return tuple(one for one in self.pairs if one.differs)


def compare(left: Iterable[Code], right: Iterable[Code], *, stream: str) -> Comparison:
    """Two codings of the same promises against each other.

    Args:
        left: One coding.
        right: Another, as of the same day.
        stream: Name of the random stream of the intervals.
    """
    others = {one.item.id: one for one in right}
    pairs = {one.item.id: Pair(left=one, right=others[one.item.id]) for one in left if one.item.id in others}
    grouped = by_goal(pair.left for pair in pairs.values())
    return Comparison(
        pairs=tuple(pairs.values()),
        whole=_agreement(tuple(pairs.values()), stream=stream),
        goals={
            goal: _agreement([pairs[one.item.id] for one in found], stream=f"{stream}:{goal}")
            for goal, found in grouped.items()
        },
    )


def sides(framework_id: str, *, as_of: date | None = None) -> Comparison:
    """What one government tells of the commitments against what the other tells; joint statements count for both.

    Raises:
        NotFound: If there is no such framework.
    """
    left, right = two_sides(framework(framework_id))
    told = {one.id: codes(framework_id, as_of=as_of, account=one.id) for one in (left, right)}
    return accounts(framework_id, told[left.id], told[right.id])


def accounts(framework_id: str, left: Iterable[Code], /, right: Iterable[Code]) -> Comparison:
    """The codings of the two governments' accounts, already made, against each other."""
    return compare(_commitments(left), _commitments(right), stream=f"{framework_id}:sides")


def _commitments(every: Iterable[Code]) -> list[Code]:
    """Commitments only: nobody disputes that a meeting decided what it decided."""
    return [one for one in every if one.item.kind == "commitment"]


def _agreement(pairs: Sequence[Pair], *, stream: str) -> Agreement:
    told = [one for one in pairs if one.told_by_both]
    return Agreement(
        both=len(told),
        alike=sum(one.left.statements == one.right.statements for one in told),
        measures=agreement([(one.left.level, one.right.level) for one in pairs], stream=stream),
    )
