"""Complete in-space placebo inference, with and without predictors, and the trial of a decision rule."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from measuring import Figure, in_turns, seconds
from rivals import synthetic_control_mlsynth, synthetic_control_nnls

from acuerdo.evaluation.characteristics import of_unit_placebos
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.synthetic.comparison import Comparison, donor_pool
from acuerdo.evaluation.synthetic.outcome_only import OutcomeOnly
from acuerdo.evaluation.synthetic.predictors import PredictorsNested
from acuerdo.evaluation.synthetic.weighing import mean_squares

ROOT = Path(__file__).resolve().parents[2]
RUNS = 5
# mlsynth refits one panel of 500 units at a time; so many of them are timed, and the rest taken to last as long
SAMPLED = 4
# Relative; what two exact solvers differ by in rounding, and a search at its bound in the last digits
EQUAL_FIT = 1e-6


def figures(data: Path, work: Path) -> Iterator[Figure]:
    del work
    sys.path.insert(0, str(ROOT))
    from tests.evaluation.synthetic import canon

    california = canon.proposition_99(data)
    states = canon.mexican_states(data)
    random = np.random.default_rng(0)
    common = random.normal(size=(4, 240)).cumsum(axis=1)
    drawn = random.dirichlet(np.ones(4), 500) @ common + 0.7 * random.normal(size=(500, 240))
    for outcomes, start, least in (
        (california.outcome, 19, 50.0),
        (np.ascontiguousarray(states.outcome[:, :240]), 84, 50.0),
        (drawn, 120, 500.0),
    ):
        yield from _outcome_only(outcomes, start=start, least=least)
    yield from _with_predictors(canon.proposition_99_with_predictors(data))
    yield _trials(states)
    yield _memory()


def _outcome_only(outcomes: np.ndarray, *, start: int, least: float) -> Iterator[Figure]:
    count, periods = outcomes.shape
    comparison = Comparison(outcomes=outcomes, start=start, allowed=donor_pool(count, [0], keep_treated=True))

    def ours() -> np.ndarray:
        gaps = OutcomeOnly().weights(comparison).gaps(outcomes)
        return mean_squares(gaps, start) / mean_squares(gaps, 0, end=start)

    shape = f"placebo inference, outcome only, {count} x {periods}"
    # A panel of some dozen units takes less time than a clock is good for
    repeats = max(1, 40_000 // count**2)
    mine, loop = (
        taken / repeats
        for taken in in_turns(
            lambda: [ours() for _ in range(repeats)],
            lambda: [synthetic_control_nnls.misfits(outcomes, start) for _ in range(repeats)],
            runs=RUNS,
        )
    )
    fitted = mean_squares(OutcomeOnly().weights(comparison).gaps(outcomes), 0, end=start)
    _require_fit(fitted, synthetic_control_nnls.misfits(outcomes, start), rival="nnls")
    yield Figure(
        name=shape, rival="SciPy nnls in a loop", value=loop / mine, bound=5.0, at_least=True, ours=mine, theirs=loop,
        runs=RUNS,
    )  # fmt: skip
    units = range(count) if count < 100 else range(SAMPLED)
    rival = synthetic_control_mlsynth.Outcome(outcomes, start)
    rival.misfit(0)
    theirs = seconds(lambda: rival.misfits(units)) * count / len(units)
    _require_fit(fitted[list(units)], rival.misfits(units), rival="mlsynth")
    note = "" if len(units) == count else f", {len(units)} of {count} fits timed"
    yield Figure(
        name=shape, rival=f"mlsynth{note}", value=theirs / mine, bound=least, at_least=True, ours=mine, theirs=theirs,
        runs=1,
    )  # fmt: skip


def _with_predictors(panel: Panel) -> Iterator[Figure]:
    predictors = np.column_stack(list(panel.predictors.values()))
    count = len(panel.units)
    comparison = Comparison(
        outcomes=np.ascontiguousarray(panel.outcome),
        start=19,
        allowed=donor_pool(count, [panel.treated[0]], keep_treated=True),
        predictors=predictors,
    )
    PredictorsNested(most=1).weights(comparison.only([0]))
    found = PredictorsNested().weights(comparison)
    mine = seconds(lambda: PredictorsNested().weights(comparison))
    rival = synthetic_control_mlsynth.Nested(panel.outcome, predictors, start=19)
    rival.misfit(0)
    misfits: list[float] = []
    theirs = seconds(lambda: misfits.extend(rival.misfits(range(count))))
    _require_fit(mean_squares(found.gaps(panel.outcome), 0, end=19), np.array(misfits), rival="mlsynth")
    yield Figure(
        name="Proposition 99 with predictors, California and every placebo", rival="mlsynth (mscmt)",
        value=theirs / mine, bound=8.0, at_least=True, ours=mine, theirs=theirs, runs=1,
    )  # fmt: skip


def _trials(states: Panel) -> Figure:
    def run() -> object:
        return of_unit_placebos(states, starts=range(60, 252), horizon=12, effects=(), level=2 / 32)

    (taken,) = in_turns(run, runs=RUNS)
    return Figure(
        name="6,144 complete 32-state placebo evaluations",
        value=taken,
        unit="s",
        bound=1.0,
        ours=taken,
        runs=RUNS,
    )


def _memory() -> Figure:
    """Peak memory of a process that does the largest of these fits and nothing else."""
    code = (
        "import numpy as np\n"
        "from acuerdo.evaluation.synthetic.comparison import Comparison, donor_pool\n"
        "from acuerdo.evaluation.synthetic.outcome_only import OutcomeOnly\n"
        "outcomes = np.random.default_rng(0).normal(size=(500, 240)).cumsum(axis=1)\n"
        "allowed = donor_pool(500, [0], keep_treated=True)\n"
        "OutcomeOnly().weights(Comparison(outcomes=outcomes, start=120, allowed=allowed))\n"
    )
    paths = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": paths})
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Figure(
        name="placebo inference 500 x 240, peak memory", value=peak, unit="MB", bound=2048, ours=peak, runs=1
    )


def _require_fit(ours: np.ndarray, theirs: np.ndarray, *, rival: str) -> None:
    """A time counts only at equal or better fit, for every unit."""
    excess = ours / np.maximum(theirs, 1e-12) - 1
    worse = np.flatnonzero((excess > EQUAL_FIT) & (ours > 1e-9))
    if len(worse):
        raise RuntimeError(f"{rival} fits {len(worse)} units better, by up to {excess.max():.1e}")
