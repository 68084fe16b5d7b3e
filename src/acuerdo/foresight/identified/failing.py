"""Where a policy fails: the box of assumptions in which its failures are gathered.

Reference:
    Bryant and Lempert, Thinking inside the box: a participatory, computer-assisted approach to scenario discovery
    (2010); the patient rule induction method as kept in ema_workbench.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.errors import missing_extra
from acuerdo.core.text import Text
from acuerdo.foresight.model import Floats

_DISCOVERY = Text("Finding where a policy fails", "Hallar dónde falla una política")
# Of the cases in the box this share must be failures; a box holds at least this share of all cases
_DENSITY, _MASS = 0.8, 0.05


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box of assumptions.

    Attributes:
        limits: Parameter, lowest and highest value, of those that bound it.
        coverage: The share of all failures that lie in it.
        density: The share of its cases that are failures.
    """

    limits: tuple[tuple[str, float, float], ...]
    coverage: float
    density: float


def failing_box(names: Sequence[str], values: Floats, *, fails: NDArray[np.bool_]) -> Box | None:
    """The box that gathers the failures; None where nothing or everything fails, or no box is dense enough.

    Args:
        names: The parameters.
        values: Their values, shape (parameters, cases).
        fails: Whether the policy fails, shape (cases,).

    Raises:
        MissingExtra: If ema_workbench is not installed.
    """
    if not fails.any() or fails.all():
        return None
    try:
        with warnings.catch_warnings():
            # It warns of its own optional parts on import
            warnings.simplefilter("ignore")
            import pandas as pd
            from ema_workbench.analysis import prim
    except ImportError as error:
        raise missing_extra("foresight", _DISCOVERY) from error
    table = pd.DataFrame(dict(zip(names, values, strict=True)))
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        box = prim.Prim(table, fails, threshold=_DENSITY, mass_min=_MASS).find_box()
    if box is None:
        return None
    trajectory = box.peeling_trajectory
    dense = np.flatnonzero(np.asarray(trajectory["density"]) >= _DENSITY)
    if not dense.size:
        return None
    # The first box that is dense enough leaves out the fewest failures
    place = int(dense[0])
    limits = box.box_lims[place]
    whole = box.box_lims[0]
    bounded = tuple(
        (name, float(limits[name].iloc[0]), float(limits[name].iloc[1]))
        for name in names
        if not limits[name].equals(whole[name])
    )
    return Box(
        limits=bounded,
        coverage=float(trajectory["coverage"].iloc[place]),
        density=float(trajectory["density"].iloc[place]),
    )
