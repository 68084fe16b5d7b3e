"""Whether the program that runs is the one whose files lie here: an installed copy does not read those of a clone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import acuerdo
from acuerdo.core.text import Text

_READ = ("*.py", "*.yaml")


def clone_of(folder: Path) -> Path | None:
    """The clone of the repository that a folder lies in; None where it lies in none."""
    return next((one for one in (folder, *folder.parents) if (one / "src" / "acuerdo").is_dir()), None)


def unread(clone: Path) -> Text | None:
    """What to do so that the files of a clone are read; None where the program that runs reads the same."""
    here, running = clone / "src" / "acuerdo", Path(acuerdo.__file__).parent
    differing = () if here.resolve() == running.resolve() else tuple(_differing(here, running))
    if not differing:
        return None
    call = f'export PYTHONPATH="{clone}/src"'
    return Text(
        f"The program that runs was installed apart: it does not read {len(differing)} files of this folder "
        f"that are new or changed. To have them read:\n{call}",
        f"El programa que corre se instaló aparte: no lee {len(differing)} archivos de esta carpeta "
        f"que son nuevos o cambiaron. Para que los lea:\n{call}",
    )


def _differing(here: Path, running: Path) -> Iterator[Path]:
    for pattern in _READ:
        for path in here.rglob(pattern):
            installed = running / path.relative_to(here)
            if not installed.is_file() or installed.read_bytes() != path.read_bytes():
                yield path
