"""Every operation that an equation may hold, by all three back ends; gradients; chance."""

from __future__ import annotations

import numpy as np
import pytest
from tests.foresight.examples import growth, mixing

from acuerdo.core.errors import UsageError
from acuerdo.foresight.arrays import with_numpy
from acuerdo.foresight.backends import compute_with
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.events import events_with_numpy
from acuerdo.foresight.kernel.compile import events_with_numba
from acuerdo.foresight.noise import Noise, poisson, uniforms
from acuerdo.foresight.run import Setup, simulate
from acuerdo.foresight.scenario import BASELINE
from acuerdo.foresight.timeline import timeline
from acuerdo.foresight.tracing import trace


def laid(model, *, draws: int, span: float = 20.0, step: float = 2.0):
    course = timeline(model, BASELINE, span=span, every=1.0, step=step)
    return trace(model), Draws(count=draws).block(model, first=0, last=draws), course


@pytest.mark.parametrize("backend", ["numba", "jax"])
@pytest.mark.parametrize("draws", [1, 8, 13])
def test_back_ends_agree_on_every_operation(backend, draws: int) -> None:
    system, params, course = laid(mixing(), draws=draws)
    reference = with_numpy(system, params, course)
    assert compute_with(backend)(system, params, course) == pytest.approx(reference, rel=1e-10, abs=0.0)


def test_a_matrix_by_its_structure_is_the_full_matrix() -> None:
    system, params, course = laid(mixing(), draws=3, span=1.0)
    matrix = system.data.matrices["mixing"]
    rng = np.random.default_rng(0)
    x = rng.random(7)
    inner = matrix.sparse_part() @ x + matrix.left.T @ (matrix.right @ x) + matrix.diagonal * x
    assert matrix.dense() @ x == pytest.approx(matrix.scale * inner)
    assert with_numpy(system, params, course).shape == (3, course.times.size, 3)


def test_gradients_are_the_slopes_of_the_outcomes() -> None:
    import jax

    from acuerdo.foresight.gradients import outcomes_function

    system, params, course = laid(mixing(), draws=2)
    with jax.enable_x64(True):
        function = outcomes_function(system, course)
        slopes = np.asarray(jax.grad(lambda p: function(p)[0, -1].sum())(params))
    for row in range(2):
        ahead, behind = params.copy(), params.copy()
        width = 1e-5 * params[row]
        ahead[row] += width
        behind[row] -= width
        ends = [with_numpy(system, one, course)[0, -1] for one in (ahead, behind)]
        assert slopes[row] == pytest.approx((ends[0] - ends[1]) / (2.0 * width), rel=1e-6)


def test_the_counter_gives_the_published_numbers() -> None:
    """Known answers of Random123 for Philox 4x32 with ten rounds."""
    zero = np.zeros(1, dtype=np.uint64)
    one, other = uniforms(np.zeros(2, dtype=np.uint64), zero, cell=0, step=0)
    words = [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
    assert one[0] == ((words[0] << 32 | words[1]) >> 11) * 2.0**-53
    assert other[0] == ((words[2] << 32 | words[3]) >> 11) * 2.0**-53


@pytest.mark.parametrize("mean", [0.3, 4.0, 29.0, 31.0, 400.0])
def test_poisson_numbers_have_their_mean_and_variance(mean: float) -> None:
    count = 40_000
    u, v = uniforms(np.array([7, 9], dtype=np.uint64), np.arange(count, dtype=np.uint64), cell=3, step=5)
    found = poisson(np.full(count, mean), u, v=v)
    assert (found == np.floor(found)).all()
    assert found.mean() == pytest.approx(mean, abs=5.0 * np.sqrt(mean / count))
    assert found.var() == pytest.approx(mean, rel=0.05)


def test_chance_is_the_same_by_both_back_ends_and_in_any_part() -> None:
    system, params, course = laid(mixing(), draws=11, step=1.0)
    noise = Noise(seed=4, start=True)
    whole = events_with_numpy(system, params, course=course, noise=noise, first=0)
    compiled = events_with_numba(system, params, course=course, noise=noise, first=0)
    assert compiled == pytest.approx(whole, rel=1e-10)
    part = events_with_numba(system, params[:, 5:], course=course, noise=noise, first=5)
    assert part.tobytes() == np.ascontiguousarray(compiled[:, :, 5:]).tobytes()


def test_chance_moves_whole_people_around_what_the_equations_say() -> None:
    draws = Draws(count=2_000, vary=())
    certain = simulate(growth(), setup=Setup(backend="numpy"))
    chance = simulate(growth(), draws=draws, setup=Setup(noise=Noise(step=0.5), every=4.0))
    assert np.isnan(chance.error)
    end, spread = chance.mean("baseline", "stock")[-1], chance.deviation("baseline", "stock")[-1]
    assert end == pytest.approx(
        certain.mean("baseline", "stock")[-1], abs=5.0 * spread / np.sqrt(2_000) + 1.0
    )
    # A birth process that begins with n and multiplies by g has the variance n·g·(g − 1)
    growth_factor = np.exp(0.8)
    assert spread**2 == pytest.approx(100.0 * growth_factor * (growth_factor - 1.0), rel=0.12)
    other = simulate(growth(), draws=draws, setup=Setup(noise=Noise(step=0.5, seed=1), every=4.0))
    assert other.mean("baseline", "stock")[-1] != end


def test_nothing_goes_below_zero() -> None:
    system, params, course = laid(mixing(), draws=8, span=40.0, step=1.0)
    params[0], params[1] = 3.0, 0.9
    out = events_with_numpy(system, params, course=course, noise=Noise(), first=0)
    assert (out[0] >= 0.0).all()


def test_chance_is_not_exported_to_jax() -> None:
    with pytest.raises(UsageError, match="not exported"):
        simulate(growth(), setup=Setup(noise=Noise(), backend="jax"))
