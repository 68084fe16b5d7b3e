"""The methods that come with the software, found by the names of their files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import ValidationError

from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text
from acuerdo.evaluation.method import AbstractMethod, AbstractSettings
from acuerdo.spec.fault import Fault
from acuerdo.spec.survey import survey
from acuerdo.spec.validation import validation_faults

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


def settings_of(
    chosen: AbstractMethod[Any], given: Mapping[str, Any]
) -> tuple[AbstractSettings | None, list[Fault]]:
    """The settings of a method, whole; or what is wrong with those that are given."""
    try:
        return chosen.settings.model_validate(dict(given), strict=False), []
    except ValidationError as error:
        found = validation_faults(error, survey(chosen.settings, dict(given)), data=dict(given))
        # The whole that a key stands in has no name of its own
        return None, [
            replace(one, values={**one.values, "path": "settings"}) if one.kind == "key_unknown" else one
            for one in found
        ]
