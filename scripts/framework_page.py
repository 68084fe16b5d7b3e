"""The reference page of a framework's file, from the models that read it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from acuerdo.core.text import Lang, Text
from acuerdo.spec.fields import AbstractSpec
from acuerdo.spec.model import Framework
from acuerdo.spec.schema import json_schema

MakeTable = Callable[[tuple[Text, ...], list[tuple[str, ...]], Lang], str]

_INTRODUCTION = """The keys of a file under `src/acuerdo/frameworks/`. "Items by id" is a mapping whose keys are the
ids of its items; what is not known is left out, never written empty. Dates are written as exactly as they are known:
`2021`, `2021-10`, `2021-10-08`, `FY2021`. Editors read the same from `src/acuerdo/spec/framework.schema.json`.

"""
_HEADS = (
    Text("Key", "Clave"),
    Text("Required", "Obligatoria"),
    Text("Form", "Forma"),
    Text("Meaning", "Significado"),
)
_MOST_CHOICES = 12


def framework_page(make_table: MakeTable) -> str:
    """Every object of the file, the framework first, then in order of name."""
    schema = json_schema(Framework)
    # Forms of other rooms may bear the same names.
    forms = (one for one in AbstractSpec.__subclasses__() if one.__module__.startswith("acuerdo.spec."))
    models = {one.__name__: one for one in (Framework, *forms)}
    objects = {"Framework": schema, **dict(sorted(schema["$defs"].items()))}
    parts = [
        _object(models[name], described, make_table=make_table)
        for name, described in objects.items()
        if name in models and described.get("properties")
    ]
    return _INTRODUCTION + "\n".join(parts)


def _object(model: type[AbstractSpec], described: Mapping[str, Any], *, make_table: MakeTable) -> str:
    about, _, attributes = inspect.cleandoc(model.__doc__ or "").partition("Attributes:")
    told = dict(_meanings(attributes))
    required = set(described.get("required", ()))
    rows = [
        (f"`{key}`", "yes" if key in required else "", _form(form), told.get(key, ""))
        for key, form in described["properties"].items()
    ]
    return f"## {model.__name__}\n\n{about.strip().replace('``', '`')}\n\n{make_table(_HEADS, rows, 'en')}"


def _meanings(text: str) -> Iterator[tuple[str, str]]:
    """The lines of an ``Attributes`` section by name, continued lines joined."""
    entries: list[str] = []
    for line in text.splitlines():
        if line.startswith("    ") and not line.startswith("     "):
            entries.append(line.strip())
        elif line.strip() and entries:
            entries[-1] += f" {line.strip()}"
    for entry in entries:
        name, _, meaning = entry.partition(": ")
        yield name, meaning.replace("``", "`")


def _form(form: Mapping[str, Any]) -> str:  # noqa: C901 - one case per form
    """What a value looks like, in a few words."""
    match form:
        case {"$ref": pointer}:
            name = str(pointer).rpartition("/")[2]
            return f"[{name}](#{name.lower()})"
        case {"description": str(told)} if told.startswith("id of"):
            return told
        case {"description": str(told)} if told.startswith("2020"):
            return "date"
        case {"additionalProperties": {**inner}} if inner:
            return f"items by id: {_form(inner)}"
        case {"properties": {"en": _, "es": _}}:
            return "text in both languages"
        case {"items": {**inner}}:
            return f"list: {_form(inner)}"
        case {"anyOf": [*choices]} | {"oneOf": [*choices]}:
            return _alternatives(choices)
        case {"enum": [*values]} if len(values) > _MOST_CHOICES:
            return "id of a [unit](units.md)" if "deaths" in values else "one of a list"
        case {"enum": [*values]}:
            return ", ".join(f"`{value}`" for value in values)
        case {"const": value}:
            return f"`{value}`"
        case {"format": "date"}:
            return "day"
        case _:
            return {"string": "text", "integer": "whole number", "boolean": "`true` or `false`"}.get(
                form.get("type", ""), "number"
            )


def _alternatives(choices: list[Mapping[str, Any]]) -> str:
    forms = dict.fromkeys(_form(one) for one in choices if one.get("type") != "null")
    return "number" if set(forms) == {"whole number", "number"} else "; or ".join(forms)
