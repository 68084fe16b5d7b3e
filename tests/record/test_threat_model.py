"""The page of threats names tests that are there, the same in both languages."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("threat-model.md", "threat-model.es.md")


def rows(page: str) -> list[tuple[str, ...]]:
    """The tests that each row of the table names."""
    text = (ROOT / "docs" / "explanation" / page).read_text("utf-8")
    table = [line for line in text.splitlines() if line.startswith("| **")]
    return [tuple(re.findall(r"`([\w/]*test_\w+\.py)`", line)) for line in table]


def test_every_threat_names_its_tests_and_they_are_there() -> None:
    english, spanish = map(rows, PAGES)
    assert english == spanish
    assert len(english) >= 12
    for named in english:
        assert named
        for one in named:
            assert (ROOT / "tests" / "record" / one.removeprefix("tests/record/")).is_file(), one
