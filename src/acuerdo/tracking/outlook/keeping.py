"""Outlooks kept as files: a forecast tried on its whole past takes seconds, and the review shows many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, final

import acuerdo
from acuerdo.core.period import Period
from acuerdo.core.plugins import Folder
from acuerdo.core.result import Result, fingerprint
from acuerdo.core.text import Text
from acuerdo.data.store import Store
from acuerdo.indicators.indicator import Indicator
from acuerdo.indicators.setting import input_series
from acuerdo.tracking.outlook.aim import aims, aims_for
from acuerdo.tracking.outlook.course import breakdown_of
from acuerdo.tracking.outlook.delay import delay_of
from acuerdo.tracking.outlook.outlook import Chance, Distance, Expected, Outlook, Record, Revised

OUTLOOKS: Final = Folder(
    "tracking/outlooks", suffixes=(".json",), kind=Text("a kept outlook", "una perspectiva guardada")
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An outlook that was computed before.

    Attributes:
        outlook: What was found.
        changed: Names of the inputs that are not what they were; none where it still stands.
    """

    outlook: Outlook
    changed: tuple[str, ...]


def kept(store: Store, indicator: Indicator) -> Kept | None:
    """The kept outlook of an indicator; None where none is kept.

    Raises:
        CheckFailed: If its file is not a kept result.
    """
    path = OUTLOOKS.files().get(indicator.id)
    if path is None:
        return None
    result = Result.read(path)
    return Kept(
        outlook=_outlook(indicator.id, result.answer), changed=result.changed(inputs(store, indicator))
    )


def keep(store: Store, outlook: Outlook, *, indicator: Indicator, folder: Path) -> Path:
    """Writes an outlook beside the others, bound to what it was computed from."""
    path = folder / f"{indicator.id}.json"
    result = Result(
        question=indicator.id,
        inputs=inputs(store, indicator),
        version=acuerdo.__version__,
        answer=_answer(outlook),
    )
    result.write(path)
    return path


def inputs(store: Store, indicator: Indicator) -> dict[str, str]:
    """What an outlook rests on, each by its fingerprint: recipe, delay, aims, and the files of each source."""
    chosen = breakdown_of(indicator)
    delay = delay_of(chosen[0]) if chosen else None
    series = {*input_series(indicator), *({delay.learned_from} if delay else ())}
    sources = sorted({one.partition(".")[0] for one in series})
    return {
        "recipe": fingerprint(indicator.recipe.model_dump(mode="json")),
        "delay": fingerprint(delay.model_dump(mode="json") if delay else None),
        "aims": fingerprint([one.model_dump(mode="json") for one in aims_for(indicator.id)]),
        **{
            f"releases:{source}": fingerprint(
                sorted(one.sha256 for one in store.releases(source) if series & set(one.series))
            )
            for source in sources
        },
    }


def _answer(one: Outlook) -> dict[str, Any]:
    return {
        "day": one.day.isoformat() if one.day else None,
        "from_baseline": None if one.from_baseline is None else _distance_out(one.from_baseline),
        "recent": {period.code: _short(value) for period, value in one.recent.items()},
        "nowcasts": [_expected_out(each) for each in one.nowcasts],
        "correction": one.correction and one.correction.both(),
        "ahead": [_expected_out(each) for each in one.ahead],
        "record": None if one.record is None else _record_out(one.record),
        "revised": {
            "values": one.revised.values,
            "spread": _short(one.revised.spread),
            "mean": _short(one.revised.mean),
        },
        "chances": [
            {
                "aim": each.aim.id,
                "period": each.period.code,
                "probability": _short(each.probability),
                "status": each.status,
                "distance": _short(each.distance),
                "why_not": each.why_not and each.why_not.both(),
            }
            for each in one.chances
        ],
        "why_no_forecast": one.why_no_forecast and one.why_no_forecast.both(),
    }


def _distance_out(one: Distance) -> dict[str, Any]:
    return {
        "baseline": one.baseline.code,
        "before": one.before,
        "newest": one.newest.code,
        "after": one.after,
    }


def _expected_out(one: Expected) -> dict[str, Any]:
    intervals = {
        str(level): None if each is None else [_short(each[0]), _short(each[1])]
        for level, each in one.intervals.items()
    }
    return {
        "period": one.period.code,
        "told": one.told,
        "value": _short(one.value),
        "intervals": intervals,
    }


def _record_out(one: Record) -> dict[str, Any]:
    return {
        "judged": one.judged,
        "coverage": {str(level): _short(share) for level, share in one.coverage.items()},
        "against": {rival: _short(ratio) for rival, ratio in one.against.items()},
        "origins": one.origins,
        "vintages": one.vintages,
    }


def _short(number: float | None) -> float | None:
    """Six significant digits: more would tell one machine's arithmetic from another's, and nothing else."""
    return None if number is None else float(f"{number:.6g}")


def _outlook(indicator_id: str, answer: Mapping[str, Any]) -> Outlook:
    record = answer["record"]
    return Outlook(
        indicator=indicator_id,
        day=date.fromisoformat(answer["day"]) if answer["day"] else None,
        from_baseline=None if answer["from_baseline"] is None else _distance(answer["from_baseline"]),
        recent=_recent(answer["recent"]),
        nowcasts=tuple(map(_expected, answer["nowcasts"])),
        correction=_told(answer["correction"]),
        ahead=tuple(map(_expected, answer["ahead"])),
        record=None if record is None else _record(record),
        revised=Revised(**answer["revised"]),
        chances=tuple(_chance(one) for one in answer["chances"] if one["aim"] in aims()),
        why_no_forecast=_told(answer["why_no_forecast"]),
    )


def _told(words: Mapping[str, str] | None) -> Text | None:
    return None if words is None else Text(**words)


def _chance(one: Mapping[str, Any]) -> Chance:
    read = {
        "aim": aims()[one["aim"]],
        "period": Period.parse(one["period"]),
        "why_not": _told(one["why_not"]),
    }
    return Chance(**{**one, **read})


def _expected(one: Mapping[str, Any]) -> Expected:
    return Expected(
        period=Period.parse(one["period"]),
        told=one["told"],
        value=one["value"],
        intervals={
            float(level): None if each is None else (each[0], each[1])
            for level, each in one["intervals"].items()
        },
    )


def _recent(told: Mapping[str, float]) -> dict[Period, float]:
    """By period in order of time; the file has its keys in order of code."""
    return dict(sorted((Period.parse(code), value) for code, value in told.items()))


def _distance(one: Mapping[str, Any]) -> Distance:
    periods = {name: Period.parse(one[name]) for name in ("baseline", "newest")}
    return Distance(**{**one, **periods})


def _record(one: Mapping[str, Any]) -> Record:
    return Record(**{**one, "coverage": {float(level): share for level, share in one["coverage"].items()}})
