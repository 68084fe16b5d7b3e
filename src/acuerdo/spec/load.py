"""Loads one file of content, strictly: every problem at once, each with its line and column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from acuerdo.core.errors import Problem, SpecProblems
from acuerdo.core.text import Text
from acuerdo.spec.fault import Fault, LineMap, Trail, problems, shown_name
from acuerdo.spec.pointers import pointer_faults
from acuerdo.spec.survey import Survey, survey
from acuerdo.spec.syntax import decode
from acuerdo.spec.tree import read_tree
from acuerdo.spec.validation import validation_faults, without_consequences

ModelT = TypeVar("ModelT", bound=BaseModel)
LoadedT = TypeVar("LoadedT")
Check = Callable[[Any], Iterable[Fault]]
"""What must hold between the parts of a valid object; given the object, returns the faults."""


def load_document(path: Path, model: type[ModelT], *, check: Check | None = None) -> ModelT:
    """The object that a file describes.

    Args:
        path: A YAML file whose name, without its ending, is the object's ``id`` if the model has one.
        model: What the file must fit.
        check: What else must hold.

    Raises:
        SpecProblems: If anything is wrong; lists every problem with file, line and column.
    """
    name = shown_name(path)
    try:
        raw = path.read_bytes()
    except OSError:
        raise SpecProblems(
            Problem(
                what=Text("The file cannot be read.", "El archivo no puede leerse."),
                where=name,
                fix=Text(
                    "Check its name and that you may open it.",
                    "Revise su nombre y que tenga permiso para abrirlo.",
                ),
            )
        ) from None
    text, faults = decode(raw)
    if text is None or faults:
        raise SpecProblems(problems(faults, name=name, lines=LineMap({}, {}, {})))
    return load_text(text, model, name=name, check=check, stem=path.stem)


def load_every(ids: Iterable[str], load_one: Callable[[str], LoadedT]) -> Mapping[str, LoadedT]:
    """What each id stands for, in the order given; a file that is wrong hides no other's problems.

    Args:
        ids: The ids, as a plug-in folder lists them.
        load_one: Loads one of them.

    Raises:
        SpecProblems: Lists every problem of every file.
    """
    found: dict[str, LoadedT] = {}
    wrong: list[Problem] = []
    for one in ids:
        try:
            found[one] = load_one(one)
        except SpecProblems as error:
            wrong += error.problems
    if wrong:
        raise SpecProblems(wrong)
    return MappingProxyType(found)


def load_text(
    text: str, model: type[ModelT], *, name: str, check: Check | None = None, stem: str | None = None
) -> ModelT:
    """The object that a text describes.

    Args:
        text: YAML.
        model: What it must fit.
        name: What messages call the text.
        check: What else must hold.
        stem: What the ``id`` must be; not checked when absent.

    Raises:
        SpecProblems: If anything is wrong.
    """
    tree = read_tree(text)
    if tree.data is None:
        raise SpecProblems(problems(tree.faults, name=name, lines=tree.lines))
    built, faults = build(tree.data, model, lines=tree.lines, check=check)
    found = [
        *tree.faults,
        *without_consequences(faults, tree.faults),
        *_misnamed(tree.data, model, stem=stem),
    ]
    if found or built is None:
        raise SpecProblems(problems(found, name=name, lines=tree.lines))
    return built


def build(
    data: Any, model: type[ModelT], *, lines: LineMap, check: Check | None = None
) -> tuple[ModelT | None, list[Fault]]:
    """The object that plain data describe, or ``None``, and every fault.

    Where some items are wrong, what must hold between the parts is still checked for the others.
    """
    found = survey(model, data)
    faults = pointer_faults(model, found, lines=lines)
    built: ModelT | None = None
    try:
        built = model.model_validate(data)
    except ValidationError as error:
        wrong = validation_faults(error, found, data=data)
        faults = [*faults, *wrong]
        rest = _validated_rest(data, model, wrong=wrong, found=found)
    else:
        rest = built
    if check is not None and rest is not None:
        faults = [*faults, *check(rest)]
    return built, faults


def _validated_rest(data: Any, model: type[ModelT], *, wrong: list[Fault], found: Survey) -> ModelT | None:
    """The object without the items at fault; ``None`` if it is wrong outside of any item."""
    for fault in wrong:
        inner = fault.trail
        item = next((inner[:end] for end in range(len(inner), 0, -1) if inner[:end] in found.items), None)
        if item is None:
            return None
        data = _without(data, item)
    try:
        return model.model_validate(data)
    except ValidationError:
        return None


def _without(data: Any, trail: Trail) -> Any:
    """The data without one item of a table; the rest is shared, not copied."""
    head, *rest = trail
    mapping = cast("Mapping[str, Any]", data)
    if not rest:
        return {key: value for key, value in mapping.items() if key != head}
    return {key: _without(value, tuple(rest)) if key == head else value for key, value in mapping.items()}


def _misnamed(data: Any, model: type[BaseModel], *, stem: str | None) -> list[Fault]:
    if stem is None or "id" not in model.model_fields or not isinstance(data, Mapping):
        return []
    given = cast("Mapping[str, Any]", data).get("id")
    if given == stem or not isinstance(given, str):
        return []
    return [Fault(kind="id_not_file_name", trail=("id",), values={"given": given, "name": stem})]
