"""Checks claims: gathers the figures of every day that is needed, once, and reads each claim against them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from typing import Final, final

from acuerdo.claims.check import KINDS, countables, measured, places, readings
from acuerdo.claims.claim import Claim, ClaimText
from acuerdo.claims.ground import Ground
from acuerdo.claims.measure import Countable
from acuerdo.claims.plotted import Plotted, plotted
from acuerdo.claims.reading import CAUSES
from acuerdo.claims.sentence import sentence
from acuerdo.claims.verdict import VERDICTS, Finding, Outcome
from acuerdo.core.period import Period, PeriodKind
from acuerdo.core.place import PlaceLevel, children, place
from acuerdo.core.text import Text
from acuerdo.core.unit import UNITS
from acuerdo.data.store import Store
from acuerdo.indicators.build import build_each
from acuerdo.indicators.setting import input_series
from acuerdo.indicators.value import IndicatorSeries
from acuerdo.spec.library import frameworks

# Two cores are the least that any machine of today has; the database does the work outside of Python
_SAID: Final = Text("when it was said", "cuando se dijo")
_LATEST: Final = Text("the latest day on which it can have been said", "el último día en que pudo decirse")
_READ: Final = Text("when it was read, undated", "cuando se leyó, sin fecha")
_THREADS = 2
_EPOCH = date(1900, 1, 1)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A claim with its verdict.

    Attributes:
        id: ``text:claim``.
        text: The text that it stands in.
        claim: The words and the check.
        outcome: The verdict and everything that it rests on.
        then: The figures of the day it was said.
        now: The figures of now.
    """

    id: str
    text: ClaimText
    claim: Claim
    outcome: Outcome
    then: Ground
    now: Ground

    @property
    def said(self) -> date:
        """The latest day on which it can have been said."""
        return self.text.said(self.claim)

    @property
    def dated(self) -> Period | None:
        """When it was said, as exactly as it is known; None where nothing tells."""
        return self.text.dated(self.claim)

    @property
    def occasion(self) -> Text:
        """What happened on the day of :attr:`said`, as far as known."""
        if self.dated is None:
            return _READ
        return _SAID if self.dated.kind is PeriodKind.DAY else _LATEST

    @property
    def kind(self) -> Text:
        """The kind of check, in words."""
        return KINDS[self.claim.check.kind]

    @property
    def verdict(self) -> Text:
        """The verdict in words."""
        return VERDICTS[self.outcome.verdict]

    @property
    def depends_on(self) -> tuple[Text, ...]:
        """What the answer depends on, in words."""
        return tuple(CAUSES[one] for one in self.outcome.depends_on)

    @property
    def plotted(self) -> Plotted | None:
        """What a picture of it shows; None where there is no measurement to draw."""
        return plotted(self.claim.check, then=self.then, now=self.now)

    @property
    def sentence(self) -> Text:
        """The verdict in one sentence that could be printed."""
        return sentence(self.outcome, said=self.said, occasion=self.occasion)


@final
@dataclass(slots=True, frozen=True)
class _Need:
    """What must be built of one measure: for which days, and for which places."""

    measure: Countable
    days: set[date | None] = field(default_factory=lambda: {None})
    places: set[str] = field(default_factory=set[str])
    levels: set[PlaceLevel] = field(default_factory=set[PlaceLevel])


def check_claims(
    store: Store, claims: Mapping[str, tuple[ClaimText, Claim]], *, as_of: date | None = None
) -> tuple[Checked, ...]:
    """Claims with their verdicts, in the order given.

    Args:
        store: Where the published files lie.
        claims: Each with its text, by id.
        as_of: The day that counts as now; all that is stored, if not given.

    Raises:
        AcuerdoError: If a figure cannot be computed as its recipe says.
    """
    needs = _needs(claims.values(), now=as_of)
    found = _gather(store, needs)
    today = as_of or max((one.published.on for one in store.releases()), default=_EPOCH)
    agreed = frameworks()
    checked: list[Checked] = []
    for claim_id, (text, claim) in claims.items():
        said = text.said(claim)
        then, now = (
            Ground(day=day, said=said, today=today, found=found.get(day, {}), frameworks=agreed)
            for day in (said, as_of)
        )
        outcome = Outcome(
            **{
                name: Finding(day=one.day, readings=readings(claim.check, one))
                for name, one in (("then", then), ("now", now))
            }
        )
        checked.append(Checked(id=claim_id, text=text, claim=claim, outcome=outcome, then=then, now=now))
    return tuple(checked)


def _needs(claims: Iterable[tuple[ClaimText, Claim]], *, now: date | None) -> tuple[_Need, ...]:
    needs: dict[str, _Need] = {}
    for text, claim in claims:
        for body in measured(claim.check):
            states = getattr(body, "every", None) is not None
            for one in countables(body):
                need = needs.setdefault(one.id, _Need(one))
                need.days.update({text.said(claim), now})
                need.places.update(places(body) or (one.country,), (one.country,))
                need.levels.update({PlaceLevel.COUNTRY, *(place(code).level for code in places(body))})
                if states:
                    need.levels.add(PlaceLevel.STATE)
                    need.places.update(state.code for state in children(one.country, PlaceLevel.STATE))
    return tuple(needs.values())


def _gather(store: Store, needs: Sequence[_Need]) -> dict[date | None, dict[str, IndicatorSeries]]:
    """The series by day and measure; each measure is built once, for all its days."""
    with ThreadPoolExecutor(_THREADS) as pool:
        built = list(pool.map(lambda need: _build(store, need), needs))
    found: dict[date | None, dict[str, IndicatorSeries]] = {}
    for need, series in zip(needs, built, strict=True):
        for day, one in series.items():
            found.setdefault(day, {})[need.measure.id] = one
    return found


def _build(store: Store, need: _Need) -> Mapping[date | None, IndicatorSeries]:
    """One measure on every day; days between two publications share one series, days before the first have none."""
    published = sorted(_publication_days(store, need.measure))
    shared: dict[int, list[date | None]] = {}
    # In order, so that what is added up is added up alike in every run
    for day in sorted(need.days, key=lambda day: day or date.max):
        shared.setdefault(len(published) if day is None else bisect_right(published, day), []).append(day)
    before = shared.pop(0, []) if published else []
    series = build_each(
        store,
        need.measure,
        days=[days[0] for days in shared.values()],
        levels=[level for level in need.measure.place_levels if level in need.levels],
        places=sorted(need.places),
    )
    nothing = IndicatorSeries(indicator=need.measure.id, as_of=None, unit=UNITS[need.measure.unit], values=())
    known = {day: one for days, one in zip(shared.values(), series, strict=True) for day in days}
    return {**dict.fromkeys(before, nothing), **known}


def _publication_days(store: Store, measure: Countable) -> set[date]:
    wanted = set(input_series(measure))
    return {
        day
        for source_id in {one.partition(".")[0] for one in wanted}
        for release in store.releases(source_id)
        if not wanted.isdisjoint(release.series)
        for day in release.vintages
    }
