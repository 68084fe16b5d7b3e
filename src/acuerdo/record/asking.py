"""How a secret word is had: from the environment, or from whoever sits at the keyboard; never from the call's words."""

from __future__ import annotations

import os
from collections.abc import Callable

from acuerdo.core.errors import KeyRefused, Problem
from acuerdo.core.text import Text

Ask = Callable[[Text], str]
"""Asks whoever sits at the keyboard, in the words given, and shows nothing of what is typed."""


def asked(variable: str, prompt: Text, *, lacking: Text, ask: Ask | None) -> str:
    """The word that a variable of the environment holds, or that is typed.

    Args:
        variable: The variable.
        prompt: What is asked for, of which key.
        lacking: What is told where there is none.
        ask: How it is asked for; None where nobody sits at the keyboard.

    Raises:
        KeyRefused: If there is none.
    """
    given = os.environ.get(variable)
    if given is None and ask is not None:
        given = ask(Text(f"{prompt.en} (empty to stop): ", f"{prompt.es} (deje vacío para no firmar): "))
    if not given:
        raise KeyRefused(
            Problem(
                what=lacking,
                fix=Text(
                    f"Give it when asked, or in {variable}.", f"Indíquelo cuando se le pida, o en {variable}."
                ),
            )
        )
    return given
