"""Overlays and comparison: a change makes a new framework, and what changed can be told."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import SpecProblems, UsageError
from acuerdo.spec.compare import compare
from acuerdo.spec.dump import dump_text
from acuerdo.spec.library import load_framework
from acuerdo.spec.model import Framework

EXAMPLE = Path(__file__).with_name("example_framework.yaml")
CHANGES: dict[str, Any] = {
    "commitments.c001.deadline": "2021-12-20",
    "commitments.c003.record.0.text.es": "El primer diálogo.",
    "money.fy2014_2018_usaid.note": {"en": "Rounded.", "es": "Redondeado."},
}


@pytest.fixture(scope="module")
def base() -> Framework:
    return load_framework(EXAMPLE)


def test_a_change_makes_a_new_framework_and_leaves_the_base(base: Framework) -> None:
    before = dump_text(base)
    new = base.with_changes({"commitments.c017.deadline".replace("c017", "c001"): "2023-12-01"})
    assert dump_text(base) == before
    assert new.commitments["c001"] != base.commitments["c001"]
    assert new.commitments["c002"] == base.commitments["c002"]


def test_the_order_of_changes_to_different_paths_does_not_matter(base: Framework) -> None:
    results: set[str] = set()
    for order in permutations(CHANGES):
        new = base
        for path in order:
            new = new.with_changes({path: CHANGES[path]})
        results.add(dump_text(new))
    assert results == {dump_text(base.with_changes(CHANGES))}


def test_no_change_gives_an_equal_framework(base: Framework) -> None:
    assert base.with_changes({}) == base


def test_nothing_takes_an_optional_value_away(base: Framework) -> None:
    assert base.with_changes({"meetings.hlsd_1.place": None}).meetings["hlsd_1"].place is None


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("commitments.c01.deadline", "commitments.c001"),
        ("commitments.c001.deadlin", "commitments.c001.deadline"),
        ("comitments.c001", "commitments"),
        ("commitments.c003.record.1.text", None),
        ("commitments.c001.deadline.day", None),
    ],
)
def test_a_path_to_nowhere_names_the_nearest(base: Framework, path: str, near: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        base.with_changes({path: "2021-12-20"})
    (problem,) = caught.value.problems
    assert path in problem.what.en
    assert path in problem.what.es
    assert problem.nearest[:1] == ((near,) if near else ())


def test_one_path_inside_another_is_refused(base: Framework) -> None:
    with pytest.raises(UsageError, match="lies inside"):
        base.with_changes({"commitments.c001": {}, "commitments.c001.deadline": "2021-12-20"})


def test_a_change_that_breaks_the_framework_is_refused_with_its_path(base: Framework) -> None:
    with pytest.raises(SpecProblems) as caught:
        base.with_changes({"commitments.c001.deadline": "2021-09-01", "bodies.ganseg.parent": "hlds"})
    where = {problem.where for problem in caught.value.problems}
    assert where == {
        "example_framework: commitments.c001.deadline",
        "example_framework: bodies.ganseg.parent",
    }


def test_comparison_tells_what_was_added_removed_and_changed(base: Framework) -> None:
    new = base.with_changes({**CHANGES, "meetings.hlsd_1.place": None})
    told = {difference.path: difference for difference in compare(base, new)}
    assert {path: one.kind for path, one in told.items()} == {
        "commitments.c001.deadline": "changed",
        "commitments.c003.record.0.text": "changed",
        "money.fy2014_2018_usaid.note": "added",
        "meetings.hlsd_1.place": "removed",
    }
    assert told["commitments.c001.deadline"].render("es") == (
        "commitments.c001.deadline: cambió: 1 de diciembre de 2021 → 20 de diciembre de 2021"
    )
    assert told["meetings.hlsd_1.place"].render("en") == "meetings.hlsd_1.place: removed: “Mexico City”"
    assert (
        told["meetings.hlsd_1.place"].render("es") == "meetings.hlsd_1.place: se eliminó: «Ciudad de México»"
    )


def test_comparison_names_the_entry_of_a_list_that_came_or_went(base: Framework) -> None:
    entry = base.commitments["c003"].record[0]
    later = entry.model_copy(update={"date": base.meetings["hlsd_1"].date.shift(366)})
    new = base.with_changes({"commitments.c003.record": (entry, later), "commitments.c001.agencies": ()})
    told = {difference.path: difference.kind for difference in compare(base, new)}
    assert told == {"commitments.c003.record.1": "added", "commitments.c001.agencies": "removed"}
    assert {one.path: one.kind for one in compare(new, base)} == {
        "commitments.c003.record.1": "removed",
        "commitments.c001.agencies": "added",
    }


def test_comparison_is_empty_for_equals_and_mirrored_when_turned_round(base: Framework) -> None:
    new = base.with_changes(CHANGES)
    assert compare(base, base) == ()
    there, back = compare(base, new), compare(new, base)
    assert {one.path: (one.old, one.new) for one in there} == {one.path: (one.new, one.old) for one in back}
