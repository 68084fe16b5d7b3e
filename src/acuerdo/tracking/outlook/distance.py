"""How far an indicator has come from its baseline."""

from __future__ import annotations

from datetime import date

from acuerdo.core.place import PlaceLevel
from acuerdo.data.store import Store
from acuerdo.indicators.build import build
from acuerdo.indicators.indicator import Indicator
from acuerdo.tracking.outlook.outlook import Distance


def from_baseline(store: Store, indicator: Indicator, *, as_of: date | None) -> Distance | None:
    """The newest full period of the indicator against its first baseline, both as last revised."""
    series = build(store, indicator, as_of=as_of, levels=[PlaceLevel.COUNTRY])
    base = series.at(indicator.country, indicator.baseline.period)
    alike = [
        one
        for one in series.of(indicator.country)
        if one.value is not None and one.period.kind is indicator.baseline.period.kind
    ]
    if base is None or base.value is None or not alike or indicator.baseline.vintage != "latest":
        return None
    return Distance(
        baseline=base.period, before=base.value, newest=alike[-1].period, after=alike[-1].value or 0.0
    )
