"""What a mechanism model declares, all of it in one file.

A model says what it keeps account of (states), what it assumes (parameters, constants, data: each with unit and
source), what a policy can move (levers, each tied to what the framework promises), what it answers (outcomes), how
the one follows from the other (equations), which mechanisms are in dispute (alternatives), and what it must
reproduce (published results) and can never do (balances, behaviours).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.foresight.expression import SCALAR

Floats = NDArray[np.float64]
Spread = Literal["uniform", "log_uniform", "triangular"]
Direction = Literal["down", "up", "ambiguous"]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Something kept account of through time; a vector if it has a space.

    Attributes:
        name: Its name in equations.
        title: Its name for a reader.
        unit: Its unit, such as ``person``.
        space: The vector space it ranges over, as the model's data name it; empty for a scalar.
        non_negative: Whether a value below zero is a fault of the model.
        whole: Whether one is one person or thing; not where the unit is one of account, such as what there once was.
    """

    name: str
    title: Text
    unit: str
    space: str = SCALAR
    non_negative: bool = True
    whole: bool = True


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A number that is not known exactly.

    Attributes:
        name: Its name in equations.
        title: Its name for a reader.
        value: The central value, used where nothing is drawn.
        low: The lowest value that is still defensible.
        high: The highest.
        unit: Its unit.
        source: Key of the reference that gives it, or figures that it was set to reproduce; or ``assumed``.
        licence: The licence of that source's data, or ``facts`` for single figures.
        spread: How draws lie between low and high.
    """

    name: str
    title: Text
    value: float
    low: float
    high: float
    unit: str
    source: str
    licence: str
    spread: Spread = "uniform"


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """A number that is held fixed: a definition, a unit conversion, a convention of the published model."""

    name: str
    title: Text
    value: float
    unit: str
    source: str


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """What a policy can move.

    Attributes:
        name: Its name in equations and scenarios.
        title: Its name for a reader.
        unit: Its unit.
        default: Its value where no scenario moves it.
        low: The least that can be asked of it.
        high: The most.
        objectives: What the frameworks promise about it, as ``framework:reference``.
        evidence: Why this much effect for this much effort; says so where it is assumed.
        source: Key of the reference behind the evidence, or ``assumed``.
        impulse: Whether it acts at single dates, through the model's jumps, instead of over time.
    """

    name: str
    title: Text
    unit: str
    default: float
    low: float
    high: float
    objectives: tuple[str, ...]
    evidence: Text
    source: str = "assumed"
    impulse: bool = False


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A series from outside: data, or another model's outcome when models are coupled.

    Attributes:
        name: Its name in equations.
        title: Its name for a reader.
        unit: Its unit.
        value: Its value where no series is given.
        source: Key of the reference behind that value, or ``assumed``.
    """

    name: str
    title: Text
    unit: str
    value: float
    source: str


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the model answers, one number per date and draw."""

    name: str
    title: Text
    unit: str
    direction: Direction = "ambiguous"


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One way in which a mechanism in dispute may work, and who says so."""

    id: str
    title: Text
    source: str


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism:
    """A mechanism in dispute; the first alternative is the published model's own."""

    name: str
    title: Text
    alternatives: tuple[Alternative, ...]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What is kept account of changes by the named flows and by nothing else."""

    states: tuple[str, ...]
    inflows: tuple[str, ...] = ()
    outflows: tuple[str, ...] = ()


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """Something that must hold whatever the numbers: a direction, an extreme, a conservation.

    Attributes:
        name: The id of the test.
        kind: Which of the three.
        title: The statement in words.
        holds: Whether it does, given an :class:`acuerdo.foresight.trial.Trial` of the model.
    """

    name: str
    kind: Literal["direction", "extreme", "conservation"]
    title: Text
    holds: Callable[[Any], bool]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A published result that the model must reproduce.

    Attributes:
        name: The row's name; the test bears it.
        title: The quantity in words.
        published: What was printed, as printed.
        low: The least that counts as reproduced, in ``unit``.
        high: The most.
        unit: The unit of the measured value, for a reader.
        source: Key of the reference.
        measure: Computes the value from an :class:`acuerdo.foresight.trial.Trial` of the model.
    """

    name: str
    title: Text
    published: Text
    low: float
    high: float
    unit: Text
    source: str
    measure: Callable[[Any], float]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """Data with one number per element of a space."""

    values: Floats
    space: str
    unit: str


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """A square interaction, kept in the form that makes it cheap: scale · (sparse + Σ left rightᵀ + diagonal).

    Attributes:
        space: The space it maps into itself.
        unit: The unit of its entries.
        rows: Row of each non-zero entry of the sparse part, in order of row.
        columns: Its column.
        values: Its value.
        left: Left vectors of the low-rank part, shape (rank, n).
        right: Right vectors of the low-rank part, shape (rank, n).
        diagonal: What is added on the diagonal, shape (n,).
        scale: What each row is multiplied by, shape (n,).
    """

    space: str
    unit: str
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: Floats
    left: Floats
    right: Floats
    diagonal: Floats
    scale: Floats

    def sparse_part(self) -> Floats:
        """The sparse part alone as a full matrix, without the rows' scale."""
        n = self.scale.size
        full = np.zeros((n, n))
        full[self.rows, self.columns] = self.values
        return full

    def dense(self) -> Floats:
        """All of it as a full matrix; for a reader and for tests."""
        inner = self.sparse_part() + self.left.T @ self.right + np.diag(self.diagonal)
        return self.scale[:, None] * inner


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """The arrays that a model's equations use, under one structure."""

    spaces: Mapping[str, int] = field(default_factory=dict)
    vectors: Mapping[str, Vector] = field(default_factory=dict)
    matrices: Mapping[str, Matrix] = field(default_factory=dict)


def no_data(structure: Mapping[str, str]) -> Data:
    """For a model without vectors."""
    del structure
    return Data()


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """One mechanism model.

    Attributes:
        id: The name of its file.
        title: Its name for a reader.
        summary: What it says, and what it does not, in a paragraph.
        time_unit: ``week``, ``month``, ``quarter`` or ``year``.
        starts: The date of time zero.
        span: How long it runs by default, in its time unit.
        report_every: The spacing of reported dates, in its time unit.
        longest_step: The longest step that is tried, in its time unit; shortened until the error is small.
        equations: Writes the equations; see :class:`acuerdo.foresight.tracing.Equations`.
        data: Gives the arrays under a structure.
    """

    id: str
    title: Text
    summary: Text
    time_unit: Literal["week", "month", "quarter", "year"]
    starts: date
    span: float
    report_every: float
    longest_step: float
    states: tuple[State, ...]
    parameters: tuple[Parameter, ...]
    outcomes: tuple[Outcome, ...]
    equations: Callable[[Any], None]
    references: tuple[Citation, ...]
    constants: tuple[Constant, ...] = ()
    levers: tuple[Lever, ...] = ()
    inputs: tuple[Input, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    balances: tuple[Balance, ...] = ()
    behaviours: tuple[Behaviour, ...] = ()
    published: tuple[Published, ...] = ()
    data: Callable[[Mapping[str, str]], Data] = no_data
