"""The models that come with the software, found by the names of their files."""

from __future__ import annotations

from collections.abc import Mapping

from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text
from acuerdo.foresight.model import Model

FOLDER = Folder("foresight/models", suffixes=(".py",), kind=Text("a model", "un modelo"))


def model(model_id: str) -> Model:
    """One model.

    Raises:
        NotFound: If there is none of that name; names the nearest.
    """
    return FOLDER.module(model_id).MODEL


def models() -> Mapping[str, Model]:
    """Every model by id."""
    return {model_id: model(model_id) for model_id in FOLDER.files()}


def is_declared(one: Model) -> bool:
    """Whether this is the model of a file, so that another process finds it by its name."""
    return one.id in FOLDER.files() and model(one.id) is one
