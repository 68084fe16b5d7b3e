"""JSON Schema of each kind of entry, made from the models that read it."""

from __future__ import annotations

from typing import Any, Final, cast

from acuerdo.record.entry import FORMAT
from acuerdo.record.kind import THINGS, require_kind, thing
from acuerdo.record.marking import Marking
from acuerdo.spec.schema import json_schema

_NAME: Final = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,63}$"}


def entry_schema(kind_id: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a whole entry of a kind.

    Raises:
        NotFound: If there is no such kind.
    """
    body = _inner(json_schema(require_kind(kind_id).body))
    if kind_id == "propose":
        body["properties"] = {**body["properties"], **_contents()}
    fields = {
        "acuerdo": {"const": FORMAT},
        "at": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"},
        "author": {"type": "string", "minLength": 1, "maxLength": 200},
        "body": body,
        "kind": {"const": kind_id},
        "marking": _inner(json_schema(Marking)),
        "record": _NAME,
        "seen": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
        "side": _NAME,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": require_kind(kind_id).title.en,
        "type": "object",
        "properties": fields,
        "required": sorted(fields),
        "additionalProperties": False,
    }


def _contents() -> dict[str, Any]:
    known = {name: thing(name) for name in THINGS.files()}
    return {
        "thing": {"enum": list(known)},
        "content": {"oneOf": [_inner(json_schema(one.content)) for one in known.values() if one is not None]},
    }


def _inner(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema as a part of another: its own definitions in their places, and no name of a dialect."""
    definitions = cast("dict[str, Any]", schema.pop("$defs", {}))
    schema.pop("$schema", None)
    return cast("dict[str, Any]", _placed(schema, definitions))


def _placed(node: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_placed(part, definitions) for part in cast("list[Any]", node)]
    if not isinstance(node, dict):
        return node
    parts = cast("dict[str, Any]", node)
    target = parts.get("$ref")
    if isinstance(target, str):
        return _placed(definitions[target.rsplit("/", 1)[-1]], definitions)
    return {name: _placed(part, definitions) for name, part in parts.items()}
