"""Small panels for tests."""

from __future__ import annotations

import numpy as np

from acuerdo.core.period import Period
from acuerdo.evaluation.panel import Panel


def panel(outcome: np.ndarray, first_treated: dict[int, int], **more: object) -> Panel:
    """Years from 2000 on, units named ``unit 0`` …"""
    count, width = outcome.shape
    return Panel(
        outcome=outcome,
        units=tuple(f"unit {row}" for row in range(count)),
        periods=tuple(Period.year(2000 + column) for column in range(width)),
        first_treated=tuple(first_treated.get(row) for row in range(count)),
        **more,  # pyright: ignore[reportArgumentType]
    )


def walks(units: int = 12, periods: int = 30, *, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    common = random.normal(size=(2, periods)).cumsum(axis=1)
    return 50 + 4 * random.dirichlet(np.ones(2), units) @ common + random.normal(size=(units, periods))
