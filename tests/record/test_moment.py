"""A moment has one form, whatever the version of Python."""

from __future__ import annotations

import pytest

from acuerdo.record.moment import moment, write_moment


@pytest.mark.parametrize(
    "other",
    [
        "2026-01-01T24:00:00Z", "2026-01-01T23:59:60Z", "2026-02-30T00:00:00Z", "２026-01-01T00:00:00Z",
        "2026-01-01T00:00:00+00:00", "2026-01-01 00:00:00Z", "20260101T000000Z", "2026-01-01T00:00:00z",
    ],
)  # fmt: skip
def test_other_forms_are_none(other: str) -> None:
    assert moment(other) is None


def test_what_is_written_is_read() -> None:
    read = moment("2027-01-31T23:59:59Z")
    assert read is not None
    assert write_moment(read) == "2027-01-31T23:59:59Z"
