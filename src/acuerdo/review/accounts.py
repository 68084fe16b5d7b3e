"""The accounts of the two governments against each other: how far they agree, and on which promises they differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from acuerdo.core.estimate import Estimate
from acuerdo.core.text import LANGS, Lang, Text
from acuerdo.review import promise, writing
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import structure_names
from acuerdo.review.page import Column, Link, Table
from acuerdo.review.wording import say, word
from acuerdo.spec.sides import two_sides
from acuerdo.tracking.comparison import Agreement, Comparison
from acuerdo.tracking.comparison import accounts as compared


def accounts(dossier: Dossier) -> Mapping[str, Any]:
    """Both tables, each None where it has nothing to show."""
    sides = dossier.standing.sides
    if not sides:
        return {"agreement": None, "differing": None}
    left, right = (one.values() for one in sides.values())
    found = compared(dossier.framework.id, left, right)
    return {
        "agreement": _agreement(dossier, found) if found.whole.both else None,
        "differing": _differing(dossier, found) if found.differing else None,
    }


def _agreement(dossier: Dossier, found: Comparison) -> Table:
    names = structure_names(dossier.framework)
    numeric = ("both", "alike", "alpha", "kappa")
    rows = [_row(say("accounts.every"), found.whole)]
    rows += [
        _row(Link(*names[goal]) if goal in names else say("accounts.no_goal"), one)
        for goal, one in found.goals.items()
        if one.both
    ]
    return Table(
        caption=say("accounts.agreement"),
        columns=(Column("goal", say("accounts.goal")), *(Column(key, say(f"accounts.{key}"), True) for key in numeric)),
        rows=rows,
        stacks=True,
    )  # fmt: skip


def _row(goal: Any, one: Agreement) -> dict[str, Any]:
    measures = {key: _written(one.measures[key]) for key in ("alpha", "kappa")}
    return {"goal": goal, "both": one.both, "alike": one.alike, **measures}


def _written(one: Estimate) -> Text:
    return Text(*(_in(one, lang) for lang in LANGS))


def _in(one: Estimate, lang: Lang) -> str:
    """The measure with its interval; with the reason where it has none."""
    if one.value is None:
        return word(lang, "accounts.undefined")
    value = writing.number(one.value, 2, lang=lang)
    if one.low is None or one.high is None:
        return word(lang, "accounts.unanimous", value=value)
    low, high = (writing.number(end, 2, lang=lang) for end in (one.low, one.high))
    return word(lang, "accounts.interval", value=value, low=low, high=high)


def _differing(dossier: Dossier, found: Comparison) -> Table:
    left, right = two_sides(dossier.framework)
    return Table(
        caption=say("accounts.differing", n=len(found.differing)),
        columns=(
            Column("what", say("calendar.what")),
            Column(left.id, left.name),
            Column(right.id, right.name),
        ),
        rows=[
            {
                "what": promise.promise_link(one.left),
                left.id: promise.level_state(one.left),
                right.id: promise.level_state(one.right),
            }
            for one in found.differing
        ],
        stacks=True,
    )
