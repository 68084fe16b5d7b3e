"""What is done, kept on disk, so that work that was stopped goes on where it was.

Every file is named by what it was made of: equations, data, version, and what was asked of them. What was computed for
one question is never taken for another's.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.result import fingerprint
from acuerdo.foresight.block import Key
from acuerdo.foresight.reduction import Parts

Arrays: TypeAlias = Mapping[str, NDArray[Any]]


@final
@dataclass(frozen=True, slots=True)
class Keeping:
    """Where the blocks of one run are kept.

    Attributes:
        folder: The folder of all runs.
        digest: What the run is made of.
    """

    folder: Path
    digest: str

    def read(self, block: int) -> dict[Key, Parts] | None:
        """A block's contribution; None if it is not there, or its file is not whole."""
        arrays = _read(self._path(block))
        if arrays is None:
            return None
        found: dict[Key, Parts] = {}
        for name, array in arrays.items():
            *key, part = json.loads(name)
            found.setdefault(tuple(key), {})[part] = array
        return found

    def write(self, block: int, parts: dict[Key, Parts]) -> None:
        """Keeps a block's contribution, whole or not at all."""
        arrays = {
            json.dumps([*key, part]): array for key, one in parts.items() for part, array in one.items()
        }
        _write(self._path(block), arrays)

    def _path(self, block: int) -> Path:
        return self.folder / self.digest[:32] / f"{block:06d}.npz"


@final
@dataclass(frozen=True, slots=True)
class Shelf:
    """Where parts of a fit are kept: solutions, and stretches of chains.

    Attributes:
        folder: The folder of all fits; nothing is kept if None.
        digest: What the fit is made of.
    """

    folder: Path | None = None
    digest: str = ""

    def arrays(self, made_of: object, compute: Callable[[], Arrays]) -> tuple[Arrays, bool]:
        """What is kept under what it was made of, or else computed and kept; and whether it was there.

        Args:
            made_of: What it is made of besides the fit itself, of lists, texts and numbers.
            compute: Gives it.
        """
        if self.folder is None:
            return compute(), False
        path = self.folder / self.digest[:32] / f"{fingerprint(made_of)[:32]}.npz"
        found = _read(path)
        if found is not None:
            return found, True
        made = compute()
        _write(path, made)
        return made, False


def _read(path: Path) -> dict[str, NDArray[Any]] | None:
    """The arrays of a file; None if it is not there, or not whole."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error):
        return None


def _write(path: Path, arrays: Arrays) -> None:
    """Writes a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part_file:
        np.savez_compressed(part_file, **arrays)  # pyright: ignore[reportArgumentType]
    Path(part_file.name).replace(path)
