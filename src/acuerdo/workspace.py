"""The one door: a store of published files and the frameworks, one short method per use case.

Methods orchestrate, and import what they need when they are called, so that listing what exists stays quick.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, final

import acuerdo
from acuerdo.core.errors import AcuerdoError, not_found
from acuerdo.core.period import Day, Period, day_of
from acuerdo.core.text import Text
from acuerdo.data.batch import Outcome

if TYPE_CHECKING:
    from acuerdo.claims.answers import Claims
    from acuerdo.core.citation import Citation
    from acuerdo.core.errors import Problem
    from acuerdo.core.place import PlaceLevel
    from acuerdo.data.batch import Advance
    from acuerdo.data.download import Progress
    from acuerdo.data.ingest import Ingested
    from acuerdo.data.query import Rows
    from acuerdo.data.release import Release
    from acuerdo.data.source import AbstractSource
    from acuerdo.data.store import Store
    from acuerdo.evaluation.answers import Evaluation
    from acuerdo.foresight.answers import Foresight
    from acuerdo.indicators.indicator import Indicator
    from acuerdo.indicators.trail import Trail
    from acuerdo.indicators.value import IndicatorSeries
    from acuerdo.record.answers import Record
    from acuerdo.spec.model import Framework
    from acuerdo.tracking.answers import Tracking

EVIDENCE = Path(acuerdo.__file__).parent / "evidence"
STORE_VARIABLE = "ACUERDO_STORE"
DEFAULT_STORE = ".acuerdo"
_SERIES = Text("a publisher's series", "una serie de una fuente")


@final
class Workspace:
    """The packaged evidence together with the user's own store.

    Attributes:
        store: Reads both; writes to the user's own only.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    def __repr__(self) -> str:
        return f"Workspace({str(self.store.roots[0])!r} and the packaged evidence)"

    @classmethod
    def open(cls, folder: Path | str | None = None) -> Workspace:
        """The workspace on a folder, else ``$ACUERDO_STORE``, else ``.acuerdo`` here; looking creates nothing."""
        from acuerdo.data.store import Store

        own = Path(folder or os.environ.get(STORE_VARIABLE) or DEFAULT_STORE)
        return cls(Store(own, EVIDENCE))

    @staticmethod
    def ids() -> Mapping[str, tuple[str, ...]]:
        """The ids of all frameworks, indicators and sources; reads folder entries only."""
        from acuerdo.data.recognise import SOURCES
        from acuerdo.indicators.load import FOLDER
        from acuerdo.spec.library import FRAMEWORKS

        folders = {"frameworks": FRAMEWORKS, "indicators": FOLDER, "sources": SOURCES}
        return {kind: tuple(folder.files()) for kind, folder in folders.items()}

    # ------------------------------------------------------------------------------------ what was promised

    @staticmethod
    def frameworks() -> Mapping[str, Framework]:
        """Every framework by id."""
        from acuerdo.spec.library import frameworks

        return frameworks()

    @staticmethod
    def framework(framework_id: str) -> Framework:
        """One framework.

        Raises:
            NotFound: If there is none of that id; names the nearest.
        """
        from acuerdo.spec.library import framework

        return framework(framework_id)

    # -------------------------------------------------------------------------------------------- what was done

    @property
    def claims(self) -> Claims:
        """Whether what is said about it is true; see :mod:`acuerdo.claims.answers`."""
        from acuerdo.claims.answers import Claims

        return Claims(self.store)

    @property
    def evaluation(self) -> Evaluation:
        """What it caused: contracts, calibrated, run and kept; see :mod:`acuerdo.evaluation.answers`."""
        from acuerdo.evaluation.answers import Evaluation

        return Evaluation(self.store, record=self.record)

    @property
    def tracking(self) -> Tracking:
        """How far each promise got, from dated statements."""
        from acuerdo.tracking.answers import Tracking

        return Tracking(self.store)

    @property
    def foresight(self) -> Foresight:
        """What happens next: mechanism models; see :mod:`acuerdo.foresight`."""
        from acuerdo.foresight.answers import Foresight

        return Foresight()

    @property
    def record(self) -> Record:
        """What both sides agreed to, and who said so; see :mod:`acuerdo.record.answers`."""
        from acuerdo.record.answers import Record

        return Record(self.store.roots[0] / "node")

    # ----------------------------------------------------------------------------------------- what changed

    @staticmethod
    def indicators() -> Mapping[str, Indicator]:
        """Every indicator by id; reads no data."""
        from acuerdo.indicators.load import catalog

        return catalog()

    @staticmethod
    def indicator(indicator_id: str) -> Indicator:
        """One indicator.

        Raises:
            NotFound: If there is none of that id; names the nearest.
        """
        from acuerdo.indicators.load import indicator

        return indicator(indicator_id)

    def series(
        self,
        indicator_id: str,
        *,
        as_of: Day | None = None,
        levels: Sequence[PlaceLevel] | None = None,
        by: Sequence[str] = (),
    ) -> IndicatorSeries:
        """An indicator as it stood on a day (``"2022-10-13"``); see :func:`acuerdo.indicators.build.build`."""
        from acuerdo.indicators.build import build

        return build(self.store, self.indicator(indicator_id), as_of=day_of(as_of), levels=levels, by=by)

    def history(
        self, indicator_id: str, *, levels: Sequence[PlaceLevel] | None = None
    ) -> tuple[IndicatorSeries, ...]:
        """An indicator as it stood at each publication; see :func:`acuerdo.indicators.build.history`."""
        from acuerdo.indicators.build import history

        return history(self.store, self.indicator(indicator_id), levels=levels)

    def course(
        self, indicator_id: str, *, day: date, levels: Sequence[PlaceLevel] | None = None
    ) -> tuple[IndicatorSeries, tuple[IndicatorSeries, ...]]:
        """An indicator on a day, and its history until then; see :func:`acuerdo.indicators.build.course`."""
        from acuerdo.indicators.build import course

        return course(self.store, self.indicator(indicator_id), day=day, levels=levels)

    def trace(
        self, indicator_id: str, *, place: str, period: Period | str, as_of: Day | None = None
    ) -> Trail:
        """The way from one figure back to the publishers' values and files; see :mod:`acuerdo.indicators.trail`."""
        from acuerdo.indicators.trail import trail

        return trail(
            self.store, self.indicator(indicator_id), where=place, period=period, as_of=day_of(as_of)
        )

    # ------------------------------------------------------------------------------------- published files

    @staticmethod
    def sources() -> Mapping[str, AbstractSource]:
        """Every source by id."""
        from acuerdo.data.recognise import sources

        return sources()

    @staticmethod
    def source(source_id: str) -> AbstractSource:
        """One source.

        Raises:
            NotFound: If there is none of that id; names the nearest.
        """
        from acuerdo.data.recognise import source

        return source(source_id)

    def releases(self, source_id: str | None = None) -> tuple[Release, ...]:
        """The stored releases, of one source if it is given."""
        if source_id is not None:
            self.source(source_id)
        return self.store.releases(source_id)

    def observations(self, series_id: str, *, as_of: Day | None = None, place: str | None = None) -> Rows:
        """The publisher's own values as known on a day, one per key; ``list(...)`` of it makes a data frame."""
        from acuerdo.data import asof
        from acuerdo.data.query import rows

        releases = self._releases_of(series_id)
        return rows(asof.as_of(releases, day_of(as_of), series=[series_id]), place=place)

    def first_release(self, series_id: str, *, place: str | None = None) -> Rows:
        """The publisher's own values as first published, one per key."""
        from acuerdo.data import asof
        from acuerdo.data.query import rows

        return rows(asof.first_release(self._releases_of(series_id), series=[series_id]), place=place)

    def revisions(self, series_id: str, *, place: str | None = None) -> Rows:
        """Every vintage of the publisher's own values, each with what changed against the one before."""
        from acuerdo.data import asof
        from acuerdo.data.query import rows

        return rows(asof.revisions(self._releases_of(series_id), series=[series_id]), place=place)

    def ingest(
        self, paths: Sequence[Path], *, published: date | None = None, advance: Advance | None = None
    ) -> tuple[Outcome, ...]:
        """Brings files, and the files of folders, into the user's store; one that is refused stops no other.

        Args:
            paths: Files and folders.
            published: The day the files became public, where the user knows it.
            advance: Called with a file's name, how many files are done, and how many there are.
        """
        from acuerdo.data.batch import ingest_all

        return ingest_all(paths, self.store, published=published, advance=advance)

    def fetch(self, source_id: str, *, progress: Progress | None = None) -> Ingested:
        """Downloads the newest file of a source from its publisher and brings it into the user's store.

        Raises:
            NotFound: If there is no such source.
            FetchFailed: If the source has no lasting address, or the address does not give the file.
            IngestRefused: If what it gives cannot be trusted.
        """
        from acuerdo.data.fetch import fetch

        return fetch(source_id, self.store, progress=progress)

    def check(self) -> tuple[Problem, ...]:
        """Every problem of what is declared and stored; none when all is well."""
        from acuerdo.core.plugins import misplaced
        from acuerdo.data.audit import audit
        from acuerdo.data.recognise import SOURCES
        from acuerdo.spec.library import check_library

        found = [*misplaced(), *check_library(), *SOURCES.unfilled(), *audit(self.store)]
        looks = (self.indicators, self.sources, self.claims.all, self.evaluation.all, self.tracking.check)
        for look in looks:
            try:
                look()
            except AcuerdoError as error:
                found.extend(error.problems)
        return tuple(dict.fromkeys(found))

    def cite(self, given: str) -> tuple[Citation, ...]:
        """What a thing rests on: a framework or ``framework:reference``, an indicator, a source.

        Raises:
            NotFound: If the id is none of these; names the nearest.
        """
        from acuerdo.indicators.citations import citations

        return citations(given)

    def _releases_of(self, series_id: str) -> tuple[Release, ...]:
        known = {one.id: source_id for source_id, source in self.sources().items() for one in source.series}
        if series_id not in known:
            raise not_found(_SERIES, series_id, known=known)
        return self.store.releases(known[series_id])
