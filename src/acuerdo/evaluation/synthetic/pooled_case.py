"""From a panel to several treated units and those they may be compared with, or to the reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, final

import numpy as np
from pydantic import Field

from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.text import Text
from acuerdo.evaluation.method import CONSTANT, AbstractSettings, OutcomeCode, Refusal, varies
from acuerdo.evaluation.naming import some
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.synthetic.case import FEWEST_BEFORE, FEWEST_DONORS, no_donors
from acuerdo.evaluation.synthetic.placebo import Alternative
from acuerdo.evaluation.synthetic.pooled import Staggered

if TYPE_CHECKING:
    from numpy.typing import NDArray


class AbstractPooledSettings(AbstractSettings):
    """How several treated units are compared with mixtures of others.

    Attributes:
        treated_in_placebo_pool: Whether placebo sets are drawn from all units and may have treated donors.
        alternative: Which side counts.
        demeaned: Whether units are compared about their own means before the treatment.
        excluded: Units that take no part, by name.
        sets: How many placebo sets are drawn; all there are, where they are fewer.
    """

    treated_in_placebo_pool: bool = True
    alternative: Alternative = "two_sided"
    demeaned: bool = False
    excluded: tuple[str, ...] = ()
    sets: Annotated[int, Field(ge=19)] = 999


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PooledCase:
    """Several treated units and their donors.

    Attributes:
        staggered: Without units that are incomplete or excluded.
        units: Names of its rows.
        dropped: Names of units left out because a value is missing.
    """

    staggered: Staggered
    units: tuple[str, ...]
    dropped: tuple[str, ...]


def pooled_case_of(panel: Panel, settings: AbstractPooledSettings) -> PooledCase | Refusal:
    """The comparison of the treated units.

    Raises:
        CheckFailed: If no unit is treated.
        NotFound: If an excluded unit is not in the panel.
    """
    barred = {panel.row(name) for name in settings.excluded}
    treated = [row for row in panel.treated if row not in barred]
    if not treated:
        raise CheckFailed(_NOBODY_TREATED)
    starts = [panel.first_treated[row] or 0 for row in treated]
    if min(starts) < FEWEST_BEFORE:
        return Refusal(
            code=OutcomeCode.TOO_FEW_PERIODS, words=_too_early(panel.units[treated[int(np.argmin(starts))]])
        )
    horizon = _horizon(panel, treated, wanted=settings.horizon)
    read = panel.outcome[:, : max(starts) + horizon]
    finite: NDArray[np.bool_] = np.isfinite(read)
    complete = np.logical_and.reduce(finite, axis=1)
    lost = [panel.units[row] for row in treated if not complete[row]]
    if lost:
        return Refusal(code=OutcomeCode.MISSING_OUTCOME, words=_lost(lost))
    kept = [row for row in range(len(panel.units)) if complete[row] and row not in barred]
    dropped = tuple(name for row, name in enumerate(panel.units) if not complete[row] and row not in barred)
    if len(kept) - len(treated) < FEWEST_DONORS:
        code = OutcomeCode.UNITS_VANISH if dropped else OutcomeCode.NO_DONORS
        return Refusal(code=code, words=no_donors(len(kept) - len(treated), dropped))
    if not varies(read[kept]):
        return CONSTANT
    staggered = Staggered(
        outcomes=np.ascontiguousarray(read[kept]),
        treated=np.array([kept.index(row) for row in treated], dtype=np.intp),
        starts=np.array(starts, dtype=np.intp),
        horizon=horizon,
        keep_treated=settings.treated_in_placebo_pool,
        demeaned=settings.demeaned,
    )
    return PooledCase(staggered=staggered, units=tuple(panel.units[row] for row in kept), dropped=dropped)


def _horizon(panel: Panel, treated: list[int], *, wanted: int | None) -> int:
    """The periods that count: as many as wanted, or as the unit with the fewest has."""
    lengths: list[int] = []
    for row in treated:
        first = panel.first_treated[row] or 0
        last = panel.last_treated[row] if panel.last_treated else None
        lengths.append((len(panel.periods) if last is None else last + 1) - first)
    return min(lengths) if wanted is None else min(wanted, *lengths)


_NOBODY_TREATED = Problem(
    what=Text("No unit of the panel is treated.", "Ninguna unidad del panel está tratada."),
    fix=Text("Say who is treated, and from when.", "Diga quién está tratado y desde cuándo."),
)


def _too_early(unit: str) -> Text:
    return Text(
        f"Fewer than {FEWEST_BEFORE} periods precede the treatment of {unit}; nothing can be matched.",
        f"Menos de {FEWEST_BEFORE} periodos preceden al tratamiento de {unit}; no hay nada que igualar.",
    )


def _lost(units: list[str]) -> Text:
    return Text(
        f"A value of these treated units is missing; it is not made up: {some(units)}.",
        f"Falta un valor de estas unidades tratadas; no se inventa: {some(units)}.",
    )
