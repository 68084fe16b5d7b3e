"""Rings around the treated: untreated units, by their distance to the nearest treated one.

References:
    Butts (2023), Difference-in-differences with spatial spillovers, arXiv:2105.03737.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from acuerdo.evaluation.inference.choice import coordinates_of
from acuerdo.evaluation.inference.scores import distances_km
from acuerdo.evaluation.panel import Panel


def ring_panel(panel: Panel, edges_km: Sequence[float], *, ring: int) -> Panel | None:
    """The units of one ring, as if treated when the first treated unit within reach was, and those beyond all.

    The treated units themselves are left out. None if the ring, or what lies beyond, is empty.

    Args:
        panel: The data, with coordinates.
        edges_km: Outer edges of the rings, growing.
        ring: Which ring, from 0.

    Raises:
        CheckFailed: If a unit has no coordinates.
    """
    places = coordinates_of(panel)
    treated, others = list(panel.treated), list(panel.never_treated)
    if not others:
        return None
    distances = distances_km(places[others], places[treated])
    nearest = distances.min(axis=1)
    inner = edges_km[ring - 1] if ring else 0.0
    inside = (nearest > inner) & (nearest <= edges_km[ring]) if ring else nearest <= edges_km[0]
    beyond = nearest > edges_km[-1]
    if not inside.any() or not beyond.any():
        return None
    starts = np.array([panel.first_treated[row] or 0 for row in treated])
    reached = np.where(distances <= edges_km[ring], starts[None, :], np.iinfo(np.int64).max).min(axis=1)
    first: list[int | None] = [None] * len(panel.units)
    for place, row in enumerate(others):
        first[row] = int(reached[place]) if inside[place] else None
    kept = [panel.units[row] for place, row in enumerate(others) if inside[place] or beyond[place]]
    return replace(panel, first_treated=tuple(first), last_treated=None).select(kept)
