"""The cases in ``tests/cases``, as people who do not program write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.indicators.given import store_of

from acuerdo.core.period import Period
from acuerdo.core.place import PlaceLevel
from acuerdo.core.status import Status
from acuerdo.indicators.build import build
from acuerdo.indicators.load import indicator
from acuerdo.indicators.recipe import VERBS, Recipe, Selection, operands
from acuerdo.indicators.value import Value

FOLDER = Path(__file__).resolve().parents[1] / "cases"
# The last digit of a quotient of two doubles may differ between machines.
RELATIVE = 1e-9
WORDS = {"name", "indicator", "given", "expect", "because", "as_of", "levels", "by"}


def cases() -> list[Any]:
    read = {
        file: yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
        for file in sorted(FOLDER.glob("*.yaml"))
    }
    return [
        pytest.param(case, id=f"{file.stem}: {case['name']}")
        for file, found in read.items()
        for case in found
    ]


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    assert case.keys() <= WORDS, f"a case has these words: {sorted(WORDS)}"
    wanted = {place: dict(periods) for place, periods in case["expect"].items()}
    said_missing = "missing" in {str(value) for periods in wanted.values() for value in periods.values()}
    assert said_missing == ("because" in case), "a missing value needs a reason, and only such a value"
    series = build(
        store_of(tmp_path, (row for line in case["given"] for row in observations(line))),
        indicator(case["indicator"]),
        as_of=case.get("as_of"),
        levels=[PlaceLevel(level) for level in case["levels"]] if "levels" in case else None,
        by=case.get("by", ()),
    )
    given = {
        place: {period: shown(series.by_key.get(key(place, str(period)))) for period in periods}
        for place, periods in wanted.items()
    }
    assert given == {
        place: {
            period: value if isinstance(value, str) else pytest.approx(value, rel=RELATIVE)
            for period, value in periods.items()
        }
        for place, periods in wanted.items()
    }


def key(place: str, period: str) -> tuple[str, str, Period]:
    code, _, breakdown = place.partition(" ")
    return code, breakdown, Period.parse(period)


def shown(value: Value | None) -> float | str:
    if value is None:
        return "no row"
    if value.value is None:
        assert value.status is Status.MISSING
        return "missing"
    return value.value


def observations(line: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The observations that one line of a case stands for."""
    rest = {name: item for name, item in line.items() if name not in {"months", "days", "place", "period"}}
    value = rest.pop("value")
    places = line["place"] if isinstance(line["place"], list) else [line["place"]]
    for place in places:
        for period in periods(line):
            yield {**rest, "place": place, "period": period, "value": None if value == "missing" else value}


def periods(line: Mapping[str, Any]) -> Iterator[str]:
    if "period" in line:
        yield str(line["period"])
        return
    first, last = (Period.parse(str(part)) for part in line[spanned(line)].split(".."))
    while first <= last:
        yield first.code
        following = first.end + timedelta(days=1)
        first = (
            Period.month(following.year, following.month)
            if spanned(line) == "months"
            else Period.parse(date.isoformat(following))
        )


def spanned(line: Mapping[str, Any]) -> str:
    return "months" if "months" in line else "days"


def verbs(expression: Selection | Recipe) -> Iterator[str]:
    if isinstance(expression, Recipe):
        yield expression.steps[0][0]
        for one in operands(expression):
            yield from verbs(one)


def test_every_verb_has_a_case() -> None:
    used = {verb for case in cases() for verb in verbs(indicator(case.values[0]["indicator"]).recipe)}
    assert used == set(VERBS)
