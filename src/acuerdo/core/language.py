"""The reader's language. Imports next to nothing, so that asking for help costs next to nothing."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:  # `typing` itself would cost as much as starting Python's own half
    from collections.abc import Sequence

    from acuerdo.core.text import Lang

_VARIABLES = ("ACUERDO_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def language_from_environment(default: Lang = "en") -> Lang:
    """The reader's language, from ``ACUERDO_LANG``, ``LC_ALL``, ``LC_MESSAGES`` or ``LANG``, in that order.

    >>> language_from_environment() in ("en", "es")
    True
    """
    for name in _VARIABLES:
        value = os.environ.get(name, "").lower()
        if value:
            return "es" if value.startswith("es") else default
    return default


def language_of_call(words: Sequence[str]) -> Lang:
    """The language asked for by ``--lang`` in a command's words, else the environment's.

    >>> language_of_call(["show", "mx_homicide_rate", "--lang", "es"])
    'es'
    """
    for number, word in enumerate(words):
        value = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and number + 1 < len(words):
            value = words[number + 1]
        if value in {"en", "es"}:
            return "es" if value == "es" else "en"
    return language_from_environment()
