"""Who may have an entry: denied by default, whatever the party, the role, the marking and the audience."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.record.entry import Entry, write_payload
from acuerdo.record.marking import (
    CONF_STATUS,
    PUBLIC,
    REACH,
    Marking,
    audience,
    may_have,
    onward,
    read_marking,
)
from acuerdo.record.moment import write_moment

SIDES = ("mx", "us")
PARTIES = ("mx", "us", "us:dea", "mx:sspc", "gt", PUBLIC)
NOW = datetime(2027, 1, 1, tzinfo=UTC)


def entry(marking: dict[str, Any], side: str = "us") -> Entry:
    return Entry.from_payload(
        write_payload(
            {
                "at": "2026-11-22T05:00:00Z", "author": "a", "body": {}, "kind": "report", "marking": marking,
                "record": "demo", "seen": dict.fromkeys(SIDES, 0), "side": side,
            }
        )
    )  # fmt: skip


MARKINGS = st.fixed_dictionaries(
    {"reach": st.sampled_from([*REACH])},
    optional={
        "agencies": st.lists(st.sampled_from(["us:dea", "mx:sspc", "gt"]), max_size=2),
        "conf_status": st.sampled_from([*CONF_STATUS]),
        "conf_redist": st.lists(st.sampled_from(["us:dea", "mx:sspc", "gt"]), max_size=2),
        "embargo": st.sampled_from([write_moment(NOW + timedelta(days=days)) for days in (-1, 0, 1)]),
    },
)


@given(MARKINGS, st.sampled_from(SIDES), st.sampled_from(PARTIES))
def test_nobody_has_what_the_marking_does_not_give(written: dict[str, Any], side: str, party: str) -> None:
    one = entry(written, side)
    allowed, forwarded = audience(one, NOW), onward(one, NOW)
    understood = read_marking(written)
    if understood is None:  # what says two things at once is for nobody
        assert written["reach"] == PUBLIC
        assert written.get("conf_status", "N") != "F"
        assert (allowed, forwarded) == (frozenset(), frozenset())
        return
    public = understood.reach == PUBLIC and (understood.embargo is None or understood.embargo <= NOW)
    owner_may_send = {
        "own": party == side,
        "agencies": party in understood.agencies,
        "both": party in SIDES,
        "public": party in SIDES or public,
    }[understood.reach]
    assert may_have(party, allowed) is owner_may_send
    recipient_may_forward = understood.reach != "own" and (party in understood.conf_redist or public)
    assert may_have(party, forwarded) is recipient_may_forward
    if understood.conf_status != "F":
        assert PUBLIC not in allowed | forwarded


@given(
    st.dictionaries(
        st.sampled_from(["reach", "agencies", "x"]),
        st.none() | st.integers(0, 9) | st.text(max_size=5),
        max_size=3,
    ),
    st.sampled_from(PARTIES),
)
def test_what_is_not_understood_is_for_nobody(written: dict[str, Any], party: str) -> None:
    if read_marking(written) is None:
        assert not may_have(party, audience(entry(written), NOW))
        assert not may_have(party, onward(entry(written), NOW))


def test_an_empty_audience_is_nobody() -> None:
    """Regression: elsewhere an empty group was sent to all."""
    one = entry({"reach": "agencies", "agencies": []})
    assert audience(one, NOW) == frozenset()
    assert not any(may_have(party, audience(one, NOW)) for party in PARTIES)


def test_an_agency_is_not_its_side_nor_its_side_the_agency() -> None:
    assert audience(entry({"reach": "agencies", "agencies": ["mx:sspc"]}), NOW) == {"mx:sspc"}
    assert "mx:sspc" not in audience(entry({"reach": "both"}), NOW)


def test_an_embargo_holds_the_public_off_and_nobody_else() -> None:
    written = {"reach": "public", "conf_status": "F", "embargo": write_moment(NOW)}
    assert audience(entry(written), NOW - timedelta(seconds=1)) == set(SIDES)
    assert audience(entry(written), NOW) == {*SIDES, PUBLIC}
    assert onward(entry(written), NOW - timedelta(seconds=1)) == frozenset()


def test_a_later_marking_stands_in_the_place_of_the_first() -> None:
    one = entry({"reach": "both"})
    assert audience(one, NOW, marking=Marking(reach="own")) == {"us"}
    assert onward(one, NOW, marking=Marking(reach="own")) == frozenset()


@given(MARKINGS)
def test_a_marking_is_written_as_it_is_read(written: dict[str, Any]) -> None:
    understood = read_marking(written)
    if understood is not None:
        assert read_marking(understood.as_written()) == understood


@pytest.mark.parametrize(
    "embargo", ["2027-01-01", "2027-01-01T00:00:00", "2027-13-01T00:00:00Z", "2027-01-01T00:00:00+00:00", 5]
)
def test_an_embargo_of_another_form_is_for_nobody(embargo: object) -> None:
    assert audience(entry({"reach": "both", "embargo": embargo}), NOW) == frozenset()
