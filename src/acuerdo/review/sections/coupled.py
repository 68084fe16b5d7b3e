"""All models at once: what each passes to another, and what each link adds to what a scenario does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, Literal

from acuerdo.core.text import Lang, Text
from acuerdo.foresight import kept
from acuerdo.foresight.coupling import LINKS, UNCOVERED, UNTIL, Link
from acuerdo.foresight.library import model
from acuerdo.foresight.playbook import plays
from acuerdo.foresight.study import study
from acuerdo.review.charts.chain import Arrow, chain
from acuerdo.review.charts.press import Drawing
from acuerdo.review.charts.steps import LESS, MORE, WHOLE, Step, steps
from acuerdo.review.dossier import Dossier
from acuerdo.review.foreseen import WIDTHS, model_link, percent, whole_percent
from acuerdo.review.page import Column, Figure, Page, Table, headed
from acuerdo.review.page import Link as Leading
from acuerdo.review.wording import say
from acuerdo.review.writing import change

# As they stand in the picture: each beside those with which it exchanges something
_ROW: Final = ("overdose", "supply_chain", "cartel_recruitment", "arms_flow")
_DRAWN: Final = ("overdose", "cartel_recruitment")
# A link that moves an outcome by less than this, in percentage points, is not drawn
_SEEN: Final = 0.05
Size = Literal["wide", "narrow"]
Told = Mapping[str, Any]


def pages(dossier: Dossier) -> Iterator[Page]:
    """The page of the coupled run; a review of an earlier day has none."""
    found = kept.read(kept.COUPLED, "together")
    if not dossier.models or found is None:
        return
    told = found.answer["scenarios"]
    moved = {name: rows for name, rows in told.items() if any(_linked(one) for one in rows)}
    changed = kept.changed(kept.COUPLED, "together")
    yield Page(
        kind="coupled",
        path="foresight/coupled",
        title=say("coupled.title"),
        summary=say("coupled.summary", models=len(_ROW), links=len(LINKS)),
        parents=(Leading(say("foresight.title"), "foresight/index"),),
        content={
            "uncovered": UNCOVERED,
            "picture": _picture(),
            "scenarios": [_scenario(name, rows) for name, rows in moved.items()],
            "unmoved": [
                Leading(plays()[name].title, f"foresight/{name}") for name in told if name not in moved
            ],
            "rests": say("coupled.rests", draws=found.answer["draws"], day=UNTIL),
            "changed": say("foresight.changed", names=changed) if changed else None,
            "again": f"acuerdo bilateral precursor_controls --draws {found.answer['draws']}",
        },
    )


def _linked(one: Told) -> bool:
    return any(abs(value) >= _SEEN for value in (*one["links"].values(), one["interaction"]))


def _picture() -> Figure:
    arrows = [(link, _ROW.index(link.source[0]), _ROW.index(link.target[0])) for link in LINKS.values()]

    def draw(lang: Lang, size: Size) -> Drawing:
        return chain(
            [model(name).title.in_(lang) for name in _ROW],
            [
                Arrow(between=min(first, last), onward=last > first, label=link.short.in_(lang))
                for link, first, last in arrows
            ],
            width=WIDTHS[size],
        )

    return Figure(
        name="links", title=say("coupled.links"), subtitle=say("coupled.links_sub"), alt=say("coupled.links_alt"),
        draw=draw, table=_links(),
    )  # fmt: skip


def _links() -> Table:
    return Table(
        caption=say("coupled.links"),
        columns=headed("coupled", "link", "says", "from", "to", "passed"),
        rows=[
            {
                "link": link.short,
                "says": link.title,
                "from": (model_link(model(link.source[0])), _outcome(*link.source)),
                "to": (model_link(model(link.target[0])), _input(link)),
                "passed": say("coupled.share", n=round(100 * link.passed)),
            }
            for link in LINKS.values()
        ],
        stacks=True,
    )


def _outcome(model_id: str, name: str) -> Text:
    return {one.name: one.title for one in model(model_id).outcomes}[name]


def _input(link: Link) -> Text:
    return {one.name: one.title for one in model(link.target[0]).inputs}[link.target[1]]


def _scenario(name: str, rows: Sequence[Told]) -> dict[str, Any]:
    drawn = [
        one
        for one in rows
        if one["model"] in _DRAWN and one["outcome"] == study(one["model"]).outcome and _linked(one)
    ]
    return {
        "title": plays()[name].title,
        "link": Leading(say("coupled.to_scenario"), f"foresight/{name}"),
        "figures": [_figure(name, one) for one in drawn],
        "table": _effects(rows),
        "failed": say("coupled.failed", n=max(one["failed"] for one in rows)),
    }


def _figure(name: str, one: Told) -> Figure:
    outcome = _outcome(one["model"], one["outcome"])
    return Figure(
        name=f"{name}-{one['model']}",
        title=say("coupled.steps", outcome=outcome),
        subtitle=say(
            "coupled.steps_sub", apart=percent(one["apart"]["mean"]), together=percent(one["together"]["mean"]),
            low=percent(one["together"]["spread"]["low"]), high=percent(one["together"]["spread"]["high"]),
        ),
        alt=say("coupled.steps_alt", outcome=outcome, scenario=plays()[name].title),
        draw=partial(_draw, one),
        legend=((WHOLE, say("coupled.whole")), (LESS, say("coupled.less")), (MORE, say("coupled.more"))),
        table=_effects([one]),
    )  # fmt: skip


def _draw(one: Told, lang: Lang, size: Size, /) -> Drawing:
    parts = {LINKS[name].short: value for name, value in one["links"].items() if abs(value) >= _SEEN}
    parts[say("coupled.jointly")] = one["interaction"]
    at, found = one["apart"]["mean"], [_whole(say("coupled.apart"), one["apart"], lang=lang)]
    for label, value in parts.items():
        written = change(value / 100.0, lang)
        found.append(Step(label=label.in_(lang), first=at, last=at + value, written=written))
        at += value
    found.append(_whole(say("coupled.together"), one["together"], lang=lang))
    return steps(found, width=WIDTHS[size], write=lambda value: whole_percent(value, lang))


def _whole(label: Text, one: Told, *, lang: Lang) -> Step:
    spread = one["spread"]
    return Step(
        label=label.in_(lang), first=0.0, last=one["mean"], written=change(one["mean"] / 100.0, lang),
        reach=(spread["low"], spread["high"]),
    )  # fmt: skip


def _effects(rows: Sequence[Told]) -> Table:
    """One row per outcome: apart, what each link adds alone and what is left without it, jointly, together."""

    def row(one: Told) -> dict[str, Any]:
        spread = one["together"]["spread"]
        return {
            "outcome": _outcome(one["model"], one["outcome"]),
            "apart": percent(one["apart"]["mean"]),
            **{name: (percent(value), say("coupled.switched_off", left=percent(one["without"][name])))
               for name, value in one["links"].items()},
            "jointly": percent(one["interaction"]),
            "together": (percent(one["together"]["mean"]),
                         say("foresight.range", low=percent(spread["low"]), high=percent(spread["high"]))),
        }  # fmt: skip

    return Table(
        caption=say("coupled.effects"),
        columns=(
            Column("outcome", say("coupled.outcome")),
            Column("apart", say("coupled.apart"), numeric=True),
            *(Column(name, one.short, numeric=True) for name, one in LINKS.items()),
            Column("jointly", say("coupled.jointly"), numeric=True),
            Column("together", say("coupled.together"), numeric=True),
        ),
        rows=[row(one) for one in rows if one["together"]["mean"] or _linked(one)],
        stacks=True,
    )
