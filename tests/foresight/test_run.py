"""Runs: the same bytes however they are divided, resumed where they stopped, failures counted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.foresight.examples import START, blow_up, growth

from acuerdo.core.errors import NotFound, UsageError
from acuerdo.foresight.block import BLOCK
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.executors import AbstractExecutor, Processes, Serial
from acuerdo.foresight.library import model
from acuerdo.foresight.reduction import Kept, Moments, Quantiles
from acuerdo.foresight.results import Run
from acuerdo.foresight.run import Progress, Setup, simulate
from acuerdo.foresight.scenario import BASELINE, Scenario, Schedule

BRAKE = Scenario(id="brake", levers={"brake": Schedule(((START, 0.5),))})
DRAWS = Draws(count=3 * BLOCK + 100)
REDUCE = {"moments": Moments(), "quantiles": Quantiles(), "end": Kept((-1,))}


def same_bytes(one: Run, other: Run) -> bool:
    assert one.parts.keys() == other.parts.keys()
    return all(
        array.tobytes() == other.parts[key][part].tobytes()
        for key, parts in one.parts.items()
        for part, array in parts.items()
    )


class Backwards(AbstractExecutor):
    """Gives the last block first."""

    def map(self, job, blocks):
        yield from Serial().map(job, blocks[::-1])


class StopsAfter(AbstractExecutor):
    """The user presses Ctrl-C after some blocks."""

    def __init__(self, blocks: int) -> None:
        self.blocks = blocks

    def map(self, job, blocks):
        for done, answer in enumerate(Serial().map(job, blocks)):
            if done == self.blocks:
                raise KeyboardInterrupt
            yield answer


def run(*, executor: AbstractExecutor | None = None, keep: Path | None = None, **changes) -> Run:
    setup = Setup(backend="numpy", executor=executor or Serial(), keep=keep, every=8.0)
    return simulate(growth(), scenarios=(BASELINE, BRAKE), draws=DRAWS, reduce=REDUCE, setup=setup, **changes)


def test_the_order_of_blocks_changes_no_byte() -> None:
    assert same_bytes(run(), run(executor=Backwards()))


def test_processes_change_no_byte() -> None:
    one = model("cartel_participation")
    runs = [
        simulate(one, draws=DRAWS, reduce=REDUCE, setup=Setup(backend="numpy", executor=executor, span=52.0))
        for executor in (Serial(), Processes(2))
    ]
    assert runs[1].done == DRAWS.count
    assert same_bytes(*runs)


def test_more_draws_begin_with_the_same_draws() -> None:
    few = simulate(growth(), draws=Draws(count=10), reduce=REDUCE, setup=Setup(backend="numpy"))
    many = simulate(growth(), draws=Draws(count=25), reduce=REDUCE, setup=Setup(backend="numpy"))
    assert (
        many.kept("baseline", "stock", "end")[:, :10].tolist()
        == few.kept("baseline", "stock", "end").tolist()
    )


def test_contrasts_are_paired() -> None:
    """Draw by draw the brake halves the rate; the spread of the contrast is far below that of the levels."""
    found = run()
    base, brake = (found.kept(key, "stock", "end")[0] for key in ("baseline", "brake"))
    assert found.kept("brake", "stock", "end", kind="difference")[0] == pytest.approx(brake - base)
    assert found.kept("brake", "stock", "end", kind="relative")[0] == pytest.approx(brake / base - 1.0)
    assert found.chance_of_less("brake", "stock")[-1] == 1.0
    assert found.chance_of_less("brake", "stock")[0] == 0.5
    median = np.quantile(brake / base - 1.0, 0.5, method="lower")
    assert found.quantile("brake", "stock", 0.5, kind="relative")[-1] == pytest.approx(median, rel=1e-3)
    assert found.mean("brake", "stock")[-1] == pytest.approx(brake.mean())
    assert found.deviation("brake", "stock")[-1] == pytest.approx(brake.std(ddof=1))


def test_a_histogram_holds_every_draw() -> None:
    found = run()
    ends = found.kept("brake", "stock", "end")[-1]
    edges = np.linspace(ends.min() * 0.99, ends.max() * 1.01, 6)
    counted = found.histogram("brake", "stock", edges)[-1]
    assert counted.sum() == DRAWS.count
    # At most as many are on an edge's other side as lie within the error of a bin of it
    near = (np.abs(ends[:, None] / edges - 1.0) < 1e-3).sum()
    assert np.abs(counted - np.histogram(ends, edges)[0]).max() <= near


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    stopped = run(executor=StopsAfter(2), keep=tmp_path)
    assert stopped.interrupted
    assert stopped.done == 2 * BLOCK
    assert stopped.mean("baseline", "stock").size == stopped.times.size
    (damaged, *_) = sorted(tmp_path.rglob("*.npz"))
    damaged.write_bytes(damaged.read_bytes()[:100])
    counted: list[Progress] = []
    setup = Setup(backend="numpy", keep=tmp_path, every=8.0, advance=counted.append)
    resumed = simulate(growth(), scenarios=(BASELINE, BRAKE), draws=DRAWS, reduce=REDUCE, setup=setup)
    assert same_bytes(resumed, run())
    # One of the two kept blocks was whole: the other three are computed
    assert len(counted) == 3
    assert [one.done for one in counted] == [2 * BLOCK, 3 * BLOCK, DRAWS.count]
    assert counted[-1].total == DRAWS.count
    assert counted[-1].rate > 0.0
    assert counted[-1].left == 0.0


def test_blocks_of_another_run_are_never_taken(tmp_path: Path) -> None:
    run(keep=tmp_path)
    before = len(list(tmp_path.rglob("*.npz")))
    more = Scenario(id="brake", levers={"brake": Schedule(((START, 0.6),))})
    setup = Setup(backend="numpy", keep=tmp_path, every=8.0)
    simulate(growth(), scenarios=(BASELINE, more), draws=DRAWS, reduce=REDUCE, setup=setup)
    assert len(list(tmp_path.rglob("*.npz"))) == 2 * before


def test_stopped_before_the_first_block_is_stopped() -> None:
    with pytest.raises(KeyboardInterrupt):
        run(executor=StopsAfter(0))


@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_draws_that_blow_up_are_counted_and_left_out(backend) -> None:
    draws = Draws(count=400)
    setup = Setup(backend=backend, span=70.0, step=1.0, every=35.0)
    found = simulate(blow_up(), draws=draws, reduce=REDUCE, setup=setup)
    begun = draws.block(blow_up(), first=0, last=400)[0]
    end = found.kept("baseline", "stock", "end")[0]
    failed = found.failed("baseline")
    assert 0 < failed < 400
    assert np.isnan(end).sum() == failed
    # Infinite at the time 1 / (k·x₀), which is week 70 for a start of 71
    assert np.isnan(end[begun > 80.0]).all()
    assert np.isfinite(end[begun < 65.0]).all()
    assert np.isfinite(found.mean("baseline", "stock")).all()
    assert found.parts["", "baseline", "level", "stock", "moments"]["count"] == 400 - failed


@pytest.mark.parametrize("backend", ["numpy", "numba", "jax"])
def test_draws_that_go_below_zero_are_counted_and_left_out(backend) -> None:
    """A fixed outflow empties the smaller stocks before the end; no answer is made of what is not there."""

    def equations(m) -> None:
        m.start("stock", m["at_start"])
        m.outcome("stock", m["stock"])
        m.outcome("born", m.flow("born", 2.5 + 0.0 * m["rate"], out_of="stock"))

    draws = Draws(count=200)
    found = simulate(
        growth(equations=equations, balances=()),
        draws=draws,
        reduce=REDUCE,
        setup=Setup(backend=backend, step=2.0),
    )
    begun = draws.block(growth(), first=0, last=200)[0]
    assert found.failed("baseline") == (begun < 100.0).sum() > 0
    end = found.kept("baseline", "stock", "end")[0]
    assert np.isnan(end[begun < 100.0]).all()
    assert end[begun >= 100.0] == pytest.approx(begun[begun >= 100.0] - 100.0, abs=1e-9)


def test_how_far_a_resumed_run_is_counts_what_was_kept(tmp_path: Path) -> None:
    run(executor=StopsAfter(2), keep=tmp_path)
    told: list[Progress] = []
    setup = Setup(backend="numpy", keep=tmp_path, every=8.0, advance=told.append)
    simulate(growth(), scenarios=(BASELINE, BRAKE), draws=DRAWS, reduce=REDUCE, setup=setup)
    assert [one.done for one in told] == [3 * BLOCK, DRAWS.count]


def test_what_is_not_there_is_told_with_the_nearest_name() -> None:
    found = run()
    with pytest.raises(NotFound, match="Did you mean brake"):
        found.mean("brakes", "stock")
    with pytest.raises(NotFound, match="Did you mean stock"):
        found.mean("brake", "stok")
    with pytest.raises(UsageError, match="did not keep 'medians'"):
        found.kept("brake", "stock", "medians")
    with pytest.raises(NotFound, match="'stok' is not an outcome"):
        simulate(growth(), setup=Setup(outcomes=("stok",)))


def test_only_the_outcomes_asked_for_are_computed() -> None:
    found = simulate(growth(), setup=Setup(backend="numpy", outcomes=("born",)))
    assert {key[3] for key in found.parts} == {"", "born"}


def test_wrong_levers_are_told_at_once() -> None:
    wrong = Scenario(
        id="wrong", levers={"brakes": Schedule(((START, 0.5),)), "brake": Schedule(((START, 1.5),))}
    )
    with pytest.raises(UsageError) as caught:
        simulate(growth(), scenarios=(wrong,))
    assert "'brakes' is not a lever of this model" in str(caught.value)
    assert "Did you mean brake" in str(caught.value)
    assert "'brake' is set to 1.5, outside its range 0 to 1" in str(caught.value)
