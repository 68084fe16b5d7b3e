"""The help, laid out in one language: the front page, and a page for each command.

The parser's own help speaks English only; these pages are made from the same words that the parser is given.
"""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from acuerdo.cli.command import SECTIONS, Command, own_words, words_of_every_command
from acuerdo.cli.command import Word as Meaning
from acuerdo.core.text import Lang, Text

WIDTH = 100
_LABELS = 24
_NAMES = 15

_USAGE = Text("Usage", "Uso")
_WORDS = Text("Arguments", "Argumentos")
_OPTIONS = Text("Options", "Opciones")
_SHARED = Text("Options of every command", "Opciones de todos los comandos")
_EXAMPLES = Text("Examples", "Ejemplos")
_OPTIONS_HERE = Text("[OPTIONS]", "[OPCIONES]")
_REQUIRED = Text("required", "obligatorio")
_DEFAULT = Text("if not given:", "si se omite:")
_CHOICES = Text("one of", "uno de")
_COMMAND = Text("COMMAND", "COMANDO")
_VALUE = Text("VALUE", "VALOR")
_HELP = Text("Print this and stop.", "Imprime esta ayuda y termina.")
_MORE = Text(
    "acuerdo COMMAND --help tells all about one command; --lang es says it in Spanish.",
    "acuerdo COMANDO --help lo dice todo sobre un comando; --lang en lo dice en inglés.",
)
_ABOUT = Text(
    "Keeps the evidence of an agreement between two governments: what was promised, and what changed since.",
    "Conserva la evidencia de un acuerdo entre dos gobiernos: qué se prometió y qué ha cambiado desde entonces.",
)


def front_page(commands: Mapping[str, Command], lang: Lang) -> str:
    """What ``acuerdo --help`` prints: every command with its purpose, under the question that it answers."""
    shown = commands["review"].examples[0]
    lines = (
        f"{_USAGE.in_(lang)}: acuerdo {_COMMAND.in_(lang)} {_OPTIONS_HERE.in_(lang)}",
        "",
        textwrap.fill(_ABOUT.in_(lang), WIDTH),
        "",
        *_sections(commands, lang),
        f"{_EXAMPLES.in_(lang)}:",
        f"  # {shown.about.in_(lang)}",
        f"  {shown.call}",
        "",
        _MORE.in_(lang),
        "",
    )
    return "\n".join(lines)


def _sections(commands: Mapping[str, Command], lang: Lang) -> Iterator[str]:
    for section, heading in SECTIONS.items():
        yield heading.in_(lang)
        for name, command in commands.items():
            if command.section == section:
                yield _row(name, command.about.in_(lang), beside=_NAMES)
        yield ""


def command_page(name: str, command: Command, *, lang: Lang) -> str:
    """What ``acuerdo NAME --help`` prints: form, purpose, words, options and examples."""
    own = own_words(command)
    positional = {
        word: told for word, told in own.items() if word.kind in {word.POSITIONAL_ONLY, word.VAR_POSITIONAL}
    }
    options = {word: told for word, told in own.items() if word not in positional}
    common = words_of_every_command(command)
    form = " ".join(
        ("acuerdo", name, *(_label(*item, lang=lang) for item in positional.items()), _OPTIONS_HERE.in_(lang))
    )
    shown = (f"  # {one.about.in_(lang)}\n  {one.call}" for one in command.examples)
    parts = (
        f"{_USAGE.in_(lang)}: {form}",
        textwrap.fill(command.about.in_(lang), WIDTH),
        _section(_WORDS, positional, lang=lang),
        _section(_OPTIONS, options, lang=lang),
        _section(_SHARED, common, lang=lang) + "\n" + _row("--help", _HELP.in_(lang)),
        f"{_EXAMPLES.in_(lang)}:\n" + "\n".join(shown),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(heading: Text, words: Mapping[inspect.Parameter, Meaning], *, lang: Lang) -> str:
    rows = [_row(_label(word, told, lang=lang), _told(word, told, lang=lang)) for word, told in words.items()]
    return "\n".join((f"{heading.in_(lang)}:", *rows)) if rows else ""


def _label(word: inspect.Parameter, told: Meaning, *, lang: Lang) -> str:
    label = told.label.in_(lang) if told.label else _VALUE.in_(lang)
    if word.kind is word.VAR_POSITIONAL:
        return f"{label}…"
    if word.kind is word.POSITIONAL_ONLY:
        return label if word.default is word.empty else f"[{label}]"
    name = f"--{word.name.replace('_', '-')}"
    return name if word.default is False else f"{name} {label}{'…' if told.many else ''}"


def _told(word: inspect.Parameter, told: Meaning, *, lang: Lang) -> str:
    choices = _choices(word.annotation)
    notes = [f"{_CHOICES.in_(lang)}: {', '.join(choices)}"] if choices else []
    if word.default is word.empty and word.kind is not word.VAR_POSITIONAL:
        notes.append(_REQUIRED.in_(lang))
    elif word.default not in (word.empty, None, False, ()):
        default = " ".join(word.default) if isinstance(word.default, tuple) else word.default
        notes.append(f"{_DEFAULT.in_(lang)} {default}")
    return f"{told.about.in_(lang)} ({'; '.join(notes)})" if notes else told.about.in_(lang)


def _choices(hint: Any) -> tuple[str, ...]:
    """The values that a word may take, wherever in its type they stand."""
    if get_origin(hint) is Literal:
        return get_args(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return tuple(str(one.value) for one in hint)
    return tuple(
        choice for inner in get_args(hint) if not isinstance(inner, Meaning) for choice in _choices(inner)
    )


def _row(label: str, told: str, *, beside: int = _LABELS) -> str:
    """A label and what it means, wrapped beside it from a column on."""
    first = f"  {label}".ljust(beside)
    if len(first) > beside or not first.endswith(" "):
        first += "  "
    return textwrap.fill(
        told, WIDTH, initial_indent=first, subsequent_indent=" " * beside, break_on_hyphens=False
    )
