"""From a panel to the comparison of one treated unit, or to the reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, final

import numpy as np

from acuerdo.core.errors import CheckFailed, Problem, not_found
from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.evaluation.method import CONSTANT, OutcomeCode, Refusal, varies
from acuerdo.evaluation.naming import some
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.synthetic.comparison import Comparison, donor_pool
from acuerdo.evaluation.synthetic.settings import AbstractSyntheticSettings

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST_BEFORE = 2
FEWEST_DONORS = 2
_A_PREDICTOR = Text("a predictor of the panel", "un predictor del panel")


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """One treated unit and those it may be compared with.

    Attributes:
        comparison: Without units that are incomplete or excluded.
        treated: Row of the treated unit in ``comparison``.
        units: Names of its rows.
        periods: Periods of its columns.
        end: Index after the last period that counts.
        dropped: Names of units left out because a value is missing.
    """

    comparison: Comparison
    treated: int
    units: tuple[str, ...]
    periods: tuple[Period, ...]
    end: int
    dropped: tuple[str, ...] = field(default=())

    @property
    def span(self) -> tuple[int, int]:
        """Index of the first treated period, and the index after the last that counts."""
        return self.comparison.start, self.end

    @property
    def donors(self) -> NDArray[np.intp]:
        """Rows of the treated unit's donors."""
        return np.flatnonzero(self.comparison.allowed[self.treated])


def case_of(
    panel: Panel, settings: AbstractSyntheticSettings, *, predictors: Sequence[str] = ()
) -> Case | Refusal:
    """The comparison of the one treated unit.

    Raises:
        CheckFailed: If not exactly one unit is treated.
        NotFound: If an excluded unit or a predictor is not in the panel.
    """
    row, start, end = _treatment(panel, settings.horizon)
    for name in predictors:
        if name not in panel.predictors:
            raise not_found(_A_PREDICTOR, name, known=panel.predictors)
    barred = {panel.row(name) for name in settings.excluded}
    values = _complete(panel, end=end, predictors=predictors)
    if not values[row]:
        return Refusal(code=OutcomeCode.MISSING_OUTCOME, words=_missing(panel.units[row]))
    if start < FEWEST_BEFORE:
        return Refusal(code=OutcomeCode.TOO_FEW_PERIODS, words=_TOO_FEW_PERIODS)
    kept = [one for one in range(len(panel.units)) if one == row or (values[one] and one not in barred)]
    dropped = tuple(
        name for one, name in enumerate(panel.units) if not values[one] and one != row and one not in barred
    )
    if len(kept) - 1 < FEWEST_DONORS:
        code = OutcomeCode.UNITS_VANISH if dropped else OutcomeCode.NO_DONORS
        return Refusal(code=code, words=no_donors(len(kept) - 1, dropped))
    chosen = [panel.predictors[name][kept] for name in predictors]
    flat = [name for name, column in zip(predictors, chosen, strict=True) if np.ptp(column) == 0]
    if flat or not varies(panel.outcome[kept, :end]):
        return Refusal(code=OutcomeCode.SINGULAR, words=_flat(flat)) if flat else CONSTANT
    place = kept.index(row)
    comparison = Comparison(
        outcomes=np.ascontiguousarray(panel.outcome[kept, :end]),
        start=start,
        allowed=donor_pool(len(kept), [place], keep_treated=settings.treated_in_placebo_pool),
        predictors=np.column_stack(chosen) if chosen else None,
    )
    return Case(
        comparison=comparison,
        treated=place,
        units=tuple(panel.units[one] for one in kept),
        periods=panel.periods[:end],
        end=end,
        dropped=dropped,
    )


def _treatment(panel: Panel, horizon: int | None) -> tuple[int, int, int]:
    """Row of the treated unit, index of its first treated period, and index after the last that counts."""
    if len(panel.treated) != 1:
        raise CheckFailed(_not_one(len(panel.treated)))
    row = panel.treated[0]
    start = panel.first_treated[row]
    last = panel.last_treated[row] if panel.last_treated else None
    begin = 0 if start is None else start
    end = len(panel.periods) if last is None else last + 1
    return row, begin, end if horizon is None else min(begin + horizon, end)


def _complete(panel: Panel, *, end: int, predictors: Sequence[str]) -> NDArray[np.bool_]:
    """Which units have every value that the comparison reads."""
    read = [panel.outcome[:, :end], *(panel.predictors[name][:, None] for name in predictors)]
    finite: NDArray[np.bool_] = np.isfinite(np.column_stack(read))
    return np.logical_and.reduce(finite, axis=1)


def _not_one(count: int) -> Problem:
    return Problem(
        what=Text(
            f"This method compares one treated unit with others; here {count} are treated.",
            f"Este método compara una unidad tratada con otras; aquí hay {count} tratadas.",
        ),
        fix=Text(
            "Use pooled_synthetic_control for several treated units, or select one.",
            "Use pooled_synthetic_control para varias unidades tratadas, o elija una.",
        ),
    )


_TOO_FEW_PERIODS = Text(
    f"Fewer than {FEWEST_BEFORE} periods precede the treatment; nothing can be matched.",
    f"Menos de {FEWEST_BEFORE} periodos preceden al tratamiento; no hay nada que igualar.",
)


def _missing(unit: str) -> Text:
    return Text(
        f"A value of {unit}, the treated unit, is missing; it is not made up.",
        f"Falta un valor de {unit}, la unidad tratada; no se inventa.",
    )


def no_donors(count: int, dropped: tuple[str, ...]) -> Text:
    """Too few are left to compare with."""
    lost = (f"; without all values: {some(dropped)}", f"; sin todos sus valores: {some(dropped)}")
    en, es = lost if dropped else ("", "")
    return Text(
        f"Only {count} complete units are left to compare with{en}.",
        f"Solo quedan {count} unidades completas con las cuales comparar{es}.",
    )


def _flat(names: Sequence[str]) -> Text:
    shown = ", ".join(names)
    return Text(
        f"These predictors are the same for every unit, so they tell none apart: {shown}.",
        f"Estos predictores son iguales en todas las unidades, así que no distinguen a ninguna: {shown}.",
    )
