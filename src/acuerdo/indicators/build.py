"""Builds an indicator from a store, as it stood on a day or at every publication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from acuerdo.core.place import PlaceLevel
from acuerdo.data.store import Store
from acuerdo.indicators.indicator import Indicator
from acuerdo.indicators.value import IndicatorSeries


def build(
    store: Store,
    indicator: Indicator,
    *,
    as_of: date | None = None,
    levels: Sequence[PlaceLevel] | None = None,
    by: Sequence[str] = (),
) -> IndicatorSeries:
    """An indicator as it stood on one day.

    Args:
        store: Where the releases lie.
        indicator: One of the catalog.
        as_of: Only what was public on that day; None for everything stored.
        levels: Levels of place; country and state where the indicator offers them, if not given.
        by: Breakdown keys to split by, of those that the indicator offers.

    Returns:
        One value per place, breakdown and period. A place and period of which some input is missing has a
        value of None and the status ``missing``.

    Raises:
        UsageError: If a level or a breakdown key is not offered.
        NotFound: If a label in the recipe is not one of the publisher's.
        UnitMismatch: If the recipe combines what cannot be combined.
    """
    raise NotImplementedError


def history(
    store: Store, indicator: Indicator, *, levels: Sequence[PlaceLevel] | None = None
) -> tuple[IndicatorSeries, ...]:
    """An indicator as it stood at each distinct publication date of its inputs, oldest first.

    Args:
        store: Where the releases lie.
        indicator: One of the catalog.
        levels: Levels of place; the country alone if not given.
    """
    raise NotImplementedError
