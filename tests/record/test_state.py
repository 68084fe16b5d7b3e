"""The state is a function of the logs: whatever happens between the sides, and in whatever order it arrives."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from acuerdo.record.consent import NOTHING, consent_digest
from acuerdo.record.entry import Entry, write_payload
from acuerdo.record.placed import Placed, together
from acuerdo.record.state import State, state

SIDES = ("mx", "us")
SUBJECTS = ("a", "b")


def content(indicator: str, amount: int) -> dict[str, str]:
    return {"amount": str(amount), "by": "2027", "indicator": indicator, "unit": "deaths"}


def placed(side: str, place: int, *, kind: str, body: dict[str, Any], seen: dict[str, int]) -> Placed:
    payload = write_payload(
        {
            "at": f"2026-11-22T05:{place // 60 % 60:02d}:{place % 60:02d}Z",
            "author": f"{side} {place}",
            "body": body,
            "kind": kind,
            "marking": {"reach": "both"},
            "record": "demo",
            "seen": seen,
            "side": side,
        }
    )
    return Placed(Entry.from_payload(payload), place)


class TwoSides(RuleBasedStateMachine):
    """Two sides that propose, consent, decline, withdraw and judge, and now and then hear of one another."""

    def __init__(self) -> None:
        super().__init__()
        self.logs: dict[str, list[Placed]] = {side: [] for side in SIDES}
        self.heard: dict[str, int] = dict.fromkeys(SIDES, 0)  # how much of the other's log each side has

    def known(self, side: str) -> list[Placed]:
        return [*self.logs[side], *self.logs[other(side)][: self.heard[side]]]

    def enter(self, side: str, kind: str, **body: Any) -> None:
        seen = {side: len(self.logs[side]), other(side): self.heard[side]}
        self.logs[side].append(placed(side, len(self.logs[side]), kind=kind, body=body, seen=seen))

    @rule(side=st.sampled_from(SIDES), subject=st.sampled_from(SUBJECTS), amount=st.integers(0, 3))
    def propose(self, side: str, subject: str, amount: int) -> None:
        prior = state(self.known(side)).stands(f"target:{subject}:2027")
        self.enter(
            side, "propose", thing="target", content=content(subject, amount), version="1", prior=prior
        )

    @rule(
        side=st.sampled_from(SIDES), subject=st.sampled_from(SUBJECTS), honest=st.booleans(), data=st.data()
    )
    def accept(self, side: str, subject: str, honest: bool, data: st.DataObject) -> None:
        known = state(self.known(side))
        offer = known.open_offer(f"target:{subject}:2027", other(side))
        if not honest and known.offers:  # whatever proposal there is, open or not, our own or not
            offer = known.offers[data.draw(st.sampled_from(sorted(known.offers)))]
        if offer is not None:
            self.enter(side, "accept", proposal=offer.proposal.at.entry.id, consent=offer.proposal.consent)

    @rule(side=st.sampled_from(SIDES), data=st.data())
    def decline_or_withdraw(self, side: str, data: st.DataObject) -> None:
        ids = sorted(one.entry.id for one in self.known(side))
        if not ids:
            return
        chosen, reason = data.draw(st.sampled_from(ids)), {"en": "No.", "es": "No, gracias."}
        if data.draw(st.booleans()):
            self.enter(side, "decline", proposal=chosen, reason=reason)
        else:
            self.enter(side, "withdraw", entry=chosen, reason=reason)

    @rule(side=st.sampled_from(SIDES), level=st.sampled_from(["minimal", "complete"]))
    def code(self, side: str, level: str) -> None:
        self.enter(side, "code", item="demo:plan", level=level, version="codebook 1")

    @rule(side=st.sampled_from(SIDES))
    def of_another_kind(self, side: str) -> None:
        self.enter(side, "foretell", anything=[1, None, "x"])

    @precondition(lambda self: any(self.logs.values()))
    @rule(side=st.sampled_from(SIDES), data=st.data())
    def replay(self, side: str, data: st.DataObject) -> None:
        if self.logs[side]:
            earlier = data.draw(st.sampled_from(self.logs[side]))
            self.logs[side].append(Placed(earlier.entry, len(self.logs[side])))

    @rule(side=st.sampled_from(SIDES), part=st.floats(0, 1))
    def hear(self, side: str, part: float) -> None:
        """The partition heals for one side, wholly or in part."""
        missing = len(self.logs[other(side)]) - self.heard[side]
        self.heard[side] += round(part * missing)

    @invariant()
    def the_order_of_arrival_is_irrelevant(self) -> None:
        entries = [one for log in self.logs.values() for one in log]
        expected = state(entries).canonical()
        mixed = [*entries, *random.sample(entries, len(entries) // 2)]  # some of them twice
        random.shuffle(mixed)
        assert state(mixed).canonical() == expected

    @invariant()
    def the_order_is_that_of_what_was_seen(self) -> None:
        ordered = list(together(one for log in self.logs.values() for one in log))
        at = {(one.side, one.place): number for number, one in enumerate(ordered)}
        for one in ordered:
            for side, seen in one.entry.seen.items():
                assert all(
                    at[side, place] < at[one.side, one.place]
                    for place in range(min(seen, one.place if side == one.side else seen))
                )

    @invariant()
    def what_is_agreed_was_signed_by_both(self) -> None:
        found = state(one for log in self.logs.values() for one in log)
        for subject in found.subjects.values():
            agreed = subject.agreed
            if agreed is None:
                continue
            assert agreed.requested.side != agreed.approved.side
            asked, given_ = found.entries[agreed.requested.entry], found.entries[agreed.approved.entry]
            assert given_.saw(asked)
            assert (
                given_.entry.body["consent"] == consent_digest(subject.id, asked.entry.body) == agreed.consent
            )
            assert asked.entry.body["content"] == agreed.content

    @invariant()
    def every_entry_is_accounted_for(self) -> None:
        entries = [one for log in self.logs.values() for one in log]
        found = state(entries)
        assert set(found.entries) == {one.entry.id for one in entries}
        replays = len(entries) - len(found.entries)
        assert len(found.tables.get("replays", {})) == replays


def other(side: str) -> str:
    return "us" if side == "mx" else "mx"


TestTwoSides = TwoSides.TestCase
TestTwoSides.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)

CLAIMS = st.lists(
    st.tuples(
        st.sampled_from(SIDES), st.integers(0, 12), st.integers(0, 12), st.sampled_from(["report", "code"])
    ),
    max_size=14,
)


@given(CLAIMS, st.randoms(use_true_random=False))
def test_sides_that_claim_to_have_seen_the_future_change_no_order_of_arrival(
    claims: list[tuple[str, int, int, str]], mixer: random.Random
) -> None:
    """Two hostile logs may claim what cannot be; even then both nodes compute the same."""
    places = Counter[str]()
    entries: list[Placed] = []
    for side, mx, us, kind in claims:
        body = {"item": "demo:plan", "level": "minimal", "version": "1"}
        entries.append(placed(side, places[side], kind=kind, body=body, seen={"mx": mx, "us": us}))
        places[side] += 1
    expected = state(entries).canonical()
    mixer.shuffle(entries)
    assert state(entries).canonical() == expected
    assert len(list(together(entries))) == len(entries)


def test_a_state_of_nothing_is_nothing() -> None:
    empty = state(())
    assert (empty.canonical(), empty.subjects, empty.stands("target:a:2027")) == (b"", {}, NOTHING)
    assert isinstance(empty, State)
