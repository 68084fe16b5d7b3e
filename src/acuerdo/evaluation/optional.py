"""The libraries of the optional part ``evaluation``, imported when a method first needs one."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from acuerdo.core.errors import missing_extra
from acuerdo.core.text import Text


def library(name: str) -> Any:
    """An imported library of the part ``evaluation``.

    Raises:
        MissingExtra: If it is not installed.
    """
    try:
        with quietly():
            return importlib.import_module(name)
    except ImportError as error:
        raise missing_extra("evaluation", Text("This method", "Este método")) from error


@contextmanager
def quietly() -> Iterator[None]:
    """Keeps a library's own warnings from the reader.

    What they warn of is looked at by the methods themselves, and said in both languages.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
