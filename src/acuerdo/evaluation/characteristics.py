"""How often a decision rule is wrong, and what it can see, on a panel where nothing is known to have happened.

Units and dates at which nothing happened are taken for treated; an effect of known size, or none, is put into their
outcomes; and the rule is asked. With no effect the share of its rejections is its size, which should be its level.
With one it is its power. The panel is the contract's own, for a method that keeps its level on one panel can lose it
on another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple, final

import numpy as np

from acuerdo.evaluation.method import AbstractMethod, AbstractSettings
from acuerdo.evaluation.panel import Panel

Judge = Callable[[Panel], str]
"""What the rule says of a panel, in one word."""
Scale = Literal["share", "units"]
"""Whether an effect is a share of the outcome (0.25: a quarter more) or a number of its own units."""

REJECTED = "rejected"
NOT_REJECTED = "not rejected"
NO_ANSWER = "no answer"


class Placebo(NamedTuple):
    """Units taken for treated from a period on: rows, and the index of each one's first treated period."""

    rows: tuple[int, ...]
    starts: tuple[int, ...]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Characteristics:
    """What a rule said of the placebos.

    Attributes:
        trials: Number of placebos.
        shares: For each effect, the share of the placebos of which the rule said each word. Placebos that share
            periods are not independent, so no standard error is stated.
    """

    trials: int
    shares: Mapping[float, Mapping[str, float]]

    def share(self, effect: float, word: str = REJECTED) -> float:
        """How often the rule said a word at an effect."""
        return self.shares[effect].get(word, 0.0)

    @property
    def size(self) -> float:
        """How often the rule rejects where there is nothing."""
        return self.share(0.0)

    def detectable(self, power: float = 0.8, *, word: str = REJECTED) -> float | None:
        """The smallest effect that the rule sees so often, between the effects tried; None if none of them is.

        Power is taken to run straight from one effect to the next.
        """
        before = (0.0, self.share(0.0, word))
        for effect in sorted((one for one in self.shares if one), key=abs):
            seen = self.share(effect, word)
            if seen >= power:
                gained = seen - before[1]
                part = (power - before[1]) / gained if gained > 0 else 1.0
                return before[0] + max(part, 0.0) * (effect - before[0])
            before = (effect, seen)
        return None


def every_unit_and_date(panel: Panel, *, starts: Sequence[int]) -> Iterator[Placebo]:
    """Each unit by itself at each date."""
    return (Placebo((row,), (start,)) for start in starts for row in range(len(panel.units)))


def random_sets(
    panel: Panel, *, offsets: Sequence[int], starts: Sequence[int], draws: int, seed: int
) -> Iterator[Placebo]:
    """Random units at random dates.

    Args:
        offsets: For each unit of a set, how many periods after the first one it starts.
        starts: Indices of periods at which the first one may start.
    """
    random = np.random.default_rng(seed)
    for _ in range(draws):
        start = int(random.choice(np.asarray(starts)))
        rows = random.choice(len(panel.units), size=len(offsets), replace=False)
        yield Placebo(tuple(int(row) for row in rows), tuple(start + offset for offset in offsets))


def treated_by(panel: Panel, placebo: Placebo, *, effect: float = 0.0, scale: Scale = "share") -> Panel:
    """The panel as if these units had been treated, with an effect in their outcomes from then on."""
    first: list[int | None] = [None] * len(panel.units)
    for row, start in zip(placebo.rows, placebo.starts, strict=True):
        first[row] = start
    assigned = panel.with_treatment(first)
    if not effect:
        return assigned
    under = assigned.under_treatment()
    outcome = panel.outcome.copy()
    outcome[under] = outcome[under] * (1 + effect) if scale == "share" else outcome[under] + effect
    return replace(assigned, outcome=outcome)


def operating_characteristics(
    panel: Panel,
    judge: Judge,
    *,
    placebos: Sequence[Placebo],
    effects: Sequence[float],
    scale: Scale = "share",
) -> Characteristics:
    """What the rule says of every placebo at every effect.

    Args:
        panel: Without treatment; its last period is the last that any placebo may read.
        judge: The rule.
        effects: Sizes besides none.

    Raises:
        CheckFailed: If a placebo starts at the first period of the panel.
    """
    shares: dict[float, dict[str, float]] = {}
    for effect in (0.0, *effects):
        said = [judge(treated_by(panel, one, effect=effect, scale=scale)) for one in placebos]
        shares[effect] = {word: said.count(word) / len(said) for word in sorted(set(said))}
    return Characteristics(trials=len(placebos), shares=shares)


def rejects_at(
    method: AbstractMethod[Any], settings: AbstractSettings, *, level: float, seed: int = 1
) -> Judge:
    """The rule that rejects where a method's p-value is at most ``level``."""

    def judge(panel: Panel) -> str:
        finding = method.run(panel, settings=settings, seed=seed)
        if finding.p_value is None:
            return NO_ANSWER
        return REJECTED if finding.p_value <= level else NOT_REJECTED

    return judge


def of_unit_placebos(
    panel: Panel, *, starts: Sequence[int], horizon: int, effects: Sequence[float], level: float
) -> Characteristics:
    """The characteristics of the synthetic control's rank test, every unit at every date.

    The same as :func:`operating_characteristics` with ``synthetic_control`` over :func:`every_unit_and_date`, some
    thousand times faster, because all placebos of a date share one fit.

    Args:
        panel: Complete and without treatment.
        effects: Shares of the outcome, besides none.

    Raises:
        MissingExtra: If the compiled solver is not installed.
    """
    from acuerdo.evaluation.synthetic.rejections import unit_p_values

    sizes = (0.0, *effects)
    p_values = unit_p_values(panel.outcome, starts=starts, horizon=horizon, shares=sizes)
    # A rank is a whole number over the number of units; rounding must not put it above the level
    rejected = (p_values <= level + 1e-12).mean(axis=(1, 2))
    return Characteristics(
        trials=len(starts) * len(panel.units),
        shares={
            effect: {REJECTED: float(share), NOT_REJECTED: 1 - float(share)}
            for effect, share in zip(sizes, rejected, strict=True)
        },
    )
