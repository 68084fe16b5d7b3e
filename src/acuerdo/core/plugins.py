"""Plug-ins: one file adds one thing, and the file's name is its id.

Listing what exists reads folder entries only; a plug-in's own code runs when it is asked for by name. Beside the
package's folder a reader may have one of their own, named by an environment variable.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
import traceback
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import final

import acuerdo
from acuerdo.core.errors import AcuerdoError, Problem, not_found
from acuerdo.core.text import Text

_ROOT = Path(acuerdo.__file__).parent
_TO_FILL_IN = "FILL IN"


@final
class Folder:
    """One plug-in folder of the package, such as ``data/sources``.

    Attributes:
        path: The folder, relative to the package, with slashes.
        suffixes: Endings of the files that are plug-ins: ``.yaml``, ``.py``.
        kind: The kind of thing with its article, for messages.
        own: The environment variable that names a folder of the reader's own; none if empty.
    """

    def __init__(self, path: str, *, suffixes: tuple[str, ...], kind: Text, own: str = "") -> None:
        self.path = path
        self.suffixes = suffixes
        self.kind = kind
        self.own = own

    def files(self) -> Mapping[str, Path]:
        """Every plug-in's id and file, in order of id; nothing is imported.

        Raises:
            AcuerdoError: If two files claim one id.
        """
        packaged = _packaged(_ROOT / self.path, self.suffixes)
        named = os.environ.get(self.own) if self.own else None
        if not named:
            return packaged
        own = Path(named).expanduser()
        if not own.is_dir():
            raise AcuerdoError(_no_folder(own, variable=self.own))
        return _scan((_ROOT / self.path, own), self.suffixes)

    def is_own(self, plugin_id: str) -> bool:
        """Whether a plug-in is the reader's own.

        Raises:
            NotFound: If there is none of that name.
        """
        return self.file(plugin_id).parent != _ROOT / self.path

    def file(self, plugin_id: str) -> Path:
        """The file of one plug-in.

        Raises:
            NotFound: If there is none of that name; lists the nearest.
        """
        files = self.files()
        if plugin_id not in files:
            raise not_found(self.kind, plugin_id, known=files)
        return files[plugin_id]

    def unfilled(self) -> tuple[Problem, ...]:
        """The lines that ``acuerdo new`` marked and nobody has filled in yet."""
        return tuple(
            Problem(
                what=Text("This is still to be filled in.", "Esto aún está por llenarse."),
                where=f"{file}:{number}",
                fix=Text(line.strip(), line.strip()),
            )
            for file in self.files().values()
            for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
            if _TO_FILL_IN in line
        )

    def module(self, plugin_id: str) -> ModuleType:
        """The imported module of one Python plug-in.

        Raises:
            NotFound: If there is none of that name.
            AcuerdoError: If it is the reader's own and cannot be run; says at which line.
        """
        if self.is_own(plugin_id):
            return _run(self.file(plugin_id))
        return importlib.import_module(f"acuerdo.{self.path.replace('/', '.')}.{plugin_id}")


@cache
def _packaged(folder: Path, suffixes: tuple[str, ...]) -> Mapping[str, Path]:
    return _scan((folder,), suffixes)


def _scan(folders: tuple[Path, ...], suffixes: tuple[str, ...]) -> Mapping[str, Path]:
    found: dict[str, Path] = {}
    for path in (path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir())):
        if path.suffix not in suffixes or path.name.startswith(("_", ".")):
            continue
        if path.stem in found:
            raise AcuerdoError(
                Problem(
                    what=Text(
                        f"Two files claim the id '{path.stem}': {found[path.stem].name} and {path.name}.",
                        f"Dos archivos reclaman el id '{path.stem}': {found[path.stem].name} y {path.name}.",
                    ),
                    where=str(path.parent),
                    fix=Text("Rename one of them.", "Cambie el nombre de uno."),
                )
            )
        found[path.stem] = path
    return MappingProxyType(dict(sorted(found.items())))


@cache
def _run(path: Path) -> ModuleType:
    """The module of a file that lies outside the package."""
    name = f"acuerdo_own_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise AcuerdoError(_not_run(path, ImportError(path.name)))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except AcuerdoError:
        raise
    except Exception as error:
        raise AcuerdoError(_not_run(path, error)) from error
    return module


def _not_run(path: Path, error: Exception) -> Problem:
    if isinstance(error, SyntaxError):
        line = error.lineno or 0
    else:
        lines = [one.lineno for one in traceback.extract_tb(error.__traceback__) if one.filename == str(path)]
        line = (lines[-1] if lines else 0) or 0
    said = f"{type(error).__name__}: {error}"
    return Problem(
        what=Text(f"This file cannot be run: {said}", f"Este archivo no puede ejecutarse: {said}"),
        where=f"{path}:{line}" if line else str(path),
        fix=Text("Correct the line.", "Corrija la línea."),
    )


def _no_folder(folder: Path, *, variable: str) -> Problem:
    return Problem(
        what=Text(
            f"{variable} names a folder that is not there.", f"{variable} nombra una carpeta que no existe."
        ),
        where=str(folder),
        fix=Text("Make the folder, or unset the variable.", "Cree la carpeta, o quite la variable."),
    )
