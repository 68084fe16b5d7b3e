"""Walks plain data beside the model that it should fit, before and without validation.

So pointers can be checked, and valid key names listed, even where another part of the file is wrong.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, Union, cast, final, get_args, get_origin

from pydantic import BaseModel

from acuerdo.spec.fault import Trail
from acuerdo.spec.fields import Declares, Points
from acuerdo.spec.table import Table


@final
@dataclass(frozen=True, slots=True)
class Pointer:
    """A text that should be the id of something else."""

    trail: Trail
    target: str
    points: Points


@final
@dataclass(frozen=True, slots=True)
class Survey:
    """What the walk found.

    Attributes:
        models: The model that the mapping at a trail should fit.
        pointers: Every pointer.
        declared: Every id by kind, with the trails where it is declared.
        tables: The trails of each kind's tables.
        items: Trails of the items of tables.
        annotations: What the model says may stand at a trail.
    """

    models: dict[Trail, type[BaseModel]] = field(default_factory=dict[Trail, type[BaseModel]])
    pointers: list[Pointer] = field(default_factory=list[Pointer])
    declared: dict[str, dict[str, list[Trail]]] = field(default_factory=dict[str, dict[str, list[Trail]]])
    tables: dict[str, list[Trail]] = field(default_factory=dict[str, list[Trail]])
    items: set[Trail] = field(default_factory=set[Trail])
    annotations: dict[Trail, Any] = field(default_factory=dict[Trail, Any])


def survey(model: type[BaseModel], data: Any) -> Survey:
    """Everything that the model lets one say about the data without validating them.

    Args:
        model: The model of the whole file.
        data: Plain data as :func:`acuerdo.spec.tree.read_tree` gives them; may be wrong anywhere.
    """
    found = Survey()
    _walk(found, model, value=data, trail=())
    return found


@cache
def field_annotations(model: type[BaseModel]) -> Mapping[str, Any]:
    """Each field's annotation with its metadata, by the name that the file uses."""
    return {
        info.alias or name: Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
        for name, info in model.model_fields.items()
    }


@cache
def models_within(model: type[BaseModel]) -> frozenset[type[BaseModel]]:
    """The models that a model may hold, at any depth; guards against endless walks of the schema."""
    seen: set[type[BaseModel]] = set()
    waiting: list[Any] = [model]
    while waiting:
        annotation = waiting.pop()
        if is_model(annotation):
            if annotation not in seen:
                seen.add(annotation)
                waiting.extend(field_annotations(annotation).values())
        else:
            waiting.extend(get_args(annotation))
    return frozenset(seen)


def kind_groups(model: type[BaseModel]) -> frozenset[tuple[str, ...]]:
    """The sets of kinds that one pointer may mean; an id must be unique within each."""
    return frozenset(
        points.kinds
        for one in models_within(model)
        for annotation in field_annotations(one).values()
        for points in _every_points(annotation)
    )


def _every_points(annotation: Any) -> Iterator[Points]:
    if isinstance(annotation, Points):
        yield annotation
    for part in get_args(annotation):
        yield from _every_points(part)


def is_model(annotation: Any) -> bool:
    """Whether an annotation is a model class itself."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def members(annotation: Any) -> tuple[Any, ...]:
    """The alternatives of a union, with those of nested unions; of anything else, itself."""
    if get_origin(annotation) in (Union, types.UnionType):
        return tuple(inner for part in get_args(annotation) for inner in members(part))
    if get_origin(annotation) is Annotated and get_origin(get_args(annotation)[0]) in (
        Union,
        types.UnionType,
    ):
        return members(get_args(annotation)[0])
    return (annotation,)


def bare(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """An annotation without ``Annotated``, and the metadata that it carried."""
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        core, deeper = bare(inner)
        return core, (*deeper, *metadata)
    return annotation, ()


def _walk(found: Survey, annotation: Any, *, value: Any, trail: Trail) -> None:
    found.annotations[trail] = annotation
    choices = [bare(member) for member in members(annotation)]
    if isinstance(value, str):
        for core, metadata in choices:
            if core is str:
                found.pointers.extend(
                    Pointer(trail, value, one) for one in metadata if isinstance(one, Points)
                )
    elif isinstance(value, Mapping):
        _walk_mapping(found, choices, value=cast("Mapping[str, Any]", value), trail=trail)
    elif isinstance(value, tuple | list):
        for core, _ in choices:
            if get_origin(core) in (tuple, list):
                for number, item in enumerate(cast("tuple[Any, ...]", value)):
                    _walk(found, get_args(core)[0], value=item, trail=(*trail, number))


def _walk_mapping(
    found: Survey, choices: list[tuple[Any, tuple[Any, ...]]], *, value: Mapping[str, Any], trail: Trail
) -> None:
    models = [core for core, _ in choices if is_model(core)]
    if models:
        model = max(models, key=lambda one: len(value.keys() & field_annotations(one).keys()))
        found.models[trail] = model
        for name, annotation in field_annotations(model).items():
            if name in value:
                _walk(found, annotation, value=value[name], trail=(*trail, name))
        return
    for core, metadata in choices:
        if get_origin(core) is Table:
            _walk_table(found, core, metadata=metadata, value=value, trail=trail)
        elif get_origin(core) in (dict, Mapping):
            for name, item in value.items():
                _walk(found, get_args(core)[1], value=item, trail=(*trail, name))


def _walk_table(
    found: Survey, core: Any, *, metadata: tuple[Any, ...], value: Mapping[str, Any], trail: Trail
) -> None:
    kinds = [one.kind for one in metadata if isinstance(one, Declares)]
    for kind in kinds:
        found.tables.setdefault(kind, []).append(trail)
    for name, item in value.items():
        for kind in kinds:
            found.declared.setdefault(kind, {}).setdefault(name, []).append((*trail, name))
        found.items.add((*trail, name))
        _walk(found, get_args(core)[0], value=item, trail=(*trail, name))
