"""Where the installed ``acuerdo`` begins.

``acuerdo --help`` and ``--version`` are answered from texts that ``make docs`` wrote from the real application, because
building the application costs several times what Python's own start does. A test holds the texts to the application.
"""

from __future__ import annotations

import io
import os
import sys

from acuerdo import __version__
from acuerdo.core.language import language_of_call

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(words: Sequence[str] | None = None) -> int:
    """Runs one command and gives the exit code of the process."""
    # Where a stream was closed before the call, what would go there goes nowhere
    sys.stdout, sys.stderr = (one or open(os.devnull, "w") for one in (sys.stdout, sys.stderr))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        _never_fail_on_a_letter(stream)
    given = sys.argv[1:] if words is None else list(words)
    ready = _ready_answer(given)
    if ready is not None:
        sys.stdout.write(ready)
        return 0
    from acuerdo.cli.app import run

    return run(given)


def _never_fail_on_a_letter(stream: object) -> None:
    """A screen that lacks a letter shows a question mark; a pipe or a file gets the same bytes on every machine."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _ready_answer(words: Sequence[str]) -> str | None:
    asked = [word for word in words if not word.startswith("--lang=")]
    if "--lang" in asked[:-1]:
        at = asked.index("--lang")
        del asked[at : at + 2]
    if asked == ["--version"]:
        return f"{__version__}\n"
    if asked not in ([], ["--help"], ["-h"]):
        return None
    folder = __file__.rpartition("entry.py")[0]
    with open(f"{folder}help/{language_of_call(words)}.txt", encoding="utf-8") as page:  # noqa: PTH123 - pathlib is slow to import
        return page.read()
