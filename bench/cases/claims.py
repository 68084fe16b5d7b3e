"""Every claim checked on both days, over all rival measurements and baselines, from the packaged evidence."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

from measuring import Figure, in_turns, seconds

from acuerdo.workspace import Workspace

RUNS = 5


def figures(data: Path, work: Path) -> Iterator[Figure]:
    del data
    # An empty store of its own, so that the figure is of the packaged evidence alone
    claims = Workspace.open(work / "no_store").claims
    (warm,) = in_turns(claims.check, runs=RUNS)
    number = len(claims.all())
    yield Figure(
        name=f"{number} claims, both days, warm", value=warm, unit="s", bound=2, ours=warm, runs=RUNS
    )
    checked = claims.check()
    drawn = statistics.median(seconds(lambda: [one.plotted for one in checked]) for _ in range(RUNS))
    yield Figure(name="what their pictures show", value=drawn, unit="s", bound=0.2, ours=drawn, runs=RUNS)
