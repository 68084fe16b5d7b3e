"""The reference page of a framework's file, from the models that read it.

The English words are those of the models themselves; what they say in Spanish stands beside this script, sentence by
sentence, so that one that is changed cannot keep an old translation.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from acuerdo.core.text import Lang, Text
from acuerdo.spec.fields import AbstractSpec
from acuerdo.spec.model import Framework
from acuerdo.spec.schema import json_schema

MakeTable = Callable[[tuple[Text, ...], list[tuple[str, ...]], Lang], str]

SPANISH = Path(__file__).with_suffix(".es.yaml")
_INTRODUCTION = Text(
    """The keys of a file under `src/acuerdo/frameworks/`. "Items by id" is a mapping whose keys are the ids of its
items; what is not known is left out, never written empty. Dates are written as exactly as they are known: `2021`,
`2021-10`, `2021-10-08`, `FY2021`. Wherever they stand, `sources` are keys of the `references` that bear an item out,
and `note` is what a reader must know besides. Editors read the same from `src/acuerdo/spec/framework.schema.json`.

""",
    """Las claves de un archivo de `src/acuerdo/frameworks/`. «Elementos por id» es una relación cuyas claves son los id
de sus elementos; lo que no se sabe se omite, nunca se escribe vacío. Las fechas se escriben con la exactitud con que
se conocen: `2021`, `2021-10`, `2021-10-08`, `FY2021`. Donde aparezcan, `sources` son las claves de las `references` que
sustentan un elemento, y `note` es lo demás que debe saber quien lee. Los editores leen lo mismo de
`src/acuerdo/spec/framework.schema.json`.

""",
)
_HEADS = (
    Text("Key", "Clave"),
    Text("Required", "Obligatoria"),
    Text("Form", "Forma"),
    Text("Meaning", "Significado"),
)


@cache
def spanish() -> Mapping[str, str]:
    """What each sentence of the English page says in Spanish."""
    return yaml.safe_load(SPANISH.read_text("utf-8"))


def say(words: str, lang: Lang) -> str:
    """A sentence of the page; one without a Spanish translation stops the page from being made."""
    return words if lang == "en" or not words else spanish()[words]


def framework_page(make_table: MakeTable, lang: Lang) -> str:
    """Every object of the file, the framework first, then in order of name."""
    schema = json_schema(Framework)
    # Forms of other rooms may bear the same names.
    forms = (one for one in AbstractSpec.__subclasses__() if one.__module__.startswith("acuerdo.spec."))
    models = {one.__name__: one for one in (Framework, *forms)}
    objects = {"Framework": schema, **dict(sorted(schema["$defs"].items()))}
    parts = [
        _object(models[name], described, make_table=make_table, lang=lang)
        for name, described in objects.items()
        if name in models and described.get("properties")
    ]
    return _INTRODUCTION.in_(lang) + "\n".join(parts)


def _object(
    model: type[AbstractSpec], described: Mapping[str, Any], *, make_table: MakeTable, lang: Lang
) -> str:
    about, _, attributes = inspect.cleandoc(model.__doc__ or "").partition("Attributes:")
    told = dict(_meanings(attributes))
    required = set(described.get("required", ()))
    rows = [
        (
            f"`{key}`",
            say("yes", lang) if key in required else "",
            _form(form, lang),
            say(told.get(key, ""), lang),
        )
        for key, form in described["properties"].items()
    ]
    paragraph = say(" ".join(about.replace("``", "`").split()), lang)
    return f"## {model.__name__}\n\n{paragraph}\n\n{make_table(_HEADS, rows, lang)}"


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


def _form(form: Mapping[str, Any], lang: Lang) -> str:  # noqa: C901 - one case per form
    """What a value looks like, in a few words."""
    match form:
        case {"$ref": pointer}:
            name = str(pointer).rpartition("/")[2]
            return f"[{name}](#{name.lower()})"
        case {"description": str(told)} if told.startswith("id of"):
            return told.replace("id of", say("id of", lang), 1)
        case {"description": str(told)} if told.startswith("2020"):
            return say("date", lang)
        case {"additionalProperties": {**inner}} if inner:
            return f"{say('items by id', lang)}: {_form(inner, lang)}"
        case {"properties": {"en": _, "es": _}}:
            return say("text in both languages", lang)
        case {"items": {**inner}}:
            return f"{say('list', lang)}: {_form(inner, lang)}"
        case {"anyOf": [*choices]} | {"oneOf": [*choices]}:
            return _alternatives(choices, lang)
        case {"enum": [*values]} if "deaths" in values:
            return say("id of a [unit](units.md)", lang)
        case {"enum": [*values]}:
            return ", ".join(f"`{value}`" for value in values)
        case {"const": value}:
            return f"`{value}`"
        case {"format": "date"}:
            return say("day", lang)
        case _:
            plain = {"string": "text", "integer": "whole number", "boolean": "`true` or `false`"}
            return say(plain.get(form.get("type", ""), "number"), lang)


def _alternatives(choices: list[Mapping[str, Any]], lang: Lang) -> str:
    forms = dict.fromkeys(_form(one, lang) for one in choices if one.get("type") != "null")
    numbers = {say("whole number", lang), say("number", lang)}
    return say("number", lang) if set(forms) == numbers else f"{say('; or', lang)} ".join(forms)
