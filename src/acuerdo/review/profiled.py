"""How well a model can fit at each value of an assumption: a flat bottom is what the data do not decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from acuerdo.core.text import LANGS, Lang, Text
from acuerdo.foresight import kept
from acuerdo.review.charts.press import Drawing
from acuerdo.review.charts.profile import Profile, profile
from acuerdo.review.foreseen import HEIGHTS, WIDTHS, Size, amount
from acuerdo.review.page import Column, Figure, Table
from acuerdo.review.wording import say

if TYPE_CHECKING:
    from acuerdo.foresight.model import Model, Parameter


def profiles(one: Model) -> list[Figure]:
    """One picture for each assumption that is swept; none where nothing is fitted."""
    found = kept.read(one.id, "calibration")
    return list(_figures(one, found.answer)) if found else []


def _figures(one: Model, answer: Mapping[str, Any]) -> Iterator[Figure]:
    parameters = {parameter.name: parameter for parameter in one.parameters}
    most = answer["error"] * (1.0 + answer["tolerance"])
    tolerance = round(100 * answer["tolerance"])
    for name, rows in answer["profiles"].items():
        parameter = parameters[name]
        good = [value for value, error in rows if error <= most]
        yield Figure(
            name=f"profile-{name}",
            title=say("foresight.profile", name=parameter.title),
            subtitle=say(
                "foresight.profile_sub", low=amount(min(good)), high=amount(max(good)), tolerance=tolerance
            ),
            alt=say("foresight.profile_alt", name=parameter.title),
            draw=partial(_draw, rows, parameter, most),
            table=_table(rows, parameter),
        )


def _draw(
    rows: Sequence[Sequence[float]], parameter: Parameter, most: float, lang: Lang, size: Size, /
) -> Drawing:
    return profile(
        Profile(
            points=[(value, error) for value, error in rows],
            most=(most, say("foresight.as_good").in_(lang)),
            published=(parameter.value, say("foresight.as_published").in_(lang)),
            told=[f"{amount(value).in_(lang)}: {amount(error).in_(lang)}" for value, error in rows],
        ),
        width=WIDTHS[size],
        height=HEIGHTS[size],
        write=lambda value: amount(value).in_(lang),
    )


def _table(rows: Sequence[Sequence[float]], parameter: Parameter) -> Table:
    return Table(
        caption=say("foresight.profile", name=parameter.title),
        columns=tuple(Column(key, say(f"foresight.{key}"), numeric=True) for key in ("value", "error")),
        rows=[{"value": amount(value), "error": _error(error)} for value, error in rows],
    )


def _error(value: float) -> Text:
    written = f"{value:.1f}"
    return Text(*(written for _ in LANGS))
