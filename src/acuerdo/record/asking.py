"""How a secret word is had: from the environment, or from whoever sits at the keyboard; never from the call's words."""

from __future__ import annotations

import os
from collections.abc import Callable

from acuerdo.core.errors import KeyRefused, Problem
from acuerdo.core.text import Text

Ask = Callable[[Text], str]
"""Asks whoever sits at the keyboard, in the words given, and shows nothing of what is typed."""


def asked(variable: str, prompt: Text, *, lacking: Text, ask: Ask | None, twice: bool = False) -> str:
    """The word that a variable of the environment holds, or that is typed.

    Args:
        variable: The variable.
        prompt: What is asked for, of which key.
        lacking: What is told where there is none.
        ask: How it is asked for; None where nobody sits at the keyboard.
        twice: Whether what is typed must be typed again alike: a slip in a new word would lock for ever.

    Raises:
        KeyRefused: If there is none, or the two that are typed differ.
    """
    given = os.environ.get(variable)
    if given is None and ask is not None:
        given = ask(Text(f"{prompt.en} (empty to stop): ", f"{prompt.es} (deje vacío para detenerse): "))
        if twice and given and ask(Text(f"{prompt.en}, again: ", f"{prompt.es}, otra vez: ")) != given:
            raise KeyRefused(Problem(what=_DIFFER, fix=_TRY_AGAIN))
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


_DIFFER = Text("The two that you typed are not the same.", "Las dos que escribió no son iguales.")
_TRY_AGAIN = Text("Try again.", "Inténtelo de nuevo.")
