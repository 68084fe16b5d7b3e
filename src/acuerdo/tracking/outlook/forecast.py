"""What a series will come to, and what the same forecast would have said at every date of the past.

The forecast carries on the growth of the last steps: an autoregression of order two on the differences of the
logarithms, ARIMA(2,1,0), fitted anew at every origin. It was taken for its errors on the series here, against
exponential smoothing, complex exponential smoothing, theta, seasonal ARIMA and means of them; what is said of its
errors on the same series is to that extent too kind.

Reference:
    Hyndman and Athanasopoulos (2021), Forecasting: principles and practice, third edition, chapter 9; the library is
    statsforecast.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.errors import missing_extra
from acuerdo.core.text import Text

Floats = NDArray[np.float64]
Method = Callable[[Floats, int, int], Floats]
EXTRA: Final = "forecast"
OURS: Final = "autoregression"


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What each method would have forecast at each origin, held against what came.

    Attributes:
        errors: By method, the logarithm of what came over what was forecast; shape ``(origins, steps)``, not a number
            where it has not come yet.
        first: How many values the first origin saw; each later one saw one more.
    """

    errors: Mapping[str, Floats]
    first: int

    def known(self, method: str, origin: int, *, step: int) -> list[float]:
        """The errors of a step that were known when so many values were, oldest first."""
        column = self.errors[method][: max(origin - self.first - step + 1, 0), step - 1]
        return [float(one) for one in column if np.isfinite(one)]


def autoregression(values: Floats, year: int, steps: int, /) -> Floats:
    """The growth of the last steps carried on; the last value again where no such process can be fitted.

    Args:
        values: The series in logarithms, oldest first.
        year: Steps in a year; this forecast takes no heed of it.
        steps: How many to forecast.

    Raises:
        MissingExtra: If the forecasting library is not installed.
    """
    try:
        from statsforecast.models import ARIMA
    except ImportError:
        raise missing_extra(EXTRA, Text("A forecast", "Un pronóstico")) from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ahead = np.asarray(ARIMA(order=(2, 1, 0)).forecast(values, steps)["mean"], dtype=np.float64)
        except ValueError:
            # The library stops where its search leaves the region in which the process stays finite
            return naive(values, year, steps)
    return ahead if bool(np.isfinite(ahead).all()) else naive(values, year, steps)


def naive(values: Floats, year: int, steps: int, /) -> Floats:
    """The last value again."""
    del year
    return np.repeat(values[-1], steps)


def seasonal_naive(values: Floats, year: int, steps: int, /) -> Floats:
    """The values of a year before again."""
    return np.resize(values[-year:], steps)


METHODS: Final[Mapping[str, Method]] = {
    OURS: autoregression,
    "naive": naive,
    "seasonal_naive": seasonal_naive,
}


def look_back(known_at: Sequence[Floats], came: Floats, *, year: int, steps: int) -> Past:
    """Every method's errors at every origin.

    Args:
        known_at: Logarithms of the series as it stood at each origin; each one value longer than the last.
        came: Logarithms of the series as it is known now.
        year: Steps in a year, after which the seasonal naive forecast says the same again.
        steps: How many steps ahead.
    """
    errors = {name: np.full((len(known_at), steps), np.nan) for name in METHODS}
    for row, values in enumerate(known_at):
        later = came[len(values) : len(values) + steps]
        for name, method in METHODS.items():
            ahead = method(values, year, steps)
            errors[name][row, : len(later)] = later - ahead[: len(later)]
    return Past(errors=errors, first=len(known_at[0]))
