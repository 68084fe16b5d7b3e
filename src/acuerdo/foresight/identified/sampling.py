"""How likely each fit is: ensemble Markov chains, and whether they have come to rest.

The likelihood of a point is that of normal errors of unknown size, the size integrated out, over as many figures as
were published: a course that is drawn through ten figures says no more than ten. Priors are flat on the search scale
within the ranges sought, so what the data do not decide is as wide afterwards as it was assumed to be.

Reference:
    Goodman and Weare, Ensemble samplers with affine invariance (2010), as kept in emcee; Vehtari and others,
    Rank-normalization, folding, and localization: an improved R-hat (2021), for the split R-hat.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, final

import numpy as np

from acuerdo.core.errors import CheckFailed, Problem, missing_extra
from acuerdo.core.text import Text
from acuerdo.foresight.identified.fitting import solutions, spread_points
from acuerdo.foresight.identified.predicting import FITTING, Prediction
from acuerdo.foresight.keeping import Arrays
from acuerdo.foresight.model import Floats
from acuerdo.foresight.progress import Advance, Watch

if TYPE_CHECKING:
    from emcee import State

ENSEMBLES, WALKERS = 4, 24
R_HAT, TIMES_OF_CORRELATION = 1.05, 50.0
# Steps of a chain that are kept in one file
_STRETCH = 50


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Chains:
    """What the chains came to.

    Attributes:
        table: Draws of the parameters sought, each with shape (draws,).
        r_hat: The split R-hat of each parameter over the independent ensembles.
        correlation: The autocorrelation time of each parameter, in steps.
        steps: The steps of each ensemble that were kept.
        accepted: The share of moves that were accepted.
    """

    table: Mapping[str, Floats]
    r_hat: Mapping[str, float]
    correlation: Mapping[str, float]
    steps: int
    accepted: float

    @property
    def at_rest(self) -> bool:
        """Whether every parameter has come to rest, and the chains are long enough to know it."""
        longest = max(self.correlation.values())
        return max(self.r_hat.values()) <= R_HAT and self.steps >= TIMES_OF_CORRELATION * longest

    def checked(self) -> Chains:
        """The same.

        Raises:
            CheckFailed: If the chains have not come to rest; says by how much.
        """
        if not self.at_rest:
            raise CheckFailed(_restless(self))
        return self


def sample(
    prediction: Prediction, *, steps: int, draws: int = 1000, seed: int = 0, advance: Advance | None = None
) -> Chains:
    """Chains of a length, their first third left out.

    Args:
        steps: The steps of each of the four ensembles.
        draws: How many draws are taken from them, evenly.
        advance: Called after some fitted starts, and after some steps.

    Raises:
        MissingExtra: If emcee is not installed.
    """
    try:
        from emcee.autocorr import integrated_time
    except ImportError as error:
        raise missing_extra("foresight", FITTING) from error
    # All over the ranges of what the data do not decide
    starts = solutions(prediction, spread_points(prediction, 2 * WALKERS), advance=advance)
    watch = Watch(ENSEMBLES * steps, advance, of=Text("Steps of the chains", "Pasos de las cadenas"))
    numbers = range(seed * ENSEMBLES, (seed + 1) * ENSEMBLES)
    every, accepted = zip(
        *(_ensemble(prediction, starts, number=one, steps=steps, watch=watch) for one in numbers), strict=True
    )
    kept = [one[steps // 3 :] for one in every]
    chains = np.stack(kept)
    flat = chains.reshape(-1, chains.shape[-1])
    taken = flat[np.linspace(0, len(flat) - 1, draws).astype(np.int64)]
    with np.errstate(invalid="ignore"):
        # Whether they are long enough is checked here, and said in both languages
        times = np.mean([integrated_time(one, tol=0, quiet=True) for one in kept], axis=0)
    # A walker that never moved has no autocorrelation time, and no chain is long enough for it
    correlation = np.where(np.isfinite(times), times, np.inf)
    return Chains(
        table=prediction.table(taken),
        r_hat=dict(zip(prediction.names, _r_hat(chains).tolist(), strict=True)),
        correlation=dict(zip(prediction.names, correlation.tolist(), strict=True)),
        steps=chains.shape[1],
        accepted=float(np.mean(accepted)),
    )


def _ensemble(
    prediction: Prediction, starts: Floats, *, number: int, steps: int, watch: Watch
) -> tuple[Floats, float]:
    """One ensemble's chain, shape (steps, walkers, sought), and the share of its moves that were accepted.

    It is kept in stretches, each with the state that the next one begins in; so a longer chain goes on from a shorter.
    """
    from emcee import State

    random = np.random.Generator(np.random.Philox(key=number))
    coordinates = starts[random.permutation(len(starts))[:WALKERS]]
    state = State(coordinates, random_state=np.random.RandomState(number).get_state())
    stretches: list[Arrays] = []
    for first in range(0, steps, _STRETCH):
        last = min(first + _STRETCH, steps)
        one, found = prediction.shelf.arrays(
            ["chain", starts.tolist(), number, first, last],
            partial(_stretch, prediction, state, steps=last - first),
        )
        places = tuple(int(place) for place in one["places"])
        words = ("MT19937", one["words"], *places, float(one["spare"]))
        state = State(one["coordinates"], log_prob=one["likelihoods"], random_state=words)
        stretches.append(one)
        watch.tick(last - first, found=found)
    moved = np.sum([one["accepted"] for one in stretches], axis=0)
    return np.concatenate([one["chain"] for one in stretches]), float(np.mean(moved / steps))


def _stretch(prediction: Prediction, state: State, *, steps: int) -> Arrays:
    """Some steps of an ensemble from a state, and the state after them."""
    from emcee import EnsembleSampler, moves

    likelihood = partial(_likelihood, prediction=prediction)
    sampler = EnsembleSampler(
        WALKERS, state.coords.shape[1], likelihood, vectorize=True,
        moves=[(moves.DEMove(), 0.8), (moves.StretchMove(), 0.2)],
    )  # fmt: skip
    # emcee's own wrapper prints a trace where a hand stops it
    sampler.log_prob_fn = likelihood  # pyright: ignore[reportAttributeAccessIssue]
    # Whether walkers are spread widely enough is asked of the starts, not of where a chain has come since
    going_on = state.log_prob is not None
    after: Any
    *_, after = sampler.sample(state, iterations=steps, skip_initial_state_check=going_on)
    _, words, place, has_spare, spare = after.random_state
    return {
        "chain": np.asarray(sampler.get_chain()), "accepted": sampler.backend.accepted, "coordinates": after.coords,
        "likelihoods": after.log_prob, "words": words, "places": np.array([place, has_spare]),
        "spare": np.array(spare),
    }  # fmt: skip


def _likelihood(points: Floats, prediction: Prediction) -> Floats:
    """The logarithm of the posterior at points of shape (walkers, sought), up to a constant."""
    low, high = prediction.bounds()
    inside = ((points >= low) & (points <= high)).all(axis=1)
    error = prediction.error(np.clip(points, low, high))
    with np.errstate(divide="ignore"):
        found = -prediction.observed.published * np.log(error)
    return np.where(inside, found, -np.inf)


def _r_hat(chains: Floats) -> Floats:
    """The split R-hat of chains of shape (ensembles, steps, walkers, parameters), one value per parameter.

    Each half of each ensemble counts as one chain; the walkers of an ensemble are not independent of one another.
    """
    half = chains.shape[1] // 2
    halves = np.concatenate([chains[:, :half], chains[:, half : 2 * half]])
    flat = halves.reshape(halves.shape[0], -1, halves.shape[-1])
    within = flat.var(axis=1, ddof=1).mean(axis=0)
    between = flat.mean(axis=1).var(axis=0, ddof=1)
    return np.sqrt((within + between) / within)


def _restless(chains: Chains) -> Problem:
    worst = max(chains.r_hat.values())
    ratio = chains.steps / max(chains.correlation.values())
    return Problem(
        what=Text(
            f"The chains have not come to rest: R-hat {worst:.3f} (at most {R_HAT}), length {ratio:.0f} times the "
            f"autocorrelation time (at least {TIMES_OF_CORRELATION:.0f}).",
            f"Las cadenas no han llegado al reposo: R-hat {worst:.3f} (máximo {R_HAT}), longitud {ratio:.0f} veces "
            f"el tiempo de autocorrelación (mínimo {TIMES_OF_CORRELATION:.0f}).",
        ),
        fix=Text("Ask for more steps.", "Pida más pasos."),
    )
