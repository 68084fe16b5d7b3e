"""The models that come with the software, and the reader's own, found by the names of their files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import ModuleType
from typing import Final

from acuerdo.core.errors import AcuerdoError
from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text
from acuerdo.foresight.model import Model

FOLDER: Final = Folder("foresight/models", suffixes=(".py",), kind=Text("a model", "un modelo"))


def model(model_id: str) -> Model:
    """One model; the reader's own is checked when it is first asked for.

    Raises:
        NotFound: If there is none of that name; names the nearest.
        AcuerdoError: If it is the reader's own, and its file cannot be run or is no whole model; lists all faults.
    """
    module = FOLDER.module(model_id)
    return _checked(module, model_id) if FOLDER.is_own(model_id) else module.MODEL


def models() -> Mapping[str, Model]:
    """Every model by id."""
    return {model_id: model(model_id) for model_id in FOLDER.files()}


def is_declared(one: Model) -> bool:
    """Whether this is the model of a file, so that another process finds it by its name."""
    return one.id in FOLDER.files() and model(one.id) is one


@cache
def _checked(module: ModuleType, model_id: str) -> Model:
    from acuerdo.foresight.check import check_model
    from acuerdo.foresight.faults import wrong_model

    found = vars(module).get("MODEL")
    if not isinstance(found, Model) or found.id != model_id:
        what = Text(
            f"This file defines no MODEL = Model(id='{model_id}', …).",
            f"Este archivo no define MODEL = Model(id='{model_id}', …).",
        )
        fix = Text("The id is the file's name.", "El id es el nombre del archivo.")
        raise wrong_model(str(module.__file__), [(what, fix)])
    try:
        check_model(found)
    except AcuerdoError as error:
        # Whoever writes it looks for the file
        raise type(error)([replace(one, where=str(module.__file__)) for one in error.problems]) from error
    return found
