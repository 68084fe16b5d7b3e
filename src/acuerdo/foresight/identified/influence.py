"""Which assumptions move the answer: Sobol's shares of variance, and Morris's elementary effects, by SALib.

References:
    Saltelli and others, Variance based sensitivity analysis of model output (2010); Morris, Factorial sampling plans
    for preliminary computational experiments (1991).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, final

import numpy as np

from acuerdo.core.errors import CheckFailed, Problem, UsageError, missing_extra
from acuerdo.core.text import Text
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.model import Floats, Model
from acuerdo.foresight.reduction import Kept
from acuerdo.foresight.run import Setup, simulate
from acuerdo.foresight.scenario import Scenario
from acuerdo.foresight.study import Study
from acuerdo.foresight.tracing import trace

_SENSITIVITY = Text("Global sensitivity", "La sensibilidad global")
_SEED = 20211008
SETTLED = 0.15
"""A share of variance is told only if half the width of its 95 per cent interval is at most this."""


@final
@dataclass(frozen=True, slots=True)
class Influence:
    """How much one assumption moves the answer.

    Attributes:
        parameter: Its name.
        first: The share of variance that it explains alone.
        total: The share that would remain if all others were known.
        total_interval: Half the width of the 95 per cent interval of the total.
        effect: Morris's mean absolute elementary effect, in the answer's unit over the parameter's range.
        bend: The standard deviation of the elementary effects: high where it acts through others.
    """

    parameter: str
    first: float
    total: float
    total_interval: float
    effect: float
    bend: float


def influences(
    model: Model,
    study: Study,
    *,
    scenarios: tuple[Scenario, Scenario],
    structure: Mapping[str, str],
    count: int,
    setup: Setup | None = None,
) -> tuple[Influence, ...]:
    """How much each parameter moves the change that a policy makes, strongest first.

    Where the model is fitted, parameters range over what is sought, and those that the data decide are solved for
    each; else over the declared ranges. Parameters that the structure does not use are left out.

    Args:
        scenarios: The base and the policy.
        count: The base sample, a power of two; the model runs about that many times the number of parameters.
        setup: Who is told how far it is, and where what is done is kept.

    Raises:
        UsageError: If the sample is not a power of two.
        CheckFailed: If the policy's change is not a number in some runs; a share without them would mislead.
        KeyboardInterrupt: If it was stopped before it was whole.
        MissingExtra: If SALib is not installed.
    """
    if count < 4 or count & (count - 1):
        raise UsageError(_no_power_of_two(count))
    try:
        from SALib.analyze import morris as morris_analysis
        from SALib.analyze import sobol as sobol_analysis
        from SALib.sample import morris as morris_sample
        from SALib.sample import sobol as sobol_sample
    except ImportError as error:
        raise missing_extra("foresight", _SENSITIVITY) from error
    ranges = _ranges(model, study, structure=structure)
    problem: dict[str, Any] = {
        "num_vars": len(ranges), "names": list(ranges), "bounds": [list(ends) for ends in ranges.values()]
    }  # fmt: skip
    change = _change(model, study, scenarios=scenarios, structure=structure, setup=setup or Setup())
    sample = sobol_sample.sample(problem, count, calc_second_order=False, seed=_SEED)
    shares = sobol_analysis.analyze(
        problem, change(problem["names"], sample), calc_second_order=False, seed=_SEED
    )
    walks = morris_sample.sample(problem, max(8, count // 8), seed=_SEED)
    effects = morris_analysis.analyze(problem, walks, change(problem["names"], walks), seed=_SEED)
    columns = (shares["S1"], shares["ST"], shares["ST_conf"], effects["mu_star"], effects["sigma"])
    found = [Influence(name, *map(float, row)) for name, *row in zip(problem["names"], *columns, strict=True)]
    return tuple(sorted(found, key=lambda one: -one.total))


def _ranges(model: Model, study: Study, *, structure: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    used = trace(model, structure).used()
    sought = study.fit.sought if study.fit else {}
    solved = study.fit.solved if study.fit else ()
    return {
        one.name: (sought[one.name].low, sought[one.name].high) if one.name in sought else (one.low, one.high)
        for one in model.parameters
        if one.name in used and one.name not in solved and one.low < one.high
    }


def _change(
    model: Model,
    study: Study,
    *,
    scenarios: tuple[Scenario, Scenario],
    structure: Mapping[str, str],
    setup: Setup,
) -> Callable[[list[str], Floats], Floats]:
    """A function of parameter values, shape (cases, parameters), to the policy's change in per cent."""

    def change(names: list[str], values: Floats) -> Floats:
        table = {name: values[:, column] for column, name in enumerate(names)}
        table |= _solved(model, study, structure=structure, table=table, setup=setup)
        run = simulate(
            model,
            scenarios=scenarios,
            structures=(structure,),
            draws=Draws.of(table),
            reduce={"end": Kept((-1,))},
            setup=replace(setup, span=study.compared, outcomes=(study.outcome,)),
        )
        if run.interrupted:
            # Shares are told only of a whole sample; the blocks that were done are kept for the next time
            raise KeyboardInterrupt
        policy = scenarios[1].id
        found = (
            100.0 * run.kept(policy, study.outcome, "end", structure=run.structures[0], kind="relative")[0]
        )
        if not np.isfinite(found).all():
            raise CheckFailed(_not_numbers(model.id, int((~np.isfinite(found)).sum()), of=found.size))
        return found

    return change


def settled(found: Sequence[Influence]) -> None:
    """Checks that the sample was large enough.

    Raises:
        CheckFailed: If the interval of a share is wider than is told.
    """
    widest = max(found, key=lambda one: one.total_interval, default=None)
    if widest is not None and not widest.total_interval <= SETTLED:
        raise CheckFailed(_unsettled(widest))


def _no_power_of_two(count: int) -> Problem:
    return Problem(
        what=Text(
            f"A sample of {count} is not a power of two.", f"Una muestra de {count} no es potencia de dos."
        ),
        why=Text(
            "The points of Sobol's sequence cover the ranges evenly only then.",
            "Solo así los puntos de la sucesión de Sobol cubren los intervalos por igual.",
        ),
        fix=Text("Use 64, 128, 256 or more.", "Use 64, 128, 256 o más."),
    )


def _not_numbers(model_id: str, count: int, *, of: int) -> Problem:
    return Problem(
        what=Text(
            f"What the policy changes is not a number in {count} of {of} runs, so no shares can be told.",
            f"Lo que cambia la política no es un número en {count} de {of} corridas: no pueden darse partes.",
        ),
        where=model_id,
        fix=Text(
            "Narrow the ranges of the parameters, or compare on an earlier date.",
            "Reduzca los intervalos de los parámetros, o compare en una fecha anterior.",
        ),
    )


def _unsettled(widest: Influence) -> Problem:
    half = widest.total_interval
    return Problem(
        what=Text(
            f"The shares have not settled: that of '{widest.parameter}' is known to ±{half:.2f} (at most ±{SETTLED}).",
            f"Las partes no se han estabilizado: la de '{widest.parameter}' se conoce con ±{half:.2f} "
            f"(máximo ±{SETTLED}).",
        ),
        fix=Text("Ask for a larger sample.", "Pida una muestra mayor."),
    )


def _solved(
    model: Model,
    study: Study,
    *,
    structure: Mapping[str, str],
    table: Mapping[str, Floats],
    setup: Setup,
) -> dict[str, Floats]:
    """The parameters that the data decide, solved for each case."""
    if study.fit is None:
        return {}
    from acuerdo.foresight.identified.fitting import solutions
    from acuerdo.foresight.identified.predicting import Prediction

    prediction = Prediction(model, study.fit, structure=structure, keep=setup.keep)
    low, _ = prediction.bounds()
    count = len(next(iter(table.values())))
    points = np.tile(low, (count, 1))
    for column, (name, one) in enumerate(study.fit.sought.items()):
        if name in table:
            points[:, column] = np.log(table[name]) if one.log else table[name]
    full = prediction.table(solutions(prediction, points, advance=setup.advance))
    return {name: full[name] for name in study.fit.solved}
