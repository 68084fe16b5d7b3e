"""Published figures: every line cited and dated; what looks alike and is not, kept apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused
from acuerdo.data.asof import as_of
from acuerdo.data.cited_figures import packaged_files, packaged_tables
from acuerdo.data.ingest import ingest
from acuerdo.data.source import Basis
from acuerdo.data.store import Store, session

ID = "published_figures"
SAMPLE = """\
# A comment may stand before
kind: acuerdo_figures
accessed: 2026-11-21
title: {en: Sample, es: Muestra}
references:
  S1: {title: A report, publisher: Somebody, date: 2024-08, kind: press, language: en}
series:
  mx_wjp_score:
    title: {en: Score, es: Puntuación}
    definition: {en: A score., es: Una puntuación.}
    unit: score
    place: MX
    figures:
      - {period: 2020, value: 0.44, source: S1}
"""


def rows(read: Any, table: str, series: str) -> list[tuple[Any, ...]]:
    path = next(path for path in packaged_files() if path.stem == table)
    return read(ID, path).rows(
        f"SELECT period, breakdown, value, status, known_from FROM observed WHERE series = '{ID}.{series}' "
        "ORDER BY period, known_from, breakdown"
    )


@pytest.mark.parametrize("path", packaged_files(), ids=lambda path: path.stem)
def test_every_packaged_table_is_read_whole(read: Any, path: Path) -> None:
    figures = list(packaged_tables()[path.stem].rows())
    assert read(ID, path).value("SELECT count(*) FROM observed") == len(figures) > 0


def test_series_are_named_once_over_all_tables() -> None:
    names = [series.id for table in packaged_tables().values() for series in table.series.values()]
    assert len(names) == len(set(names))


def test_every_reference_is_used() -> None:
    for table in packaged_tables().values():
        assert set(table.references) == {figure.source for _, figure in table.rows()}, table.title.en


def test_a_month_of_publication_counts_from_its_last_day(read: Any, made: Any) -> None:
    reading = read(ID, made(SAMPLE))
    assert reading.rows("SELECT place, period, value, unit, known_from FROM observed") == [
        ("MX", "2020", 0.44, "score", date(2024, 8, 31))
    ]


def test_a_figure_without_a_date_is_dated_by_the_day_it_was_read() -> None:
    table = packaged_tables()["mx_uif_blocked_accounts"]
    dated = {figure.source: table.published(figure) for _, figure in table.rows()}
    assert (dated["S161_S164"].on, dated["S161_S164"].basis) == (date(2026, 11, 21), Basis.RETRIEVED)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("source: S1", "source: S2", r"S2"),
        ("value: 0.44", "valeu: 0.44", r"valeu"),
        ("value: 0.44, ", "", r"value"),
        ("unit: score", "unit: scores", r"scores"),
        ("{en: Score, es: Puntuación}", "{en: Score}", r"es|Spanish"),
        ("period: 2020", "period: 2020-13", r"2020-13"),
        ("mx_wjp_score:", "mx_other_score:", r"mx_other_score"),
    ],
)
def test_a_fault_is_told_and_nothing_is_read(read: Any, made: Any, old: str, new: str, message: str) -> None:
    assert old in SAMPLE
    with pytest.raises(IngestRefused, match=message):
        read(ID, made(SAMPLE.replace(old, new)))


def test_each_source_is_named_with_what_is_taken_from_it(read: Any, made: Any) -> None:
    (note,) = read(ID, made(SAMPLE)).parsed.notes
    assert "A report" in note.en
    assert note.en.endswith("Printed there: Score (2020).")
    assert note.es.endswith("Ahí se imprime: Puntuación (2020).")


def test_it_is_stored_like_any_file(tmp_path: Path) -> None:
    stored = [ingest(path, Store(tmp_path / "store")) for path in packaged_files()]
    assert all(one.new and one.release.source == ID for one in stored)
    assert not ingest(packaged_files()[0], Store(tmp_path / "store")).new


# ---------------------------------------------------------------------------------------- traps, each with its numbers


@pytest.mark.parametrize(
    ("day", "deaths"), [(date(2023, 8, 1), 32_223), (date(2024, 7, 31), 32_223), (date(2024, 8, 1), 33_287)]
)
def test_the_count_of_2022_as_it_was_known(tmp_path: Path, day: date, deaths: int) -> None:
    path = next(path for path in packaged_files() if path.stem == "mx_homicides_inegi")
    release = ingest(path, Store(tmp_path / "store")).release
    known = as_of([release], day, series=[f"{ID}.mx_homicide_deaths_inegi"])
    with session() as connection:
        found = connection.execute(f"SELECT value FROM ({known}) WHERE period = '2022'").fetchall()
    assert found == [(deaths,)]


def test_preliminary_and_definitive_are_vintages_of_one_series(read: Any) -> None:
    known = rows(read, "mx_homicides_inegi", "mx_homicide_deaths_inegi")
    pairs = {
        year: [(value, status, str(day)) for period, _, value, status, day in known if period == year]
        for year in ("2018", "2024")
    }
    assert pairs["2018"] == [(35_964, "P", "2019-07-25"), (36_685, "A", "2023-07-25")]
    assert pairs["2024"] == [(33_241, "P", "2025-08-31"), (33_550, "A", "2025-11-10")]


@pytest.mark.parametrize(
    ("year", "percent"), [("2018", 2.0), ("2019", 0.5), ("2022", 3.3), ("2023", 3.8), ("2024", 0.9)]
)
def test_the_definitive_count_rose_every_year(read: Any, year: str, percent: float) -> None:
    first, last = (
        row[2] for row in rows(read, "mx_homicides_inegi", "mx_homicide_deaths_inegi") if row[0] == year
    )
    assert (last / first - 1) * 100 == pytest.approx(percent, abs=0.06)


def test_a_percent_that_contradicts_its_own_numbers(read: Any) -> None:
    halves = {row[0]: row[2] for row in rows(read, "mx_homicides_inegi", "mx_homicide_deaths_inegi")}
    change = (halves["2025-H1"] / halves["2024-H1"] - 1) * 100
    assert change == pytest.approx(-11.1, abs=0.05)
    assert change != pytest.approx(-4.7, abs=1)


def test_cases_labelled_victims_are_kept_as_investigations() -> None:
    table = packaged_tables()["mx_homicides_sesnsp"]
    assert table.series["mx_intentional_homicide_mislabelled_victims"].unit == "investigations"
    assert table.series["mx_intentional_homicide_victims_press"].unit == "victims"


def test_provisional_and_final_overdose_deaths_are_not_one_series(read: Any) -> None:
    final = {row[0]: row[2] for row in rows(read, "us_overdose_deaths", "us_overdose_deaths_final")}
    predicted = {row[0]: row[2] for row in rows(read, "us_overdose_deaths", "us_overdose_deaths_predicted")}
    assert (final["2008"], final["2023"], predicted["12M-2023-12"]) == (36_450, 105_007, 110_037)


def test_the_yearly_series_has_no_dropped_year(read: Any) -> None:
    years = [int(row[0]) for row in rows(read, "us_overdose_deaths", "us_overdose_deaths_final")]
    assert years == list(range(1999, 2025))


def test_parts_that_do_not_sum_to_their_total_are_flagged(read: Any) -> None:
    parts = sum(row[2] for row in rows(read, "mx_deployment", "mx_deployed_parts_2024"))
    total = rows(read, "mx_deployment", "mx_deployed_total_as_printed")[-1]
    assert parts == 181_484
    assert total[:4] == ("2024", "", 274_584, "U")


def test_the_other_totals_are_the_sum_of_their_forces(read: Any) -> None:
    forces = rows(read, "mx_deployment", "mx_deployed_by_force")
    for period, _, total, status, _ in rows(read, "mx_deployment", "mx_deployed_total_as_printed"):
        if status != "U":
            assert sum(row[2] for row in forces if row[0] == period) == total


def test_a_rank_stands_with_the_countries_of_its_own_edition(read: Any) -> None:
    table = "mx_rule_of_law_wjp"
    rank, field, score = (
        {row[0]: row[2] for row in rows(read, table, f"mx_wjp_{name}")}
        for name in ("rank", "countries_ranked", "score")
    )
    assert rank.keys() == field.keys()
    assert [(rank[year], field[year]) for year in ("2020", "2021")] == [(104, 128), (113, 139)]
    # The rank falls from 2022 to 2023 though the score stands still
    assert (score["2022"], score["2023"], rank["2023"] - rank["2022"]) == (0.42, 0.42, 1)


def test_ever_used_and_past_year_are_two_series_and_fentanyl_has_no_trend(read: Any) -> None:
    lifetime = rows(read, "mx_drug_use_encodat", "mx_fentanyl_lifetime")
    other = rows(read, "mx_drug_use_encodat", "mx_fentanyl_other_window")
    assert [(row[0], row[2]) for row in (*lifetime, *other)] == [("2025", 0.2), ("2025", 0.1)]


def test_extraditions_and_transfers_are_apart_and_rival_answers_stand_side_by_side(read: Any) -> None:
    table = "mx_us_extraditions"
    transfers = rows(read, table, "mx_us_transfers_outside_treaty")
    assert sum(row[2] for row in transfers) == 92
    embassy = {row[0]: row[2] for row in rows(read, table, "mx_us_extraditions")}
    mexicans = {row[0]: row[2] for row in rows(read, table, "mx_us_extraditions_of_mexicans")}
    assert (embassy["2008"], rows(read, table, "mx_us_extraditions_ap")[0][2]) == (85, 95)
    assert (embassy["2019"], mexicans["2019"]) == (58, 53)


def test_mexicans_extradited_with_the_dual_nationals_make_the_presidency(read: Any) -> None:
    yearly = sum(row[2] for row in rows(read, "mx_us_extraditions", "mx_us_extraditions_of_mexicans"))
    presidency = rows(read, "mx_us_extraditions", "mx_us_extraditions_by_presidency")[-1][2]
    assert yearly + 24 == presidency == 302


def test_the_fiscal_year_to_date_is_not_a_year(read: Any) -> None:
    assert [row[0] for row in rows(read, "us_border_seizures", "cbp_fentanyl_seized")] == ["FY2026:2026-08"]


def test_pounds_and_kilograms_are_two_series() -> None:
    series = packaged_tables()["us_border_seizures"].series
    assert (series["cbp_fentanyl_seized"].unit, series["dea_fentanyl_seized_southwest"].unit) == (
        "pounds",
        "kilograms",
    )


def test_a_stock_may_fall_without_anybody_being_found(read: Any) -> None:
    stock = rows(read, "mx_missing_persons", "mx_missing_not_located")
    assert [row[2] for row in stock[-2:]] == [133_520, 132_082]
    assert packaged_tables()["mx_missing_persons"].series["mx_missing_not_located"].stock


def test_the_total_of_the_initiative_is_revised_with_its_reports(read: Any) -> None:
    known = rows(read, "us_mx_assistance", "merida_appropriated_several_years")
    assert [(row[2], str(row[4])) for row in known if row[0] == "FY2020"] == [
        (3100, "2020-07-20"), (3300, "2021-11-01"), (3500, "2022-04-07"),
    ]  # fmt: skip
