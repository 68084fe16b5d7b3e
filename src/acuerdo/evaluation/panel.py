"""The one shape in which every method receives its data: units by periods, with who was treated when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Unpack, final

import numpy as np

from acuerdo.core.errors import CheckFailed, not_found
from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.core.unit import Unit
from acuerdo.evaluation.panel_faults import faults_of

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from acuerdo.evaluation.panel_columns import Columns

AS_GIVEN: Final = Unit(
    id="outcome",
    dimension="outcome",
    label=Text("units of the outcome", "unidades de la variable de resultado"),
    symbol=Text("units", "unidades"),
    decimals=3,
)
"""The measure of an outcome whose unit nobody stated."""
_A_UNIT: Final = Text("a unit of the panel", "una unidad del panel")
_A_PERIOD: Final = Text("a period of the panel", "un periodo del panel")


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Panel:
    """N units observed over T consecutive periods. Arrays are float64 and read-only.

    Attributes:
        outcome: N x T, in ``measure``; NaN where it is missing, never zero in its place.
        units: N names or place codes, each once.
        periods: T periods of one kind, each following the one before.
        first_treated: N indices into ``periods``, of the first period under treatment; None for a unit that is
            never treated. 1 at least: without a period before there is nothing to compare with.
        last_treated: N indices of the last period under treatment, for treatments that end; None where it lasts.
        exposure: N x T, positive where it is given: what counts are divided by or offset with (population).
        predictors: For each name, N values that do not change over the periods; NaN where missing.
        coordinates: N x 2, degrees of latitude and longitude.
        clusters: N names of the cluster that each unit belongs to; the unit itself where not given.
        measure: Unit of the outcome.

    Raises:
        CheckFailed: Lists everything that is wrong: shapes, a unit named twice, periods with a gap, infinite
            values, a unit without any value, a treatment before or at the first period, or one that ends before
            it begins, an exposure of zero.
    """

    outcome: NDArray[np.float64]
    units: tuple[str, ...]
    periods: tuple[Period, ...]
    first_treated: tuple[int | None, ...]
    last_treated: tuple[int | None, ...] | None = None
    exposure: NDArray[np.float64] | None = None
    predictors: Mapping[str, NDArray[np.float64]] = field(default_factory=dict[str, "NDArray[np.float64]"])
    coordinates: NDArray[np.float64] | None = None
    clusters: tuple[str, ...] | None = None
    measure: Unit = AS_GIVEN

    def __post_init__(self) -> None:
        object.__setattr__(self, "outcome", _frozen(self.outcome))
        object.__setattr__(self, "exposure", None if self.exposure is None else _frozen(self.exposure))
        object.__setattr__(
            self, "coordinates", None if self.coordinates is None else _frozen(self.coordinates)
        )
        kept = {name: _frozen(values) for name, values in self.predictors.items()}
        object.__setattr__(self, "predictors", MappingProxyType(kept))
        found = faults_of(self)
        if found:
            raise CheckFailed(found)

    @classmethod
    def from_frame(cls, frame: IntoDataFrame, /, **columns: Unpack[Columns]) -> Panel:
        """A panel from a long table, one row per unit and period; pandas, polars or any other narwhals knows.

        Args:
            frame: The table; its rows may stand in any order.
            columns: Which column means what: see :class:`~acuerdo.evaluation.panel_columns.Columns`.

        Raises:
            UsageError: If the frame is none, or a column that must be is not named.
            CheckFailed: If a unit and period stand twice, a number is none, a period has no row at all, or for the
                reasons that :class:`Panel` gives.
            NotFound: If a column is not there, or ``treated`` names a unit or period that is not.
        """
        from acuerdo.evaluation.panel_frame import cells_of

        return cls(**cells_of(frame, columns))

    @property
    def treated(self) -> tuple[int, ...]:
        """Row numbers of the units that are treated at some time."""
        return tuple(row for row, first in enumerate(self.first_treated) if first is not None)

    @property
    def never_treated(self) -> tuple[int, ...]:
        """Row numbers of the units that never are."""
        return tuple(row for row, first in enumerate(self.first_treated) if first is None)

    @property
    def is_complete(self) -> bool:
        """Whether no outcome is missing."""
        return not bool(np.isnan(self.outcome).any())

    def row(self, unit: str) -> int:
        """Row number of a unit.

        Raises:
            NotFound: If it is not in the panel; names the nearest.
        """
        if unit not in self.units:
            raise not_found(_A_UNIT, unit, known=self.units)
        return self.units.index(unit)

    def column(self, period: Period) -> int:
        """Column number of a period.

        Raises:
            NotFound: If it is not in the panel.
        """
        if period not in self.periods:
            raise not_found(_A_PERIOD, period.code, known=[one.code for one in self.periods])
        return self.periods.index(period)

    def under_treatment(self) -> NDArray[np.bool_]:
        """N x T: whether a unit is treated in a period."""
        columns = np.arange(len(self.periods))
        first = np.array([np.inf if one is None else one for one in self.first_treated])
        ends: Iterable[int | None] = self.last_treated or [None] * len(self.units)
        last = np.array([np.inf if one is None else one for one in ends])
        return (columns >= first[:, None]) & (columns <= last[:, None])

    def with_treatment(self, first_treated: Sequence[int | None]) -> Panel:
        """The same data under another assignment, for placebos."""
        return replace(self, first_treated=tuple(first_treated), last_treated=None)

    def select(self, units: Sequence[str]) -> Panel:
        """The same panel with these units only, in this order.

        Raises:
            NotFound: If one is not in the panel.
        """
        rows = [self.row(one) for one in units]
        ends, groups = self.last_treated, self.clusters
        return replace(
            self,
            outcome=self.outcome[rows],
            units=tuple(units),
            first_treated=tuple(self.first_treated[row] for row in rows),
            last_treated=None if ends is None else tuple(ends[row] for row in rows),
            exposure=None if self.exposure is None else self.exposure[rows],
            predictors={name: values[rows] for name, values in self.predictors.items()},
            coordinates=None if self.coordinates is None else self.coordinates[rows],
            clusters=None if groups is None else tuple(groups[row] for row in rows),
        )

    def window(self, first: Period, last: Period) -> Panel:
        """The same panel from one period to another, both included; later treatments fall away.

        Raises:
            NotFound: If one of the two is not in the panel.
            CheckFailed: If a unit is treated before the window begins.
        """
        begin, end = self.column(first), self.column(last) + 1
        moved = _moved(self.first_treated, begin=begin, end=end)
        ends = _moved(self.last_treated, begin=begin, end=end) if self.last_treated else None
        return replace(
            self,
            outcome=self.outcome[:, begin:end],
            periods=self.periods[begin:end],
            first_treated=moved,
            last_treated=ends,
            exposure=None if self.exposure is None else self.exposure[:, begin:end],
        )


def _moved(indices: Sequence[int | None], *, begin: int, end: int) -> tuple[int | None, ...]:
    return tuple(None if one is None or one >= end else one - begin for one in indices)


def _frozen(values: NDArray[np.float64]) -> NDArray[np.float64]:
    kept = np.array(values, dtype=np.float64)
    kept.setflags(write=False)
    return kept
