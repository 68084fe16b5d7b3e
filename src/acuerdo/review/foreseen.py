"""The kept answers of the mechanism models as pages show them: structures that agree, ranges, assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from acuerdo.core.text import LANGS, Lang, Text, per_cent, same
from acuerdo.core.unit import UNITS
from acuerdo.foresight.identified.agreeing import Agreed, agreed
from acuerdo.foresight.identified.hinging import hinges, rounded
from acuerdo.foresight.study import structure_title
from acuerdo.foresight.worded import worded
from acuerdo.review.charts.fan import BASE, POLICY, Fan, fan
from acuerdo.review.charts.press import Drawing
from acuerdo.review.page import Column, Figure, Link, Table
from acuerdo.review.wording import say
from acuerdo.review.writing import change, number, share, short_day

if TYPE_CHECKING:
    from acuerdo.foresight.discovery import Box
    from acuerdo.foresight.identified.comparing import Arm, Comparison
    from acuerdo.foresight.identified.hinging import Hinge
    from acuerdo.foresight.identified.spreading import Spread
    from acuerdo.foresight.model import Model

Size = Literal["wide", "narrow"]
WIDTHS: Final[Mapping[Size, int]] = {"wide": 760, "narrow": 358}
HEIGHTS: Final[Mapping[Size, int]] = {"wide": 260, "narrow": 200}
_SHOWN: Final = 6
# Below this a number is written as a power of ten
_TINY: Final = 1e-3
_RAISED: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def model_link(model: Model) -> Link:
    """A model's name, leading to its page."""
    return Link(model.title, f"foresight/models/{model.id}")


def outcome_title(model: Model, found: Comparison) -> Text:
    """The outcome's name."""
    return {one.name: one.title for one in model.outcomes}[found.outcome]


def named(model: Model, one: Agreed) -> Text:
    """The structures in words; where many agree, the first and how many others."""
    first = structure_title(model, one.structures[0])
    others = len(one.structures) - 1
    return first if not others else say("foresight.and_others", name=first, n=others)


def percent(value: float) -> Text:
    """A change given in per cent, with its sign."""
    return Text(*(change(value / 100.0, lang) for lang in LANGS))


def ranged(spread: Spread) -> Text:
    """From the least to the greatest; one number where they are the same."""
    low, high = percent(spread.low), percent(spread.high)
    return low if low == high else say("foresight.range", low=low, high=high)


def fans(model: Model, found: Comparison, *, scenario: str, name: Text) -> Iterator[Figure]:
    """One picture for each group of structures that agree: the policy's band over that of nothing changed."""
    outcome = outcome_title(model, found)
    for place, one in enumerate(agreed(found, scenario)):
        spread = one.arm.change
        if spread is None:
            continue
        yield Figure(
            name=f"{model.id}-{place}",
            title=say("foresight.fan", outcome=outcome, structure=named(model, one)),
            subtitle=say("foresight.fan_sub", range=ranged(spread), day=found.compared),
            alt=say("foresight.fan_alt", outcome=outcome, scenario=name, range=ranged(spread)),
            draw=partial(_draw, found, one),
            legend=((BASE, say("foresight.base")), (POLICY, name)),
            table=_course(found, one, name=name),
        )


def _draw(found: Comparison, one: Agreed, lang: Lang, size: Size, /) -> Drawing:
    digits = _digits(one.base)
    told = [
        f"{short_day(day, lang)}: {number(low, digits, lang=lang)} – {number(high, digits, lang=lang)}"
        for day, low, high in zip(found.dates, one.arm.bands[0], one.arm.bands[-1], strict=True)
    ]
    return fan(
        Fan(
            dates=found.dates, base=one.base.bands, policy=one.arm.bands, told=told,
            start=(found.begins, say("foresight.start").in_(lang)),
        ),
        width=WIDTHS[size], height=HEIGHTS[size], write=lambda value: number(value, digits, lang=lang),
    )  # fmt: skip


def _digits(arm: Arm) -> int:
    most = max(abs(value) for value in arm.bands[-1])
    return 0 if most >= 10.0 else 2


def _course(found: Comparison, one: Agreed, *, name: Text) -> Table:
    digits = _digits(one.base)
    step = max(1, len(found.dates) // _SHOWN)
    places = range(len(found.dates) - 1, -1, -step)

    def cell(value: float) -> Text:
        return Text(*(number(value, digits, lang=lang) for lang in LANGS))

    return Table(
        caption=name,
        columns=(
            Column("day", say("foresight.day")),
            *(Column(key, say(f"foresight.{key}"), numeric=True) for key in _COURSE),
        ),
        rows=[
            {"day": found.dates[place]}
            | {
                key: cell((one.base if key.startswith("base") else one.arm).bands[row][place])
                for key, row in _COURSE.items()
            }
            for place in reversed(places)
        ],
        stacks=True,
    )


_COURSE: Final = {"base_low": 0, "base_high": 4, "policy_low": 0, "policy_middle": 2, "policy_high": 4}


def changes(found: Comparison, *, model: Model, scenario: str) -> Table:
    """What a scenario changes under each group of structures."""
    return Table(
        caption=say("foresight.changes", base=say("foresight.base"), day=found.compared),
        columns=(
            Column("structure", say("foresight.structure")),
            *(Column(key, say(f"foresight.{key}"), numeric=True) for key in ("change", "middle")),
        ),
        rows=[
            {
                "structure": named(model, one),
                "change": ranged(one.arm.change),
                "middle": percent(one.arm.change.median),
            }
            for one in agreed(found, scenario)
            if one.arm.change
        ],
        stacks=True,
    )


def chances(found: Comparison, *, model: Model, scenario: str) -> Table:
    """How likely a scenario gives less than no change, and than its own beginning, under each group of structures."""
    falls = {(one.scenario, one.structure): one.share for one in found.turns}
    return Table(
        caption=say("foresight.chances", base=say("foresight.base"), day=found.compared),
        columns=(
            Column("structure", say("foresight.structure")),
            *(Column(key, say(f"foresight.{key}"), numeric=True) for key in ("better", "falls")),
        ),
        rows=[
            {
                "structure": named(model, one),
                "better": _chance(one.arm),
                "falls": share(falls[scenario, one.arm.structure]),
            }
            for one in agreed(found, scenario)
        ],
        stacks=True,
    )


def _chance(arm: Arm) -> Text | None:
    """The share of what fits; with the posterior's probability beside it where there is one."""
    told = share(arm.better)
    likely = share(arm.likely)
    return told if likely is None or told is None else say("foresight.both", set=told, posterior=likely)


def amount(value: float) -> Text:
    """A parameter's value: whole where large, three digits else; a very small one as a power of ten."""
    if abs(value) >= 100.0:
        return Text(*(number(value, 0, lang=lang) for lang in LANGS))
    digits, _, power = (f"{value:.2e}" if 0.0 < abs(value) < _TINY else f"{value:.3g}").partition("e")
    written = (digits.rstrip("0").rstrip(".") if power else digits).replace("-", "−")
    return same(f"{written} × 10{str(int(power)).translate(_RAISED)}" if power else written)


def turning(
    model: Model, found: Comparison, *, titles: Mapping[str, Text], scenario: str = ""
) -> list[tuple[Text, Text]]:
    """Every assumption that turns an answer around, and under which structures; of one scenario if given."""
    return [
        (_turn(model, one, titles=titles), _under(model, found, structures=one.structures))
        for one in hinges(found, scenario)
    ]


def _turn(model: Model, one: Hinge, *, titles: Mapping[str, Text]) -> Text:
    parameter = {known.name: known for known in model.parameters}[one.parameter]
    needed = say(
        f"foresight.{one.side}",
        name=parameter.title,
        value=measured(one.threshold, unit=parameter.unit),
        share=share(one.right),
    )
    if not one.other:
        return say("foresight.turn_falls", scenario=titles[one.scenario], needs=needed)
    return say("foresight.turn_beats", one=titles[one.scenario], other=titles[one.other], needs=needed)


def _under(model: Model, found: Comparison, *, structures: Sequence[str]) -> Text:
    if len(structures) == len({arm.structure for arm in found.arms}):
        return say("foresight.under_all")
    listed = [structure_title(model, label) for label in structures]
    return say(
        "foresight.under_those", names=Text(*("; ".join(each.in_(lang) for each in listed) for lang in LANGS))
    )


def measured(value: float, *, unit: str) -> Text:
    """A value with its unit, in words where there are words for it; a share has none."""
    return with_unit(value, worded(unit)) if unit else amount(value)


def with_unit(value: float, unit: Text) -> Text:
    """A value with a unit that is in words already; per cent by its sign."""
    written = amount(value)
    if unit == UNITS["percent"].label:
        return Text(*(per_cent(written.in_(lang)).in_(lang) for lang in LANGS))
    return Text(*(f"{written.in_(lang)} {unit.in_(lang)}" for lang in LANGS))


def failures(model: Model, found: Comparison, *, scenario: str, title: Text) -> list[tuple[Text, Text]]:
    """Where a scenario fails to bring the outcome below its level at the beginning, in the words of its box."""
    told: dict[Text, list[str]] = {}
    for turn in found.turns:
        if turn.scenario == scenario and turn.box is not None:
            told.setdefault(_failing(model, turn.box, title=title), []).append(turn.structure)
    return [(text, _under(model, found, structures=structures)) for text, structures in told.items()]


def _failing(model: Model, box: Box, *, title: Text) -> Text:
    known = {one.name: one for one in model.parameters}
    limits = [
        say(
            "foresight.limit",
            name=known[name].title,
            low=amount(rounded(low)),
            high=measured(rounded(high), unit=known[name].unit),
        )
        for name, (low, high) in box.limits.items()
    ]
    listed = Text(*("; ".join(one.in_(lang) for one in limits) for lang in LANGS))
    return say(
        "foresight.fails",
        scenario=title,
        limits=listed,
        coverage=share(box.coverage),
        density=share(box.density),
    )


def whole_percent(value: float, lang: Lang) -> str:
    """A change in whole per cent, for an axis."""
    return change(value / 100.0, lang, decimals=0)
