"""JSON Schema of a file of content, so that editors complete keys and mark mistakes while one writes.

A YAML file names it in its first line::

    # yaml-language-server: $schema=../spec/framework.schema.json
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from inspect import cleandoc
from pathlib import Path
from typing import Any, Final, cast, final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaWarningKind

from acuerdo.spec.survey import models_within

_SHARED: Final = {
    "note": "What a reader must know.",
    "sources": "Keys of the references that bear it out.",
}
FRAMEWORK_SCHEMA: Final = Path(__file__).with_name("framework.schema.json")


@final
class _Generator(GenerateJsonSchema):
    """Leaves out the default of a table: an absent table is an empty one."""

    ignored_warning_kinds: set[JsonSchemaWarningKind] = {  # noqa: RUF012 - as its base declares it
        "skipped-choice",
        "non-serializable-default",
    }


def json_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a model; an item of a table has no ``id`` inside, for its key is its id."""
    schema = model.model_json_schema(mode="validation", schema_generator=_Generator)
    _explain(schema, model)
    definitions = cast("dict[str, dict[str, Any]]", schema.get("$defs", {}))
    for name in _item_names(schema):
        definition = definitions[name]
        definition.get("properties", {}).pop("id", None)
        definition["required"] = [key for key in definition.get("required", []) if key != "id"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_without_null(schema)}


def schema_text(schema: Mapping[str, Any]) -> str:
    """A JSON Schema as the text of a file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _explain(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Give every property the meaning that its model's docstring states, for editors to show."""
    definitions = cast("dict[str, dict[str, Any]]", schema.get("$defs", {}))
    described = {one.__name__: one for one in models_within(model)}
    for name, definition in {**definitions, model.__name__: schema}.items():
        if name not in described:
            continue
        meanings = {**_SHARED, **attribute_meanings(described[name])}
        definition["description"] = cleandoc(described[name].__doc__ or "").split("\n\n")[0]
        for key, shape in cast("dict[str, dict[str, Any]]", definition.get("properties", {})).items():
            # The title, which editors show above the form that the description states.
            shape["title"] = meanings.get(key, "Its key." if key == "id" else "")


def attribute_meanings(model: type[BaseModel]) -> dict[str, str]:
    """What the ``Attributes`` section of a model's docstring says of each field, on one line each."""
    section = cleandoc(model.__doc__ or "").partition("Attributes:\n")[2]
    entries = re.split(r"\n    (?=\w+: )", f"\n{section}")
    pairs = (entry.split(": ", 1) for entry in entries if ": " in entry)
    return {name: " ".join(meaning.replace("``", "`").split()) for name, meaning in pairs}


def _without_null(node: Any) -> Any:
    """The schema without ``null``: what is not known is left out, never written as nothing."""
    if isinstance(node, list):
        return [_without_null(part) for part in cast("list[Any]", node) if part != {"type": "null"}]
    if not isinstance(node, dict):
        return node
    parts = cast("dict[str, Any]", node)
    return {
        name: _without_null(part) for name, part in parts.items() if not (name == "default" and part is None)
    }


def _item_names(node: Any) -> set[str]:
    """The names of the definitions that stand as items of a table."""
    if isinstance(node, list):
        return {name for part in cast("list[Any]", node) for name in _item_names(part)}
    if not isinstance(node, dict):
        return set()
    mapping = cast("dict[str, Any]", node)
    items = mapping.get("additionalProperties")
    target = str(cast("dict[str, Any]", items).get("$ref", "")) if isinstance(items, dict) else ""
    own = {target.rsplit("/", 1)[-1]} - {""}
    return own | {name for part in mapping.values() for name in _item_names(part)}
