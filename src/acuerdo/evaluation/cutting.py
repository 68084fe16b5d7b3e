"""Cuts published values into units and periods by the rule of a contract; what lacks a part is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, final

import numpy as np

from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.period import Period, PeriodKind
from acuerdo.core.text import Text
from acuerdo.evaluation.outcome import Selected, Step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from acuerdo.evaluation.reader import Cell, OutcomeReader

_MONTHS: Final[dict[Step, int]] = {
    "month": 1,
    "quarter": 3,
    "half": 6,
    "year": 12,
    "twelve_months_ending": 12,
}
_KINDS: Final[dict[Step, PeriodKind]] = {
    "month": PeriodKind.MONTH,
    "quarter": PeriodKind.QUARTER,
    "half": PeriodKind.HALF,
    "year": PeriodKind.YEAR,
    "twelve_months_ending": PeriodKind.TWELVE_MONTHS_ENDING,
}
_DAYS: Final = 365.25


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cut:
    """A series cut into units and periods.

    Attributes:
        units: N names or place codes.
        periods: T periods.
        counts: N x T, as published and added up; NaN where a part is missing.
        below: N x T, what the counts are divided by; None where they stand for themselves.
        factor: What a quotient is multiplied with: per 100,000, and twelve months to a year.
    """

    units: tuple[str, ...]
    periods: tuple[Period, ...]
    counts: NDArray[np.float64]
    below: NDArray[np.float64] | None = None
    factor: float = 1.0

    @property
    def values(self) -> NDArray[np.float64]:
        """N x T: the rates where there is a denominator, else the counts."""
        return self.counts if self.below is None else self.counts / self.below * self.factor


def cut(
    reader: OutcomeReader, selected: Selected, *, since: Period, until: Period, describes: bool = False
) -> Cut:
    """A selection in units and periods.

    Args:
        since: First period.
        until: Last period, of the same kind.
        describes: Whether it describes the units rather than being their outcome; then it is not sealed.

    Raises:
        CheckFailed: If nothing fits the selection, or if the reader is blind and the span reaches too far.
    """
    key = (selected.model_dump_json(), since, until, describes)
    if key not in reader.memory:
        read = reader.description if describes else reader.outcome
        reader.memory[key] = _cut(reader, selected, read=read, periods=span(since, until))
    return reader.memory[key]


def _cut(
    reader: OutcomeReader,
    selected: Selected,
    *,
    read: Callable[..., tuple[Cell, ...]],
    periods: tuple[Period, ...],
) -> Cut:
    cells = _fitting(read(selected, since=periods[0], until=periods[-1]), selected)
    if not cells:
        raise CheckFailed(_nothing(selected))
    units, counts = _summed(cells, selected, periods=periods)
    if selected.per is None:
        return Cut(units=units, periods=periods, counts=counts)
    below = _denominators(reader, selected, units=units, periods=periods)
    yearly = 12 / _MONTHS[selected.step] if selected.per.annualise else 1.0
    factor = float(selected.per.scale) * yearly
    return Cut(units=units, periods=periods, counts=counts, below=below, factor=factor)


def span(since: Period, until: Period) -> tuple[Period, ...]:
    """The periods from one to another, both included."""
    found = [since]
    while found[-1] < until:
        found.append(found[-1].shift(1))
    return tuple(found)


def _fitting(cells: Sequence[Cell], selected: Selected) -> list[Cell]:
    """The values with exactly the labels that the selection speaks of; those of the level itself before its parts."""
    names = {*selected.labels, *selected.sum_over, *([selected.by] if selected.by else [])}
    asked = {
        labels: _asked(dict(labels), names, selected=selected) for labels in {cell.labels for cell in cells}
    }
    found = [cell for cell in cells if asked[cell.labels]]
    return [cell for cell in found if cell.whole] or found


def _asked(given: Mapping[str, str], names: set[str], *, selected: Selected) -> bool:
    return given.keys() == names and all(given[name] == label for name, label in selected.labels.items())


def _summed(
    cells: Sequence[Cell], selected: Selected, *, periods: tuple[Period, ...]
) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    named = [_unit(cell, selected) for cell in cells]
    units = tuple(sorted(set(named)))
    rows, columns = {name: row for row, name in enumerate(units)}, _columns(periods, selected.step)
    total = np.zeros((len(units), len(periods)))
    missing = np.zeros(total.shape, dtype=bool)
    parts: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for cell, unit in zip(cells, named, strict=True):
        for column in columns.get(cell.period, ()):
            at = (rows[unit], column)
            if cell.value is None:
                missing[at] = True
                continue
            total[at] += cell.value
            parts[at][cell.period] = max(parts[at].get(cell.period, 0), cell.parts)
    _mark(missing, parts, step=_spread(cells, selected.step))
    total[missing] = np.nan
    return units, total


def _mark(
    missing: NDArray[np.bool_], parts: Mapping[tuple[int, int], Mapping[str, int]], *, step: int
) -> None:
    """A cell lacks a part where fewer places, or fewer of its months, speak than the row has at its best."""
    best: dict[int, int] = defaultdict(int)
    for (row, _), found in parts.items():
        best[row] = max(best[row], *found.values())
    for row, column in np.ndindex(*missing.shape):
        if sum(parts.get((row, column), {}).values()) < best[row] * step:
            missing[row, column] = True


def _spread(cells: Sequence[Cell], step: Step) -> int:
    """How many published periods one of ours is made of."""
    published = Period.parse(cells[0].period)
    months = {kind: _MONTHS[name] for name, kind in _KINDS.items()}
    return _MONTHS[step] // months[published.kind]


def _columns(periods: tuple[Period, ...], step: Step) -> dict[str, list[int]]:
    """The columns that a published period goes into: its own, or those of the longer periods around it."""
    found: dict[str, list[int]] = defaultdict(list)
    for column, one in enumerate(periods):
        found[one.code].append(column)
        if step != "month":
            for month in one.months():
                found[month.code].append(column)
    return found


def _unit(cell: Cell, selected: Selected) -> str:
    return dict(cell.labels)[selected.by] if selected.by else cell.place


def _denominators(
    reader: OutcomeReader, selected: Selected, *, units: tuple[str, ...], periods: tuple[Period, ...]
) -> NDArray[np.float64]:
    """The yearly figures of each unit, read off the straight line between mid-years."""
    if selected.per is None:
        return np.ones((len(units), len(periods)))
    found = reader.denominator(selected.per, selected.level)
    years: dict[str, dict[float, float]] = defaultdict(dict)
    for cell in [cell for cell in found if cell.whole] or found:
        if cell.value is not None:
            years[cell.place][float(cell.period) + 0.5] = cell.value
    middles = np.array([_middle(one) for one in periods])
    lacking = [unit for unit in units if not years[unit]]
    if lacking:
        raise CheckFailed(_no_denominator(lacking))
    return np.array([_line(years[unit], middles) for unit in units])


def _middle(period: Period) -> float:
    days = (period.start.timetuple().tm_yday + period.end.timetuple().tm_yday) / 2 - 0.5
    if period.start.year != period.end.year:
        return (period.start.year + period.end.year) / 2 + 0.5 - 1 / _DAYS
    return period.start.year + days / _DAYS


def _line(known: Mapping[float, float], at: Iterable[float]) -> NDArray[np.float64]:
    points = sorted(known)
    line = np.interp(list(at), points, [known[point] for point in points], left=np.nan, right=np.nan)
    return np.asarray(line, dtype=np.float64)


def _nothing(selected: Selected) -> Problem:
    labels = ", ".join(f"{name}={label}" for name, label in selected.labels.items()) or "–"
    return Problem(
        what=Text(
            f"No value of '{selected.series}' has the labels {labels} and none besides in the window.",
            f"Ningún valor de «{selected.series}» tiene en la ventana las etiquetas {labels} y ninguna más.",
        ),
        fix=Text(
            "acuerdo series shows which labels there are.", "acuerdo series muestra qué etiquetas existen."
        ),
    )


def _no_denominator(units: Sequence[str]) -> Problem:
    shown = ", ".join(units[:5])
    return Problem(
        what=Text(
            f"There is no denominator for {shown}: a count over nobody has no rate.",
            f"No hay denominador para {shown}: un conteo sobre nadie no tiene tasa.",
        )
    )
