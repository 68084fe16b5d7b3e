"""The words of every message about a file of content, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from acuerdo.spec.wording.meaning import MEANING
from acuerdo.spec.wording.message import Message, in_both
from acuerdo.spec.wording.reading import READING
from acuerdo.spec.wording.values import VALUES

__all__ = ["MESSAGES", "Message", "in_both"]

MESSAGES: Final[Mapping[str, Message]] = MappingProxyType({**READING, **VALUES, **MEANING})
"""Every message, by kind; ``tests/wrong`` holds one file for each."""
