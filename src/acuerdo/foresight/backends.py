"""The back ends that compute the same equations, by name."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial
from typing import Literal, final

from acuerdo.core.errors import Problem, UsageError, missing_extra
from acuerdo.core.text import Text
from acuerdo.foresight.arrays import with_numpy
from acuerdo.foresight.events import events_with_numpy
from acuerdo.foresight.model import Floats, Model
from acuerdo.foresight.room import Room
from acuerdo.foresight.timeline import Timeline
from acuerdo.foresight.tracing import System

Backend = Literal["auto", "numpy", "numba", "jax"]
Compute = Callable[[System, Floats, Timeline], Floats]

_QUICK = Text("The compiled back end", "El motor compilado")
_SLOW = Text(
    "The compiled back end is not installed, so this takes about fifty times as long: minutes instead of seconds. "
    "To be quick: pip install 'acuerdo[fast]'",
    "El motor compilado no está instalado, así que esto tarda unas cincuenta veces más: minutos en vez de segundos. "
    "Para ir rápido: pip install 'acuerdo[fast]'",
)


@final
class SlowBackend(UserWarning):
    """Long work begins, and what would make it quick is not installed."""


def slow(model: Model) -> Text | None:
    """What to install before long work on a model; None where it is, and where NumPy is quick enough without it.

    NumPy keeps up where every state is a scalar; over the 150 groups of ``cartel_recruitment`` a trajectory takes it
    2 ms instead of 0.03, and a fitted value 0.9 s instead of 0.02.
    """
    return _SLOW if chosen("auto") == "numpy" and any(one.space for one in model.states) else None


def forewarn(model: Model) -> None:
    """Warns before long work that is going to be slow; once for each place that it is called from."""
    if (told := slow(model)) is not None:
        warnings.warn(f"{told.en} / {told.es}", SlowBackend, stacklevel=3)


def chosen(backend: Backend) -> Backend:
    """What ``auto`` stands for here: the compiled back end where numba is installed, else the plain reference.

    A run decides it once, where it begins: workers that chose for themselves would not give the same bytes.
    """
    from acuerdo.foresight.kernel.compile import installed

    return backend if backend != "auto" else "numba" if installed() else "numpy"


def compute_with(backend: Backend, *, room: Room | None = None) -> Compute:
    """The function that computes outcomes (outcomes, reported, draws) from a system, parameters and a timeline.

    Args:
        room: Memory for its answers, each of which may overwrite the one before.

    Raises:
        MissingExtra: If what the back end needs is not installed.
    """
    from acuerdo.foresight.kernel.compile import installed, with_numba

    match chosen(backend):
        case "numpy":
            return with_numpy
        case "numba":
            if not installed():
                raise missing_extra("fast", _QUICK)
            return partial(with_numba, room=room)
        case _:
            from acuerdo.foresight.gradients import with_jax

            return with_jax


def events_with(backend: Backend) -> Callable[..., Floats]:
    """The same with every flow left to chance; see :func:`acuerdo.foresight.events.events_with_numpy`.

    Raises:
        UsageError: If the back end has no stochastic variant.
    """
    from acuerdo.foresight.kernel.compile import events_with_numba

    if backend == "jax":
        raise UsageError(
            Problem(
                what=Text("Chance is not exported to JAX.", "El azar no se exporta a JAX."),
                fix=Text("Use the back end auto, numba or numpy.", "Use el motor auto, numba o numpy."),
            )
        )
    return events_with_numpy if compute_with(backend) is with_numpy else events_with_numba
