"""What the pages of a made framework say, checked against what was made."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.review.conftest import made

from acuerdo.review import site
from acuerdo.review.page import Table

DAY = date(2024, 6, 1)


def data(folder: Path, path: str) -> dict[str, Any]:
    return json.loads((folder / "data" / f"{path}.json").read_text("utf-8"))


def html(folder: Path, lang: str, path: str) -> str:
    return (folder / lang / f"{path}.html").read_text("utf-8")


def questions(folder: Path) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in data(folder, "index")["content"]["questions"]}


def test_the_overview_counts_what_was_made(made_site: Path) -> None:
    brief = questions(made_site)
    assert {key: item["value"] for key, item in brief.items()} == {
        "promised": 4,
        "done": 2,  # never coded, so deadlines kept: once by its day, and the first of four yearly rounds
        "changed": 1,
    }
    notes = {key: [note["en"] for note in item["notes"]] for key, item in brief.items()}
    assert "2 objectives have a public title." in notes["promised"]
    # Nothing is heard of one, nor of three rounds
    assert notes["done"] == [
        "Of 7 deadlines that have passed: 2 known to have been kept, 1 met late, and 4 with no completion on record.",
    ]
    assert notes["changed"][:2] == [
        "Only one has a later value than the baseline.",
        "One of 2 objectives has no public measure of outcome.",
    ]


def test_the_overview_names_what_is_not_measured_and_not_public(made_site: Path) -> None:
    found = questions(made_site)
    assert [link["to"] for link in found["changed"]["unmeasured"]] == ["objectives/silence"]
    assert "One thing that it refers to is not public." in [one["en"] for one in found["promised"]["notes"]]
    absent = data(made_site, "documents")["content"]["unavailable"]
    assert [one["what"] for one in absent] == [{"en": "The list of actions", "es": "La lista de acciones"}]
    for lang, words in {"en": "The list of actions", "es": "La lista de acciones"}.items():
        assert words in html(made_site, lang, "documents")


def test_each_question_has_a_figure_its_source_with_a_day_and_one_way_on(made_site: Path) -> None:
    for one in questions(made_site).values():
        assert isinstance(one["value"], int)
        assert one["source"]["en"].endswith("June 1, 2024.")
        assert (made_site / "en" / f"{one['link']['to'].partition('#')[0]}.html").is_file()
        assert one["notes"]


def test_the_change_is_that_of_the_figures(made_site: Path) -> None:
    row = questions(made_site)["changed"]["table"]["rows"][0]
    assert row["baseline"][0]["value"] == 99.0
    assert row["latest"][0]["value"] == 61.5
    assert row["change"]["change"] == pytest.approx(61.5 / 99 - 1, abs=1e-12)
    assert row["other"][0]["change"] == pytest.approx(61.5 / 100 - 1, abs=1e-12)  # 2007 is not there, 2018 is


def test_a_year_without_a_figure_is_missing_and_never_zero(made_site: Path) -> None:
    rows = data(made_site, "indicators/mx_homicide_deaths")["content"]["series"]["table"]["rows"]
    assert [row["period"] for row in rows] == ["2022", "2021", "2020", "2018"]
    states = data(made_site, "indicators/mx_homicide_deaths")["content"]["map"]["table"]["rows"]
    missing = [row["place"]["en"] for row in states if row["value"]["value"] is None]
    assert "Campeche" in missing
    assert len(missing) == 13  # twelve states without rows, one with an empty one
    assert not any(row["value"]["value"] == 0 for row in states)


def test_the_revision_is_shown_with_both_dates(made_site: Path) -> None:
    content = data(made_site, "indicators/mx_homicide_deaths")["content"]
    rows = [
        (row["period"], row["first"]["value"], row["last"]["value"])
        for row in content["revision_table"]["rows"]
    ]
    assert rows == [("2020", 90.0, 99.0)]  # 2021 was first published with the second file
    assert content["vintages"] == 2


def test_every_figure_leads_to_its_file_and_its_hash(made_site: Path) -> None:
    content = data(made_site, "indicators/mx_homicide_deaths")["content"]
    assert {row["hash"] for row in content["sources"]["rows"]} == {"1" * 64, "2" * 64}
    assert "2" * 64 in html(made_site, "en", "sources")


def test_commitments_show_how_their_deadlines_were_met(made_site: Path) -> None:
    (group,) = data(made_site, "commitments")["content"]["groups"]
    states = {one["id"]: [state["state"]["state"] for state in one["states"]] for one in group["commitments"]}
    assert states == {
        "on_time": ["kept"],
        "too_late": ["late"],
        "silent": ["no_evidence"],
        "every_year": ["kept", "no_evidence", "no_evidence", "no_evidence"],
    }
    assert "late by 4 days" in html(made_site, "en", "commitments")
    assert "con 4 días de retraso" in html(made_site, "es", "commitments")


def test_a_quotation_keeps_its_language_and_text_is_escaped(made_site: Path) -> None:
    page = html(made_site, "es", "commitments")
    assert '<p lang="en"><q>as soon as we can</q></p>' in page
    assert "tan pronto como podamos" in page
    assert "To begin &lt;at once&gt; &amp; together" in html(made_site, "en", "meetings")


def test_numbers_and_dates_are_written_as_each_language_does(made_site: Path) -> None:
    assert "March 5, 2020" in html(made_site, "en", "meetings")
    assert "5 de marzo de 2020" in html(made_site, "es", "meetings")
    assert "−37.9%" in html(made_site, "en", "index")
    assert "−37.9\u00a0%" in html(made_site, "es", "index")


def test_each_page_links_to_itself_in_the_other_language(made_site: Path) -> None:
    assert '<a href="../../es/objectives/deaths.html" lang="es"' in html(made_site, "en", "objectives/deaths")
    assert '<a href="../../en/objectives/deaths.html" lang="en"' in html(made_site, "es", "objectives/deaths")


def test_before_the_first_publication_the_page_says_that_nothing_was_known() -> None:
    pages = {page.path: page for page in site.compose(made(date(2020, 12, 31), as_of=True))}
    page = pages["indicators/mx_homicide_deaths"]
    assert page.content["series"] is None
    assert page.summary.en.startswith("No figure")
    assert "December 31, 2020" in page.summary.en
    assert page.content["sources"] is None


def test_every_figure_has_its_values_as_a_table(dossier: Any) -> None:
    from acuerdo.review.page import Figure, every

    drawn = [figure for page in site.compose(dossier) for figure in every(Figure, page.content)]
    assert {figure.name for figure in drawn} >= {"life", "series", "map"}
    # The tables of these two stand open on their page
    open_ = {"revisions", "sizes"}
    assert all(isinstance(figure.table, Table) for figure in drawn if figure.name not in open_)
