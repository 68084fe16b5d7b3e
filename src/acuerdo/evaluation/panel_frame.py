"""Reads a long table of any data-frame library into the cells of a panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from acuerdo.evaluation.naming import name_of
from acuerdo.evaluation.panel_columns import Columns, Predictor, Table
from acuerdo.evaluation.panel_rows import Rows
from acuerdo.evaluation.panel_treatment import treatment_of

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    Grid = NDArray[np.float64]


def cells_of(frame: IntoDataFrame, columns: Columns) -> dict[str, Any]:
    """The keyword arguments of a :class:`~acuerdo.evaluation.panel.Panel`; see its ``from_frame``."""
    table = Table(frame)
    table.require(columns)
    rows = Rows.of(table, columns)
    cells: dict[str, Any] = {
        "outcome": rows.grid(table.numbers(columns["outcome"])),
        "units": rows.units,
        "periods": rows.periods,
        **treatment_of(table, rows, columns=columns),
    }
    if "exposure" in columns:
        cells["exposure"] = rows.grid(table.numbers(columns["exposure"]))
    if "coordinates" in columns:
        cells["coordinates"] = np.column_stack(
            [rows.per_unit(table, name, numbers=True) for name in columns["coordinates"]]
        )
    if "cluster" in columns:
        table.stated(columns["cluster"])
        cells["clusters"] = tuple(name_of(one) for one in rows.per_unit(table, columns["cluster"]))
    starts = [one for one in cells["first_treated"] if one is not None]
    cells["predictors"] = dict(
        _predictor(table, rows, wanted=one, before=min(starts, default=len(rows.periods)))
        for one in columns.get("predictors", ())
    )
    return cells


def _predictor(table: Table, rows: Rows, *, wanted: Predictor, before: int) -> tuple[str, Grid]:
    """Name and N means of what is stated; NaN where nothing is."""
    name, span = (wanted, ()) if isinstance(wanted, str) else (wanted[0], wanted[1:])
    grid = rows.grid(table.numbers(name))
    columns = slice(0, before)
    if span:
        first, last = rows.place(span[0]), rows.place(span[-1])
        columns = slice(first, last + 1)
        codes = dict.fromkeys(rows.periods[place].code for place in (first, last))
        name = f"{name} {'–'.join(codes)}"
    inside = grid[:, columns]
    there = ~np.isnan(inside)
    count = there.sum(axis=1)
    means = np.where(there, inside, 0.0).sum(axis=1) / np.maximum(count, 1)
    return name, np.where(count > 0, means, np.nan)
