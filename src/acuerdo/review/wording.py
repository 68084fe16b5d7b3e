"""The interface's own words, from ``locale/en.yaml`` and ``locale/es.yaml``: the same keys, the same placeholders."""

from __future__ import annotations

import string
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml

import acuerdo
from acuerdo.core.errors import Problem, SpecProblems, not_found
from acuerdo.core.text import LANGS, Lang, Text
from acuerdo.review.writing import plain

LOCALE: Final = Path(acuerdo.__file__).parent / "locale"
_KIND = Text("a key of the interface's words", "una clave de las palabras de la interfaz")


@cache
def words(lang: Lang) -> Mapping[str, str]:
    """Every key and its words in one language, nested keys joined by a dot.

    Raises:
        SpecProblems: If the two languages differ in keys or placeholders.
    """
    found: dict[Lang, dict[str, str]] = {
        one: _flat(yaml.load((LOCALE / f"{one}.yaml").read_text("utf-8"), yaml.CSafeLoader)) for one in LANGS
    }
    problems = [
        Problem(
            what=Text(
                f"The interface's words '{key}' differ: {fault.en}.",
                f"Las palabras «{key}» de la interfaz difieren: {fault.es}.",
            ),
            where=f"locale/{one}.yaml",
        )
        for one, key, fault in faults(found)
    ]
    if problems:
        raise SpecProblems(problems)
    return MappingProxyType(found[lang])


def faults(found: Mapping[Lang, Mapping[str, str]]) -> list[tuple[Lang, str, Text]]:
    """Keys that one language lacks, leaves empty, or writes with other placeholders."""
    every = sorted(set().union(*found.values()))
    lacking = [
        (lang, key, Text("it is missing or empty here", "aquí falta o está vacía"))
        for lang in LANGS
        for key in every
        if not str(found[lang].get(key) or "").strip()
    ]
    missing = {key for _, key, _ in lacking}
    differing = [
        (
            "es",
            key,
            Text("its placeholders are not those of the English", "sus marcadores no son los del inglés"),
        )
        for key in every
        if key not in missing and placeholders(found["en"][key]) != placeholders(found["es"][key])
    ]
    return [*lacking, *differing]  # type: ignore[list-item]


def placeholders(text: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def word(lang: Lang, key: str, /, **values: object) -> str:
    """The words of a key with its placeholders filled in, each value as the language writes it.

    Where the values hold an ``n`` of one, the words of ``key_one`` are used if there are any.

    Raises:
        NotFound: If there is no such key.
    """
    known = words(lang)
    chosen = f"{key}_one" if values.get("n") == 1 and f"{key}_one" in known else key
    if chosen not in known:
        raise not_found(_KIND, key, known=known, where="locale/")
    return known[chosen].format(**{name: plain(value, lang) for name, value in values.items()})


def say(key: str, /, **values: object) -> Text:
    """The words of a key in both languages."""
    return Text(*(word(lang, key, **values) for lang in LANGS))


def _flat(tree: Mapping[str, Any], above: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{above}{key}.")
        else:
            flat[f"{above}{key}"] = str(value).strip() if value is not None else ""
    return flat
