"""Many files at once: what is refused stops nothing else, and every file has its outcome."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, final

from acuerdo.core.errors import AcuerdoError, Problem, UsageError
from acuerdo.core.text import Text

if TYPE_CHECKING:
    from acuerdo.data.ingest import Ingested
    from acuerdo.data.store import Store

Advance = Callable[[str, int, int], None]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file: stored, already there, or refused.

    Attributes:
        path: The file.
        ingested: The release, and whether it is new; None if the file was refused.
        refused: Everything that is wrong with it.
    """

    path: Path
    ingested: Ingested | None = None
    refused: tuple[Problem, ...] = ()


def ingest_all(
    paths: Sequence[Path], store: Store, *, published: date | None = None, advance: Advance | None = None
) -> tuple[Outcome, ...]:
    """Brings files, and the files of folders, into a store.

    Args:
        paths: Files and folders.
        store: Where to.
        published: The day the files became public, where the user knows it.
        advance: Called with a file's name, how many files are done, and how many there are.

    Raises:
        UsageError: Lists every path that is not there; then nothing was read.
    """
    from acuerdo.data.ingest import Origin, ingest

    files = _files(paths)
    outcomes: list[Outcome] = []
    for number, file in enumerate(files):
        if advance:
            advance(file.name, number, len(files))
        try:
            found = ingest(file, store, origin=Origin(published=published))
            outcomes.append(Outcome(path=file, ingested=found))
        except AcuerdoError as error:
            outcomes.append(Outcome(path=file, refused=error.problems))
    return tuple(outcomes)


def _files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files named, and those inside the folders named, each once and in order."""
    absent = [path for path in paths if not path.exists()]
    if absent:
        what = Text("There is no such file or folder.", "No existe tal archivo o carpeta.")
        raise UsageError([Problem(what=what, where=str(path)) for path in absent])
    found = [file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    return tuple(dict.fromkeys(file for file in found if file.is_file() and not file.name.startswith(".")))
