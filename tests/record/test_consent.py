"""What a consent is worth. The first four are the bugs that a joint approval of another system is known for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import NotFound, RecordRefused
from acuerdo.record.consent import NOTHING
from acuerdo.record.entry import write_payload
from acuerdo.record.envelope import Envelope
from acuerdo.record.own_key import new_key

Pair = tuple[Any, Any]
Meet = Callable[[Any, Any], None]
SUBJECT = "target:mx_homicide_rate:2027"
WHY = {"en": "The baseline is under review.", "es": "La línea base está en revisión."}


def target(amount: str) -> dict[str, str]:
    return {
        "amount": amount,
        "by": "2027",
        "indicator": "mx_homicide_rate",
        "unit": "per_100_000_inhabitants",
    }


def propose(side: Any, amount: str, **more: Any) -> Any:
    return side.sign(side.desk.propose("target", target(amount), under="definition 1", **more))


def standings(*sides: Any) -> list[str | None]:
    return [side.node.state().standing(SUBJECT) for side in sides]


def agreed(side: Any) -> Any:
    return side.node.state().subjects[SUBJECT].agreed


def test_an_approver_is_recorded_against_exactly_what_they_saw(pair: Pair, both_meet: Meet) -> None:
    """Regression: the approver of another system was recorded against data they never saw."""
    us, mx = pair
    propose(us, "20.0")
    both_meet(us, mx)
    draft = mx.desk.accept(SUBJECT)
    assert "20.0" in draft.told.en
    propose(us, "15.0")  # edited after it was seen, before it is signed
    mx.sign(draft)
    both_meet(us, mx)
    assert agreed(us) is agreed(mx) is None
    # Nor does a consent to other content, version, term or prior state pass for one to this.
    proposal = next(one for one in us.node.state().offers.values() if one.fate == "open").proposal
    for wrong in (proposal.consent[:-1] + ("0" if proposal.consent[-1] != "0" else "1"), NOTHING):
        entry = mx.enter("accept", {"proposal": proposal.at.entry.id, "consent": wrong}).entry
        assert mx.node.state().without_effect[entry.id] == "other_content"
    mx.sign(mx.desk.accept(SUBJECT))
    both_meet(us, mx)
    assert agreed(us).content == target("15.0")
    assert agreed(us).approved.entry == agreed(mx).approved.entry


def test_a_stale_proposal_cannot_be_accepted(pair: Pair, both_meet: Meet) -> None:
    """Regression: approving a stale proposal silently put newer values back."""
    us, mx = pair
    old = propose(us, "20.0")
    both_meet(us, mx)
    stale = mx.desk.accept(SUBJECT)
    propose(mx, "18.0")
    both_meet(us, mx)
    us.sign(us.desk.accept(SUBJECT))
    both_meet(us, mx)
    assert agreed(mx).content == target("18.0")
    with pytest.raises(RecordRefused, match="has changed since"):
        mx.desk.accept(old.entry.id[:16])
    with pytest.raises(RecordRefused, match="has changed since"):
        mx.sign(stale)
    # Signed and entered all the same by other software, it changes nothing.
    entry = mx.enter("accept", dict(stale.entry.body)).entry
    both_meet(us, mx)
    for side in pair:
        assert side.node.state().without_effect[entry.id] == "stale"
        assert agreed(side).content == target("18.0")


def test_no_field_escapes_the_consent(pair: Pair, both_meet: Meet) -> None:
    """Regression: a typo in a list of fields let changes pass without review."""
    us, mx = pair
    for wrong in (
        {**target("20.0"), "amuont": "1"},
        {key: one for key, one in target("1").items() if key != "unit"},
    ):
        with pytest.raises(RecordRefused, match=r"propose\.content"):
            us.desk.propose("target", wrong, under="definition 1")
    # Entered by other software, such a proposal is kept and not interpreted: nobody can consent to it.
    body = {"thing": "target", "content": {**target("20.0"), "amuont": "1"}, "version": "d", "prior": NOTHING}
    entry = us.enter("propose", body).entry
    both_meet(us, mx)
    assert mx.node.state().not_interpreted == {entry.id: "propose"}
    with pytest.raises(NotFound):
        mx.desk.accept(entry.id[:16])
    # Every field of a proposal, named or not, is under the consent.
    consents = set[str]()
    for change in ({}, {"version": "definition 2"}, {"until": "2027-12-31"}, {"content": target("19.0")}):
        placed = us.enter(
            "propose",
            {"thing": "target", "content": target("20.0"), "version": "d", "prior": NOTHING, **change},
        )
        consents.add(us.node.state().offers[placed.entry.id].proposal.consent)
    assert len(consents) == 4


def test_requester_and_approver_are_both_recorded(pair: Pair, both_meet: Meet) -> None:
    """Regression: only one of the two was recorded."""
    us, mx = pair
    proposed = propose(us, "20.0")
    both_meet(us, mx)
    accepted = mx.sign(mx.desk.accept(SUBJECT))
    both_meet(us, mx)
    for side in pair:
        found = agreed(side)
        assert (found.requested.side, found.requested.entry) == ("us", proposed.entry.id)
        assert (found.approved.side, found.approved.entry) == ("mx", accepted.entry.id)
        assert found.requested.keys == (us.desk_key.key_id,)
        assert found.approved.keys == (mx.desk_key.key_id,)
        assert found.requested.author == "Desk of us"
        assert found.approved.author == "Desk of mx"


def test_a_side_cannot_accept_its_own_proposal(pair: Pair) -> None:
    us, _ = pair
    placed = propose(us, "20.0")
    offer = us.node.state().offers[placed.entry.id]
    with pytest.raises(RecordRefused, match="your own"):
        us.desk.accept(placed.entry.id[:16])
    entry = us.enter("accept", {"proposal": placed.entry.id, "consent": offer.proposal.consent}).entry
    assert us.node.state().without_effect == {entry.id: "own_proposal"}


def test_nobody_consents_to_what_they_have_not_seen(pair: Pair, both_meet: Meet) -> None:
    us, mx = pair
    placed = propose(us, "20.0")
    both_meet(us, mx)
    consent = mx.node.state().offers[placed.entry.id].proposal.consent
    body = {"proposal": placed.entry.id, "consent": consent}
    entry = mx.enter("accept", body, seen={"mx": 0, "us": 0}).entry
    assert mx.node.state().without_effect == {entry.id: "not_seen"}


def test_a_withdrawal_and_a_consent_that_cross_agree_nothing(pair: Pair, both_meet: Meet) -> None:
    us, mx = pair
    placed = propose(us, "20.0")
    both_meet(us, mx)
    us.sign(us.desk.withdraw(SUBJECT, WHY))
    mx.sign(mx.desk.accept(SUBJECT))
    both_meet(us, mx)
    for side in pair:
        state = side.node.state()
        assert list(state.without_effect.values()) == ["ended"]
        assert state.offers[placed.entry.id].fate == "withdrawn"
        assert state.subjects[SUBJECT].agreed is None


def test_consents_that_cross_agree_nothing_until_one_is_given_anew(pair: Pair, both_meet: Meet) -> None:
    us, mx = pair
    propose(us, "20.0")
    propose(mx, "18.0")
    both_meet(us, mx)
    assert standings(us, mx) == ["differs", "differs"]
    us.sign(us.desk.accept(SUBJECT))
    mx.sign(mx.desk.accept(SUBJECT))
    assert standings(us, mx) == ["agreed", "agreed"]  # each as far as it knows
    both_meet(us, mx)
    assert standings(us, mx) == ["differs", "differs"]
    assert sorted(us.node.state().without_effect.values()) == ["crossed", "crossed"]
    us.sign(us.desk.accept(SUBJECT))
    both_meet(us, mx)
    assert standings(us, mx) == ["agreed", "agreed"]
    assert agreed(us).content == target("18.0")


def test_a_reservation_is_told_in_both_languages(pair: Pair, both_meet: Meet) -> None:
    us, mx = pair
    propose(us, "20.0")
    both_meet(us, mx)
    mx.sign(mx.desk.accept(SUBJECT, reservation=WHY))
    both_meet(us, mx)
    assert standings(us, mx) == ["reserved", "reserved"]
    assert agreed(us).reservation == WHY
    with pytest.raises(RecordRefused):
        mx.desk.draft(
            "accept_with_reservation", {"proposal": "0" * 64, "consent": "0" * 64, "reservation": {"en": "x"}}
        )


def test_a_refusal_is_shown_and_may_be_thought_over(pair: Pair, both_meet: Meet) -> None:
    us, mx = pair
    propose(us, "20.0")
    both_meet(us, mx)
    mx.sign(mx.desk.decline(SUBJECT, WHY))
    both_meet(us, mx)
    assert standings(us, mx) == ["differs", "differs"]
    offer = us.node.state().open_offer(SUBJECT, "us")
    assert (offer.fate, offer.reason) == ("declined", WHY)
    mx.sign(mx.desk.accept(SUBJECT))
    both_meet(us, mx)
    assert standings(us, mx) == ["agreed", "agreed"]


def test_a_side_that_leaves_what_was_agreed_lets_it_lapse(pair: Pair, both_meet: Meet) -> None:
    us, mx = pair
    propose(us, "20.0")
    both_meet(us, mx)
    mx.sign(mx.desk.accept(SUBJECT))
    both_meet(us, mx)
    before = us.node.state().stands(SUBJECT)
    us.sign(us.desk.withdraw(SUBJECT, WHY))
    both_meet(us, mx)
    assert standings(us, mx) == ["lapsed", "lapsed"]
    assert agreed(mx).content == target("20.0")  # what was agreed is still told
    assert us.node.state().stands(SUBJECT) != before
    propose(mx, "18.0")
    both_meet(us, mx)
    us.sign(us.desk.accept(SUBJECT))
    both_meet(us, mx)
    assert standings(us, mx) == ["agreed", "agreed"]


def test_a_side_that_takes_back_a_later_proposal_holds_what_was_agreed(pair: Pair, both_meet: Meet) -> None:
    us, mx = pair
    propose(us, "20.0")
    both_meet(us, mx)
    mx.sign(mx.desk.accept(SUBJECT))
    both_meet(us, mx)
    propose(us, "15.0")
    both_meet(us, mx)
    assert standings(us, mx) == ["agreed", "agreed"]  # as long as nobody accepts the other
    us.sign(us.desk.withdraw(SUBJECT, WHY))
    both_meet(us, mx)
    for side in pair:
        subject = side.node.state().subjects[SUBJECT]
        assert side.node.state().standing(SUBJECT) == "agreed"
        assert {one.content["amount"] for one in subject.positions.values()} == {"20.0"}
        assert set(subject.positions) == {"us", "mx"}


def test_a_proposal_that_waits_for_a_signature_is_not_entered_when_its_ground_has_moved(
    tmp_path: Path, pair_with: Callable[..., Pair], both_meet: Meet
) -> None:
    us, mx = pair_with(tmp_path, propose=2)
    second, about = new_key("Second desk", "desk")
    us.sign(us.desk.hand_over(about, WHY), us.recovery_key, second)
    draft = us.desk.propose("target", target("20.0"), under="definition 1")
    assert us.sign(draft) is None
    propose(mx, "18.0")
    both_meet(us, mx)
    us.sign(us.desk.accept(SUBJECT))
    (waiting,) = us.desk.pending(draft.entry.id)
    with pytest.raises(RecordRefused, match="has changed since"):
        us.sign(waiting, second)


def test_a_term_that_is_over_has_lapsed_on_that_day_and_not_before(pair: Pair, both_meet: Meet) -> None:
    us, mx = pair
    propose(us, "20.0", until="2027-12-31")
    both_meet(us, mx)
    mx.sign(mx.desk.accept(SUBJECT))
    both_meet(us, mx)
    state = us.node.state()
    assert state.standing(SUBJECT, at=date(2027, 12, 31)) == "agreed"
    assert state.standing(SUBJECT, at=date(2028, 1, 1)) == "lapsed"
    assert state.standing(SUBJECT) == "agreed"


def test_codings_have_three_values(pair: Pair, both_meet: Meet) -> None:
    us, mx = pair
    coding = "coding:demo:plan"

    def code(side: Any, level: str) -> None:
        side.sign(side.desk.draft("code", {"item": "demo:plan", "level": level, "version": "codebook 1"}))
        both_meet(us, mx)

    code(us, "complete")
    assert us.node.state().standing(coding) == "one_sided"
    code(mx, "minimal")
    assert mx.node.state().standing(coding) == "differs"
    code(mx, "complete")
    assert us.node.state().standing(coding) == "agreed"
    # A judgement under another codebook is another judgement.
    mx.sign(mx.desk.draft("code", {"item": "demo:plan", "level": "complete", "version": "codebook 2"}))
    both_meet(us, mx)
    assert us.node.state().standing(coding) == "differs"


def test_a_judgement_after_an_agreed_one_moves_the_sides_apart(pair: Pair, both_meet: Meet) -> None:
    us, mx = pair
    coding = "coding:demo:plan"
    us.sign(us.desk.propose("coding", {"item": "demo:plan", "level": "complete"}, under="codebook 1"))
    both_meet(us, mx)
    mx.sign(mx.desk.accept(coding))
    both_meet(us, mx)
    assert us.node.state().standing(coding) == "agreed"
    mx.sign(mx.desk.draft("code", {"item": "demo:plan", "level": "minimal", "version": "codebook 1"}))
    both_meet(us, mx)
    assert us.node.state().standing(coding) == "differs"
    assert us.node.state().subjects[coding].agreed.content["level"] == "complete"
    mx.sign(mx.desk.draft("code", {"item": "demo:plan", "level": "complete", "version": "codebook 1"}))
    both_meet(us, mx)
    assert us.node.state().standing(coding) == "agreed"


def test_a_recommendation_has_concurrence_and_a_status_for_each_side(pair: Pair, both_meet: Meet) -> None:
    us, mx = pair
    text = {"en": "Publish the baseline.", "es": "Publicar la línea base."}
    placed = us.sign(us.desk.draft("recommend", {"to": ["mx"], "text": text}))
    both_meet(us, mx)
    answer = {"recommendation": placed.entry.id, "concurs": "yes", "status": "closed_implemented"}
    mx.sign(mx.desk.draft("respond", answer))
    both_meet(us, mx)
    row = us.node.state().tables["recommendations"][placed.entry.id]
    assert (row["concurs"], row["status"]) == ({"mx": "yes"}, {"us": "open", "mx": "closed_implemented"})
    us.sign(
        us.desk.draft(
            "respond", {"recommendation": placed.entry.id, "concurs": "no", "status": "closed_implemented"}
        )
    )
    row = us.node.state().tables["recommendations"][placed.entry.id]
    assert row["concurs"] == {"mx": "yes"}  # only who is addressed concurs
    assert row["status"] == {"us": "closed_implemented", "mx": "closed_implemented"}


def test_a_side_corrects_its_own_report_and_nobody_elses(pair: Pair, both_meet: Meet) -> None:
    us, mx = pair
    said = {"item": "demo:plan", "period": "2026", "text": {"en": "It was done.", "es": "Se hizo."}}
    meant = {**said, "text": {"en": "Half was done.", "es": "Se hizo la mitad."}}
    placed = us.sign(us.desk.draft("report", said))
    both_meet(us, mx)
    fix = {"entry": placed.entry.id, "body": meant, "reason": WHY}
    wrong = mx.sign(mx.desk.draft("correct", fix))
    us.sign(us.desk.draft("correct", fix))
    both_meet(us, mx)
    state = mx.node.state()
    assert state.tables["reports"][placed.entry.id]["text"] == meant["text"]
    assert state.without_effect == {wrong.entry.id: "not_yours"}
    assert state.entries[placed.entry.id].entry.body["text"] == said["text"]  # what was said first stays


def test_an_entry_cannot_be_moved_into_another_record_or_log(pair: Pair) -> None:
    us, mx = pair
    report = {"item": "demo:plan", "period": "2026", "text": {"en": "It was done.", "es": "Se hizo."}}
    for change in ({"record": "other"}, {"side": "mx"}):
        with pytest.raises(RecordRefused):
            us.enter("report", report, **change)
    envelope = us.signed("report", report)
    with pytest.raises(RecordRefused):
        mx.node.append(envelope)


def test_kinds_and_things_of_later_software_are_kept(pair: Pair, both_meet: Meet) -> None:
    us, mx = pair
    unknown = us.enter("foretell", {"anything": ["at", "all"]})
    body = {"thing": "anthem", "content": {"verse": "1"}, "version": "1", "prior": NOTHING}
    thing = us.enter("propose", body)
    both_meet(us, mx)
    state = mx.node.state()
    assert state.not_interpreted == {unknown.entry.id: "foretell", thing.entry.id: "propose"}
    assert state.entries[unknown.entry.id].entry.body == {"anything": ["at", "all"]}


def test_an_entry_that_stands_twice_counts_once(pair: Pair) -> None:
    us, _ = pair
    envelope = us.signed(
        "report", {"item": "demo:plan", "period": "2026", "text": {"en": "Done.", "es": "Hecho."}}
    )
    first, second = us.node.append(envelope), us.node.append(Envelope.from_bytes(envelope.to_bytes()))
    assert first.entry.id == second.entry.id
    state = us.node.state()
    assert len(state.tables["reports"]) == 1
    assert state.tables["replays"] == {"us:1": first.entry.id}


@pytest.mark.parametrize(
    "change",
    [
        {"at": "yesterday"},
        {"author": ""},
        {"kind": "Propose"},
        {"seen": {}},
        {"seen": {"us": -1}},
        {"seen": {"us": True}},
        {"more": 1},
    ],
)
def test_what_is_no_entry_is_not_written(change: dict[str, Any]) -> None:
    whole = {
        "at": "2026-11-22T05:00:00Z", "author": "a", "body": {}, "kind": "report", "marking": {"reach": "both"},
        "record": "demo", "seen": {"us": 0}, "side": "us",
    }  # fmt: skip
    assert write_payload(whole)
    with pytest.raises(RecordRefused):
        write_payload({**whole, **change})


def test_what_was_seen_once_cannot_be_unsaid_to_undo_an_agreement(pair: Pair, both_meet: Meet) -> None:
    """Regression: a side that regretted an agreement claimed not to have seen it, and it passed for a crossing."""
    us, mx = pair
    ours = propose(us, "15.0")
    propose(mx, "20.0")
    both_meet(us, mx)
    us.sign(us.desk.accept(SUBJECT))
    both_meet(us, mx)
    assert agreed(mx).content["amount"] == "20.0"
    words = {"item": "demo:plan", "period": "2026", "text": WHY}
    mx.enter("report", words)  # which says that the consent was seen
    offer = mx.node.state().offers[ours.entry.id].proposal
    consent = {"proposal": ours.entry.id, "consent": offer.consent}
    lie = mx.enter("accept", consent, seen={"mx": 1, "us": 1})
    assert mx.node.state().without_effect == {lie.entry.id: "stale"}
    assert standings(us, mx) == ["agreed", "agreed"]


def test_a_withdrawal_that_claims_to_come_before_a_consent_does_not_unmake_it(
    pair: Pair, both_meet: Meet
) -> None:
    """Regression: the same by the side that had proposed; it leaves from now on, and that is told."""
    us, mx = pair
    ours = propose(us, "15.0")
    both_meet(us, mx)
    mx.sign(mx.desk.accept(SUBJECT))
    both_meet(us, mx)
    us.enter("report", {"item": "demo:plan", "period": "2026", "text": WHY})
    us.enter("withdraw", {"entry": ours.entry.id, "reason": WHY}, seen={"us": 1, "mx": 0})
    subject = us.node.state().subjects[SUBJECT]
    assert (us.node.state().standing(SUBJECT), subject.lapsed is not None) == ("lapsed", True)
    assert us.node.state().without_effect == {}


def test_whoever_signs_is_told_what_is_said_in_the_other_language(pair: Pair, both_meet: Meet) -> None:
    """Regression: a proposal could say one thing in English and another in Spanish, and each side saw its own."""
    us, mx = pair
    words = {"en": "Both sides publish a plan.", "es": "Solo México publica un plan."}
    content = {"item": "demo:plan", "wording": words}
    own = us.desk.propose("commitment", content, under="framework 1")
    us.sign(own)
    both_meet(us, mx)
    answer = mx.desk.accept("commitment:demo:plan")
    for draft in (own, answer):
        assert "Solo México" in draft.told.en
        assert "Both sides publish" in draft.told.es
    numbers = us.desk.propose("target", target("15.0"), under="definition 1")
    assert "signed alike" not in numbers.told.en  # numbers and ids are the same in every language
