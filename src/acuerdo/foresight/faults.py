"""What can be wrong with a model, a scenario or a run, said to its reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from acuerdo.core.errors import CheckFailed, Problem, UnitMismatch, UsageError, nearest
from acuerdo.core.text import Text

_EQUATIONS: dict[str, Text] = {
    "if": Text(
        "An equation is not a number yet, so Python's if, and, or, not cannot decide by it.",
        "Una ecuación todavía no es un número, así que if, and, or, not de Python no pueden decidir con ella.",
    ),
    "spaces": Text(
        "Vectors over different things cannot be combined element by element: {0}.",
        "No pueden combinarse, elemento por elemento, vectores sobre cosas distintas: {0}.",
    ),
    "spread": Text(
        "The flow '{0}' does not say what each element of '{1}' gets or gives.",
        "El flujo '{0}' no dice qué recibe o da cada elemento de '{1}'.",
    ),
    "twice": Text("Two flows are called '{0}'.", "Dos flujos se llaman '{0}'."),
    "taken": Text("A flow and a state are both called '{0}'.", "Un flujo y un estado se llaman '{0}'."),
}
_EQUATION_FIX: dict[str, Text] = {
    "if": Text(
        "Use where(condition, then, otherwise=...).", "Use where(condición, entonces, otherwise=...)."
    ),
    "spaces": Text(
        "Sum one of them with total(), or use a matrix.", "Sume uno con total(), o use una matriz."
    ),
    "spread": Text(
        "Multiply it by a vector of shares over the same things.",
        "Multiplíquelo por un vector de proporciones sobre las mismas cosas.",
    ),
    "twice": Text("Give each its own name.", "Dé a cada uno su propio nombre."),
    "taken": Text("Give each its own name.", "Dé a cada uno su propio nombre."),
}


def wrong_equation(fault: str, *names: str) -> UsageError:
    """The error for an equation that cannot be read."""
    what = _EQUATIONS[fault]
    return UsageError(
        Problem(what=Text(what.en.format(*names), what.es.format(*names)), fix=_EQUATION_FIX[fault])
    )


def wrong_model(model_id: str, problems: Iterable[tuple[Text, Text]]) -> CheckFailed:
    """The error for a model that is not what it must be: each fault with what to do."""
    return CheckFailed([Problem(what=what, where=model_id, fix=fix) for what, fix in problems])


def wrong_units(model_id: str, problems: Sequence[Text]) -> UnitMismatch:
    """The error for equations whose units do not fit."""
    fix = Text(
        "Correct the unit where it is declared, or the equation.",
        "Corrija la unidad donde se declara, o la ecuación.",
    )
    return UnitMismatch([Problem(what=what, where=model_id, fix=fix) for what in problems])


def unknown_word(what: Text, name: str, *, known: Iterable[str], where: str = "") -> Problem:
    """The problem of a name that a model does not have; ``what`` is the kind with its article."""
    names = sorted(known)
    listed = ", ".join(names)
    return Problem(
        what=Text(f"'{name}' is not {what.en} of this model.", f"'{name}' no es {what.es} de este modelo."),
        where=where,
        nearest=nearest(name, names),
        fix=Text(f"Use one of: {listed}", f"Use alguno de: {listed}") if names else None,
    )


def out_of_range(name: str, value: float, *, low: float, high: float, where: str = "") -> Problem:
    """The problem of a lever or parameter set outside its range."""
    return Problem(
        what=Text(
            f"'{name}' is set to {value:g}, outside its range {low:g} to {high:g}.",
            f"'{name}' se fija en {value:g}, fuera de su intervalo de {low:g} a {high:g}.",
        ),
        where=where,
        fix=Text(f"Give a value from {low:g} to {high:g}.", f"Dé un valor entre {low:g} y {high:g}."),
    )
