"""The amounts of a framework in one form: stage, fiscal year, account, pillar, who reported it and from when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, final

from acuerdo.core.text import Text
from acuerdo.spec.contents import AbstractFramework
from acuerdo.spec.quantity import MoneyLine, MoneyType
from acuerdo.spec.source import Withheld

Stage = Literal["requested", "appropriated", "obligated", "disbursed"]
STAGES: Final[dict[Stage, Text]] = {
    "requested": Text("requested", "solicitado"),
    "appropriated": Text("appropriated", "asignado"),
    "obligated": Text("obligated", "comprometido"),
    "disbursed": Text("disbursed", "desembolsado"),
}
"""The way of public money, in order. Four stages of the same dollars in different years: never added."""

STAGE_OF: Final[Mapping[MoneyType, Stage | None]] = {
    "requested": "requested",
    "announced": None,  # a speech is no stage of a budget
    "appropriated": "appropriated",
    "allocated": "appropriated",
    "obligated": "obligated",
    "disbursed": "disbursed",
    "expended": "disbursed",
}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One amount as one report puts it.

    Attributes:
        framework: Id of the framework.
        line: The line of the framework's file.
        stage: Its stage; None for what was only announced.
        pillar: Title of the goal that it was for; None where the source names none.
        reporter: Publishers of the sources, in their order.
        reported: From when it was public: the report's day, or the last day that its source's date can mean.
    """

    framework: str
    line: MoneyLine
    stage: Stage | None
    pillar: Text | None
    reporter: tuple[str, ...]
    reported: date | None

    @property
    def in_dollars(self) -> bool:
        """Whether it is a sum of dollars, and not a share of another line."""
        return self.line.unit == "usd_million"

    @property
    def fiscal_years(self) -> range:
        """The years that it covers; those of a single period are one."""
        last = self.line.until or self.line.period
        return range(self.line.period.end.year, last.end.year + 1)


def ledger(one: AbstractFramework, *, as_of: date | None = None) -> tuple[Amount, ...]:
    """Every amount of a framework that was public on a day, by period, then in the order of the reports.

    Args:
        one: The framework.
        as_of: The day; all, if none is given. What has no date at all counts as known.
    """
    found = (_amount(one, line) for line in one.money.values())
    public = (each for each in found if as_of is None or each.reported is None or each.reported <= as_of)
    return tuple(sorted(public, key=_in_order))


def _amount(one: AbstractFramework, line: MoneyLine) -> Amount:
    goal = one.goals.get(line.goal) if line.goal else None
    pillar = None if goal is None or isinstance(goal.title, Withheld) else goal.title
    cited = [one.references[key] for key in line.sources if key in one.references]
    return Amount(
        framework=one.id,
        line=line,
        stage=STAGE_OF[line.type],
        pillar=pillar,
        reporter=tuple(dict.fromkeys(ref.publisher for ref in cited)),
        reported=line.report_date
        or _document_day(one, line)
        or min((ref.date.end for ref in cited if ref.date is not None), default=None),
    )


def _document_day(one: AbstractFramework, line: MoneyLine) -> date | None:
    document = one.documents.get(line.document) if line.document else None
    return document.date.end if document is not None and document.date is not None else None


def _in_order(one: Amount) -> tuple[object, ...]:
    last = one.line.until or one.line.period
    return one.line.period.start, last.end, one.reported or date.max, one.line.id


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """One amount of money that several reports put a figure to; the figures are never added.

    Attributes:
        reports: In the order in which they became public.
    """

    reports: tuple[Amount, ...]

    @property
    def first(self) -> float:
        """The figure first reported, in millions of dollars."""
        return float(self.reports[0].line.amount)

    @property
    def last(self) -> float:
        """The figure last reported, in millions of dollars."""
        return float(self.reports[-1].line.amount)

    @property
    def one_reporter(self) -> bool:
        """Whether one publisher revised its figure; else several count the same thing."""
        return len({each.reporter for each in self.reports}) == 1


def totals(amounts: Iterable[Amount]) -> tuple[Total, ...]:
    """The amounts that more than one report puts a figure to: same stage, years, account, pillar and agency."""
    grouped: dict[tuple[object, ...], list[Amount]] = {}
    for one in amounts:
        line = one.line
        if one.in_dollars and line.part_of is None and one.reported is not None:
            key = (line.type, line.period, line.until, line.account, line.goal, line.agency, line.party)
            grouped.setdefault(key, []).append(one)
    several = (sorted(found, key=lambda each: each.reported or date.max) for found in grouped.values())
    return tuple(Total(reports=tuple(found)) for found in several if len(found) > 1)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """How much of some money had reached a later stage.

    Attributes:
        whole: The money.
        part: What had moved on, in dollars or in per cent of the whole.
        percent: The part in per cent of the whole.
    """

    whole: Amount
    part: Amount
    percent: float


def moved(amounts: Iterable[Amount]) -> tuple[Moved, ...]:
    """Every statement of how much of an appropriation had been obligated or paid, in the order of the reports."""
    known = {one.line.id: one for one in amounts}
    order = list(STAGES)
    return tuple(
        sorted(
            _moved(known),
            key=lambda one: (one.part.reported or date.max, order.index(one.part.stage or "disbursed")),
        )
    )


def _moved(known: Mapping[str, Amount]) -> Iterator[Moved]:
    order = list(STAGES)
    for part in known.values():
        whole = known.get(part.line.part_of or part.line.share_of or "")
        if whole is None or part.stage is None or whole.stage is None:
            continue
        if order.index(part.stage) > order.index(whole.stage):
            amount = float(part.line.amount)
            percent = amount if part.line.share_of else 100 * amount / float(whole.line.amount)
            yield Moved(whole=whole, part=part, percent=percent)
