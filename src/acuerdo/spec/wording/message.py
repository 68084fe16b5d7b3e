"""What a message about a file of content is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

from acuerdo.core.text import Text


@final
@dataclass(frozen=True, slots=True)
class Message:
    """The words for one kind of fault, with ``{placeholders}``.

    Attributes:
        what: What is wrong, in one sentence.
        why: The rule behind it, where the sentence does not say so.
        fix: What to do.
    """

    what: Text
    why: Text | None = None
    fix: Text | None = None


def in_both(template: Text, values: Mapping[str, Text | str]) -> Text:
    """A template with its placeholders filled in, each language with its own side of the values."""
    english = {name: value.en if isinstance(value, Text) else value for name, value in values.items()}
    spanish = {name: value.es if isinstance(value, Text) else value for name, value in values.items()}
    return Text(template.en.format_map(english), template.es.format_map(spanish))
