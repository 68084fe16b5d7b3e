"""What the cooperation caused, as far as it can be told: every question, its answer and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from acuerdo.core.text import LANGS, Text
from acuerdo.evaluation.contract import position_of
from acuerdo.indicators.coverage import objectives_of
from acuerdo.review.answered import link, sized, table
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import title
from acuerdo.review.page import Column, Page, Table, headed
from acuerdo.review.wording import say
from acuerdo.review.writing import change, number, share

if TYPE_CHECKING:
    from acuerdo.evaluation.answers import Answered

_BEYOND: Final = 1000


def pages(dossier: Dossier) -> Iterator[Page]:
    """The page of all questions; in a review of an earlier day, when none had been written, it says so."""
    found = dossier.evaluations
    asked = [one for one in found if one.contract.plan is not None]
    others = [one for one in found if one.contract.plan is None]
    yield Page(
        kind="evaluations",
        path="evaluations/index",
        title=say("evaluation.title"),
        summary=say("evaluation.summary", n=len(found), answered=len(asked), not_evaluable=len(others))
        if found
        else say("evaluation.none", day=dossier.day),
        content={
            "found": bool(found),
            "answers": table(asked, caption=say("evaluation.table")),
            "not_evaluable": _not_evaluable(others),
            "sizes": _sizes(asked),
            "record": _record(dossier),
            "together": _together(dossier),
        },
    )


def _not_evaluable(found: Sequence[Answered]) -> Table:
    return Table(
        caption=say("evaluation.table_not"),
        columns=headed("evaluation", "question", "because", "would_need"),
        rows=[
            {
                "question": link(one),
                "because": one.contract.not_evaluable.why if one.contract.not_evaluable else None,
                "would_need": one.contract.not_evaluable.would_need if one.contract.not_evaluable else None,
            }
            for one in found
        ],
        stacks=True,
    )


def _sizes(found: Sequence[Answered]) -> Table:
    """What each rule does where nothing happened, the worst first."""
    known = [one for one in found if one.calibration is not None]
    known.sort(key=lambda one: -(one.calibration.answer["size"] or 0.0) if one.calibration else 0.0)
    return Table(
        caption=say("evaluation.sign_not"),
        columns=headed(
            "evaluation", "question", "method", "size", "detectable", numeric={"size", "detectable"}
        ),
        rows=[_size(one) for one in known],
        stacks=True,
    )


def _size(one: Answered) -> dict[str, Any]:
    answer = one.calibration.answer if one.calibration else {}
    detectable, tried = answer.get("detectable"), bool(answer.get("power"))
    seen = say("evaluation.none_tried") if tried else None
    return {
        "question": link(one),
        "method": _method_name(one),
        "size": share(answer.get("size")),
        "detectable": seen if detectable is None else sized(one, detectable),
    }


def _method_name(one: Answered) -> Text | None:
    from acuerdo.evaluation.library import method

    return method(one.contract.plan.primary.method).about.name if one.contract.plan else None


def _record(dossier: Dossier) -> Table | None:
    """The track record of each side that stated a probability; None while none has."""
    stated = [one for one in dossier.track_records if one.stated]
    if not stated:
        return None
    return Table(
        caption=say("evaluation.record_table"),
        columns=tuple(
            Column(key, say(f"evaluation.{key}"), key != "side")
            for key in ("side", "stated", "scored", "brier")
        ),
        rows=[
            {
                "side": position_of(one.side),
                "stated": one.stated,
                "scored": one.scored,
                "brier": _brier(one.brier),
            }
            for one in stated
        ],
    )


def _brier(score: float | None) -> Text | None:
    return None if score is None else Text(*(number(score, 3, lang=lang) for lang in LANGS))


def _together(dossier: Dossier) -> Table | None:
    """The answers of one objective put together, whatever their verdicts."""
    if dossier.pooled is None:
        return None
    titles = {one.id: title(dossier.framework, one.title) for one in objectives_of(dossier.framework)}
    links = {one.contract.id: link(one) for one in dossier.evaluations}
    rows = [
        {
            "objective": titles[key.partition(":")[2]],
            "answers": [links[one] for one in found["contracts"] if one in links],
            "mean": _span(found["value"]),
            "interval_of": _between(found["low"], found["high"]),
            "next": _between(*found["predicted"]) if found["predicted"] else None,
            "inconsistency": share(found["inconsistency"] / 100),
        }
        for key, found in dossier.pooled.answer.items()
        if key.partition(":")[2] in titles and key.startswith(f"{dossier.framework.id}:")
    ]
    columns = ("objective", "answers", "mean", "interval_of", "next", "inconsistency")
    return Table(
        caption=say("evaluation.together"),
        columns=headed("evaluation", *columns),
        rows=rows,
        stacks=True,
    )


def _span(value: float) -> Text:
    """A relative effect; what lies beyond a thousand per cent is only said to."""
    if value > _BEYOND:
        return say("evaluation.beyond")
    return Text(*(change(value / 100, lang) for lang in LANGS))


def _between(low: float, high: float) -> Text:
    return Text(*(f"{_span(low).in_(lang)} – {_span(high).in_(lang)}" for lang in LANGS))
