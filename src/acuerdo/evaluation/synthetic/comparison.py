"""What is compared with what: outcomes, the start of treatment, and who may stand in for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comparison:
    """N units over T periods, each to be compared with a mixture of the others.

    Attributes:
        outcomes: N x T, without missing values.
        start: Index of the first treated period; the ``start`` periods before it are those to be matched.
        allowed: N x N truth values; row i says which units may be donors of unit i. A row without any is not fitted.
        predictors: N x K characteristics from before the treatment; None to match the outcome alone.
    """

    outcomes: NDArray[np.float64]
    start: int
    allowed: NDArray[np.bool_]
    predictors: NDArray[np.float64] | None = None

    @property
    def before(self) -> NDArray[np.float64]:
        """N x start: the periods to be matched."""
        return np.ascontiguousarray(self.outcomes[:, : self.start])

    @property
    def fitted(self) -> NDArray[np.intp]:
        """The units that have a donor at all."""
        return np.flatnonzero(self.allowed.any(axis=1))

    def at(self, start: int) -> Comparison:
        """The same as if the treatment had begun earlier, and nothing from its true start on had been seen."""
        return replace(self, outcomes=np.ascontiguousarray(self.outcomes[:, : self.start]), start=start)

    def without(self, donor: int) -> Comparison:
        """The same without one donor."""
        fewer = self.allowed.copy()
        fewer[:, donor] = False
        fewer[donor] = False
        return replace(self, allowed=fewer)

    def only(self, units: Sequence[int]) -> Comparison:
        """The same, with weights wanted for these units alone."""
        wanted = np.zeros_like(self.allowed)
        wanted[list(units)] = self.allowed[list(units)]
        return replace(self, allowed=wanted)


def donor_pool(
    count: int, treated: Sequence[int], *, barred: Sequence[int] = (), keep_treated: bool
) -> NDArray[np.bool_]:
    """Who may stand in for whom.

    Args:
        count: Number of units N.
        treated: The treated units; never donors of one another.
        barred: Units that take no part: neither donors nor placebos.
        keep_treated: Whether a placebo may have the treated units as donors. With them every unit has the same number
            of donors and the placebo ranks are those of a permutation; without them no effect leaks into a placebo.

    Returns:
        N x N truth values for :class:`Comparison`.
    """
    allowed = ~np.eye(count, dtype=bool)
    allowed[np.ix_(list(treated), list(treated))] = False
    if not keep_treated:
        allowed[:, list(treated)] = False
    allowed[:, list(barred)] = False
    allowed[list(barred)] = False
    return allowed
