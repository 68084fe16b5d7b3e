"""A kept result says what it was found from, and what has changed since."""

from __future__ import annotations

from pathlib import Path

import pytest

from acuerdo.core.errors import CheckFailed
from acuerdo.core.result import Result, fingerprint

RESULT = Result(
    question="asked", inputs={"contract": "a", "data": "b"}, version="1", answer={"value": 0.1, "none": None}
)


def test_what_is_written_is_read(tmp_path: Path):
    path = tmp_path / "folder" / "asked.json"
    RESULT.write(path)
    assert Result.read(path) == RESULT
    first = path.read_bytes()
    RESULT.write(path)
    assert path.read_bytes() == first
    assert [one.name for one in path.parent.iterdir()] == ["asked.json"]


def test_each_changed_input_is_named():
    assert RESULT.changed({"contract": "a", "data": "b"}) == ()
    assert RESULT.changed({"contract": "a", "data": "c", "more": "d"}) == ("data", "more")
    assert RESULT.changed({"contract": "a"}) == ("data",)


@pytest.mark.parametrize("content", ["", "[]", '{"question": "x"}', "null"])
def test_another_file_is_refused_by_name(tmp_path: Path, content: str):
    path = tmp_path / "other.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CheckFailed, match=r"other\.json"):
        Result.read(path)


def test_a_number_that_is_none_is_not_written(tmp_path: Path):
    wrong = Result(question="q", inputs={}, version="1", answer={"value": float("nan")})
    with pytest.raises(ValueError, match="not JSON compliant"):
        wrong.write(tmp_path / "x.json")
    assert not (tmp_path / "x.json").exists()


def test_the_order_of_keys_does_not_change_a_fingerprint():
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": "1"})
