"""Changes to a framework that make a new one: a scenario, a reform, a correction under discussion."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from acuerdo.core.errors import Problem, SpecProblems, UsageError, nearest
from acuerdo.core.text import Text
from acuerdo.spec.dump import frozen, plain
from acuerdo.spec.fault import NO_LINES, Trail, dotted, problems
from acuerdo.spec.load import Check, build
from acuerdo.spec.survey import field_annotations, survey

ModelT = TypeVar("ModelT", bound=BaseModel)


def with_changes(base: ModelT, changes: Mapping[str, Any], *, check: Check | None = None) -> ModelT:
    """A new object like ``base`` with some values changed; ``base`` stays as it is.

    Args:
        base: The object to start from.
        changes: New values by dotted path: ``{"commitments.c017.deadline": "2023-12-01"}``. A value may be
            plain data or an object; ``None`` takes an optional value away.
        check: What must hold between the parts.

    Raises:
        UsageError: If a path leads nowhere, or one path lies inside another; names the nearest valid ones.
        SpecProblems: If the new object would not be valid.
    """
    _refuse_overlap(changes)
    data: Any = plain(base)
    wrong: list[Problem] = []
    for path, value in changes.items():
        trail = _trail(path, data, model=type(base), wrong=wrong)
        data = _changed(data, trail, value=frozen(value)) if trail is not None else data
    if wrong:
        raise UsageError(wrong)
    built, faults = build(data, type(base), lines=NO_LINES, check=check)
    if faults or built is None:
        raise SpecProblems(
            problems(faults, name=str(getattr(base, "id", type(base).__name__)), lines=NO_LINES)
        )
    return built


def _trail(path: str, data: Any, *, model: type[BaseModel], wrong: list[Problem]) -> Trail | None:
    """The trail of a dotted path through the data, or ``None`` and a problem added to ``wrong``."""
    models = survey(model, data).models
    trail: list[str | int] = []
    here: Any = data
    for word in path.split("."):
        known = _known(here, models.get(tuple(trail)), at_top=not trail)
        if word not in known:
            wrong.append(_unknown(path, word, trail=tuple(trail), known=known))
            return None
        if isinstance(here, tuple):
            trail.append(int(word))
            here = cast("tuple[Any, ...]", here)[int(word)]
        else:
            trail.append(word)
            here = cast("Mapping[str, Any]", here or {}).get(word)
    return tuple(trail)


def _known(here: Any, model: type[BaseModel] | None, *, at_top: bool) -> list[str]:
    """What may follow at this point: keys of the model, ids of a table, positions in a list."""
    if model is not None:
        return [name for name in field_annotations(model) if name != "id" or at_top]
    if isinstance(here, Mapping):
        return list(cast("Mapping[str, Any]", here))
    return (
        [str(number) for number in range(len(cast("tuple[Any, ...]", here)))]
        if isinstance(here, tuple)
        else []
    )


def _unknown(path: str, word: str, *, trail: Trail, known: list[str]) -> Problem:
    before = f"{dotted(trail)}." if trail else ""
    shown = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")
    return Problem(
        what=Text(f"The path '{path}' leads nowhere.", f"La ruta '{path}' no lleva a nada."),
        why=Text(
            f"There is no '{word}' in '{dotted(trail) or '—'}'.",
            f"No hay '{word}' en '{dotted(trail) or '—'}'.",
        ),
        nearest=tuple(before + name for name in nearest(word, known)),
        fix=Text(f"Use one of: {shown}", f"Use uno de: {shown}") if known else None,
    )


def _changed(data: Any, trail: Trail, *, value: Any) -> Any:
    """The data with another value at a trail; what does not change is shared."""
    if not trail:
        return value
    head, rest = trail[0], trail[1:]
    if isinstance(data, tuple):
        items = cast("tuple[Any, ...]", data)
        return tuple(
            _changed(one, rest, value=value) if number == head else one for number, one in enumerate(items)
        )
    mapping = dict(cast("Mapping[str, Any]", data or {}))
    if not rest and value is None:
        mapping.pop(str(head), None)
    else:
        mapping[str(head)] = _changed(mapping.get(str(head)), rest, value=value)
    return mapping


def _refuse_overlap(changes: Mapping[str, Any]) -> None:
    """One path inside another would make the result depend on their order."""
    ordered = sorted(changes)
    for outer, inner in pairwise(ordered):
        if inner.startswith(f"{outer}."):
            raise UsageError(
                Problem(
                    what=Text(f"'{inner}' lies inside '{outer}'.", f"'{inner}' está dentro de '{outer}'."),
                    why=Text(
                        "The result would depend on their order.", "El resultado dependería de su orden."
                    ),
                    fix=Text("Give one of the two.", "Indique sólo una de las dos."),
                )
            )
