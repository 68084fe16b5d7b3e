"""Who may have an entry: denied by default, whatever the party, the role, the marking and the audience."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.core.errors import RecordRefused
from acuerdo.record.entry import Entry, write_payload
from acuerdo.record.marking import (
    CONF_STATUS,
    PUBLIC,
    REACH,
    Marking,
    audience,
    in_words,
    marking_of,
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
        status, under_embargo = written.get("conf_status", "N"), "embargo" in written
        unreached = (written.get("agencies") and written["reach"] != "agencies") or (
            written.get("conf_redist") and written["reach"] == "own"
        )
        alone = (status == "E") != under_embargo
        narrow = written["reach"] != PUBLIC and (status == "E" or under_embargo)
        assert unreached or alone or narrow or (written["reach"] == PUBLIC and status not in {"F", "E"})
        assert (allowed, forwarded) == (frozenset(), frozenset())
        return
    public = understood.reach == PUBLIC and (understood.embargo is None or understood.embargo <= NOW)
    owner_may_send = (
        party in understood.conf_redist
        or {
            "own": party == side,
            "agencies": party in understood.agencies,
            "both": party in SIDES,
            "public": party in SIDES or public,
        }[understood.reach]
    )
    assert may_have(party, allowed) is owner_may_send
    recipient_may_forward = understood.reach != "own" and (party in understood.conf_redist or public)
    assert may_have(party, forwarded) is recipient_may_forward
    if understood.conf_status not in {"F", "E"}:
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


BEFORE, AFTER = f"embargo={write_moment(NOW + timedelta(days=1))}", f"embargo={write_moment(NOW)}"
US, MX, CA, GT = "us", "mx", "ca", "gt"
EVERYBODY = {US, MX, CA, GT, PUBLIC}


@pytest.mark.parametrize(
    ("words", "from_owner", "from_receiver"),
    [
        # What is not free goes to both sides and no further, unless CONF_REDIST names who.
        *((f"both conf_status={code}", {US, MX}, set[str]()) for code in "NCDSAOTGM"),
        *((f"both conf_status={code} conf_redist=ca", {US, MX, CA}, {CA}) for code in "NCDSAOTGM"),
        # What is free may still be kept to the two sides; then nobody passes it on.
        ("both conf_status=F", {US, MX}, set[str]()),
        ("both conf_status=F conf_redist=ca", {US, MX, CA}, {CA}),
        ("public conf_status=F", EVERYBODY, EVERYBODY),
        ("public conf_status=F conf_redist=ca", EVERYBODY, EVERYBODY),
        # Under embargo as N, from its moment on as F.
        (f"public conf_status=E {BEFORE}", {US, MX}, set[str]()),
        (f"public conf_status=E {BEFORE} conf_redist=ca", {US, MX, CA}, {CA}),
        (f"public conf_status=E {AFTER}", EVERYBODY, EVERYBODY),
        ("us:dea", set[str](), set[str]()),
        ("us:dea conf_redist=ca", {CA}, {CA}),
        ("own", {US}, set[str]()),
    ],
)  # fmt: skip
def test_who_may_have_it_from_whom(words: str, from_owner: set[str], from_receiver: set[str]) -> None:
    """The United States owns it and Mexico received it; Canada and Guatemala are third sides."""
    one = entry(marking_of(words.split()).as_written(), side=US)
    given, handed_on = audience(one, NOW), onward(one, NOW)
    assert {party for party in EVERYBODY if may_have(party, given)} == from_owner
    assert {party for party in EVERYBODY if may_have(party, handed_on)} == from_receiver


@pytest.mark.parametrize("words", ["own conf_redist=ca", "both agencies=us:dea"])
def test_parties_that_the_reach_leaves_out_are_not_named(words: str) -> None:
    with pytest.raises(RecordRefused, match=r"reach leaves out|must be a list"):
        marking_of(words.split())
    assert read_marking({"reach": "both", "agencies": ["us:dea"]}) is None


def test_an_embargo_holds_the_public_off_and_nobody_else() -> None:
    written = {"reach": "public", "conf_status": "E", "embargo": write_moment(NOW)}
    assert audience(entry(written), NOW - timedelta(seconds=1)) == set(SIDES)
    assert audience(entry(written), NOW) == {*SIDES, PUBLIC}
    assert onward(entry(written), NOW - timedelta(seconds=1)) == frozenset()


def test_an_embargo_and_a_redistribution_go_together_as_sdmx_says() -> None:
    """Only those named may be handed it on before the moment; from it on everybody may."""
    written = {"reach": "public", "conf_status": "E", "embargo": write_moment(NOW), "conf_redist": ["ca"]}
    assert onward(entry(written), NOW - timedelta(seconds=1)) == {"ca"}
    assert may_have("gt", onward(entry(written), NOW))


@pytest.mark.parametrize(
    "written",
    [
        {
            "reach": "public",
            "conf_status": "N",
            "embargo": "2020-01-01T00:00:00Z",
        },  # SDMX: N knows no embargo
        {"reach": "public", "conf_status": "F", "embargo": "2020-01-01T00:00:00Z"},
        {"reach": "public", "conf_status": "E"},
        {"reach": "both", "conf_status": "E", "embargo": "2020-01-01T00:00:00Z"},
    ],
)
def test_a_marking_that_says_two_things_is_for_nobody(written: dict[str, Any]) -> None:
    assert audience(entry(written), NOW) == onward(entry(written), NOW) == frozenset()


def test_the_codes_are_those_of_the_list() -> None:
    assert sorted(CONF_STATUS) == list("ACDEFGMNOST")


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("both", {"reach": "both"}),
        ("public", {"reach": "public", "conf_status": "F"}),
        (
            "public embargo=2027-01-31T06:00:00Z",
            {"reach": "public", "conf_status": "E", "embargo": "2027-01-31T06:00:00Z"},
        ),
        ("us:dea,mx:sspc", {"reach": "agencies", "agencies": ["us:dea", "mx:sspc"]}),
        ("both conf_status=C conf_redist=ca,gt", {"reach": "both", "conf_status": "C", "conf_redist": ["ca", "gt"]}),
    ],
)  # fmt: skip
def test_a_marking_is_named_in_words_and_told_in_words(words: str, written: dict[str, Any]) -> None:
    named = marking_of(words.split())
    assert named.as_written() == written
    told = in_words(named)
    assert told.en != told.es
    for party in (*named.agencies, *named.conf_redist, *([written["embargo"]] if named.embargo else [])):
        assert party in told.en
        assert party in told.es


@pytest.mark.parametrize(
    "words", ["", "everybody!", "both embargo=2027-01-31T06:00:00Z", "public conf_status=C", "both audience=ca",
              "both conf_status=Z", "public embargo=tomorrow"],
)  # fmt: skip
def test_words_that_name_no_marking_are_told(words: str) -> None:
    with pytest.raises(RecordRefused) as caught:
        marking_of(words.split())
    assert caught.value.render("en") != caught.value.render("es")


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
