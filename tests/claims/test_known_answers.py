"""Answers that must come out by computation, on the packaged evidence alone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from acuerdo.claims.checking import Checked
from acuerdo.claims.reading import Reading
from acuerdo.core.text import LANGS

Found = Mapping[str, Checked]


def stated(checked: Checked) -> Reading:
    return checked.outcome.now.stated


def test_the_rank_is_of_no_edition(checked: Found) -> None:
    one = checked["rule_of_law_rank"]
    assert one.outcome.verdict == "does_not_hold"
    assert [figure.value for figure in stated(one).figures] == [113, 139]
    other = next(reading for reading in one.outcome.now.readings if reading.role == "baseline")
    assert [figure.value for figure in other.figures] == [104, 128]
    assert other.holds is False


def test_a_final_figure_is_mixed_with_a_provisional_one(checked: Found) -> None:
    one = checked["overdose_rise"]
    assert (one.outcome.verdict, one.outcome.depends_on) == ("depends", ("definition",))
    assert [figure.value for figure in stated(one).figures] == [36450, 91799]
    (really,) = one.outcome.now.against
    assert [figure.value for figure in really.figures] == [93526]
    assert really.by is not None
    assert "predicted" in really.by.en


def test_homicides_more_than_doubled_from_either_baseline(checked: Found) -> None:
    one = checked["homicides_doubled"]
    assert one.outcome.verdict == "holds"
    assert stated(one).value == pytest.approx(2.63, abs=0.005)
    other = next(reading for reading in one.outcome.now.readings if reading.role == "baseline")
    assert other.value == pytest.approx(4.15, abs=0.005)
    assert other.holds


def test_over_230000_holds_and_understates(checked: Found) -> None:
    one = checked["over_230000"]
    assert one.outcome.verdict == "holds"
    assert stated(one).understates
    assert stated(one).value == pytest.approx(278_784, rel=1e-3)


def test_the_share_of_ciudad_juarez_is_computed_from_the_municipal_counts(checked: Found) -> None:
    one = checked["juarez_15_percent"]
    part, whole = stated(one).figures
    assert (part.place.code, whole.place.code) == ("MX-08037", "MX")
    assert stated(one).value == pytest.approx(100 * (part.value or 0) / (whole.value or 1))
    assert stated(one).value == pytest.approx(14.4, abs=0.05)
    assert one.outcome.verdict == "does_not_hold"


def test_whether_a_state_had_more_than_ten_percent_hangs_on_a_hair(checked: Found) -> None:
    one = checked["no_state_above_10"]
    assert (one.outcome.verdict, one.outcome.depends_on) == ("depends", ("definition",))
    shares = {reading.by.en: reading for reading in one.outcome.now.readings if reading.by}
    victims, deaths = shares["Homicide victims (SESNSP)"], shares["Homicides by occurrence"]
    assert [figure.value for figure in victims.figures] == [3290, 33742]
    assert [figure.value for figure in deaths.figures] == [3455, 34404]
    assert (victims.holds, deaths.holds) == (True, False)
    states = shares["Homicides by state and month (INEGI)"]
    assert [figure.value for figure in states.figures] == [3460, 34426]
    assert (victims.on_edge, deaths.on_edge) == (False, True)
    for figure in ("9.8%", "10.04%", "10.05%", "so near the limit"):
        assert figure in one.sentence.en
    assert "10.04\u00a0%" in one.sentence.es


def test_cases_printed_as_victims_are_caught(checked: Found) -> None:
    one = checked["victims_that_are_cases"]
    assert one.outcome.verdict == "does_not_hold"
    really = [reading for reading in one.outcome.now.readings if reading.cause == "definition"]
    assert [reading.unit for reading in really] == ["investigations"]


def test_two_windows_of_one_survey_are_no_fall(checked: Found) -> None:
    one = checked["fentanyl_use_fell"]
    assert one.outcome.verdict == "does_not_hold"
    assert "no such change" in stated(one).told.en


def test_a_percentage_that_contradicts_its_own_numbers(checked: Found) -> None:
    one = checked["first_half_4_7"]
    assert one.outcome.verdict == "does_not_hold"
    assert stated(one).value == pytest.approx(11.1, abs=0.06)


def test_parts_that_do_not_sum(checked: Found) -> None:
    assert stated(checked["troops_274584"]).value == 181_484
    assert checked["troops_274584"].outcome.verdict == "does_not_hold"


@pytest.mark.parametrize(
    ("claim", "then", "now"),
    [
        ("homicides_2018", 35964, 36685),
        ("homicides_2019", 36476, 36661),
        ("homicides_2022", 32223, 33287),
        ("homicides_2023", 31062, 32252),
        ("homicides_2024", 33241, 33550),
    ],
)
def test_preliminary_counts_held_on_the_day(checked: Found, claim: str, then: int, now: int) -> None:
    one = checked[claim]
    assert one.outcome.verdict == "held_then"
    assert (one.outcome.then.stated.value, one.outcome.now.stated.value) == (then, now)


def test_the_total_of_assistance_is_revised(checked: Found) -> None:
    one = checked["nearly_three_billion"]
    assert one.outcome.verdict == "held_then"
    assert (one.outcome.then.stated.value, one.outcome.now.stated.value) == (3.1e9, 3.5e9)


def test_two_counts_of_one_government_on_one_day(checked: Found) -> None:
    assert checked["census_99729"].outcome.depends_on == ("source",)


def test_whether_the_ministers_met_each_year_depends_on_what_silence_means(checked: Found) -> None:
    one = checked["meet_annually"]
    assert (one.outcome.verdict, one.outcome.depends_on) == ("depends", ("silence", "vintage"))
    assert "kept for 2021, 2022 and 2023" in one.sentence.en
    assert "but no completion is on record for 2024" in one.sentence.en


def test_two_crimes_printed_as_one_are_caught(checked: Found) -> None:
    one = checked["victims_2023"]
    assert one.outcome.verdict == "does_not_hold"
    assert one.outcome.then.stated.figures[0].value == 29675
    (really,) = [reading for reading in one.outcome.then.readings if reading.cause == "definition"]
    assert [figure.value for figure in really.figures] == [30523]


def test_what_was_not_public_is_said_and_never_replaced(checked: Found) -> None:
    one = checked["homicides_doubled"]
    assert one.outcome.then.standing == "unknown"
    assert "what was public on October 15, 2021, when it was said, is not kept" in one.sentence.en
    assert "no se conserva lo que era público el 15 de octubre de 2021" in one.sentence.es


def test_a_cause_is_neither_true_nor_false(checked: Found) -> None:
    causes = [one for one in checked.values() if one.claim.check.kind == "causal"]
    assert len(causes) >= 5
    assert {one.outcome.verdict for one in causes} == {"cannot_be_checked"}


def test_no_forecast_is_judged_before_it_is_due(checked: Found) -> None:
    forecasts = [one for one in checked.values() if one.claim.check.forecast is not None]
    assert len(forecasts) >= 5
    assert {one.outcome.then.standing for one in forecasts} == {"unknown"}


def test_every_claim_has_one_sentence_in_each_language(checked: Found) -> None:
    for one in checked.values():
        for lang in LANGS:
            words = one.sentence.in_(lang)
            assert words.endswith(".")
            assert not words.endswith("..")
            assert "None" not in words
            assert "{" not in words


def test_provisional_counts_are_set_beside_provisional_ones_and_the_slack_is_said(checked: Found) -> None:
    one = checked["overdose_fall_2024"]
    assert one.outcome.verdict == "holds"
    assert [figure.value for figure in stated(one).figures] == [108_550, 81_711]
    assert "less than 2% from what was written" in one.sentence.en
    assert "a menos de 1\u00a0% de lo escrito" in checked["victims_2018"].sentence.es
    assert "written" not in checked["drug_use_ever_2025"].sentence.en


def test_a_source_that_says_it_in_part_is_not_said_to_refute_it(checked: Found) -> None:
    one = checked["no_consensus"]
    assert one.outcome.verdict == "depends"
    assert "the source does not say it" in one.sentence.en
