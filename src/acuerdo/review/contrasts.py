"""What policies change, as ranges side by side: by structure for one policy, by policy for a model."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from acuerdo.core.text import LANGS, Lang, Text
from acuerdo.foresight.identified.agreeing import Agreed, agreed
from acuerdo.foresight.playbook import plays
from acuerdo.review.charts.press import Drawing
from acuerdo.review.charts.ranges import Range, ranges
from acuerdo.review.foreseen import (
    WIDTHS,
    Size,
    changes,
    named,
    outcome_title,
    percent,
    whole_percent,
)
from acuerdo.review.page import Column, Figure, Table
from acuerdo.review.wording import say

if TYPE_CHECKING:
    from acuerdo.foresight.identified.comparing import Comparison
    from acuerdo.foresight.identified.spreading import Spread
    from acuerdo.foresight.model import Model


def by_structure(model: Model, found: Comparison, *, scenario: str) -> Figure:
    """What one scenario changes, one range for each group of structures that agree."""
    title = plays()[scenario].title
    outcome = outcome_title(model, found)
    return Figure(
        name=f"{model.id}-contrast",
        title=say("foresight.contrast", outcome=outcome),
        subtitle=say("foresight.contrast_sub", base=plays()[found.base].title, day=found.compared),
        alt=say("foresight.contrast_alt", outcome=outcome, scenario=title),
        draw=partial(_structures, model, found, scenario),
        table=changes(found, model=model, scenario=scenario),
    )


def by_policy(model: Model, found: Comparison) -> Figure:
    """What every scenario changes, each over every structure, a dot for the middle under each."""
    outcome = outcome_title(model, found)
    return Figure(
        name=f"{model.id}-policies",
        title=say("foresight.policies", outcome=outcome),
        subtitle=say("foresight.policies_sub", base=plays()[found.base].title, day=found.compared),
        alt=say("foresight.policies_alt", outcome=outcome),
        draw=partial(_policies, found),
        table=_table(found),
    )


def whole(found: Comparison, scenario: str) -> tuple[float, float]:
    """The least and the most that a scenario changes under any structure, in per cent."""
    spreads = _spreads(found, scenario)
    return min(one.low for one in spreads), max(one.high for one in spreads)


def _spreads(found: Comparison, scenario: str) -> list[Spread]:
    return [one.arm.change for one in agreed(found, scenario) if one.arm.change is not None]


def _ordered(found: Comparison) -> list[str]:
    """The scenarios, that first which does most where it does least."""
    return sorted((one for one in found.scenarios if one != found.base), key=lambda one: whole(found, one)[1])


def _told(low: float, high: float, *, lang: Lang) -> str:
    ends = [percent(end).in_(lang) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else say("foresight.range", low=ends[0], high=ends[1]).in_(lang)


def _structures(model: Model, found: Comparison, scenario: str, lang: Lang, size: Size, /) -> Drawing:
    rows = [_range(named(model, one), one, lang=lang) for one in agreed(found, scenario)]
    return ranges(rows, width=WIDTHS[size], write=lambda value: whole_percent(value, lang))


def _range(label: Text, one: Agreed, *, lang: Lang) -> Range:
    spread = one.arm.change
    if spread is None:
        return Range(label=label.in_(lang), low=0.0, high=0.0, middles=(0.0,), told="")
    return Range(
        label=label.in_(lang), low=spread.low, high=spread.high, inner=(spread.q05, spread.q95),
        middles=(spread.median,), told=_told(spread.low, spread.high, lang=lang),
    )  # fmt: skip


def _policies(found: Comparison, lang: Lang, size: Size, /) -> Drawing:
    rows = []
    for name in _ordered(found):
        low, high = whole(found, name)
        middles = [one.median for one in _spreads(found, name)]
        label = plays()[name].title.in_(lang)
        rows.append(Range(label=label, low=low, high=high, middles=middles, told=_told(low, high, lang=lang)))
    return ranges(rows, width=WIDTHS[size], write=lambda value: whole_percent(value, lang))


def _table(found: Comparison) -> Table:
    def row(name: str) -> dict[str, Text]:
        low, high = whole(found, name)
        return {
            "scenario": plays()[name].title,
            "change": Text(*(_told(low, high, lang=lang) for lang in LANGS)),
        }

    return Table(
        caption=say("foresight.policies_table"),
        columns=(
            Column("scenario", say("foresight.scenario")),
            Column("change", say("foresight.change"), numeric=True),
        ),
        rows=[row(name) for name in _ordered(found)],
        stacks=True,
    )
