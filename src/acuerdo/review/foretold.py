"""Forecasts from past dates as a model's page shows them: who was nearest, and what it says when it is told more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any, Final

from acuerdo.core.period import Period
from acuerdo.core.result import Result
from acuerdo.core.text import LANGS, Text
from acuerdo.review.page import Column, State, Table
from acuerdo.review.wording import say
from acuerdo.review.writing import number, share

_EXERCISES: Final = ("real_time", "truncated")
_INSIDE: Final = ("inside_50", "inside_80", "inside_95")
# Counts are kept from January of this year on
_FIRST: Final = 2015
Row = Mapping[str, float]


def foretold(found: Result | None) -> dict[str, Any] | None:
    """Everything about a model's forecasts; None where none are kept."""
    if found is None:
        return None
    answer = found.answer
    base = {name: _count(value) for name, value in answer["base"].items()}
    return {
        "exercises": [_exercise(name, answer[name]) for name in _EXERCISES],
        "purity": _purity(answer["purity"]),
        "base": say("foretold.base", **base),
    }


def _exercise(name: str, rows: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    means = {
        forecaster: {key: fmean(one[key] for one in every) for key in every[0]}
        for forecaster, every in rows.items()
    }
    order = sorted(means, key=lambda one: means[one]["crps"])
    best = round(means[order[0]]["crps"])
    return {
        "title": say(f"foretold.{name}"),
        "lede": say(f"foretold.{name}_lede", n=len(next(iter(rows.values())))),
        "table": Table(
            caption=say("foretold.scores"),
            columns=(
                Column("forecaster", say("foretold.forecaster")),
                *(
                    Column(key, say(f"foretold.{key}"), numeric=True)
                    for key in ("crps", "error", "log_score", *_INSIDE)
                ),
            ),
            rows=[_scored(one, means[one], first=round(means[one]["crps"]) == best) for one in order],
            stacks=True,
        ),
    }


def _scored(forecaster: str, means: Row, *, first: bool) -> dict[str, Any]:
    name = say(f"foretold.{forecaster}")
    return {
        "forecaster": (name, State("kept", say("foretold.nearest"))) if first else name,
        "crps": _count(means["crps"]),
        "error": _count(means["error"]),
        "log_score": Text(*(number(means["log_score"], 2, lang=lang) for lang in LANGS)),
        **{key: share(means[key]) for key in _INSIDE},
    }


def _purity(found: Mapping[str, Any]) -> Table:
    """What the model gives where it is told how strong the supply was, beside the counts."""
    given = found["given"]
    return Table(
        caption=say("foretold.purity"),
        columns=(
            Column("until", say("foretold.until")),
            Column("counted", say("foretold.counted"), numeric=True),
            *(Column(kind, say(f"foretold.given_{kind}"), numeric=True) for kind in given),
        ),
        rows=[
            {
                "until": Period.month(_FIRST + month // 12, month % 12 + 1),
                "counted": _count(found["counted"][place]),
                **{kind: _ranged(rows[place]) for kind, rows in given.items()},
            }
            for place, month in enumerate(found["asked"])
        ],
        stacks=True,
    )


def _ranged(ends: Sequence[float]) -> tuple[Text, Text]:
    low, middle, high = (_count(value) for value in ends)
    return middle, say("foresight.range", low=low, high=high)


def _count(value: float) -> Text:
    return Text(*(number(value, 0, lang=lang) for lang in LANGS))
