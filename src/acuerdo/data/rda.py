"""R data files, through the optional part ``r``."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from acuerdo.core.errors import IngestRefused, Problem, missing_extra
from acuerdo.core.text import Text
from acuerdo.data.refusal import GET_AGAIN


def read_objects(path: Path, *, name: str) -> Mapping[str, Any]:
    """The named objects of an ``.rda`` file; a data frame comes as the reader's own table type.

    Raises:
        MissingExtra: If the reader is not installed.
        IngestRefused: If the file is damaged.
    """
    try:
        return _read(path, path.stat().st_mtime_ns)
    except ImportError as error:
        raise missing_extra("r", Text("An R data file", "Un archivo de datos de R")) from error
    except (ValueError, EOFError, NotImplementedError, OSError, KeyError) as error:
        raise IngestRefused(
            Problem(
                what=Text("The R data file cannot be read.", "No se puede leer el archivo de datos de R."),
                where=name,
                fix=GET_AGAIN,
            )
        ) from error


@lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> Mapping[str, Any]:
    """The objects of the last file read: recognition and reading both ask, and reading takes seconds."""
    del changed
    import rdata  # pyright: ignore[reportMissingImports] # optional

    with warnings.catch_warnings():
        # Classes of R that have no twin are read as plain lists, with a warning each
        warnings.simplefilter("ignore")
        return MappingProxyType(rdata.read_rda(path))


def object_names(path: Path, *, name: str) -> tuple[str, ...]:
    """The names of the objects in an ``.rda`` file, sorted."""
    return tuple(sorted(read_objects(path, name=name)))
