"""How an amount varies over what fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

import numpy as np

from acuerdo.foresight.model import Floats

SHARES: Final = (0.0, 0.05, 0.5, 0.95, 1.0)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The least, three quantiles and the greatest, at :data:`SHARES`."""

    low: float
    q05: float
    median: float
    q95: float
    high: float


def spread_of(values: Floats) -> Spread | None:
    """The spread of the finite values; None if there are none."""
    good = values[np.isfinite(values)]
    if not good.size:
        return None
    low, q05, median, q95, high = np.quantile(good, SHARES).tolist()
    return Spread(low=low, q05=q05, median=median, q95=q95, high=high)
