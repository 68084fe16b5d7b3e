"""Policies compared over everything that fits: ranges, chances, regret, worst cases, and what turns them around."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import final

import numpy as np
from numpy.typing import NDArray

from acuerdo.foresight.clock import date_of
from acuerdo.foresight.discovery import Box, fails_when
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.identified.chancing import ByChance, by_chance
from acuerdo.foresight.identified.flipping import Flip, flip
from acuerdo.foresight.identified.spreading import SHARES, Spread, spread_of
from acuerdo.foresight.model import Floats, Model
from acuerdo.foresight.reduction import AbstractReduction, Kept, Quantiles
from acuerdo.foresight.results import Run
from acuerdo.foresight.run import Setup, shares_of, simulate
from acuerdo.foresight.scenario import Scenario
from acuerdo.foresight.study import Study
from acuerdo.foresight.timeline import reported_times

# Differences smaller than this share are those of the steps, not of the policies
_ALIKE = 1e-6
# A box is told only if at least this share of what lies in it fails
_GATHERED = 0.8


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """One scenario under one structure.

    Attributes:
        scenario: Its id.
        structure: The structure's label, as a run names it.
        count: How many parameter values it was run for.
        failed: Those of them in which a state fell below zero or did not stay finite; they are in nothing else.
        bands: The outcome's quantiles at :data:`SHARES`, each over the dates.
        change: Per cent against the base on the day of comparison; None for the base itself.
        growth: Per cent against the outcome's own level on the day the policies begin.
        better: The chance of less than under the base; None for the base.
        likely: The same under the posterior, where there is one.
    """

    scenario: str
    structure: str
    count: int
    failed: int
    bands: tuple[tuple[float, ...], ...]
    change: Spread | None
    growth: Spread | None
    better: float | None
    likely: float | None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Duel:
    """Two policies under one structure: the share of what fits in which the first gives less."""

    one: str
    other: str
    structure: str
    chance: float
    flip: Flip | None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Whether a scenario's outcome ends below its level on the day the policies begin, and what decides it.

    Attributes:
        share: The share of what fits in which it does.
        flip: What decides it; None where it always or never does, or no single parameter tells.
        box: The assumptions among which its failures to do so are gathered, where they were looked for and found.
    """

    scenario: str
    structure: str
    share: float
    flip: Flip | None
    box: Box | None = None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Regret:
    """What a policy loses against the best of those compared, in per cent of the base, at the worst for it.

    Attributes:
        most: The largest loss over everything that fits, under every structure.
        structure: The structure under which that is so.
        wins: The share of cases, structures counted alike, in which it is the best.
        worst: Its worst change against the base, in per cent, under any structure.
    """

    scenario: str
    most: float
    structure: str
    wins: float
    worst: float


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Scenarios compared in one model.

    Attributes:
        step_error: The largest estimated relative error of the steps; those of leaps are in what chance adds.
        by_chance: What chance adds, where it was asked for; everything else then has it in it.
    """

    model: str
    outcome: str
    base: str
    scenarios: tuple[str, ...]
    begins: date
    compared: date
    dates: tuple[date, ...]
    arms: tuple[Arm, ...]
    duels: tuple[Duel, ...]
    turns: tuple[Turn, ...]
    regrets: tuple[Regret, ...]
    step_error: float = 0.0
    by_chance: tuple[ByChance, ...] = ()


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One structure with the parameter values that fit under it.

    Attributes:
        structure: The alternative of each mechanism that is not at its default.
        draws: Everything that fits.
        likely: Draws of the posterior, where there is one.
    """

    structure: Mapping[str, str]
    draws: Draws
    likely: Draws | None = None


def compare(
    model: Model,
    study: Study,
    *,
    scenarios: Sequence[Scenario],
    cases: Sequence[Case],
    setup: Setup,
    boxes: bool = False,
) -> Comparison:
    """Runs every scenario over everything that fits.

    Args:
        scenarios: The base first.
        cases: Every structure with what fits under it.
        setup: How it is computed, with the study's span and outcome; where it leaves anything to chance, all is run
            a second time without.
        boxes: Whether the assumptions under which a policy fails are looked for.
    """
    hows = [setup] if setup.noise is None else [replace(setup, noise=None), setup]
    parts = iter(shares_of(setup, [one.draws.count for one in cases] * len(hows)))
    tried = [
        [
            _Tried(model, study, scenarios=scenarios, case=one, setup=replace(next(parts), noise=how.noise))
            for one in cases
        ]
        for how in hows
    ]
    still, runs = tried[0], tried[-1]
    names = tuple(one.id for one in scenarios)
    first = runs[0]
    return Comparison(
        model=model.id,
        outcome=study.outcome,
        base=names[0],
        scenarios=names,
        begins=date_of(model, first.begins),
        compared=date_of(model, float(first.run.times[-1])),
        dates=first.run.dates,
        arms=tuple(arm for one in runs for arm in one.arms()),
        duels=tuple(duel for one in runs for duel in one.duels()),
        turns=tuple(turn for one in runs for turn in one.turns(boxes=boxes)),
        regrets=tuple(_regrets(names, runs)),
        step_error=max(one.run.error for one in still),
        by_chance=() if setup.noise is None else tuple(_by_chance(still, runs)),
    )


@final
class _Tried:
    """Every scenario under one structure."""

    def __init__(
        self, model: Model, study: Study, *, scenarios: Sequence[Scenario], case: Case, setup: Setup
    ) -> None:
        self.model = model
        self.case = case
        self.names = [one.id for one in scenarios]
        self.outcome = study.outcome
        # What the data decide once the rest is given cannot be what decides the answer
        solved = study.fit.solved if study.fit else ()
        self.telling = [row for row, one in enumerate(model.parameters) if one.name not in solved]
        moves = [time for one in scenarios for time in one.changes(model)]
        self.begins = min(moves, default=0.0)
        self.run = self._run(scenarios, draws=case.draws, setup=setup)
        self.structure = self.run.structures[0]
        self.before, self.after = self._ends(self.run)
        self.likely: Floats | None = None
        if case.likely is not None:
            run = self._run(scenarios, draws=case.likely, setup=replace(setup, advance=None))
            self.likely = self._ends(run)[1]

    def _run(self, scenarios: Sequence[Scenario], *, draws: Draws, setup: Setup) -> Run:
        times = reported_times(setup.span or self.model.span, setup.every or self.model.report_every)
        begins = int(np.argmin(np.abs(times - self.begins)))
        reduce: dict[str, AbstractReduction] = {"quantiles": Quantiles(), "ends": Kept((begins, -1))}
        run = simulate(
            self.model, scenarios=scenarios, structures=(self.case.structure,), draws=draws, reduce=reduce,
            setup=setup,
        )  # fmt: skip
        if run.interrupted:
            # Some structures over some draws are no answer; the blocks that were done are kept for the next time
            raise KeyboardInterrupt
        return run

    def _ends(self, run: Run) -> tuple[Floats, Floats]:
        """The outcome when policies begin and when they are compared, each of shape (scenarios, draws)."""
        before, after = np.stack(
            [run.kept(name, self.outcome, "ends", structure=self.structure) for name in self.names], axis=1
        )
        alike = np.isclose(after, after[0], rtol=_ALIKE, atol=0.0)
        return before, np.where(alike, after[0], after)

    def decided_by(self, fine: NDArray[np.bool_], *, holds: NDArray[np.bool_]) -> Flip | None:
        """What decides whether a statement holds among the draws that stayed finite."""
        names, values = self.assumed(fine)
        return flip(names, values, holds=holds)

    def failing(self, fine: NDArray[np.bool_], *, fails: NDArray[np.bool_]) -> Box | None:
        """The assumptions among which failures are gathered; None if all or none fail, or chance explains it."""
        if fails.all() or not fails.any():
            return None
        names, values = self.assumed(fine)
        found = fails_when(dict(zip(names, values, strict=True)), fails)
        return found if found.limits and found.density >= _GATHERED else None

    def assumed(self, fine: NDArray[np.bool_]) -> tuple[list[str], Floats]:
        """The parameters that are assumed rather than solved, and their values, shape (parameters, draws)."""
        values = self.case.draws.block(self.model, first=0, last=self.case.draws.count)
        return [self.model.parameters[row].name for row in self.telling], values[self.telling][:, fine]

    def arms(self) -> Iterator[Arm]:
        for row, name in enumerate(self.names):
            bands = tuple(
                tuple(_rounded(self.run.quantile(name, self.outcome, share, structure=self.structure)))
                for share in SHARES
            )
            with np.errstate(all="ignore"):
                growth = 100.0 * (self.after[row] / self.before[row] - 1.0)
            yield Arm(
                scenario=name,
                structure=self.structure,
                count=self.case.draws.count,
                failed=self.run.failed(name, structure=self.structure),
                bands=bands,
                change=spread_of(self.changes(row)) if row else None,
                growth=spread_of(growth),
                better=_chance(self.after[row], self.after[0]) if row else None,
                likely=_chance(self.likely[row], self.likely[0]) if row and self.likely is not None else None,
            )

    def changes(self, row: int) -> Floats:
        """What a scenario changes against the base on the day of comparison, in per cent, shape (draws,)."""
        with np.errstate(all="ignore"):
            return 100.0 * (self.after[row] / self.after[0] - 1.0)

    def duels(self) -> Iterator[Duel]:
        for one, other in combinations(range(len(self.names)), 2):
            fine = np.isfinite(self.after[one]) & np.isfinite(self.after[other])
            less = self.after[one][fine] < self.after[other][fine]
            yield Duel(
                one=self.names[one],
                other=self.names[other],
                structure=self.structure,
                chance=_chance(self.after[one], self.after[other]) or 0.0,
                flip=self.decided_by(fine, holds=less),
            )

    def turns(self, *, boxes: bool) -> Iterator[Turn]:
        for row, name in enumerate(self.names):
            fine = np.isfinite(self.after[row])
            less = self.after[row][fine] < self.before[row][fine]
            yield Turn(
                scenario=name,
                structure=self.structure,
                share=float(less.mean()) if less.size else 0.0,
                flip=self.decided_by(fine, holds=less),
                box=self.failing(fine, fails=~less) if boxes else None,
            )

    def losses(self) -> tuple[Floats, NDArray[np.bool_], Floats]:
        """Loss against the best in per cent of the base, whether it is the best, and change; (scenarios, draws)."""
        fine = np.isfinite(self.after).all(axis=0)
        after = self.after[:, fine]
        least = after.min(axis=0)
        with np.errstate(all="ignore"):
            return 100.0 * (after - least) / after[0], after == least, 100.0 * (after / after[0] - 1.0)


def _regrets(names: Sequence[str], runs: Sequence[_Tried]) -> Iterator[Regret]:
    found = [one.losses() for one in runs]
    for row, name in enumerate(names):
        losses = [float(loss[row].max()) for loss, _, _ in found]
        worst = int(np.argmax(losses))
        yield Regret(
            scenario=name,
            most=losses[worst],
            structure=runs[worst].structure,
            wins=float(np.mean([best[row].mean() for _, best, _ in found])),
            worst=max(float(change[row].max()) for _, _, change in found),
        )


def _by_chance(still: Sequence[_Tried], runs: Sequence[_Tried]) -> Iterator[ByChance]:
    for one, other in zip(still, runs, strict=True):
        for row, name in enumerate(other.names[1:], start=1):
            yield by_chance(name, other.structure, still=one.changes(row), found=other.changes(row))


def _chance(one: Floats, other: Floats) -> float | None:
    """The share of draws in which the first is less; where a policy changes nothing, that is none of them."""
    fine = np.isfinite(one) & np.isfinite(other)
    return float((one[fine] < other[fine]).mean()) if fine.any() else None


def _rounded(values: Floats) -> list[float]:
    return [float(f"{value:.6g}") for value in values]
