"""What a new file changed, and when it is too much to be believed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused
from acuerdo.data.store import Store

Bring = Callable[..., Any]
Write = Callable[..., Path]
FIRST = [("08", "2023-11", 10), ("08", "2023-12", 12), ("06", "2023-11", 3), ("06", "2023-12", 4)]
SECOND = [
    ("08", "2023-11", 10),
    ("08", "2023-12", 13),
    ("06", "2023-11", 3),
    ("06", "2023-12", 4),
    ("08", "2024-01", 9),
]


def test_the_first_file_is_all_new(bring: Bring, text: Write) -> None:
    found = bring(text(FIRST)).changes
    assert (found.previous, found.new, found.revised, found.same, found.removed) == (None, 4, 0, 0, 0)


def test_new_revised_same_and_removed_are_counted(bring: Bring, text: Write) -> None:
    first = bring(text([*FIRST, ("07", "2023-12", 1)], name="first.csv")).release
    found = bring(text(SECOND, name="second.csv")).changes
    assert found.previous == first
    assert (found.new, found.revised, found.same, found.removed) == (1, 1, 3, 1)
    assert not found.redefined
    assert found.factor == pytest.approx(30 / 29)


def test_a_file_that_came_late_is_compared_with_the_one_before_it(bring: Bring, text: Write) -> None:
    bring(text(SECOND, name="second.csv"))
    found = bring(text(FIRST, name="first.csv")).changes
    assert found.previous is None


def test_a_change_of_definition_is_no_revision(bring: Bring, text: Write, store: Store) -> None:
    from acuerdo.data.asof import revisions
    from acuerdo.data.query import rows

    bring(text(FIRST, name="first.csv"), definition="2015")
    found = bring(
        text([(s, m, 5 * n) for s, m, n in SECOND], name="second.csv"), definition="2026", restates=True
    )
    assert found.changes.redefined
    changed = {
        row["change"] for row in rows(revisions(store.releases())) if row["known_from"] == date(2024, 2, 20)
    }
    assert changed == {"redefinition", "first"}


def test_values_of_another_scale_are_refused(bring: Bring, text: Write, store: Store) -> None:
    bring(text(FIRST, name="first.csv"), restates=True)
    with pytest.raises(IngestRefused, match=r"2\.3 times those that 'first.csv'"):
        bring(text([(s, m, round(n * 2.2, 1)) for s, m, n in SECOND], name="second.csv"), restates=True)
    assert len(store.releases()) == 1


def test_a_file_that_is_a_part_by_design_may_lack_the_rest(bring: Bring, text: Write, store: Store) -> None:
    bring(text(FIRST, name="first.csv"))
    assert bring(text(SECOND[4:], name="second.csv")).new
    assert len(store.releases()) == 2


def test_a_count_below_zero_is_refused(bring: Bring, text: Write) -> None:
    with pytest.raises(IngestRefused, match="a count is below zero"):
        bring(text([*FIRST, ("07", "2023-12", -1)]))
