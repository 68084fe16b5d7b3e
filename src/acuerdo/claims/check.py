"""The check of a claim: one of the kinds, each in the file of its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, Protocol, final

from acuerdo.claims.ground import Ground
from acuerdo.claims.kinds import (
    attribution,
    causal,
    change,
    comparison,
    definition,
    event_by_date,
    forecast,
    not_checkable,
    rank,
    ratio,
    record,
    share,
    trend,
    value,
)
from acuerdo.claims.kinds import sum as sum_
from acuerdo.claims.kinds.attribution import AttributionCheck
from acuerdo.claims.kinds.causal import CausalCheck
from acuerdo.claims.kinds.change import ChangeCheck
from acuerdo.claims.kinds.comparison import ComparisonCheck
from acuerdo.claims.kinds.definition import DefinitionCheck
from acuerdo.claims.kinds.event_by_date import EventCheck
from acuerdo.claims.kinds.forecast import ForecastCheck
from acuerdo.claims.kinds.not_checkable import NotCheckable
from acuerdo.claims.kinds.rank import RankCheck
from acuerdo.claims.kinds.ratio import RatioCheck
from acuerdo.claims.kinds.record import RecordCheck
from acuerdo.claims.kinds.share import ShareCheck
from acuerdo.claims.kinds.sum import SumCheck
from acuerdo.claims.kinds.trend import TrendCheck
from acuerdo.claims.kinds.value import ValueCheck
from acuerdo.claims.measure import AbstractMeasured, Countable, countable, measures_of
from acuerdo.claims.reading import Reading
from acuerdo.core.text import Text
from acuerdo.spec.fields import AbstractSpec

Kind = Literal[
    "value", "change", "ratio", "share", "rank", "record", "trend", "comparison", "event_by_date", "sum",
    "attribution", "definition", "causal", "forecast", "not_checkable",
]  # fmt: skip
KINDS: Final[dict[Kind, Text]] = {
    "value": Text("a figure", "una cifra"),
    "change": Text("a change", "un cambio"),
    "ratio": Text("a multiple", "un múltiplo"),
    "share": Text("a share", "una proporción"),
    "rank": Text("a rank", "un lugar en una clasificación"),
    "record": Text("a record", "un máximo o mínimo"),
    "trend": Text("a trend", "una tendencia"),
    "comparison": Text("a comparison", "una comparación"),
    "event_by_date": Text("an event by a date", "un hecho y su fecha"),
    "sum": Text("a sum", "una suma"),
    "attribution": Text("an attribution", "una atribución"),
    "definition": Text("a definition", "una definición"),
    "causal": Text("a cause", "una causa"),
    "forecast": Text("a forecast", "un pronóstico"),
    "not_checkable": Text("not checkable", "no comprobable"),
}


class Meaning(Protocol):
    """What the file of a kind says."""

    def readings(self, check: Any, ground: Ground) -> tuple[Reading, ...]:
        """What the figures say, the words' own reading first."""
        ...


_MEANINGS: Final[Mapping[Kind, Meaning]] = {
    "value": value,
    "change": change,
    "ratio": ratio,
    "share": share,
    "rank": rank,
    "record": record,
    "trend": trend,
    "comparison": comparison,
    "event_by_date": event_by_date,
    "sum": sum_,
    "attribution": attribution,
    "definition": definition,
    "causal": causal,
    "forecast": forecast,
    "not_checkable": not_checkable,
}


@final
class Check(AbstractSpec):
    """One kind of check: exactly one of the fields is given, or a forecast and the one that judges it."""

    value: ValueCheck | None = None
    change: ChangeCheck | None = None
    ratio: RatioCheck | None = None
    share: ShareCheck | None = None
    rank: RankCheck | None = None
    record: RecordCheck | None = None
    trend: TrendCheck | None = None
    comparison: ComparisonCheck | None = None
    event_by_date: EventCheck | None = None
    sum: SumCheck | None = None
    attribution: AttributionCheck | None = None
    definition: DefinitionCheck | None = None
    causal: CausalCheck | None = None
    forecast: ForecastCheck | None = None
    not_checkable: NotCheckable | None = None

    @property
    def given(self) -> tuple[tuple[Kind, Any], ...]:
        """The kinds given, with what stands under them."""
        return tuple((kind, getattr(self, kind)) for kind in KINDS if getattr(self, kind) is not None)

    @property
    def kind(self) -> Kind:
        """Its kind; a forecast is one, whatever judges it."""
        return "forecast" if self.forecast is not None else self.given[0][0]

    @property
    def is_whole(self) -> bool:
        """Whether it is one check, and a forecast says how it will be judged."""
        others = len(self.given) - (self.forecast is not None)
        lone = self.forecast is not None and self.forecast.would_need is not None
        return others == (0 if lone else 1)


def readings(check: Check, ground: Ground) -> tuple[Reading, ...]:
    """What the figures say of a claim, the words' own reading first."""
    if check.forecast is not None and (len(check.given) == 1 or not forecast.is_due(check.forecast, ground)):
        return forecast.readings(check.forecast, ground)
    ((kind, body),) = (one for one in check.given if one[0] != "forecast")
    found = _MEANINGS[kind].readings(body, ground)
    if not isinstance(body, AbstractMeasured):
        return found
    told = tuple(one.denied() for one in found) if body.denied else found
    return tuple(one.unless_against() for one in told) if body.is_nearest else told


def measured(check: Check) -> Iterator[AbstractMeasured]:
    """The parts of a check that need figures."""
    return (body for _, body in check.given if isinstance(body, AbstractMeasured))


def countables(check: AbstractMeasured) -> tuple[Countable, ...]:
    """Every measure that a check draws on."""
    more = [
        measure
        for name in ("part_of", "among", "than")
        if (measure := getattr(check, name, None)) is not None
    ]
    return (*measures_of(check), *(countable(one) for one in more))


def places(check: AbstractMeasured) -> tuple[str, ...]:
    """The codes of the places that a check names."""
    return tuple(code for name in ("place", "than_place") if (code := getattr(check, name, None)))
