"""The review in brief: its seven questions, each answered by one figure with what must be read with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from acuerdo.core.text import LANGS, Text
from acuerdo.indicators.coverage import objectives_of
from acuerdo.review.answered import verdict
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import judged
from acuerdo.review.page import Link
from acuerdo.review.reading import Reading, compare
from acuerdo.review.upcoming import undated
from acuerdo.review.wording import say
from acuerdo.tracking.codebook import Timeliness
from acuerdo.tracking.comparison import accounts
from acuerdo.tracking.timeliness import timeliness

if TYPE_CHECKING:
    from acuerdo.evaluation.answers import Answered

_UNMOVED: Final = 5e-4
_FATES: Final[tuple[Timeliness, ...]] = ("on_time", "late", "overdue", "cannot_tell")
_WANTED: Final[Mapping[str, int]] = {"up": 1, "down": -1}


def summary(dossier: Dossier) -> Text:
    """How many promises there are, how far they got, and which way the measures of outcome moved."""
    levels, moved = _levels(dossier), movements(dossier)
    told = [
        say(
            "brief.summary_one_done" if levels["complete"] == 1 else "brief.summary",
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
    """The seven questions: for each its figure, what the figure counts, what must be read with it, and where from.

    A question that nothing bears on as known on the day is not there.
    """
    found = [
        _promised(dossier), _done(dossier), _changed(dossier), _said(dossier), _caused(dossier), _next(dossier),
        _agreed(dossier),
    ]  # fmt: skip
    return [{"title": say(f"brief.{one['id']}"), **one} for one in found if one]


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
    return Counter(
        timeliness(timing, as_of=dossier.day)[0] for one in commitments for timing in judged(dossier, one)
    )


def _promised(dossier: Dossier) -> dict[str, Any]:
    framework, fates = dossier.framework, _fates(dossier)
    undated = fates["no_deadline"] + fates["deadline_not_public"]
    objectives = len(objectives_of(framework))
    origins = len({one.origin for one in framework.commitments.values()})
    return {
        "id": "promised",
        "value": (n := len(framework.commitments)),
        "counts": say("brief.promised_counts", n=n),
        "notes": [
            *([say("brief.undated", n=undated)] if undated else []),
            say("brief.objectives", n=objectives) if objectives else say("brief.no_titles"),
            *([say("brief.absent", n=len(framework.unavailable))] if framework.unavailable else []),
        ],
        "source": say("brief.promised_source", n=origins, day=dossier.day),
        "link": Link(say("brief.to_promises"), "commitments"),
    }


def _done(dossier: Dossier) -> dict[str, Any]:
    levels, fates = _levels(dossier), _fates(dossier)
    due = sum(fates[fate] for fate in _FATES)
    told = tuple(say(f"brief.fate_{fate}", n=fates[fate]) for fate in _FATES if fates[fate])
    begun = say("brief.begun", begun=levels["minimal"] + levels["intermediate"], silent=levels["no_evidence"])
    return {
        "id": "done",
        "value": levels["complete"] if levels else fates["on_time"],
        "counts": say("brief.done_counts", n=levels["complete"])
        if levels
        else say("brief.kept_counts", n=fates["on_time"]),
        "notes": [
            *([begun] if levels else []),
            say("brief.deadlines", n=due, fates=told) if due else say("brief.none_due"),
        ],
        "source": say("brief.done_source", n=len(dossier.standing.statements), day=dossier.day)
        if levels
        else say("brief.kept_source", day=dossier.day),
        "link": Link(say("brief.to_levels"), "commitments#h-levels" if levels else "calendar"),
    }


def _changed(dossier: Dossier) -> dict[str, Any]:
    moved, objectives = movements(dossier), objectives_of(dossier.framework)
    lacking = sum(not has_outcome(dossier, one.id) for one in objectives)
    return {
        "id": "changed",
        "value": moved["better"],
        "counts": say("brief.changed_counts", n=moved["better"]),
        "notes": [
            say("brief.ways", n=moved.total(), worse=moved["worse"]) if moved else say("brief.none_moved"),
            *([say("brief.same", n=moved["same"])] if moved["same"] else []),
            *([say("brief.lacking", n=lacking, all=len(objectives))] if lacking else []),
            say("brief.no_cause"),
        ],
        "source": say("brief.changed_source", n=len(dossier.releases), day=dossier.day),
        "link": Link(say("brief.to_indicators"), "indicators/index"),
    }


def _said(dossier: Dossier) -> dict[str, Any] | None:
    if not dossier.claims:
        return None
    counts = Counter(one.outcome.verdict for one in dossier.claims)
    return {
        "id": "said",
        "value": counts["holds"],
        "counts": say("brief.said_counts", n=len(dossier.claims)),
        "notes": [
            say("brief.fallen", n=counts["does_not_hold"], then=counts["held_then"]),
            say("brief.depends", n=counts["depends"]),
            say("brief.uncheckable", n=counts["cannot_be_checked"]),
        ],
        "source": say("brief.said_source", day=dossier.day),
        "link": Link(say("brief.to_claims"), "claims/index"),
    }


def _caused(dossier: Dossier) -> dict[str, Any] | None:
    if not dossier.evaluations:
        return None
    own = of_framework(dossier)
    open_ = sum(one.contract.not_evaluable is not None for one in dossier.evaluations)
    verdicts = Counter(verdict(one).text for one in own)
    told = tuple(Text(*(f"{text.in_(lang)} {n}" for lang in LANGS)) for text, n in verdicts.items())
    return {
        "id": "caused",
        "value": (n := len(dossier.evaluations)),
        "counts": say("brief.caused_counts", n=n),
        "notes": [
            *([say("brief.of_framework", n=len(own), told=told)] if own else []),
            *([say("brief.not_evaluable", n=open_)] if open_ else []),
        ],
        "source": say("brief.caused_source", day=dossier.day),
        "link": Link(say("brief.to_evaluations"), "evaluations/index"),
    }


def of_framework(dossier: Dossier) -> list[Answered]:
    """The questions of cause whose title names the framework."""
    name = dossier.framework.short_name.en
    return [one for one in dossier.evaluations if name in one.contract.title.en]


def _next(dossier: Dossier) -> dict[str, Any] | None:
    if not dossier.standing.codes:
        return None
    ahead = sum(one.timeliness == "not_due" for one in dossier.standing.duties)
    silent = undated(dossier)
    return {
        "id": "next",
        "value": ahead,
        "counts": say("brief.next_counts", n=ahead),
        "notes": [*([silent] if silent else []), *([say("brief.scenarios")] if dossier.models else [])],
        "source": say("brief.next_source", day=dossier.day),
        "link": Link(say("brief.to_foresight"), "foresight/index")
        if dossier.models
        else Link(say("brief.to_calendar"), "calendar"),
    }


def _agreed(dossier: Dossier) -> dict[str, Any] | None:
    """What both governments tell alike in public; and what they signed, where a record of it is kept here."""
    sides, (_, recorded) = dossier.standing.sides, dossier.recorded
    if not sides:
        return None
    found = accounts(dossier.framework.id, *(one.values() for one in sides.values()))
    both = [one for one in found.pairs if one.told_by_both]
    signed = sum(one.agreed is not None for one in recorded.values())
    return {
        "id": "agreed",
        "value": sum(not one.differs for one in both),
        "counts": say("brief.agreed_counts", n=len(both)) if both else say("brief.none_told_by_both"),
        "notes": [
            *([say("brief.joint", n=found.whole.alike)] if found.whole.alike else []),
            say("brief.one_side", n=len(found.differing) - sum(one.differs for one in both)),
            *(
                []
                if dossier.as_of
                else [say("brief.signed", n=signed) if recorded else say("brief.no_record")]
            ),
        ],
        "source": say("brief.agreed_source", day=dossier.day),
        "link": Link(say("brief.to_accounts"), "commitments#h-accounts"),
    }
