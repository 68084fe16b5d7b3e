"""Folders of the reader's own: for kernels once compiled, and for the blocks of runs that were stopped."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import gettempdir


def own_folder(name: str, *, variable: str = "") -> Path:
    """A folder that can be written: the one an environment variable names, else in the user's cache, else temporary."""
    chosen = os.environ.get(variable) if variable else None
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    for folder in (
        Path(chosen) if chosen else cache / "acuerdo" / name,
        Path(gettempdir()) / f"acuerdo_{name}",
    ):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return Path(gettempdir())
