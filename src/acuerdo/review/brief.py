"""The review in brief: what was promised, what was done and what changed, each as one figure with what bears on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from acuerdo.core.text import LANGS, Text
from acuerdo.indicators.coverage import objectives_of
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import judged
from acuerdo.review.reading import Reading, compare
from acuerdo.review.wording import say

_UNMOVED: Final = 5e-4
_WANTED: Final[Mapping[str, int]] = {"up": 1, "down": -1}


def summary(dossier: Dossier) -> Text:
    """How many promises there are, how far they got, and which way the measures of outcome moved."""
    levels, moved = _levels(dossier), movements(dossier)
    told = [
        say(
            "brief.summary",
            n=len(dossier.framework.commitments),
            done=levels["complete"],
            begun=levels["minimal"] + levels["intermediate"],
            silent=levels["no_evidence"],
        )
        if levels
        else say("brief.summary_uncoded", n=len(dossier.framework.commitments)),
        *(
            [say("brief.moved", n=moved.total(), better=moved["better"], worse=moved["worse"])]
            if moved
            else []
        ),
    ]
    return Text(*(" ".join(one.in_(lang) for one in told) for lang in LANGS))


def brief(dossier: Dossier) -> list[dict[str, Any]]:
    """Promised, done, changed: for each its figure, what the figure counts, and what must be read with it."""
    return [_promised(dossier), _done(dossier), _changed(dossier)]


def has_outcome(dossier: Dossier, structure_id: str) -> bool:
    """Whether anything public measures the outcome that an objective is for."""
    return any(one.indicator.kind == "outcome" and one.known for one in dossier.serving(structure_id))


def movements(dossier: Dossier) -> Counter[str]:
    """Measures of outcome, other than derived ones, by the way they moved since their stated baseline.

    Those without a later value, and those of which neither way is better, are not there.
    """
    outcomes = (one for one in dossier.readings.values() if one.indicator.kind == "outcome")
    found = (_way(one) for one in outcomes if not one.derived)
    return Counter(way for way in found if way)


def _way(reading: Reading) -> str:
    wanted = _WANTED.get(reading.indicator.direction)
    since = compare(reading, reading.indicator.baseline)
    if wanted is None or since.difference is None:
        return ""
    if abs(since.difference if since.ratio is None else since.ratio) < _UNMOVED:
        return "same"
    return "better" if since.difference * wanted > 0 else "worse"


def _levels(dossier: Dossier) -> Counter[str]:
    """The commitments by how far they got; none where the framework was never coded."""
    codes = dossier.standing.codes.values()
    return Counter(one.level_code for one in codes if one.item.kind == "commitment")


def _fates(dossier: Dossier) -> Counter[str]:
    """The deadlines by what became of them, each round of a recurring one by itself."""
    commitments = dossier.framework.commitments.values()
    return Counter(timing.outcome for one in commitments for timing in judged(dossier, one))


def _promised(dossier: Dossier) -> dict[str, Any]:
    fates, objectives = _fates(dossier), len(objectives_of(dossier.framework))
    undated = fates["no_deadline"] + fates["deadline_not_public"]
    return {
        "id": "promised",
        "title": say("brief.promised"),
        "value": (n := len(dossier.framework.commitments)),
        "counts": say("brief.promised_counts", n=n),
        "to": "#h-kept" if dossier.standing.codes else "commitments",
        "notes": [
            *([say("brief.undated", n=undated)] if undated else []),
            say("brief.objectives", n=objectives) if objectives else say("brief.no_titles"),
        ],
    }


def _done(dossier: Dossier) -> dict[str, Any]:
    levels, fates = _levels(dossier), _fates(dossier)
    meetings = Counter(one.state for one in dossier.framework.meetings.values())
    due = fates["kept"] + fates["late"] + fates["unknown"]
    told = tuple(
        say(f"brief.fate_{fate}", n=fates[fate]) for fate in ("kept", "late", "unknown") if fates[fate]
    )
    begun = say("brief.begun", begun=levels["minimal"] + levels["intermediate"], silent=levels["no_evidence"])
    return {
        "id": "done",
        "title": say("brief.done"),
        "value": levels["complete"] if levels else fates["kept"],
        "counts": say("brief.done_counts") if levels else say("brief.kept_counts", n=fates["kept"]),
        "to": "#h-life",
        "notes": [
            *([begun] if levels else []),
            say("brief.deadlines", n=due, fates=told) if due else say("brief.none_due"),
            say("brief.meetings", n=meetings["held"], others=meetings.total() - meetings["held"]),
        ],
    }


def _changed(dossier: Dossier) -> dict[str, Any]:
    moved, objectives = movements(dossier), objectives_of(dossier.framework)
    lacking = sum(not has_outcome(dossier, one.id) for one in objectives)
    return {
        "id": "changed",
        "title": say("brief.changed"),
        "value": moved["better"],
        "counts": say("brief.changed_counts", n=moved["better"]),
        "to": "indicators/index",
        "notes": [
            say("brief.ways", n=moved.total(), worse=moved["worse"]),
            *([say("brief.same", n=moved["same"])] if moved["same"] else []),
            *([say("brief.lacking", n=lacking, all=len(objectives))] if lacking else []),
            say("brief.no_cause"),
        ],
    }
