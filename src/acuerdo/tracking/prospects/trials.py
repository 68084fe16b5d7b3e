"""Item-quarter records: whether the level of an open promise rose in a quarter, and how far.

A rise is a row of steps. In each quarter that begins below *complete* it is tried whether the level rises at all; if
it does, whether it goes one further in the same quarter, and so on. Each trial is one row with a yes or a no, so that
one logistic regression describes all transitions (a sequential, or continuation-ratio, logit).

Reference:
    Tutz, G. (1991), "Sequential models in categorical regression", Computational Statistics & Data Analysis 11(3).
    Singer, J. D. and Willett, J. B. (1993), "It's about time: using discrete-time survival analysis",
    Journal of Educational Statistics 18(2).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.tracking.prospects.history import COMPLETE, History, quarter_end, whole_quarters

Matrix = NDArray[np.float64]
COLUMNS: Final = ("first_step", "begun", "age", "further", "not_verifiable", "dated", "decision")
"""What decides a trial, apart from the goals.

``first_step`` is the chance that an untouched promise rises in its first quarter, ``begun`` what changes once it is
at level 1 or 2, ``age`` the slope on the logarithm of the quarters gone by, ``further`` the chance to go another
step in the same quarter. ``not_verifiable`` holds for the step to *complete* of a promise whose completion cannot be
told from outside, ``dated`` is the difference that a deadline makes, ``decision`` that of a meeting's decision.
"""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Trials:
    """The records of all items.

    Attributes:
        design: Trials by ``COLUMNS``.
        shares: Trials by goals; each row sums to 1, shared among the goals that the item serves.
        outcome: 1 where the step was made, else 0.
        goals: The goals, as the columns of ``shares``.
        rises: Quarters in which a level rose.
        completions: Commitments, and rounds of a duty, that reached *complete* after their first day.
        periods: Quarters in which an item was open.
    """

    design: Matrix
    shares: Matrix
    outcome: Matrix
    goals: tuple[str, ...]
    rises: int
    completions: int
    periods: int


def trials(histories: Sequence[History]) -> Trials:
    """The records of histories; a quarter counts once it is over."""
    goals = tuple(dict.fromkeys(goal for one in histories for goal in one.goals))
    place = {goal: number for number, goal in enumerate(goals)}
    rows: list[tuple[float, ...]] = []
    shares: list[Matrix] = []
    outcome: list[float] = []
    moves: list[tuple[bool, int, int]] = []
    for one in histories:
        share = _share(one, place)
        for number, before, after in _quarters(one):
            moves.append((one.decision, before, after))
            for row, made in _steps(one, before, after=after, age=number):
                rows.append(row)
                shares.append(share)
                outcome.append(made)
    return Trials(
        design=np.array(rows, dtype=np.float64).reshape(len(rows), len(COLUMNS)),
        shares=np.array(shares, dtype=np.float64).reshape(len(rows), len(goals)),
        outcome=np.array(outcome, dtype=np.float64),
        goals=goals,
        rises=sum(after > before for _, before, after in moves),
        completions=sum(after == COMPLETE and not decision for decision, _, after in moves),
        periods=len(moves),
    )


def _quarters(one: History) -> Iterator[tuple[int, int, int]]:
    """Each whole quarter that began below complete: its number, and the level at its beginning and its end."""
    level = one.level
    for number in range(whole_quarters(one.begun, one.until)):
        after = one.level_on(quarter_end(one.begun, number))
        if level < COMPLETE:
            yield number, level, after
        level = after


def _steps(one: History, before: int, *, after: int, age: int) -> Iterator[tuple[tuple[float, ...], float]]:
    yield first_step(one, before, age=age), float(after > before)
    for level in range(before + 1, min(after + 1, COMPLETE)):
        yield further_step(one, level), float(after > level)


def first_step(one: History, level: int, *, age: int) -> tuple[float, ...]:
    """The row that tells whether a promise rises at all from a level in a quarter."""
    return 1.0, float(level > 0), math.log1p(age), 0.0, *_kind(one, level)


def further_step(one: History, level: int) -> tuple[float, ...]:
    """The row that tells whether a promise that rose to a level goes one further in the same quarter."""
    return 0.0, 0.0, 0.0, 1.0, *_kind(one, level)


def _kind(one: History, level: int) -> tuple[float, float, float]:
    return float(level == COMPLETE - 1 and not one.verifiable), float(one.dated), float(one.decision)


def _share(one: History, place: dict[str, int]) -> Matrix:
    share = np.zeros(len(place))
    share[[place[goal] for goal in one.goals]] = 1 / len(one.goals)
    return share
