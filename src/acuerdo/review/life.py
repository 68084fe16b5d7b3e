"""The framework's life as one picture: meetings, plans, deadlines and turns, each at its date."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal

from acuerdo.core.text import Lang, Text
from acuerdo.review import writing
from acuerdo.review.charts.press import Drawing
from acuerdo.review.charts.timeline import Lane, Moment, timeline
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import MEETING_SIGNS, judged, timing_state, title
from acuerdo.review.page import Figure, State, Table, headed
from acuerdo.review.wording import say, word
from acuerdo.spec.meeting import MEETING_STATES
from acuerdo.tracking.codebook import codebook

WIDTHS: Final = {"wide": 1120, "narrow": 360}
Entry = dict[str, Any]
_LANES: Final = ("meetings", "plans", "deadlines", "turns")


def entries(dossier: Dossier) -> list[Entry]:
    """Everything dated in the framework's life, in order: lane, day, sign, what it is, what became of it."""
    framework = dossier.framework
    found: list[Entry] = [
        *_meetings(dossier),
        *_plans(dossier),
        *_deadlines(dossier),
        *(
            {
                "lane": "turns",
                "when": one.date,
                "until": one.until,
                "sign": "event",
                "what": one.text,
                "state": None,
                "order": one.id,
            }
            for one in framework.events.values()
        ),
    ]
    return sorted(found, key=lambda one: (one["when"].start, one["lane"], one["order"]))


def _meetings(dossier: Dossier) -> list[Entry]:
    found: list[Entry] = []
    for one in dossier.framework.meetings.values():
        sign = MEETING_SIGNS[one.state]
        state = State(sign, MEETING_STATES[one.state])
        found.append(
            {
                "lane": "meetings", "when": one.date, "until": None, "sign": sign, "what": one.title, "state": state,
                "order": one.id, "caption": one.kind == "dialogue" or one.state != "held",
            }
        )  # fmt: skip
    return found


def _plans(dossier: Dossier) -> list[Entry]:
    framework = dossier.framework
    found: list[Entry] = []
    for one in framework.documents.values():
        if one.date is None or one.kind not in {"plan", "memorandum", "joint_statement", "letter"}:
            continue
        end = one.covers_until.end if one.covers_until else None
        found.append(
            {
                "lane": "plans", "when": one.date, "until": one.covers_until, "sign": "plan",
                "what": title(framework, one.title), "order": one.id, "caption": end is not None,
                "state": State("plan", say("timeline.covers", until=end)) if end else None,
            }
        )  # fmt: skip
    return found


def _deadlines(dossier: Dossier) -> list[Entry]:
    found: list[Entry] = []
    for one in dossier.framework.commitments.values():
        for number, timing in enumerate(judged(dossier, one)):
            if timing.due is None or timing.due.end > dossier.day:
                continue
            state = timing_state(timing, as_of=dossier.day)
            day = writing.period(timing.due, "en"), writing.period(timing.due, "es")
            found.append(
                {
                    "lane": "deadlines", "when": timing.due, "until": None, "sign": state.sign, "what": one.title,
                    "state": state, "order": f"{one.id}.{number:03}", "due": Text(*day),
                }
            )  # fmt: skip
    return found


def life(dossier: Dossier) -> Figure:
    """The picture of the framework's life, with the list that it shows."""
    rows = entries(dossier)
    short = dossier.framework.short_name
    return Figure(
        name="life",
        title=say("timeline.title", name=short),
        subtitle=say("timeline.subtitle", day=dossier.day),
        alt=say("timeline.alt", name=short, n=len(rows), day=dossier.day),
        draw=lambda lang, size: _draw(dossier, rows, lang=lang, size=size),
        legend=_legend(rows),
        table=Table(
            caption=say("timeline.table", name=short),
            columns=headed("timeline", "when", "lane", "what", "state"),
            rows=[
                {
                    "when": one["when"],
                    "lane": say(f"timeline.{one['lane']}"),
                    "what": one["what"],
                    "state": one["state"] or "",
                }
                for one in rows
            ],
            stacks=True,
        ),
        notes=(say("timeline.note"),),
        broad=True,
    )


def _legend(rows: list[Entry]) -> tuple[tuple[str, Text], ...]:
    """The signs that the picture uses, each with what it stands for."""
    timeliness = codebook().axes["timeliness"].codes
    met = {one["state"].text: one["sign"] for one in rows if one["lane"] == "meetings"}
    words: dict[str, Text] = {
        "plan": say("timeline.plans"),
        "kept": timeliness["on_time"].title,
        "late": timeliness["late"].title,
        "no_evidence": timeliness["overdue"].title,
        "event": say("timeline.turns"),
    }
    used = {one["sign"] for one in rows}
    meetings = [(met[text], text) for text in MEETING_STATES.values() if text in met]
    return (*meetings, *((sign, text) for sign, text in words.items() if sign in used))


def _draw(dossier: Dossier, rows: list[Entry], *, lang: Lang, size: Literal["wide", "narrow"]) -> Drawing:
    lanes = [
        Lane(
            word(lang, f"timeline.{lane}"),
            tuple(_moment(one, lang, size=size) for one in rows if one["lane"] == lane),
        )
        for lane in _LANES
    ]
    shown = [lane for lane in lanes if lane.moments]
    return timeline(
        shown,
        width=WIDTHS[size],
        today=dossier.day,
        today_label=word(lang, "timeline.today", day=dossier.day),
    )


def _moment(one: Entry, lang: Lang, *, size: str) -> Moment:
    on: date = one["when"].end if one["lane"] == "deadlines" else one["when"].start
    until = one["until"].end if one["until"] else None
    parts = [writing.period(one["when"], lang), one["what"].in_(lang)]
    if one["state"]:
        parts.append(one["state"].text.in_(lang))
    named = one.get("caption") and size == "wide"
    caption = _caption(one, lang) if named else ""
    return Moment(
        on=on,
        until=until,
        sign=one["sign"],
        text=": ".join(parts[:2]) + (f" ({parts[2]})" if len(parts) > 2 else ""),
        caption=caption,
    )


def _caption(one: Entry, lang: Lang) -> str:
    if one["lane"] == "plans":
        return word(lang, "timeline.plan_until", year=str(one["until"].end.year))
    return writing.short_period(one["when"], lang)
