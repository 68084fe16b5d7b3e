"""The kept answers of the mechanism models as pages show them: structures that agree, ranges, assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Literal, final

from acuerdo.core.text import LANGS, Lang, Text
from acuerdo.foresight.study import structure_title
from acuerdo.review import writing
from acuerdo.review.charts.fan import BASE, POLICY, Fan, fan
from acuerdo.review.charts.press import Drawing
from acuerdo.review.page import Column, Figure, Link, Table
from acuerdo.review.wording import say
from acuerdo.review.writing import change, number, short_day

if TYPE_CHECKING:
    from acuerdo.foresight.identified.comparing import Arm, Comparison, Spread
    from acuerdo.foresight.identified.flipping import Flip
    from acuerdo.foresight.model import Model

Size = Literal["wide", "narrow"]
_WIDTHS: Final[Mapping[Size, int]] = {"wide": 760, "narrow": 358}
_HEIGHTS: Final[Mapping[Size, int]] = {"wide": 260, "narrow": 200}
_SHOWN: Final = 6


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """Structures under which a scenario changes the outcome alike, told as one.

    Attributes:
        arm: The scenario under the first of them.
        base: The base under the same.
        structures: Their labels.
    """

    arm: Arm
    base: Arm
    structures: tuple[str, ...]


def agreed(found: Comparison, scenario: str) -> tuple[Agreed, ...]:
    """The structures of a scenario, those that say the same to a tenth of a point together."""
    groups: dict[tuple[float, ...], list[Arm]] = {}
    for arm in found.arms:
        if arm.scenario == scenario and arm.change is not None:
            one = arm.change
            groups.setdefault(tuple(round(x, 1) + 0.0 for x in (one.low, one.median, one.high)), []).append(
                arm
            )
    bases = {arm.structure: arm for arm in found.arms if arm.scenario == found.base}
    return tuple(
        Agreed(arm=arms[0], base=bases[arms[0].structure], structures=tuple(one.structure for one in arms))
        for arms in groups.values()
    )


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


def share(value: float | None) -> Text | None:
    """A share in per cent."""
    return None if value is None else Text(*(writing.share(value, lang) for lang in LANGS))


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
        width=_WIDTHS[size], height=_HEIGHTS[size], write=lambda value: number(value, digits, lang=lang),
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


def changes(model: Model, found: Comparison, *, scenario: str) -> Table:
    """What a scenario changes under each group of structures, and how likely it is less."""
    falls = {(one.scenario, one.structure): one.share for one in found.turns}
    return Table(
        caption=say("foresight.changes", base=say("foresight.base"), day=found.compared),
        columns=(
            Column("structure", say("foresight.structure")),
            *(
                Column(key, say(f"foresight.{key}"), numeric=True)
                for key in ("change", "middle", "better", "falls")
            ),
        ),
        rows=[
            {
                "structure": named(model, one),
                "change": ranged(one.arm.change) if one.arm.change else None,
                "middle": percent(one.arm.change.median) if one.arm.change else None,
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


def needs(model: Model, flip: Flip) -> Text:
    """The assumption that turns an answer around."""
    parameter = {one.name: one for one in model.parameters}[flip.parameter]
    return say(
        f"foresight.{flip.side}", name=parameter.title, value=amount(flip.threshold), share=share(flip.right)
    )


def amount(value: float) -> Text:
    """A parameter's value: whole where large, three digits else."""
    if abs(value) >= 100.0:
        return Text(*(number(value, 0, lang=lang) for lang in LANGS))
    written = f"{value:.3g}".replace("-", "−")
    return Text(written, written)


def turning(
    model: Model, found: Comparison, *, scenarios: Sequence[str], titles: Mapping[str, Text]
) -> list[Text]:
    """Every assumption that turns an answer about these scenarios around, each said once."""
    told: dict[Text, None] = {}
    for turn in found.turns:
        if turn.flip is not None and turn.scenario in scenarios:
            told[
                say("foresight.turn_falls", scenario=titles[turn.scenario], needs=needs(model, turn.flip))
            ] = None
    for duel in found.duels:
        # What the baseline itself gives is said by the other of the two
        if duel.flip is not None and {duel.one, duel.other} & set(scenarios):
            names = {"one": titles[duel.one], "other": titles[duel.other]}
            told[say("foresight.turn_beats", needs=needs(model, duel.flip), **names)] = None
    return list(told)


def failures(model: Model, found: Comparison, *, scenario: str, title: Text) -> list[Text]:
    """Where a scenario fails to bring the outcome below its level at the beginning, in the words of its box."""
    parameters = {one.name: one.title for one in model.parameters}
    told: dict[Text, None] = {}
    for turn in found.turns:
        if turn.scenario == scenario and turn.box is not None:
            limits = [
                say("foresight.limit", name=parameters[name], low=amount(low), high=amount(high))
                for name, (low, high) in turn.box.limits.items()
            ]
            listed = Text(*("; ".join(one.in_(lang) for one in limits) for lang in LANGS))
            words = {
                "limits": listed,
                "coverage": share(turn.box.coverage),
                "density": share(turn.box.density),
            }
            told[say("foresight.fails", scenario=title, **words)] = None
    return list(told)
