"""Whether a store is sound: every file what its name says, every correction still needed."""

from __future__ import annotations

from acuerdo.core.errors import AcuerdoError, Problem
from acuerdo.data.asof import history
from acuerdo.data.corrections import CORRECTIONS, corrections, require_fresh
from acuerdo.data.store import Store, session


def audit(store: Store) -> tuple[Problem, ...]:
    """Everything that is wrong with a store; nothing when all is well."""
    problems: list[Problem] = []
    try:
        store.verify()
    except AcuerdoError as error:
        problems += error.problems
    for source_id in CORRECTIONS.files():
        try:
            _audit_corrections(store, source_id)
        except AcuerdoError as error:
            problems += error.problems
    return tuple(dict.fromkeys(problems))


def _audit_corrections(store: Store, source_id: str) -> None:
    declared, releases = corrections(source_id), store.releases(source_id)
    if not releases:
        return
    with session() as connection:
        require_fresh(
            connection,
            history(releases),
            declared=declared,
            complete=not any(one.extract for one in releases),
        )
