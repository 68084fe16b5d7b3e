"""Whether a model says everything that it must, and whether what it says holds together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from acuerdo.core.errors import AcuerdoError, CheckFailed, nearest
from acuerdo.core.text import Text
from acuerdo.foresight.arrays import Arrays, Values, least_states
from acuerdo.foresight.clock import DAYS
from acuerdo.foresight.dimensions import check_units
from acuerdo.foresight.draws import Draws, uniforms
from acuerdo.foresight.faults import wrong_model
from acuerdo.foresight.model import Balance, Floats, Model
from acuerdo.foresight.scenario import BASELINE
from acuerdo.foresight.timeline import timeline
from acuerdo.foresight.tracing import BELOW, System, trace
from acuerdo.spec.check import structure_ids
from acuerdo.spec.library import frameworks

Fault = tuple[Text, Text]
ASSUMED = "assumed"
_DRAWS = 32
_BALANCED = 1e-9


def check_model(model: Model) -> None:
    """Checks declarations, units and balances, under every alternative of every mechanism.

    Raises:
        CheckFailed: If something is missing, out of its range, without a source, or not in balance; lists all.
        UnitMismatch: If the units of an equation do not fit.
    """
    faults = [*_declared(model), *_sourced(model), *_serving(model)]
    try:
        systems = [trace(model, structure) for structure in structures(model)]
    except AcuerdoError as error:
        raise CheckFailed([*wrong_model(model.id, faults).problems, *error.problems]) from error
    faults += dict.fromkeys(fault for one in systems for fault in _complete(one))
    faults += _unused(model, systems)
    if faults:
        raise wrong_model(model.id, faults)
    for system in systems:
        check_units(system)
        points = _anywhere(system)
        faults += [fault for one in model.balances for fault in _unbalanced(system, one, at=points)]
        faults += _negative(system)
    if faults:
        raise wrong_model(model.id, dict.fromkeys(faults))


def structures(model: Model) -> list[dict[str, str]]:
    """The published structure, and each alternative of each mechanism by itself."""
    return [{}, *({one.name: other.id} for one in model.mechanisms for other in one.alternatives[1:])]


def problems_of(model: Model) -> tuple[str, ...]:
    """The texts, in English, of what :func:`check_model` finds; none when all is well."""
    try:
        check_model(model)
    except AcuerdoError as error:
        return tuple(problem.what.en for problem in error.problems)
    return ()


def _declared(model: Model) -> Iterator[Fault]:
    names = [
        one.name for one in (*model.states, *model.parameters, *model.constants, *model.levers, *model.inputs)
    ]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield (
            Text(f"'{name}' is declared more than once.", f"'{name}' se declara más de una vez."),
            Text("Give each quantity a name of its own.", "Dé a cada cantidad su propio nombre."),
        )
    if model.time_unit not in DAYS:
        listed = ", ".join(DAYS)
        yield (
            Text(f"The unit of time is '{model.time_unit}'.", f"La unidad de tiempo es '{model.time_unit}'."),
            Text(f"Use one of: {listed}.", f"Use una de: {listed}."),
        )
    for one in model.parameters:
        if not one.low <= one.value <= one.high:
            yield _outside(one.name, one.value, low=one.low, high=one.high)
    for lever in model.levers:
        if not lever.low <= lever.default <= lever.high:
            yield _outside(lever.name, lever.default, low=lever.low, high=lever.high)
        if not lever.objectives:
            yield (
                Text(
                    f"The lever '{lever.name}' serves no objective of a framework.",
                    f"La palanca '{lever.name}' no sirve a ningún objetivo de un marco.",
                ),
                Text(
                    "Name at least one, as framework:reference.",
                    "Nombre al menos uno, como marco:referencia.",
                ),
            )


def _sourced(model: Model) -> Iterator[Fault]:
    known = {one.key for one in model.references} | {ASSUMED}
    alternatives = [
        (f"{one.name}={way.id}", way.source) for one in model.mechanisms for way in one.alternatives
    ]
    named = (*model.parameters, *model.constants, *model.levers, *model.inputs, *model.published)
    for name, source in [*((one.name, one.source) for one in named), *alternatives]:
        if source not in known:
            yield (
                Text(
                    f"'{name}' has no source among the model's references: '{source}'.",
                    f"'{name}' no tiene fuente entre las referencias del modelo: '{source}'.",
                ),
                Text(
                    "Add the reference, or write 'assumed' and say why.",
                    "Agregue la referencia, o escriba 'assumed' y diga por qué.",
                ),
            )
    for one in model.parameters:
        if not one.licence.strip():
            yield (
                Text(f"'{one.name}' has no licence.", f"'{one.name}' no tiene licencia."),
                Text("Name the licence of its source.", "Nombre la licencia de su fuente."),
            )


def _serving(model: Model) -> Iterator[Fault]:
    """Objectives that no framework has."""
    named = {objective for lever in model.levers for objective in lever.objectives}
    known = (
        {f"{key}:{part}" for key, one in frameworks().items() for part in structure_ids(one)}
        if named
        else set()
    )
    for objective in sorted(named - known):
        near = ", ".join(nearest(objective, known))
        yield (
            Text(f"No framework has '{objective}'.", f"Ningún marco tiene '{objective}'."),
            Text(f"Write framework:reference, such as {near}.", f"Escriba marco:referencia, como {near}.")
            if near
            else Text("Write framework:reference.", "Escriba marco:referencia."),
        )


def _unused(model: Model, systems: Sequence[System]) -> Iterator[Fault]:
    """Levers and parameters that are in no equation, whatever is chosen: whoever moves one would see nothing move."""
    used = {name for system in systems for name in system.used()}
    for one in (*model.levers, *model.parameters):
        if one.name not in used:
            yield (
                Text(f"'{one.name}' is declared, and no equation uses it.",
                     f"'{one.name}' está declarado y ninguna ecuación lo usa."),
                Text(f"Use m['{one.name}'], or leave it out.", f"Use m['{one.name}'] o quítelo."),
            )  # fmt: skip


def _complete(system: System) -> Iterator[Fault]:
    model = system.model
    absent = {one.name for one in model.states} - {*system.starts}
    moved = {state for flow in system.flows for state in (flow.out_of, flow.into)} | {*system.jumps}
    for name in sorted(absent & (system.used() | moved)):
        yield (
            Text(
                f"The state '{name}' is used but never started.",
                f"El estado '{name}' se usa pero nunca se inicia.",
            ),
            Text("Give its value at time zero with start().", "Dé su valor en el tiempo cero con start()."),
        )
    declared = {one.name for one in model.outcomes}
    for name in sorted(declared - {*system.outcomes}):
        yield (
            Text(
                f"The outcome '{name}' is declared, and no equation gives it.",
                f"El resultado '{name}' está declarado y ninguna ecuación lo da.",
            ),
            Text(f"Write m.outcome('{name}', …).", f"Escriba m.outcome('{name}', …)."),
        )
    for name in sorted({*system.outcomes} - declared):
        yield (
            Text(
                f"The outcome '{name}' is given by an equation, and not declared.",
                f"El resultado '{name}' lo da una ecuación y no está declarado.",
            ),
            Text(f"Declare Outcome(name='{name}', …).", f"Declárelo: Outcome(name='{name}', …)."),
        )
    for name, outcome in system.outcomes.items():
        if outcome.space:
            yield (
                Text(f"The outcome '{name}' is a vector.", f"El resultado '{name}' es un vector."),
                Text("Sum it with total().", "Súmelo con total()."),
            )


def _unbalanced(system: System, balance: Balance, *, at: Values) -> Iterator[Fault]:
    """What the named states gain must be what the named flows bring, wherever they are."""
    arrays = Arrays(system, np)
    with np.errstate(all="ignore"):
        slopes = arrays.evaluate(system.derivatives, at)
        flows = arrays.evaluate({flow.name: flow.rate for flow in system.flows}, at)
    gained = sum((_summed(slopes[name]) for name in balance.states if name in slopes), np.zeros(_DRAWS))
    brought = sum((_summed(flows[name]) for name in balance.inflows if name in flows), np.zeros(_DRAWS))
    taken = sum((_summed(flows[name]) for name in balance.outflows if name in flows), np.zeros(_DRAWS))
    # What only moves around inside must cancel to rounding: of what moves, not of the nothing that is left
    moved = sum(
        (_summed(np.abs(slopes[name])) for name in balance.states if name in slopes), np.zeros(_DRAWS)
    )
    scale = np.abs(brought) + np.abs(taken) + moved
    if bool((np.abs(gained - (brought - taken)) > _BALANCED * scale).any()):
        names = ", ".join(balance.states)
        yield (
            Text(
                f"What enters and leaves {names} does not add up to how it changes.",
                f"Lo que entra y sale de {names} no suma lo que cambia.",
            ),
            Text(
                "Name every flow, or correct the equation.", "Nombre todos los flujos, o corrija la ecuación."
            ),
        )


def _anywhere(system: System) -> dict[str, Any]:
    """Everything that an equation may use, at points anywhere: parameters and levers in their ranges, states at will.

    At the start alone a leak out of what is still empty, or through a lever that is not moved, would not be seen.
    """
    model, arrays = system.model, Arrays(system, np)

    def drawn(name: str, *shape: int) -> Floats:
        count = int(np.prod(shape, dtype=np.int64)) * _DRAWS
        return uniforms(f"check/{model.id}/{name}", first=0, last=count).reshape(*shape, _DRAWS)

    fixed = arrays.fixed(Draws(count=_DRAWS).block(model, first=0, last=_DRAWS))
    levers = [one.low + (one.high - one.low) * drawn(one.name) for one in model.levers]
    inputs = [one.value * (0.5 + drawn(one.name)) for one in model.inputs]
    driven = arrays.driven(levers, inputs, time=drawn("time") * model.span)
    with np.errstate(all="ignore"):
        started = arrays.start(fixed, driven)
    moved = {
        name: value * (0.5 + drawn(name, *value.shape[:-1])) + drawn(f"{name}/more", *value.shape[:-1])
        for name, value in started.items()
    }
    return {**fixed, **driven, **moved}


def _negative(system: System) -> Iterator[Fault]:
    """States that fall below zero on the way, levers at rest, though they are declared never to."""
    model = system.model
    params = Draws(count=_DRAWS).block(model, first=0, last=_DRAWS)
    course = timeline(model, BASELINE, span=model.span, every=model.span, step=model.longest_step / 2.0)
    kept = {one.name for one in system.states if one.non_negative}
    for name, least in least_states(system, params, course=course).items():
        below = int((least < -BELOW).sum())
        if name in kept and below:
            yield (
                Text(
                    f"The state '{name}' falls below zero in {below} of {_DRAWS} draws.",
                    f"El estado '{name}' baja de cero en {below} de {_DRAWS} sorteos.",
                ),
                Text(
                    "Correct the equation, or declare it with non_negative=False.",
                    "Corrija la ecuación, o declárelo con non_negative=False.",
                ),
            )


def _summed(values: np.ndarray | float) -> np.ndarray:
    array = np.asarray(values)
    return np.broadcast_to(array.sum(axis=0) if array.ndim == 2 else array, (_DRAWS,))


def _outside(name: str, value: float, *, low: float, high: float) -> Fault:
    return (
        Text(
            f"The value of '{name}', {value:g}, lies outside its range {low:g} to {high:g}.",
            f"El valor de '{name}', {value:g}, queda fuera de su intervalo de {low:g} a {high:g}.",
        ),
        Text("Correct the value or the range.", "Corrija el valor o el intervalo."),
    )
