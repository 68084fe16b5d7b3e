"""Long work of the mechanism models: what it is told before, on the way, and when it is stopped."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from acuerdo.cli.command import Call
from acuerdo.core.text import Text

if TYPE_CHECKING:
    from acuerdo.foresight.progress import Progress


_STOPPED: Final = Text(
    "Stopped. What was done is kept: the same call goes on where it was.",
    "Detenido. Lo hecho se conserva: la misma orden sigue donde se quedó.",
)


@contextmanager
def watching(call: Call, title: Text, *, models: tuple[str, ...]) -> Iterator[Callable[[Progress], None]]:
    """A progress bar with rate and time left, after a notice if the work is going to be slow.

    Args:
        title: What is being done.
        models: The models that it is done with.

    Yields:
        A function that is told how far it has come.
    """
    foresight = call.workspace.foresight
    notices = {told.en: told for one in models if (told := foresight.slow(one))}
    for notice in notices.values():
        print(notice.in_(call.lang), file=sys.stderr)
    try:
        with warnings.catch_warnings(), call.progress(title) as advance:
            for english in notices:
                # It has just been said, in one language
                warnings.filterwarnings("ignore", message=re.escape(english))

            def tell(progress: Progress) -> None:
                left = f", {progress.left:,.0f} s" if progress.left is not None else ""
                label = f"{progress.of.in_(call.lang)}: {progress.rate:,.3g}/s{left}"
                advance(label, progress.done, progress.total)

            yield tell
    except KeyboardInterrupt:
        print(_STOPPED.in_(call.lang), file=sys.stderr)
        raise
