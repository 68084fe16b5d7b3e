"""Makes the panel that a contract speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, final

import numpy as np

from acuerdo.core.errors import CheckFailed, Problem, not_found
from acuerdo.core.text import Text
from acuerdo.core.unit import Unit, unit
from acuerdo.evaluation.cutting import Cut, cut
from acuerdo.evaluation.panel import Panel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from acuerdo.core.period import Period
    from acuerdo.evaluation.contract import Plan, Treatment
    from acuerdo.evaluation.outcome import Outcome, Predictor, Transform
    from acuerdo.evaluation.reader import OutcomeReader

_A_UNIT: Final = Text("a unit of the outcome", "una unidad del resultado")
LOG_POINTS: Final = Unit(
    id="log_points",
    dimension="log_points",
    label=Text("log points", "puntos logarítmicos"),
    symbol=Text("log points", "puntos log."),
    decimals=3,
)
"""The measure of an outcome of which the logarithm was taken; an effect of 0.7 is a doubling."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a variant changes in a plan; nothing, for the signed one.

    Attributes:
        outcome: Another outcome.
        without: Units left out besides.
        since: Another first period.
        until: Another last period.
        shift: Periods by which treatment dates move.
    """

    outcome: Outcome | None = None
    without: tuple[str, ...] = ()
    since: Period | None = None
    until: Period | None = None
    shift: int = 0


def assemble(plan: Plan, reader: OutcomeReader, *, choices: Choices | None = None) -> Panel:
    """The panel of a plan as a reader lets it be seen; a blind one ends at the cut-off.

    Raises:
        CheckFailed: If the data do not carry the plan: another definition, a unit that is not there, a treated donor.
        NotFound: If the plan names a unit that the data do not have.
    """
    chosen = choices or Choices()
    outcome = chosen.outcome or plan.outcome
    since, until = chosen.since or plan.window.since, chosen.until or plan.window.until
    while reader.cut_off is not None and until.end > reader.cut_off:
        until = until.shift(-1)
    _refuse_redefined(reader, outcome)
    found = cut(reader, outcome.of, since=since, until=until)
    kept = _kept(plan, found.units, without=chosen.without)
    rows = [found.units.index(one) for one in kept]
    starts, ends = _treated(plan.treatment, kept, periods=found.periods, shift=chosen.shift)
    values = _transformed(found, outcome.transform)[rows]
    if plan.beside:
        return _with_others(plan, reader, first=values, units=kept, periods=found.periods)
    return Panel(
        outcome=values,
        units=kept,
        periods=found.periods,
        first_treated=starts,
        last_treated=ends,
        exposure=None if found.below is None else found.below[rows],
        predictors={one.id: _predictor(reader, one, units=kept) for one in plan.predictors.values()},
        measure=LOG_POINTS if outcome.transform in {"log", "log_plus_one"} else unit(outcome.of.unit),
    )


def _with_others(
    plan: Plan,
    reader: OutcomeReader,
    *,
    first: NDArray[np.float64],
    units: tuple[str, ...],
    periods: tuple[Period, ...],
) -> Panel:
    """The outcome with other series under it, each in its own unit of measure."""
    rows, named = [*first], [*units]
    for one in plan.beside.values():
        found = cut(reader, one.of, since=periods[0], until=periods[-1])
        values = _transformed(found, one.transform)
        rows += [*values]
        named += [one.id] if len(values) == 1 else [f"{one.id} {unit}" for unit in found.units]
    return Panel(
        outcome=np.array(rows),
        units=tuple(named),
        periods=periods,
        first_treated=tuple(None for _ in named),
        measure=unit(plan.outcome.of.unit),
    )


def _kept(plan: Plan, units: Sequence[str], *, without: Sequence[str]) -> tuple[str, ...]:
    """The treated and those they are compared with, in the order of the data."""
    treated = set(plan.treatment.units) if plan.treatment else set[str]()
    named = [*treated, *plan.comparison.only, *plan.comparison.leave_out, *without]
    for one in named:
        if one not in units:
            raise not_found(_A_UNIT, one, known=units)
    both = sorted(treated & {*plan.comparison.only})
    if both:
        raise CheckFailed(_treated_donor(both))
    pool = set(plan.comparison.only) or {*units} - treated
    wanted = (treated | pool) - {*plan.comparison.leave_out} - {*without}
    return tuple(one for one in units if one in wanted)


def _treated(
    treatment: Treatment | None, units: Sequence[str], *, periods: Sequence[Period], shift: int
) -> tuple[tuple[int | None, ...], tuple[int | None, ...] | None]:
    if treatment is None:
        return tuple(None for _ in units), None
    found = treatment.units
    move = shift - treatment.anticipation
    starts = tuple(_place(found[one].since, periods, move=move) if one in found else None for one in units)
    ends = tuple(_end(found[one].until, periods) if one in found else None for one in units)
    kept = tuple(end if start is not None else None for start, end in zip(starts, ends, strict=True))
    return starts, kept if any(one is not None for one in kept) else None


def _place(since: Period, periods: Sequence[Period], *, move: int) -> int | None:
    """The column of the start, or of the first period that reaches it; None where it lies beyond the panel."""
    reached = (column for column, one in enumerate(periods) if one.end >= since.start)
    at = _named(since, periods)
    at = next(reached, None) if at is None else at
    return None if at is None or at + move >= len(periods) else max(at + move, 0)


def _end(until: Period | None, periods: Sequence[Period]) -> int | None:
    if until is None or until.end >= periods[-1].end:
        return None
    begun = (column for column, one in enumerate(periods) if one.start <= until.end)
    at = _named(until, periods)
    return max(begun, default=None) if at is None else at


def _named(period: Period, periods: Sequence[Period]) -> int | None:
    """The column of a period itself: of windows that overlap the one that is named is meant, not all that touch it."""
    return periods.index(period) if period in periods else None


def _predictor(reader: OutcomeReader, one: Predictor, *, units: Sequence[str]) -> NDArray[np.float64]:
    def mean(since: Period, until: Period) -> Mapping[str, float]:
        found = cut(reader, one.of, since=since, until=until, describes=True)
        return dict(zip(found.units, found.values.mean(axis=1), strict=True))

    if one.change:
        before, after = mean(*one.change[:2]), mean(*one.change[2:])
        return np.array([after.get(unit, np.nan) - before.get(unit, np.nan) for unit in units])
    if one.mean is None:
        raise CheckFailed(_no_span(one.id))
    found = mean(*one.mean)
    return np.array([found.get(unit, np.nan) for unit in units])


def _transformed(found: Cut, how: Transform) -> NDArray[np.float64]:
    values = found.values
    match how:
        case "none":
            return values
        case "counts":
            return found.counts
        case "log":
            return np.log(np.where(values > 0, values, np.nan))
        case "log_plus_one":
            return np.log1p(values)


def _refuse_redefined(reader: OutcomeReader, outcome: Outcome) -> None:
    found = reader.definitions(outcome.of.series)
    others = [one for one in found if one != outcome.definition]
    if outcome.definition is not None and others:
        raise CheckFailed(_redefined(outcome, others))
    if outcome.definition is None and len(found) > 1:
        raise CheckFailed(_redefined(outcome, list(found)))


def _redefined(outcome: Outcome, others: Sequence[str]) -> Problem:
    named = ", ".join(others)
    return Problem(
        what=Text(
            f"The outcome '{outcome.of.series}' was redefined: files under {named} are in the window's vintage.",
            f"El resultado «{outcome.of.series}» fue redefinido: hay archivos con {named} en la versión de los datos.",
        ),
        why=Text("A change of definition looks like an effect.", "Un cambio de definición parece un efecto."),
        fix=Text(
            "Choose an earlier day under 'known_on', or another series.",
            "Elija un día anterior en «known_on» u otra serie.",
        ),
    )


def _treated_donor(units: Sequence[str]) -> Problem:
    named = ", ".join(units)
    return Problem(
        what=Text(
            f"Treated units stand among those they are compared with: {named}.",
            f"Hay unidades tratadas entre aquellas con que se comparan: {named}.",
        ),
        fix=Text("Take them out of 'only'.", "Quítelas de «only»."),
    )


def _no_span(predictor: str) -> Problem:
    return Problem(
        what=Text(
            f"The predictor '{predictor}' has neither a mean nor a change.",
            f"El predictor «{predictor}» no tiene ni media ni cambio.",
        )
    )
