"""Every kind of entry and every thing to propose keeps the same contract."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # pyright: ignore[reportMissingModuleSource]

from acuerdo.core.errors import NotFound, RecordRefused
from acuerdo.record.consent import NOTHING
from acuerdo.record.kind import KINDS, THINGS, WHY, kind, read_body, thing
from acuerdo.record.schemas import entry_schema
from acuerdo.record.telling import sentence
from acuerdo.spec.fields import AbstractSpec

Pair = tuple[Any, Any]
WORDS = {"en": "The words in English.", "es": "Las palabras en español."}
ID = "ab" * 32
KEY = {"public": "A" * 43 + "=", "holder": "Office", "roles": ["desk"]}
THING_CONTENTS: dict[str, dict[str, Any]] = {
    "baseline": {"indicator": "mx_homicide_rate", "period": "2021", "amount": "28.1", "unit": "percent"},
    "coding": {"item": "demo:plan", "level": "complete"},
    "commitment": {"item": "demo:plan", "wording": WORDS, "obliged": "joint"},
    "deadline": {"item": "demo:plan", "due": "2027-06-30"},
    "evaluation_contract": {"contract": "effect_of_plan", "terms": ID, "title": WORDS},
    "indicator_definition": {"indicator": "mx_homicide_rate", "definition": ID, "title": WORDS},
    "meeting_decision": {"meeting": "demo:second_meeting", "decision": "publish", "text": WORDS},
    "risk": {
        "risk": "no_data", "title": WORDS, "likelihood": "high", "impact": "low", "owner": "Office",
        "mitigation": WORDS,
    },
    "target": {"indicator": "mx_homicide_rate", "by": "2027", "amount": "20.0", "unit": "per_100_000_inhabitants"},
    "value": {
        "indicator": "mx_homicide_rate", "place": "MX-08", "period": "2022", "amount": "-1.50", "unit": "percent",
    },
}  # fmt: skip
BODIES: dict[str, dict[str, Any]] = {
    "accept": {"proposal": ID, "consent": ID},
    "accept_with_reservation": {"proposal": ID, "consent": ID, "reservation": WORDS},
 "change_rules": {"rules": {"accept": 2}, "reason": WORDS},
    "code": {"item": "demo:plan", "level": "minimal", "version": "codebook 1", "statements": ["a"], "note": WORDS},
    "correct": {"entry": ID, "body": {"a": 1}, "reason": WORDS},
    "decline": {"proposal": ID, "reason": WORDS},
    "hand_over_key": {"key": KEY, "replaces": ID, "reason": WORDS},
    "propose": {"thing": "deadline", "content": THING_CONTENTS["deadline"], "version": "1", "prior": NOTHING},
    "recommend": {"to": ["mx"], "text": WORDS, "about": "deadline:demo:plan"},
    "remark": {"entry": ID, "marking": {"reach": "own"}},
    "report": {
        "item": "demo:plan", "period": "2026", "text": WORDS, "evidence": [{"title": "a.pdf", "sha256": ID}],
    },
    "respond": {"recommendation": ID, "concurs": "partly", "status": "closed_not_implemented"},
    "reveal": {"seal": ID, "salt": ID, "sha256": ID},
    "revoke_key": {"key": ID, "cause": "lost", "reason": WORDS},
    "seal": {"commitment": ID, "title": WORDS},
    "withdraw": {"entry": ID, "reason": WORDS},
}  # fmt: skip


def whole(kind_id: str, body: dict[str, Any]) -> dict[str, Any]:
    return {
        "acuerdo": 1, "at": "2026-11-22T05:00:00Z", "author": "a", "body": body, "kind": kind_id,
        "marking": {"reach": "both"}, "record": "demo", "seen": {"us": 0}, "side": "us",
    }  # fmt: skip


def said_by(body: Any, field: str = "") -> Iterator[str]:
    """All that a body says and that whoever signs it must be told: a field that is left out is signed unseen."""
    match body:
        case dict():
            for name, inner in body.items():
                # A thing tells its own content; a prior state and a type of file say nothing to a reader.
                if name not in {"content", "prior", "media_type", "public"}:
                    yield from said_by(inner, name)
        case list():
            for inner in body:
                yield from said_by(inner, field)
        case str() if body in TOLD_IN_WORDS or field == "unit":
            return
        case str():
            yield body[:12] if len(body) == 64 else body
        case _:
            return


TOLD_IN_WORDS = {
    *("desk", "joint", "high", "low", "partly", "closed_not_implemented", "own", "deadline", "1"),
}  # fmt: skip
"""Codes of the examples for which words are told."""


def test_every_kind_and_thing_has_an_example_here() -> None:
    assert set(KINDS.files()) == set(BODIES)
    assert set(THINGS.files()) == set(THING_CONTENTS)


@pytest.mark.parametrize("kind_id", sorted(BODIES))
def test_a_kind_is_read_told_in_both_languages_and_strict(kind_id: str) -> None:
    known, body = kind(kind_id), BODIES[kind_id]
    assert known is not None
    assert issubclass(known.body, AbstractSpec)
    read = read_body(kind_id, body)
    assert read is not None
    told = known.tell(read)
    assert told.en != told.es
    assert "None" not in told.en + told.es
    for said in said_by(body):
        assert said in told.en + told.es, said
    assert read_body(kind_id, {**body, "amuont": "1"}) is None
    for name, field in known.body.model_fields.items():
        without = {key: value for key, value in body.items() if key != name}
        assert (read_body(kind_id, without) is None) is field.is_required()


@pytest.mark.parametrize("kind_id", sorted(BODIES))
def test_a_kind_has_a_json_schema_that_agrees_with_what_is_read(kind_id: str) -> None:
    schema = entry_schema(kind_id)
    Draft202012Validator.check_schema(schema)
    valid = Draft202012Validator(schema)
    assert valid.is_valid(whole(kind_id, BODIES[kind_id]))
    assert not valid.is_valid(whole(kind_id, {**BODIES[kind_id], "amuont": "1"}))
    assert not valid.is_valid({**whole(kind_id, BODIES[kind_id]), "amuont": "1"})
    assert not valid.is_valid(whole(kind_id, {}))


@pytest.mark.parametrize("thing_id", sorted(THING_CONTENTS))
def test_a_thing_is_read_told_in_both_languages_and_strict(thing_id: str) -> None:
    known, content = thing(thing_id), THING_CONTENTS[thing_id]
    assert known is not None
    body = {"thing": thing_id, "content": content, "version": "1", "prior": NOTHING}
    read = read_body("propose", body)
    assert read is not None
    assert known.key(read.content)
    told = known.tell(read.content)
    for said in said_by(content):
        assert said in told.en + told.es, said
    assert known.title.en != known.title.es
    assert Draft202012Validator(entry_schema("propose")).is_valid(whole("propose", body))
    assert read_body("propose", {**body, "content": {**content, "amuont": "1"}}) is None
    for name in content:
        if known.content.model_fields[name].is_required():
            assert (
                read_body("propose", {**body, "content": {k: v for k, v in content.items() if k != name}})
                is None
            )


@pytest.mark.parametrize("thing_id", sorted(THING_CONTENTS))
def test_a_thing_can_be_agreed(thing_id: str, pair: Pair, both_meet: Any) -> None:
    us, mx = pair
    us.sign(us.desk.propose(thing_id, THING_CONTENTS[thing_id], under="version 1"))
    both_meet(us, mx)
    ((subject, _),) = mx.node.state().subjects.items()
    assert subject.startswith(f"{thing_id}:")
    draft = mx.desk.accept(subject)
    assert sentence(next(iter(mx.node.state().entries.values())).entry).es in draft.told.es
    mx.sign(draft)
    both_meet(us, mx)
    assert us.node.state().standing(subject) == "agreed"


def test_a_wrong_body_is_told_field_by_field_in_both_languages(pair: Pair) -> None:
    us, _ = pair
    body = {
        "item": "Plan",
        "period": "soon",
        "text": {"en": "Only English."},
        "evidence": [{"title": "a", "sha256": "x"}],
    }
    with pytest.raises(RecordRefused) as caught:
        us.desk.draft("report", body)
    told = {problem.where: problem.what for problem in caught.value.problems}
    assert set(told) == {"report.item", "report.period", "report.text", "report.evidence.0.sha256"}
    assert all(one.en != one.es for one in told.values())
    with pytest.raises(NotFound, match="report"):
        us.desk.draft("reprt", body)


def test_every_reason_is_told() -> None:
    assert all(one.en != one.es for one in WHY.values())
