"""The pictures of an evaluation: what happened and would have, the gap among placebos, every defensible choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal

from acuerdo.core.period import Period
from acuerdo.core.text import Lang, Text, same
from acuerdo.review.answered import p_value, sized, text, written
from acuerdo.review.charts.counterfactual import Courses, Stroke, courses
from acuerdo.review.charts.ink import ACCENT, CATEGORIES, LAND, VINTAGE
from acuerdo.review.charts.press import Drawing
from acuerdo.review.charts.whiskers import Whisker, whiskers
from acuerdo.review.page import Column, Figure, Table, headed
from acuerdo.review.wording import say
from acuerdo.review.writing import number

if TYPE_CHECKING:
    from acuerdo.evaluation.answers import Answered

Size = Literal["wide", "narrow"]
_WIDTHS: Final[Mapping[Size, int]] = {"wide": 760, "narrow": 358}
_HEIGHTS: Final[Mapping[Size, int]] = {"wide": 280, "narrow": 210}
_TICKS: Final[Mapping[Size, int]] = {"wide": 8, "narrow": 4}
_MOST_PLACEBOS: Final = 120


def against(one: Answered) -> Figure | None:
    """The actual and the counterfactual course; None for a method without them."""
    path = _path(one)
    if path is None or one.contract.plan is None:
        return None
    name = one.contract.plan.outcome.title
    band = (path["low"], path["high"]) if path["low"] is not None else None

    def draw(lang: Lang, size: Size) -> Drawing:
        return courses(
            Courses(
                front=(
                    Stroke(ink=CATEGORIES[0], values=path["actual"]),
                    Stroke(ink=ACCENT, values=path["counterfactual"], dash="5 3"),
                ),
                ticks=_ticks(path, size),
                start=path["start"],
                start_label=say("evaluation.start").in_(lang),
                band=band,
            ),
            width=_WIDTHS[size],
            height=_HEIGHTS[size],
            write=partial(_axis_number, path, lang=lang),
        )

    ranges = ((LAND, say("evaluation.range")),) if band else ()
    return Figure(
        name="course",
        title=say("evaluation.picture", name=name, other=_other(one)),
        alt=say("evaluation.picture_alt", name=name),
        subtitle=say("evaluation.across") if path["event_time"] else None,
        draw=draw,
        legend=(
            (CATEGORIES[0], say("evaluation.actual")),
            (ACCENT, _other(one)),
            *ranges,
        ),
        table=_course_table(path, name, other=_other(one)),
        broad=False,
    )


def cloud(one: Answered) -> Figure | None:
    """The gap in colour among those of placebos in grey; None for a method without placebos."""
    path = _path(one)
    gaps = one.result.answer["primary"]["placebo_gaps"] if one.result and path else {}
    if path is None or not gaps:
        return None
    shown = list(gaps.values())[:_MOST_PLACEBOS]
    own = [
        None if actual is None or other is None else actual - other
        for actual, other in zip(path["actual"], path["counterfactual"], strict=True)
    ]

    def draw(lang: Lang, size: Size) -> Drawing:
        return courses(
            Courses(
                front=(Stroke(ink=ACCENT, values=own),),
                cloud=shown,
                ticks=_ticks(path, size),
                start=path["start"],
                start_label=say("evaluation.start").in_(lang),
            ),
            width=_WIDTHS[size],
            height=_HEIGHTS[size],
            write=partial(_axis_number, path, lang=lang),
        )

    return Figure(
        name="cloud",
        title=say("evaluation.cloud"),
        alt=say("evaluation.cloud_alt", n=len(shown)),
        subtitle=say("evaluation.cloud_sub", n=len(shown)),
        draw=draw,
        legend=((ACCENT, one.contract.title), (VINTAGE, say("evaluation.draws"))),
        table=_cloud_table(path, own, placebos=shown),
    )


def curve(one: Answered) -> Figure | None:
    """Every choice by its effect, only the signed one in colour; None where nothing was run."""
    if one.result is None or "robustness" not in one.result.answer:
        return None
    answer = one.result.answer
    rows = [
        {"label": _signed(), "signed": True, "effect": answer["effect"], "code": answer["primary"]["code"]}
    ]
    rows += [
        {"label": text(row["label"]), "signed": False, "effect": row["effect"] or {}, "code": row["code"]}
        for row in answer["robustness"]
    ]
    rows.sort(key=lambda row: (row["effect"].get("value") is None, row["effect"].get("value") or 0.0))

    def draw(lang: Lang, size: Size) -> Drawing:
        return whiskers(
            [_whisker(one, row, lang=lang) for row in rows],
            width=_WIDTHS[size],
            write=partial(written, one, lang=lang),
        )

    value = answer["effect"]["value"]
    return Figure(
        name="curve",
        title=say("evaluation.curve"),
        subtitle=say("evaluation.curve_sub"),
        alt=say(
            "evaluation.curve_alt",
            n=len(rows),
            value=sized(one, value) if value is not None else same("–"),
        ),
        draw=draw,
        table=_curve_table(one, rows),
    )


def _signed() -> Text:
    return say("evaluation.signed")


def _path(one: Answered) -> Mapping[str, Any] | None:
    found = one.result.answer.get("primary", {}).get("path") if one.result else None
    return found if found and any(value is not None for value in found["counterfactual"]) else None


def _whisker(one: Answered, row: Mapping[str, Any], *, lang: Lang) -> Whisker:
    effect, label = row["effect"], row["label"].in_(lang)
    value = effect.get("value")
    told = f"{label}: {written(one, value, lang=lang)}" if value is not None else label
    return Whisker(
        label=label,
        value=value,
        low=effect.get("low"),
        high=effect.get("high"),
        signed=row["signed"],
        text=told,
    )


def _curve_table(one: Answered, rows: Sequence[Mapping[str, Any]]) -> Table:
    def cell(row: Mapping[str, Any], key: str) -> Text | None:
        value = row["effect"].get(key)
        return None if value is None else sized(one, value)

    numeric = {"effect", "low", "high", "p_value"}
    return Table(
        caption=say("evaluation.curve"),
        columns=headed("evaluation", "choice", "effect", "low", "high", "p_value", numeric=numeric),
        rows=[
            {
                "choice": row["label"],
                "effect": cell(row, "value"),
                "low": cell(row, "low"),
                "high": cell(row, "high"),
                "p_value": p_value(row["effect"].get("p_value")),
            }
            for row in rows
        ],
        stacks=True,
    )


def _other(one: Answered) -> Text:
    """What the second line is: what would have been, or for a single series only what its past let one expect."""
    alone = one.result is not None and one.result.answer["design"] == "single_series"
    return say("evaluation.forecast" if alone else "evaluation.counterfactual")


def _cloud_table(
    path: Mapping[str, Any], own: Sequence[float | None], *, placebos: Sequence[Sequence[float | None]]
) -> Table:
    """The gap of the treated by period, and the lowest and the highest of the placebos."""
    columns = [[gap for gap in column if gap is not None] for column in zip(*placebos, strict=True)]
    names = ("gap", "lowest", "highest")
    return Table(
        caption=say("evaluation.cloud"),
        columns=(
            Column("period", say("evaluation.period")),
            *(Column(name, say(f"evaluation.{name}"), numeric=True) for name in names),
        ),
        rows=[
            {
                "period": period,
                "gap": _plain(gap),
                "lowest": _plain(min(column, default=None)),
                "highest": _plain(max(column, default=None)),
            }
            for period, gap, column in zip(_named(path), own, columns, strict=True)
        ],
    )


def _named(path: Mapping[str, Any]) -> Sequence[Period | int]:
    """The periods of a path, or where several starts are averaged the periods since the start."""
    return [Period.parse(code) for code in path["periods"]] or path["event_time"]


def _course_table(path: Mapping[str, Any], name: Text, *, other: Text) -> Table:
    return Table(
        caption=name,
        columns=(
            Column("period", say("evaluation.period")),
            Column("actual", say("evaluation.actual"), numeric=True),
            Column("counterfactual", other, numeric=True),
        ),
        rows=[
            {"period": period, "actual": _plain(actual), "counterfactual": _plain(other)}
            for period, actual, other in zip(
                _named(path), path["actual"], path["counterfactual"], strict=True
            )
        ],
    )


def _plain(value: float | None) -> Text | None:
    if value is None:
        return None
    digits = 0 if abs(value) >= 1000 else 2
    return Text(*(number(value, digits, lang=lang) for lang in ("en", "es")))


def _ticks(path: Mapping[str, Any], size: Size) -> list[tuple[int, str]]:
    """Whole years where there are enough of them, else every so many periods."""
    if path["event_time"]:
        times = path["event_time"]
        step = max(1, len(times) // _TICKS[size])
        return [(column, number(time, 0, lang="en")) for column, time in enumerate(times) if time % step == 0]
    starts = [Period.parse(code) for code in path["periods"]]
    first = [
        (column, one.end.year)
        for column, one in enumerate(starts)
        if column == 0 or one.end.year != starts[column - 1].end.year
    ]
    whole = first[1:] if len(first) > 1 and starts[0].end.month != 1 else first
    step = -(-len(whole) // _TICKS[size])
    return [(column, str(year)) for column, year in whole if year % step == 0]


def _axis_number(path: Mapping[str, Any], value: float, *, lang: Lang) -> str:
    largest = max(abs(one) for one in path["actual"] if one is not None)
    return number(value, 0 if largest >= 10 else 1, lang=lang)
