"""Plug-ins: one file adds one thing, and the file's name is its id.

Listing what exists reads folder entries only; a plug-in's own code runs when it is asked for by name. Readers may have
content of their own beside the package's: in the folder that ``ACUERDO_CONTENT`` names, a file lies where it would lie
in the package, ``frameworks/fj_to_cyclone.yaml``.
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
from typing import Final, final

import acuerdo
from acuerdo.core.errors import AcuerdoError, Problem, not_found
from acuerdo.core.text import Text, same

OWN: Final = "ACUERDO_CONTENT"
_ROOT = Path(acuerdo.__file__).parent
_TO_FILL_IN = "FILL IN"


@final
class Folder:
    """One plug-in folder of the package, such as ``data/sources``.

    Attributes:
        path: The folder, relative to the package, with slashes.
        suffixes: Endings of the files that are plug-ins: ``.yaml``, ``.py``.
        kind: The kind of thing with its article, for messages.
    """

    def __init__(self, path: str, *, suffixes: tuple[str, ...], kind: Text) -> None:
        self.path = path
        self.suffixes = suffixes
        self.kind = kind

    def files(self) -> Mapping[str, Path]:
        """Every plug-in's id and file, in order of id; nothing is imported.

        Raises:
            AcuerdoError: If two files claim one id, or the reader's own folder is not there.
        """
        own = own_content()
        if own is None:
            return _packaged(_ROOT / self.path, self.suffixes)
        return _scan((_ROOT / self.path, own / self.path), self.suffixes)

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
                fix=same(line.strip()),
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
            return _run(self.file(plugin_id), name=f"acuerdo_own_{self.path.replace('/', '_')}_{plugin_id}")
        return importlib.import_module(f"acuerdo.{self.path.replace('/', '.')}.{plugin_id}")


def own_content() -> Path | None:
    """The folder with the reader's own content; None where none is named.

    Raises:
        AcuerdoError: If the folder is not there.
    """
    named = os.environ.get(OWN)
    if not named:
        return None
    own = Path(named).expanduser()
    if not own.is_dir():
        raise AcuerdoError(_no_folder(own))
    return own


def misplaced() -> tuple[Problem, ...]:
    """The reader's own files that lie where nothing is looked for, and are therefore not read."""
    own = own_content()
    if own is None:
        return ()
    files = sorted(path for path in own.rglob("*") if path.suffix in (".yaml", ".py", ".tsv"))
    return tuple(
        _not_read(path, own)
        for path in files
        if path.parent == own or not _in_package(path, own).parent.is_dir()
    )


def _in_package(path: Path, own: Path) -> Path:
    return _ROOT / path.relative_to(own)


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
def _run(path: Path, *, name: str) -> ModuleType:
    """The module of a file that lies outside the package."""
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


def _not_read(path: Path, own: Path) -> Problem:
    return Problem(
        what=Text("Nothing reads a file in this folder.", "Nada lee un archivo en esta carpeta."),
        where=str(path),
        fix=Text(
            f"Put it where it would lie under src/acuerdo: {own}/frameworks, {own}/indicators/catalog, …",
            f"Póngalo donde estaría en src/acuerdo: {own}/frameworks, {own}/indicators/catalog, …",
        ),
    )


def _no_folder(folder: Path) -> Problem:
    return Problem(
        what=Text(f"{OWN} names a folder that is not there.", f"{OWN} nombra una carpeta que no existe."),
        where=str(folder),
        fix=Text("Make the folder, or unset the variable.", "Cree la carpeta, o quite la variable."),
    )
