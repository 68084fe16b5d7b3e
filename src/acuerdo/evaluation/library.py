"""The methods that come with the software, found by the names of their files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text
from acuerdo.evaluation.method import AbstractMethod

METHODS: Final = Folder("evaluation/methods", suffixes=(".py",), kind=Text("a method", "un método"))


def method(method_id: str) -> AbstractMethod[Any]:
    """The method of an id.

    Raises:
        NotFound: If there is none; names the nearest.
    """
    return METHODS.module(method_id).METHOD


def methods() -> Mapping[str, AbstractMethod[Any]]:
    """Every method by id."""
    return {method_id: method(method_id) for method_id in METHODS.files()}
