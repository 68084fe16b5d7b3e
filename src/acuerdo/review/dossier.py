"""Everything that one review rests on, gathered once: nothing in it was unknown on the day of the review."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import TYPE_CHECKING, final

from acuerdo.core.place import PlaceLevel
from acuerdo.core.text import Text
from acuerdo.indicators.setting import input_series
from acuerdo.review.kin import contracts_for, kin, models_for, said_of, serves
from acuerdo.review.known import known_on, last_day
from acuerdo.review.reading import KINDS_IN_ORDER, Reading
from acuerdo.review.standing import Standing, standing
from acuerdo.review.times import may_mention_later, mentions_later
from acuerdo.spec.model import Framework

if TYPE_CHECKING:
    from acuerdo.claims.checking import Checked
    from acuerdo.core.result import Result
    from acuerdo.data.corrections import Correction
    from acuerdo.data.release import Release
    from acuerdo.data.source import AbstractSource
    from acuerdo.evaluation.answers import Answered
    from acuerdo.evaluation.predictions import Record
    from acuerdo.foresight.model import Model
    from acuerdo.indicators.indicator import Indicator
    from acuerdo.record.agreement import Judged
    from acuerdo.tracking.outlook.keeping import Kept
    from acuerdo.workspace import Workspace

    Recorded = tuple[Mapping[str, Text], Mapping[str, Judged]]

_LEVELS = (PlaceLevel.COUNTRY, PlaceLevel.STATE)
# Two cores are the least that any machine of today has; the database does its work outside of Python
_THREADS = 2
Progress = Callable[[str, int, int], None]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What was known on a day about a framework.

    Attributes:
        framework: As it could have been written down that day.
        others: The other frameworks of the same governments, likewise, by id; those that had not begun are not there.
        day: The day of the review.
        as_of: Whether that day was asked for.
        retold: Whether it lies before the framework's file was last touched, so that undated prose is left out.
        readings: The indicators that speak to the framework, by id.
        releases: The published files, newest first.
        sources: Every source by id.
        corrections: The corrections in force, by source.
        claims: What had been said by then, checked.
        evaluations: The contracts written by then, with their kept answers.
        track_records: How well each side's public predictions fared.
        pooled: What the answers of one objective say together.
        models: The models with a lever that serves a framework of these governments, by id; none on an earlier day.
        outlooks: Where the indicators are heading, as kept, by id; in a review of an earlier day without a forecast,
            and only of those whose counts were coming in, or at which somebody aimed.
        standing: How far the promises had got.
        recorded: How far each side and both say so in the record, by promise, as far as it is public; with the sides'
            names. Empty where no record is kept, and in a review of an earlier day.
    """

    framework: Framework
    others: Mapping[str, Framework]
    day: date
    as_of: bool
    retold: bool
    readings: Mapping[str, Reading]
    releases: Sequence[Release]
    sources: Mapping[str, AbstractSource]
    corrections: Mapping[str, Sequence[Correction]]
    claims: Sequence[Checked] = ()
    evaluations: Sequence[Answered] = ()
    track_records: Sequence[Record] = ()
    pooled: Result | None = None
    models: Mapping[str, Model] = field(default_factory=dict[str, "Model"])
    outlooks: Mapping[str, Kept] = field(default_factory=dict[str, "Kept"])
    standing: Standing = field(default_factory=Standing)
    recorded: Recorded = ({}, {})

    def serving(self, structure_id: str) -> tuple[Reading, ...]:
        """The indicators that speak to a goal, an area or an objective, outcomes first."""
        wanted = f"{self.framework.id}:{structure_id}"
        found = [one for one in self.readings.values() if wanted in one.indicator.objectives]
        return tuple(sorted(found, key=lambda one: (KINDS_IN_ORDER.index(one.indicator.kind), not one.known)))

    def as_written(self, words: Text) -> Text | None:
        """Words of ours that bear no date; None where they may tell of what came after the day of the review.

        They were written when the files of the framework and of the catalog were. A review of an earlier day shows
        those of them that name no time that was not over by then.
        """
        return None if self.retold and may_mention_later(words, self.day) else words

    def releases_of(self, source_id: str) -> tuple[Release, ...]:
        """The published files of a source, newest first."""
        return tuple(one for one in self.releases if one.source == source_id)


def public_on(release: Release, day: date) -> date:
    """The last day, up to a given one, on which a file made figures public; one file may hold several vintages."""
    return max(on for on in release.vintages if on <= day)


def gather(
    workspace: Workspace, framework_id: str, *, as_of: date | None, progress: Progress | None = None
) -> Dossier:
    """Everything that a review of a framework rests on.

    Args:
        as_of: The day of the review; the last day that anything here speaks of, if none is given.
        progress: Called with what is being read, how much is done and how much there is.

    Raises:
        NotFound: If there is no such framework; names the nearest.
    """
    framework = workspace.framework(framework_id)
    others = kin(framework, workspace.frameworks())
    releases = workspace.releases()
    written = last_day([framework, *others.values()])
    day = as_of or max([written, *(one.published.on for one in releases)])
    public = [one for one in releases if one.vintages[0] <= day]
    known = known_on(framework, day)
    evaluations = (
        () if as_of else contracts_for(workspace.evaluation.every(public=True), (framework_id, *others))
    )
    with ThreadPoolExecutor(_THREADS) as threads:
        reading = _readings(workspace, framework, day=day, threads=threads, progress=progress)
        return Dossier(
            framework=known,
            others={key: known_on(one, day) for key, one in others.items() if one.begins.start <= day},
            day=day,
            as_of=as_of is not None,
            retold=day < written,
            releases=tuple(
                sorted(public, key=lambda one: (-public_on(one, day).toordinal(), one.source, one.id))
            ),
            sources=workspace.sources(),
            corrections=_corrections({one.source for one in public}, day),
            claims=_claims(workspace, framework, day=day),
            evaluations=evaluations,
            track_records=workspace.evaluation.track_records() if evaluations else (),
            pooled=workspace.evaluation.pooled() if evaluations else None,
            models={} if as_of else models_for(workspace.foresight.models(), (framework_id, *others)),
            outlooks=_glances(workspace, day) if as_of else _outlooks(workspace),
            standing=standing(workspace, known, day=day),
            recorded=({}, {}) if as_of else _recorded(workspace, framework_id),
            # Last, because it waits for the other threads
            readings=_in_order(reading, workspace.indicators()),
        )


def _recorded(workspace: Workspace, framework_id: str) -> Recorded:
    record = workspace.record
    return record.sides, record.judged(framework_id, public=True)


def _outlooks(workspace: Workspace) -> dict[str, Kept]:
    found = {key: workspace.tracking.kept_outlook(key) for key in workspace.indicators()}
    return {key: one for key, one in found.items() if one is not None}


def _glances(workspace: Workspace, day: date) -> dict[str, Kept]:
    from acuerdo.tracking.outlook.keeping import Kept

    found = {key: workspace.tracking.glance(key, as_of=day) for key in workspace.indicators()}
    return {key: Kept(outlook=one, changed=()) for key, one in found.items() if one is not None}


def _claims(workspace: Workspace, framework: Framework, *, day: date) -> tuple[Checked, ...]:
    about = said_of(framework, workspace.claims.all())
    made = [key for key, (text, claim) in about.items() if text.said(claim) <= day]
    return workspace.claims.check(*made, as_of=day) if made else ()


def _corrections(source_ids: set[str], day: date) -> dict[str, tuple[Correction, ...]]:
    from acuerdo.data.corrections import corrections

    found = {key: tuple(one for one in corrections(key) if one.noticed <= day) for key in sorted(source_ids)}
    return {key: declared for key, declared in found.items() if declared}


def _readings(
    workspace: Workspace, framework: Framework, *, day: date, threads: Executor, progress: Progress | None
) -> Iterator[Mapping[str, Reading]]:
    """The indicators that speak to a framework, read by other threads from now on."""
    chosen = {
        key: one
        for key, one in workspace.indicators().items()
        if serves(one.objectives, [framework.id]) and not mentions_later(one.short, day)
    }
    done = count()

    def read(batch: Sequence[str]) -> dict[str, Reading]:
        found: dict[str, Reading] = {}
        for key in batch:
            if progress:
                progress(key, next(done), len(chosen))
            levels = [one for one in chosen[key].place_levels if one in _LEVELS]
            series, history = workspace.course(key, day=day, levels=levels)
            found[key] = Reading(
                indicator=chosen[key], series=series, history=history, launched=framework.begins.start
            )
        return found

    return threads.map(read, _batches(chosen))


def _in_order(reading: Iterator[Mapping[str, Reading]], order: Iterable[str]) -> dict[str, Reading]:
    found = {key: one for batch in reading for key, one in batch.items()}
    return {key: found[key] for key in order if key in found}


def _batches(chosen: Mapping[str, Indicator]) -> list[list[str]]:
    """The indicators that rest on the same sources together, the largest batch first.

    What they have in common is then worked out once, in the thread that needs it.
    """
    alike: dict[str, list[str]] = {}
    for key, indicator in chosen.items():
        alike.setdefault(input_series(indicator)[0].partition(".")[0], []).append(key)
    return sorted(alike.values(), key=len, reverse=True)
