"""The times that a text names, and which of them a review of an earlier day cannot have known."""

from __future__ import annotations

from datetime import date

import pytest

from acuerdo.core.text import Text, same
from acuerdo.review.dossier import gather
from acuerdo.review.times import may_mention_later, mentions_later, times_in
from acuerdo.workspace import Workspace


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("since 2015", ["2015"]),
        ("from 2019-2021, FY2008", ["2019", "2021"]),
        ("as of 2022-04 and on 2022-04-27", ["2022-04", "2022-04-27"]),
        ("On April 27, 2022", ["2022-04-27"]),
        ("en abril de 2022", ["2022-04"]),
        ("el 27 de abril del 2022", ["2022-04-27"]),
        ("27 April 2022; December 2023", ["2022-04-27", "2023-12"]),
        ("32 states, 2,022 deaths, no year", []),
    ],
)
def test_a_time_is_read_as_exactly_as_it_is_written(words: str, named: list[str]) -> None:
    assert [one.code for one in times_in(same(words))][: len(named)] == named
    assert len({one.code for one in times_in(same(words))}) == len(named)


@pytest.mark.parametrize(
    ("words", "certain", "possible"),
    [
        ("in 2021", False, False),
        ("in 2022", False, True),
        ("in May 2022", False, False),
        ("in June 2022", False, True),
        ("on June 16, 2022", True, True),
        ("en julio de 2022", True, True),
        ("in 2023", True, True),
    ],
)
def test_what_may_tell_of_later_is_told_from_what_does(words: str, certain: bool, possible: bool) -> None:
    day = date(2022, 6, 15)
    assert mentions_later(Text(words, "nada"), day) == certain
    assert may_mention_later(Text("nothing", words), day) == possible


def test_undated_words_of_an_earlier_review_name_nothing_that_was_not_over() -> None:
    day = date(2022, 6, 15)
    dossier = gather(Workspace.open(), "us_mx_bicentennial", as_of=day)
    assert dossier.as_written(same("Counted since 2015.")) is not None
    assert dossier.as_written(same("Revised in July 2022.")) is None
    assert dossier.outlooks["mx_homicide_deaths_by_occurrence"].outlook.ahead == ()
    for key, one in dossier.outlooks.items():
        assert one.outlook.day is None or one.outlook.day <= day, key
