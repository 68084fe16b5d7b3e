"""Plug-ins: one file adds one thing, and the file's name is its id.

Listing what exists reads folder entries only; a plug-in's own code runs when it is asked for by name.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import final

import acuerdo
from acuerdo.core.errors import AcuerdoError, Problem, not_found
from acuerdo.core.text import Text

_ROOT = Path(acuerdo.__file__).parent


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
            AcuerdoError: If two files claim one id.
        """
        return _scan(_ROOT / self.path, self.suffixes)

    def file(self, plugin_id: str) -> Path:
        """The file of one plug-in.

        Raises:
            NotFound: If there is none of that name; lists the nearest.
        """
        files = self.files()
        if plugin_id not in files:
            raise not_found(self.kind, plugin_id, known=files)
        return files[plugin_id]

    def module(self, plugin_id: str) -> ModuleType:
        """The imported module of one Python plug-in.

        Raises:
            NotFound: If there is none of that name.
        """
        self.file(plugin_id)
        return importlib.import_module(f"acuerdo.{self.path.replace('/', '.')}.{plugin_id}")


@cache
def _scan(folder: Path, suffixes: tuple[str, ...]) -> Mapping[str, Path]:
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix not in suffixes or path.name.startswith(("_", ".")):
            continue
        if path.stem in found:
            raise AcuerdoError(
                Problem(
                    what=Text(
                        f"Two files claim the id '{path.stem}': {found[path.stem].name} and {path.name}.",
                        f"Dos archivos reclaman el id '{path.stem}': {found[path.stem].name} y {path.name}.",
                    ),
                    where=str(folder),
                    fix=Text("Rename one of them.", "Cambie el nombre de uno."),
                )
            )
        found[path.stem] = path
    return MappingProxyType(found)
