"""Corrections: applied when read, visible, guarded, and never mixed with what the publisher said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import CorrectionStale, SpecProblems
from acuerdo.data import asof, audit
from acuerdo.data import corrections as declared
from acuerdo.data.asof import as_of, as_published, history, revisions
from acuerdo.data.corrections import CORRECTIONS, Correction, CorrectionFile, require_fresh
from acuerdo.data.corrections import corrections as corrections_of
from acuerdo.data.query import rows
from acuerdo.data.recognise import sources
from acuerdo.data.store import Store, session
from acuerdo.spec.load import load_text

ROWS = [("08", "2023-11", 10), ("08", "2023-12", 400), ("06", "2023-11", 3), ("06", "2023-12", 4)]
Bring = Callable[..., Any]
Write = Callable[..., Path]


def read(
    action: str,
    *,
    where: str = "places: [MX-08], first: 2023-12",
    expect: str = "each_above: 100",
    more: str = "",
) -> Correction:
    text = f"""
id: made
corrections:
  doubled_upload:
    where: {{series: [made.deaths], {where}}}
    action: {action}
    {more}
    reason: {{en: "The upload was doubled.", es: "La carga se duplicó."}}
    noticed: 2024-02-01
    expect: {{{expect}}}
"""
    (one,) = load_text(text, CorrectionFile, name="made.yaml").corrections.values()
    return one


@pytest.fixture
def known(
    bring: Bring, text: Write, store: Store, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., dict[Any, Any]]:
    """What is known of the made deaths under a correction: value, status and correction by place and month."""
    bring(text(ROWS))

    def run(*given: Correction, day: date | None = None) -> dict[Any, Any]:
        monkeypatch.setattr(asof, "corrections", lambda _source: given)
        return {
            (row["place"][3:], row["period"]): (row["value"], row["status"], row["correction"])
            for row in rows(as_of(store.releases(), day))
        }

    return run


PLAIN: Mapping[Any, Any] = {(state, month): (float(n), "A", "") for state, month, n in ROWS}


def test_without_corrections_the_figures_are_the_publishers(known: Callable[..., Any]) -> None:
    assert known() == PLAIN


@pytest.mark.parametrize(
    ("action", "more", "expected"),
    [
        ("replace", "value: 200", (200.0, "A", "doubled_upload")),
        ("scale", "value: 0.5", (200.0, "A", "doubled_upload")),
        ("blank", "", (None, "M", "doubled_upload")),
        ("flag", "", (400.0, "U", "doubled_upload")),
    ],
)
def test_each_action_changes_its_rows_and_no_others(
    known: Callable[..., Any], action: str, more: str, expected: tuple[Any, ...]
) -> None:
    assert known(read(action, more=more)) == {**PLAIN, ("08", "2023-12"): expected}


def test_a_dropped_row_lets_the_value_before_it_stand(
    known: Callable[..., Any], bring: Bring, text: Write, store: Store
) -> None:
    assert known(read("drop")) == {key: value for key, value in PLAIN.items() if key != ("08", "2023-12")}
    bring(text([("08", "2023-12", 888), ("08", "2024-01", 7)], name="later.csv"))
    only_later = read("drop", where="places: [MX-08], first: 2023-12, known_from: 2024-02-01, last: 2023-12")
    assert known(only_later)["08", "2023-12"] == (400.0, "A", "")
    assert known()["08", "2023-12"] == (888.0, "A", "")


def test_what_the_publisher_said_stays_as_it_was(known: Callable[..., Any], store: Store) -> None:
    known(read("blank"))
    for sql in (as_published(store.releases()), history(store.releases()), revisions(store.releases())):
        assert sorted(row["value"] for row in rows(sql)) == [3, 4, 10, 400]
    assert {row["change"] for row in rows(revisions(store.releases()))} == {"first"}


def stale(store: Store, *given: Correction, complete: bool = True) -> CorrectionStale | None:
    with session() as connection:
        try:
            require_fresh(connection, history(store.releases()), declared=given, complete=complete)
        except CorrectionStale as error:
            return error
    return None


def test_a_correction_that_still_fits(bring: Bring, text: Write, store: Store) -> None:
    bring(text(ROWS))
    for expect in (
        "each_above: 100",
        "each: 400",
        "each_below: 401",
        "total: 400",
        "each_above: 100, total: 400",
    ):
        assert stale(store, read("blank", expect=expect)) is None, expect


def test_a_correction_that_the_publisher_made_needless(bring: Bring, text: Write, store: Store) -> None:
    bring(text(ROWS))
    for expect in ("each_above: 500", "each: 200", "each_below: 400", "total: 401"):
        error = stale(store, read("blank", expect=expect))
        assert error is not None
        assert "no longer what it expects" in error.problems[0].what.en
        assert error.problems[0].where == "data/corrections/made.yaml, doubled_upload"


def test_a_correction_that_matches_nothing(bring: Bring, text: Write, store: Store) -> None:
    bring(text(ROWS))
    lost = read("blank", where="places: [MX-31]")
    error = stale(store, lost)
    assert error is not None
    assert "matches no row" in error.problems[0].what.en
    assert stale(store, lost, complete=False) is None, "an extract may not hold the rows"


@pytest.mark.parametrize(
    ("action", "more", "said"),
    [
        ("delete", "", "delete"),
        ("scale", "", "without one it needs"),
        ("blank", "value: 3", "value it does not take"),
    ],
)
def test_a_correction_file_is_read_strictly(action: str, more: str, said: str) -> None:
    with pytest.raises(SpecProblems, match=said):
        read(action, more=more)


def test_every_declared_correction_names_a_series_that_exists() -> None:
    known = sources()
    for source_id in CORRECTIONS.files():
        ids = {one.id for one in known[source_id].series}
        for one in corrections_of(source_id):
            assert set(one.where.series) <= ids


def test_a_sound_store_has_no_problems(bring: Bring, text: Write, store: Store) -> None:
    release = bring(text(ROWS)).release
    assert audit.audit(store) == ()
    release.path.write_bytes(b"")
    assert len(audit.audit(store)) == 1


def test_bringing_in_a_file_that_mends_the_fault_says_so(
    bring: Bring, text: Write, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "corrections", lambda _source: (read("blank"),))
    assert bring(text(ROWS, name="first.csv")).stale == ()
    found = bring(
        text([*ROWS[:1], ("08", "2023-12", 12), *ROWS[2:], ("08", "2024-01", 9)], name="mended.csv")
    )
    assert found.new
    assert ["doubled_upload" in problem.where for problem in found.stale] == [True]
    assert len(store.releases()) == 2


def test_corrections_of_a_source_without_any() -> None:
    assert declared.corrections("no_such_source") == ()
