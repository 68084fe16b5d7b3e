"""Codes derived from statements by the codebook's rules, as of any day; nothing here is typed in by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, final

from acuerdo.core.errors import not_found
from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.spec.commitment import Recurring
from acuerdo.spec.contents import AbstractFramework
from acuerdo.spec.library import framework
from acuerdo.spec.timing import Timing
from acuerdo.tracking.codebook import (
    LEVELS,
    Correspondence,
    LevelCode,
    Potential,
    Timeliness,
    Verifiable,
    Works,
    codebook,
)
from acuerdo.tracking.coder import CoderFile, Reading, coded, coder
from acuerdo.tracking.item import Item, items
from acuerdo.tracking.statement import FiledStatement, statements
from acuerdo.tracking.timeliness import highest_level, rounds_of, worst
from acuerdo.tracking.works import outcome_indicators

_CODED: Final = Text("a coded framework", "un marco codificado")
EVERYONE: Final = "all"
"""The account in which every statement counts, whoever speaks."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One step of a level, and the statement that bears it out.

    Attributes:
        level: The level from then on, 0 to 3.
        before: The level until then; None while there was no evidence.
        happened: When.
        statement: Id of the statement.
    """

    level: int
    before: int | None
    happened: Period
    statement: str


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """How far one promise got, as far as was public on a day.

    Attributes:
        item: The promise.
        coder: Id of the coder.
        codebook: Version of the codebook.
        as_of: The day.
        level: 0 to 3; None where there is no evidence, which is not 0.
        reversed_from: The level from which it fell, while it has not been reached again.
        contested: Whether a statement says "not started" of what another shows to have been done.
        changes: The steps of the level.
        timeliness: The worst of ``rounds``.
        days: Days late or overdue, where ``timeliness`` says so.
        rounds: How each deadline was met.
        correspondence: Whether what was done is what was agreed, by the latest statement that tells.
        works: Whether what was done works; an axis of its own.
        indicators: Outcome indicators that could tell whether it works.
        verifiable: Whether it can be told from outside that the promise is kept.
        potential: How much it would change if it were kept.
        statements: The statements on which all of this rests.
    """

    item: Item
    coder: str
    codebook: int
    as_of: date
    level: int | None
    reversed_from: int | None
    contested: bool
    changes: tuple[Change, ...]
    timeliness: Timeliness
    days: int | None
    rounds: tuple[Timing, ...]
    correspondence: Correspondence
    works: Works
    indicators: tuple[str, ...]
    verifiable: Verifiable
    potential: Potential
    statements: tuple[str, ...]

    @property
    def level_code(self) -> LevelCode:
        """The level's name in the codebook."""
        return "no_evidence" if self.level is None else LEVELS[self.level]


def codes(
    framework_id: str | None, *, as_of: date | None = None, by: str | None = None, account: str = EVERYONE
) -> tuple[Code, ...]:
    """Every commitment and decision that had been made by a day, coded on what was public that day.

    Args:
        framework_id: The framework; all that were coded, if none is given.
        as_of: The day, today if none is given; later statements do not count, whatever they tell of.
        by: The coder whose readings are used; for each framework the first that judged it, if none is given.
        account: Whose statements count: everyone's, or those of one party and the joint ones.

    Raises:
        NotFound: If there is no such coder, or no such framework among those that were coded.
        SpecProblems: If a file is wrong.
    """
    read = coded() if by is None else dict.fromkeys(coder(by).judged, coder(by))
    chosen = tuple(read) if framework_id is None else (framework_id,)
    unknown = next((one for one in chosen if one not in read), None)
    if unknown is not None:
        raise not_found(_CODED, unknown, known=read)
    day = as_of or datetime.now(tz=UTC).date()
    return tuple(
        one for key in chosen for one in _of_framework(key, read=read[key], as_of=day, account=account)
    )


def _of_framework(framework_id: str, *, read: CoderFile, as_of: date, account: str) -> Iterator[Code]:
    one = framework(framework_id)
    counted = known_by(statements(framework_id).values(), as_of=as_of, account=account)
    for item in items(framework_id).values():
        if item.made_on is None or item.made_on.start <= as_of:
            told = [said for said in counted if item.id in said.about]
            yield _code(one, item, read=read, told=told, as_of=as_of)


def known_by(
    every: Iterable[FiledStatement], *, as_of: date, account: str = EVERYONE
) -> list[FiledStatement]:
    """The statements that could be read by a day and that none of them replaces."""
    public = [one for one in every if one.first_seen.end <= as_of]
    replaced = {one.replaces for one in public}
    sides = {one.side for one in public} if account == EVERYONE else {account, "both"}
    return [one for one in public if one.id not in replaced and one.side in sides]


def _code(
    one: AbstractFramework, item: Item, *, read: CoderFile, told: Sequence[FiledStatement], as_of: date
) -> Code:
    readings = {said.id: read.readings[item.framework][said.id][item.id] for said in told}
    finished = [said for said in told if readings[said.id].finding == "done"]
    rounds = rounds_of(one, item.commitment, finished=finished, as_of=as_of)
    met, days = worst(rounds, as_of=as_of)
    in_order = sorted(told, key=lambda said: (said.happened.end, said.first_seen.end, said.id))
    changes, contested = level_changes(in_order, readings)
    level = changes[-1].level if changes else None
    highest = max((step.level for step in changes), default=None)
    reversed_from = highest if highest is not None and level is not None and highest > level else None
    if isinstance(item.commitment and item.commitment.deadline, Recurring) and level:
        level = min(level, highest_level(rounds))
    judged = read.judged[item.framework][item.id]
    indicators = outcome_indicators(item.framework, item.objectives)
    evaluated: list[Works] = [found for said in in_order if (found := readings[said.id].works)]
    return Code(
        item=item,
        coder=read.id,
        codebook=read.codebook,
        as_of=as_of,
        level=level,
        reversed_from=reversed_from,
        contested=contested,
        changes=changes,
        timeliness=met,
        days=days,
        rounds=rounds,
        correspondence=_correspondence(in_order, readings),
        works=_works(evaluated, indicators),
        indicators=indicators,
        verifiable=_verifiable(item, nature=judged.nature),
        potential=judged.potential,
        statements=tuple(said.id for said in in_order),
    )


def level_changes(
    told: Sequence[FiledStatement], readings: Mapping[str, Reading]
) -> tuple[tuple[Change, ...], bool]:
    """The steps of a level through statements in the order of what they tell, and whether it is contested.

    A finding raises a level that stands lower, or lowers one that stands higher, as the codebook says. "Not
    started" sets 0 where nothing is known; said of what has begun, it changes nothing and marks a contest.
    """
    findings = codebook().axes["finding"].codes
    level: int | None = None
    contested = False
    changes: list[Change] = []
    for said in told:
        entry = findings[readings[said.id].finding]
        contested = contested or (entry.id == "not_started" and bool(level))
        after = _after(level, raises_to=entry.raises_to, falls_to=entry.falls_to)
        if after is not None and after != level:
            changes.append(Change(level=after, before=level, happened=said.happened, statement=said.id))
            level = after
    return tuple(changes), contested


def _after(level: int | None, *, raises_to: int | None, falls_to: int | None) -> int | None:
    if raises_to is not None and (level is None or level < raises_to):
        return raises_to
    if falls_to is not None and level is not None and level > falls_to:
        return falls_to
    return level


def _works(evaluated: Sequence[Works], indicators: Sequence[str]) -> Works:
    if evaluated:
        return evaluated[-1]
    return "not_evaluated" if indicators else "no_indicator"


def _correspondence(told: Sequence[FiledStatement], readings: Mapping[str, Reading]) -> Correspondence:
    for said in reversed(told):
        found = readings[said.id].correspondence
        if found != "not_told":
            return found
    return "not_told"


def _verifiable(item: Item, *, nature: str) -> Verifiable:
    """Whether completion could be told from outside, from the promise's words alone."""
    promised = item.commitment
    dated = promised is not None and (
        isinstance(promised.deadline, Period | Recurring) or promised.quantity is not None
    )
    if nature == "product" or dated:
        return "yes"
    return "partly" if nature == "effort" else "no"
