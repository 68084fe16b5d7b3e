"""Promises whose hazards are known, because they were drawn from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pytest

from acuerdo.tracking.prospects.history import COMPLETE, History

TODAY = date(2026, 6, 30)
LENGTH = 365.25 / 4


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Known hazards.

    Attributes:
        rise: Log-odds that an untouched promise rises in its first quarter.
        begun: What is added once it has begun.
        age: Slope on the logarithm of one plus the quarters gone by.
        further: Log-odds of a further step.
        stuck: What is added on the step to complete of what cannot be verified.
        spread: Standard deviation of the goals' effects.
    """

    rise: float = -1.4
    begun: float = 0.3
    age: float = -0.4
    further: float = -0.2
    stuck: float = -2.0
    spread: float = 0.7

    def odds(self, level: int, *, age: int, effect: float, verifiable: bool) -> tuple[float, float]:
        """The chance to rise from a level, and to go one further once there."""
        stuck = self.stuck * (level == COMPLETE - 1 and not verifiable)
        rise = self.rise + self.begun * (level > 0) + self.age * np.log(1 + age) + effect + stuck
        further = self.further + effect + stuck
        return float(1 / (1 + np.exp(-rise))), float(1 / (1 + np.exp(-further)))


def lived(
    world: World, generator: np.random.Generator, *, effect: float, verifiable: bool, quarters: int
) -> list[int]:
    """The level at the end of each quarter, one drawn step at a time."""
    level, levels = 0, []
    for age in range(quarters):
        if (
            level < COMPLETE
            and generator.random() < world.odds(level, age=age, effect=effect, verifiable=verifiable)[0]
        ):
            level += 1
            while (
                level < COMPLETE
                and generator.random() < world.odds(level, age=age, effect=effect, verifiable=verifiable)[1]
            ):
                level += 1
        levels.append(level)
    return levels


def history(levels: list[int], *, goal: str, number: int, verifiable: bool) -> History:
    """The same as a history that ends today."""
    begun = TODAY - timedelta(days=round(len(levels) * LENGTH) + 1)
    before = [0, *levels]
    steps = tuple(
        (begun + timedelta(days=int((age + 0.5) * LENGTH)), after)
        for age, (level, after) in enumerate(zip(before, levels, strict=False))
        if after != level
    )
    return History(
        item=("simulated", f"{goal}_{number}"),
        goals=(goal,),
        decision=False,
        dated=False,
        verifiable=verifiable,
        begun=begun,
        level=0,
        steps=steps,
        until=TODAY,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """Histories, and the effects from which they were drawn."""

    histories: tuple[History, ...]
    effects: dict[str, float]


Simulate = Callable[..., Simulated]


@pytest.fixture(scope="session")
def world() -> World:
    return World()


@pytest.fixture(scope="session")
def live() -> Callable[..., list[int]]:
    return lived


@pytest.fixture(scope="session")
def simulate() -> Simulate:
    """Draws a number of promises for each of twelve goals."""

    def drawn(world: World, *, seed: int, each: int = 12, goals: int = 12) -> Simulated:
        generator = np.random.default_rng(seed)
        effects = {f"goal_{number}": float(generator.normal(0, world.spread)) for number in range(goals)}
        return Simulated(
            histories=tuple(
                history(
                    lived(
                        world,
                        generator,
                        effect=effect,
                        verifiable=(verifiable := number % 2 == 0),
                        quarters=int(generator.integers(4, 20)),
                    ),
                    goal=goal,
                    number=number,
                    verifiable=verifiable,
                )
                for goal, effect in effects.items()
                for number in range(each)
            ),
            effects=effects,
        )

    return drawn
