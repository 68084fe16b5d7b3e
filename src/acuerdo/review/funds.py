"""The pictures of money: the way to payment, reports of one total, how far it had got, the communities' share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from acuerdo.core.period import Period
from acuerdo.core.text import LANGS, Lang, Text, per_cent
from acuerdo.core.unit import UNITS
from acuerdo.review import writing
from acuerdo.review.charts.bars import Against, Bar, bars
from acuerdo.review.charts.ink import CATEGORIES
from acuerdo.review.charts.lines import Line, LineChart, Point
from acuerdo.review.charts.press import Drawing
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import source_line
from acuerdo.review.page import Amount, Column, Figure, Short, Table, headed
from acuerdo.review.pictures import SHAPES, Size, twice
from acuerdo.review.reading import Reading
from acuerdo.review.wording import say, word
from acuerdo.tracking.money.account import Account
from acuerdo.tracking.money.communities import CommunityShare
from acuerdo.tracking.money.lag import Lag, LagYear
from acuerdo.tracking.money.ledger import STAGES, Moved, Total
from acuerdo.tracking.money.ledger import Amount as Entry

_MILLION = UNITS["usd_million"]
_STAGE_INKS = dict(zip(STAGES, CATEGORIES, strict=False))


def lagging(dossier: Dossier, found: Lag, *, readings: Sequence[Reading]) -> Figure:
    """Two running totals, appropriated and paid."""
    last = found.years[-1]
    return Figure(
        name="lag",
        title=say("money.lag_title"),
        subtitle=say("money.lag_subtitle", start=found.years[0].period),
        alt=say(
            "money.lag_alt", end=writing.short_period_text(last.period), appropriated=_dollars(last.appropriated),
            disbursed=_dollars(last.disbursed),
        ),
        draw=twice(partial(_lag_chart, found)),
        table=_lag_table(found),
        notes=source_line(dossier, [value for one in readings for value in one.known_national]),
    )  # fmt: skip


def lag_words(found: Lag) -> Text | None:
    """The longest lag in a sentence; None where none could be read off."""
    longest = found.longest
    if longest is None or longest.years is None:
        return None
    years = _number(longest.years, 1)
    return say("money.lag_words", period=writing.short_period_text(longest.period), years=years)


def _lag_chart(found: Lag, lang: Lang, /) -> LineChart:
    def told(period: Period, label: str, *, amount: float) -> str:
        return f"{label}, {writing.period(period, lang)}: {writing.measured(amount, _MILLION, lang=lang)}"

    def line(label: str, colour: str, *, amount: Callable[[LagYear], float]) -> Line:
        points = tuple(
            Point(on=one.period.end, value=amount(one), text=told(one.period, label, amount=amount(one)))
            for one in found.years
        )
        return Line(label=label, stretches=(points,), colour=colour, dots=True)

    lines = (
        line(
            word(lang, "money.appropriated_sum"),
            _STAGE_INKS["appropriated"],
            amount=lambda one: one.appropriated,
        ),
        line(word(lang, "money.disbursed_sum"), _STAGE_INKS["disbursed"], amount=lambda one: one.disbursed),
    )
    return LineChart(lines=lines)


def _lag_table(found: Lag) -> Table:
    keys = ("period", "appropriated_sum", "disbursed_sum", "years")
    return Table(
        caption=say("money.lag_title"),
        columns=tuple(Column(key, say(f"money.{key}"), key != "period") for key in keys),
        rows=[
            {
                "period": one.period,
                "appropriated_sum": Amount(one.appropriated, _MILLION),
                "disbursed_sum": Amount(one.disbursed, _MILLION),
                "years": _years(one),
            }
            for one in found.years
        ],
    )


def _years(one: LagYear) -> Any:
    if one.ahead:
        return say("money.ahead")
    if one.years is None:
        return say("money.not_yet")
    return _number(one.years, 1)


def reports(total: Total, *, number: int, group: str) -> Figure:
    """Several reports of one total, one after another."""
    first = total.reports[0]
    start = writing.short_period_text(first.line.period)
    end = writing.short_period_text(first.line.until or first.line.period)
    stage = _capital(STAGES[first.stage or "appropriated"])
    key = "revised" if total.one_reporter else "counted"
    low, high = _number(total.first, 0), _number(total.last, 0)

    def draw(lang: Lang, size: Size) -> Drawing:
        rows = [
            Bar(
                label=f"{writing.listed(one.reporter, lang)}, {_day(one, lang)}",
                value=float(one.line.amount),
                written=writing.measured(float(one.line.amount), _MILLION, lang=lang),
                colour=_STAGE_INKS[one.stage] if one.stage else CATEGORIES[4],
            )
            for one in total.reports
        ]
        return bars(rows, width=SHAPES[size][0])

    return Figure(
        name=f"{group}-reports-{number}",
        title=say("money.reports_title", stage=stage, start=start, end=end),
        subtitle=say(f"money.reports_{key}", n=len(total.reports), first=low, last=high),
        alt=say("money.reports_alt", n=len(total.reports), first=low, last=high),
        draw=draw,
        table=_reports_table(total),
    )  # fmt: skip


def _reports_table(total: Total) -> Table:
    keys = ("reported", "reporter", "amount")
    return Table(
        caption=say("money.reports_caption"),
        columns=headed("money", *keys, numeric=("amount",)),
        rows=[
            {
                "reported": Short(one.reported),
                "reporter": Text(*(writing.listed(one.reporter, lang) for lang in LANGS)),
                "amount": Amount(float(one.line.amount), _MILLION, with_unit=True),
            }
            for one in total.reports
        ],
    )


def moved_on(found: Sequence[Moved], *, group: str) -> Figure:
    """How much of some money had reached a later stage, report by report."""

    def draw(lang: Lang, size: Size) -> Drawing:
        rows = [
            Bar(
                label=_moved_label(one, lang),
                value=one.percent,
                written=_percent(one.percent, lang),
                colour=_STAGE_INKS[one.part.stage or "disbursed"],
            )
            for one in found
        ]
        return bars(
            rows,
            width=SHAPES[size][0],
            against=[Against(value=100.0, label=per_cent("100").in_(lang))],
        )

    return Figure(
        name=f"{group}-moved",
        title=say("money.moved_title"),
        subtitle=say("money.moved_subtitle"),
        alt=say("money.moved_alt", parts=tuple(_both(partial(_moved_told, one)) for one in found)),
        draw=draw,
    )


def _moved_label(one: Moved, lang: Lang) -> str:
    return f"{one.part.line.title.in_(lang)} ({_day(one.part, lang)})"


def _day(one: Entry, lang: Lang) -> str:
    return writing.short_day(one.reported, lang) if one.reported else word(lang, "value.none")


def _moved_told(one: Moved, lang: Lang) -> str:
    return f"{one.part.line.title.in_(lang)}: {_percent(one.percent, lang)}"


def community(share: CommunityShare, account: Account, *, group: str) -> Figure:
    """The share of communities, held up to the shares that are argued about."""

    def draw(lang: Lang, size: Size) -> Drawing:
        title = share.part.line.title.in_(lang)
        bar = Bar(label=title, value=share.percent, written=_percent(share.percent, lang))
        marks = [
            Against(
                value=one.percent,
                label=word(lang, f"money.{one.id}", percent=_percent(one.percent, lang)),
            )
            for one in account.yardsticks
        ]
        return bars([bar], width=SHAPES[size][0], against=marks)

    return Figure(
        name=f"{group}-communities",
        title=say("money.communities_title"),
        subtitle=say("money.by_goal" if share.by_goal else "money.by_agency"),
        alt=say("money.communities_alt", share=_both(partial(_percent, share.percent))),
        draw=draw,
        table=_community_table(share, account),
    )


def _community_table(share: CommunityShare, account: Account) -> Table:
    keys = ("article", "named", "found", "short_of")
    return Table(
        caption=say("money.communities_title"),
        columns=tuple(Column(key, say(f"money.{key}"), key != "article") for key in keys),
        rows=[
            {
                "article": (Text(f"“{one.words}”", f"«{one.words}»"), one.says),
                "named": Amount(one.percent, UNITS["percent"], with_unit=True),
                "found": Amount(share.percent, UNITS["percent"], with_unit=True),
                "short_of": Amount(share.short_of(one), _MILLION, with_unit=True),
            }
            for one in account.yardsticks
        ],
        stacks=True,
    )


def _capital(words: Text) -> Text:
    return Text(*(f"{one[:1].upper()}{one[1:]}" for one in (words.en, words.es)))


def _percent(value: float, lang: Lang) -> str:
    return writing.measured(value, UNITS["percent"], lang=lang)


def _dollars(value: float) -> Text:
    return Text(*(writing.measured(value, _MILLION, lang=lang) for lang in LANGS))


def _number(value: float, decimals: int) -> Text:
    return Text(*(writing.number(value, decimals, lang=lang) for lang in LANGS))


def _both(written: Callable[[Lang], str]) -> Text:
    return Text(*(written(lang) for lang in LANGS))
