"""Blocks kept on disk, so that a run that was stopped goes on where it was.

A block's file lies under the digest of its run, which is made of the equations, data, scenarios, draws and version;
a block that was computed for one run is never taken for another's.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import final

import numpy as np

from acuerdo.foresight.block import Key
from acuerdo.foresight.reduction import Parts


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
        path = self._path(block)
        if not path.is_file():
            return None
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                found: dict[Key, Parts] = {}
                for name in arrays.files:
                    *key, part = json.loads(name)
                    found.setdefault(tuple(key), {})[part] = arrays[name]
                return found
        except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error):
            return None

    def write(self, block: int, parts: dict[Key, Parts]) -> None:
        """Keeps a block's contribution, whole or not at all."""
        path = self._path(block)
        path.parent.mkdir(parents=True, exist_ok=True)
        arrays = {
            json.dumps([*key, part]): array for key, one in parts.items() for part, array in one.items()
        }
        with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part_file:
            np.savez_compressed(part_file, **arrays)  # pyright: ignore[reportArgumentType]
        Path(part_file.name).replace(path)

    def _path(self, block: int) -> Path:
        return self.folder / self.digest[:32] / f"{block:06d}.npz"
