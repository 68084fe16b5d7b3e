"""Tables as files: what one side hides, the other's table does not give back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from acuerdo.cli.app import run
from acuerdo.core.errors import CheckFailed
from acuerdo.record.suppression.files import published, read_table

OURS = (
    "place,sex,count\nSonora,female,3\nSonora,male,20\n"
    "Jalisco,female,40\nJalisco,male,50\nNayarit,female,30\nNayarit,male,9\n"
)
THEIRS = "sex,count\nfemale,73\nmale,79\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    ours.write_text(OURS, "utf-8")
    theirs.write_text(THEIRS, "utf-8")
    return ours, theirs


def test_a_small_count_is_hidden_with_what_would_give_it_away(files: tuple[Path, Path]) -> None:
    dimensions, cells = published(files[0], [files[1]])
    assert dimensions == ("place", "sex")
    hidden = {one.categories: one.status for one in cells if one.count is None}
    assert hidden.pop(("Sonora", "female")) == "small"
    assert set(hidden.values()) == {"would_give_away"}
    # Some other cell of its row or column is hidden with it, so that no sum leaves it alone.
    for at in (0, 1):
        beside = ("Sonora", "female")[at]
        assert any(one[at] == beside for one in hidden) or ("", "")[at] in {one[at] for one in hidden}


def test_the_command_writes_what_may_be_published(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["suppress", *map(str, files), "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    small = [row for row in rows if (row["place"], row["sex"]) == ("Sonora", "female")]
    assert [(row["count"], row["status"]) for row in small] == [("", "small")]
    assert len(rows) == 12


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "first line"),
        ("count\n1\n", "first line"),
        ("place,count\nSonora,1\nSonora,2\n", "twice"),
        ("place,count\nSonora,-1\nJalisco,\n,3\n", "csv:4"),
        ("place,count\nSonora;x,1\n", "without ';'"),
        ('place,count\n"Sonora,1\n', "cannot be read"),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(CheckFailed, match=told):
        read_table(path)


def test_two_tables_that_count_differently_are_refused(files: tuple[Path, Path]) -> None:
    files[1].write_text("sex,count\nfemale,1\nmale,79\n", "utf-8")
    with pytest.raises(CheckFailed, match="differently"):
        published(files[0], [files[1]])
