"""What is done, kept on disk, so that work that was stopped goes on where it was.

Every file is named by what it was made of: equations, data, version, and what was asked of them. What was computed for
one question is never taken for another's.
"""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile, gettempdir
from typing import Any, Final, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.result import fingerprint
from acuerdo.foresight.block import Key
from acuerdo.foresight.own import own_folder
from acuerdo.foresight.reduction import Parts

Arrays: TypeAlias = Mapping[str, NDArray[Any]]
# Seconds in which nobody has gone on with a question before what was done of it is thrown away: thirty days
_FORGOTTEN: Final = 30 * 24 * 3600.0
_QUESTION: Final = re.compile("[0-9a-f]{32}")


@contextmanager
def kept_until_whole(asked: str) -> Iterator[Path]:
    """A folder of the reader's own for what is done of a question; it goes when the question is answered.

    What was done of questions that nobody has gone on with for thirty days goes first.
    """
    runs = own_folder("runs")
    folder = runs / fingerprint(asked)[:32]
    with suppress(OSError):
        # A question that is taken up again is not forgotten
        os.utime(folder)
    _sweep(runs)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


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


def _sweep(runs: Path) -> None:
    """Throws away what was done of questions long forgotten; others may do the same at the same time."""
    if runs == Path(gettempdir()):
        # Where nothing else can be written, it is not ours alone
        return
    with suppress(OSError):
        # Its own clock, which need not be this machine's
        os.utime(runs)
        now = runs.stat().st_mtime
        for folder in runs.iterdir():
            if _QUESTION.fullmatch(folder.name) and now - _touched(folder) > _FORGOTTEN:
                shutil.rmtree(folder, ignore_errors=True)


def _touched(folder: Path) -> float:
    """When anything in a folder was last written; later than now, if somebody is at it this moment."""
    try:
        return max(one.lstat().st_mtime for one in (folder, *folder.rglob("*")))
    except FileNotFoundError:
        return math.inf


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
    """Writes a file whole or not at all; not at all, too, where its folder is thrown away meanwhile."""
    with suppress(FileNotFoundError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part_file:
            np.savez_compressed(part_file, **arrays)  # pyright: ignore[reportArgumentType]
        Path(part_file.name).replace(path)
