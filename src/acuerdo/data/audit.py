"""Whether a store is sound: every file what its name says, every correction still needed."""

from __future__ import annotations

from acuerdo.core.errors import AcuerdoError, CorrectionStale, Problem
from acuerdo.data.asof import history
from acuerdo.data.corrections import CORRECTIONS, corrections, require_fresh
from acuerdo.data.store import Store, session


def audit(store: Store) -> tuple[Problem, ...]:
    """Everything that is wrong with a store or with a correction file; nothing when all is well."""
    problems: list[Problem] = []
    try:
        store.verify()
    except AcuerdoError as error:
        problems += error.problems
    for source_id in CORRECTIONS.files():
        try:
            problems += stale_corrections(store, source_id)
        except AcuerdoError as error:
            problems += error.problems
    return tuple(dict.fromkeys(problems))


def stale_corrections(store: Store, source_id: str) -> tuple[Problem, ...]:
    """The corrections of a source that no longer fit what is stored of it."""
    declared = corrections(source_id)
    releases = store.releases(source_id) if declared else ()
    if not releases:
        return ()
    complete = not any(one.extract for one in releases)
    try:
        with session() as connection:
            require_fresh(connection, history(releases), declared=declared, complete=complete)
    except CorrectionStale as error:
        return error.problems
    return ()
