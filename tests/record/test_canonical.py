"""The one form: equal to RFC 8785, and nothing else is read."""

from __future__ import annotations

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.core.errors import RecordRefused
from acuerdo.record.canonical import DEEPEST, MOST_BYTES, canonical, read_canonical

WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=20,
)
OBJECTS = st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), VALUES, max_size=5)


@given(OBJECTS)
def test_what_is_written_is_rfc_8785(value: dict[str, object]) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # pyright: ignore[reportArgumentType]
    assert read_canonical(canonical(value)) == value


def test_names_beyond_the_basic_plane_are_in_the_order_of_utf_16() -> None:
    value = {"￿": 1, "\U0001f600": 2}
    assert canonical(value) == '{"\U0001f600":2,"￿":1}'.encode()
    assert read_canonical(canonical(value)) == value
    with pytest.raises(RecordRefused):
        read_canonical('{"￿":1,"\U0001f600":2}'.encode())


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b'{"a":1.5}',
        b'{"a":1e3}',
        b'{"a":-0}',
        b'{"a":01}',
        b'{"a":9007199254740992}',
        b'{"a":' + b"9" * 5000 + b"}",
        b'{"a":NaN}',
        b'{"a":"\\u0041"}',
        b'{"a":"\\ud800"}',
        b'{"a":"\xff"}',
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":1}\n',
        b"[]",
        b"",
        b'{"a":' * (DEEPEST + 1) + b"1" + b"}" * (DEEPEST + 1),
        b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
        b'{"a":"' + b"x" * MOST_BYTES + b'"}',
    ],
    ids=range(20),
)
def test_any_other_form_is_refused(raw: bytes) -> None:
    with pytest.raises(RecordRefused):
        read_canonical(raw)


@pytest.mark.parametrize(
    "value", [{"a": 0.5}, {"a": 2**53}, {1: "a"}, {"a": {1, 2}}, {"a": "\ud800"}, {"a": b""}]
)
def test_what_has_no_one_form_is_not_written(value: dict[str, object]) -> None:
    with pytest.raises(RecordRefused):
        canonical(value)
