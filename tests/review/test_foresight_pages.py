"""What the pages of scenarios, models and the coupled run print, against the kept answers that they print."""

from __future__ import annotations

import re
from typing import Any

import pytest

from acuerdo.core.text import LANGS, Lang, Text
from acuerdo.foresight import kept
from acuerdo.foresight.coupling import LINKS, UNCOVERED
from acuerdo.foresight.identified.agreeing import agreed
from acuerdo.foresight.identified.hinging import hinges
from acuerdo.foresight.library import models
from acuerdo.foresight.playbook import BASE, plays
from acuerdo.review import rendering, site
from acuerdo.review.charts.press import Drawing
from acuerdo.review.dossier import Dossier
from acuerdo.review.foreseen import percent
from acuerdo.review.page import Figure, Link, Page, State, every
from acuerdo.review.sections import coupled, foresight, mechanism, scenario

Pages = dict[str, Page]
SECTIONS = (foresight, scenario, coupled, mechanism)
FITTED = "cartel_recruitment"


@pytest.fixture(scope="module")
def pages(dossier: Dossier) -> Pages:
    return {page.path: page for section in SECTIONS for page in section.pages(dossier)}


@pytest.fixture(scope="module")
def written(pages: Pages, dossier: Dossier) -> dict[tuple[str, str], str]:
    """The HTML of each page in each language, without its pictures."""
    figures = {(page.path, one.name): one for page in pages.values() for one in every(Figure, page.content)}

    def drawings(key: tuple[str, str, Lang, rendering.Size]) -> tuple[Drawing, str]:
        path, name, lang, size = key
        return figures[path, name].draw(lang, size), "<svg ></svg>"

    known = frozenset(pages)
    edition = site._edition(dossier)
    return {
        (page.path, lang): rendering.html(
            page, lang, edition=edition, langs=LANGS, known=known, drawings=drawings
        )
        for page in pages.values()
        for lang in LANGS
    }


def answered(pages: Pages, name: str, model_id: str) -> dict[str, Any]:
    """The part of a scenario's page that one model answers."""
    acting = [one for one in models() if name in getattr(kept.comparison(one), "scenarios", ())]
    return pages[f"foresight/{name}"].content["answers"][acting.index(model_id)]


def test_every_scenario_and_every_model_has_its_page(pages: Pages) -> None:
    assert {f"foresight/{name}" for name in plays() if name != BASE} <= set(pages)
    assert {f"foresight/models/{name}" for name in models()} <= set(pages)
    assert {"foresight/index", "foresight/coupled"} <= set(pages)


@pytest.mark.parametrize("name", ["double_the_arrests", "kingpin_strategy", "recruitment_prevention"])
def test_the_ranges_printed_are_those_that_were_kept(pages: Pages, name: str) -> None:
    found = kept.comparison(FITTED)
    assert found is not None
    rows = answered(pages, name, FITTED)["contrast"].table.rows
    groups = agreed(found, name)
    assert len(rows) == len(groups)
    for row, group in zip(rows, groups, strict=True):
        change = group.arm.change
        assert change is not None
        assert all(end.in_("en") in row["change"].en for end in (percent(change.low), percent(change.high)))
    labels = [label for group in groups for label in group.structures]
    assert sorted(labels) == sorted({arm.structure for arm in found.arms})


def test_no_curve_is_drawn_without_everything_that_fits(pages: Pages) -> None:
    """Each fan has two bands of two shades over the same dates, and its table gives least and most."""
    fans = [
        figure
        for name in plays()
        if name != BASE
        for answer in pages[f"foresight/{name}"].content["answers"]
        for figure in answer["figures"]
    ]
    assert len(fans) > 20
    for figure in fans:
        assert isinstance(figure, Figure)
        assert figure.table is not None
        assert {"base_low", "base_high", "policy_low", "policy_high"} <= set(figure.table.rows[0])
        assert figure.draw("es", "narrow").order.count("fill-opacity") == 4


@pytest.mark.parametrize("lang", LANGS)
def test_what_turns_an_answer_is_told_roundly_and_says_under_what(written: Any, lang: str) -> None:
    page = written["foresight/double_the_arrests", lang]
    wanted = {
        "en": (
            "“Members in 2012” below about 115,000 people",
            "Under: As published;",
            "Under: How many killings",
        ),
        "es": (
            "por debajo de aproximadamente 115,000 personas",
            "Bajo: Como se publicó;",
            "Bajo: Cuántos homicidios",
        ),
    }[lang]
    assert all(one in page for one in wanted)


def test_no_threshold_is_finer_than_the_set_it_was_found_in() -> None:
    found = [one for name in models() if (kept_one := kept.comparison(name)) for one in hinges(kept_one)]
    assert len(found) > 8
    for one in found:
        digits = f"{one.threshold:e}".partition("e")[0].replace(".", "").rstrip("0")
        assert len(digits) <= 3, one
        assert one.structures


def test_the_index_says_who_wins_where_and_what_no_model_covers(pages: Pages, written: Any) -> None:
    content = pages["foresight/index"].content
    compared = [one for name in models() if (one := kept.comparison(name))]
    for fate, found in zip(content["fates"], compared, strict=True):
        assert len(fate["figure"].table.rows) == len(found.scenarios) - 1
        assert {row["winner"].to for row in fate["structures"].rows} <= {
            f"foresight/{name}" for name in found.scenarios
        }
        assert len(fate["regrets"].rows) == len(found.scenarios)
    assert "Human smuggling" in written["foresight/index", "en"]
    assert "trata de personas" in written["foresight/index", "es"]


@pytest.mark.parametrize("name", sorted(models()))
def test_a_models_page_prints_its_published_table_with_ticks(pages: Pages, name: str) -> None:
    found = kept.read(name, "published")
    assert found is not None
    rows = pages[f"foresight/models/{name}"].content["published"].rows
    assert [row["printed"].en for row in rows] == [one["published"]["en"] for one in found.answer["rows"]]
    assert [row["reproduced"].sign == "kept" for row in rows] == [
        one["reproduced"] for one in found.answer["rows"]
    ]
    assert all(isinstance(row["reproduced"], State) for row in rows)


@pytest.mark.parametrize("name", sorted(models()))
def test_every_lever_says_what_it_serves_and_on_what_evidence(name: str) -> None:
    from acuerdo.spec.library import frameworks

    page = mechanism._page(models()[name], mechanism._objectives(frameworks()["us_mx_bicentennial"]))
    for row in page.content["levers"].rows:
        assert row["objectives"]
        assert all(isinstance(one, Link) and one.to.startswith("objectives/") for one in row["objectives"])
        evidence, source = row["evidence"]
        assert evidence.en
        assert source.en


def test_forecasts_are_printed_whoever_is_nearest(pages: Pages) -> None:
    found = kept.read("overdose", "forecasts")
    assert found is not None
    told = pages["foresight/models/overdose"].content["foretold"]
    for name, exercise in zip(("real_time", "truncated"), told["exercises"], strict=True):
        rows = exercise["table"].rows
        assert len(rows) == len(found.answer[name]) == 4
        printed = [int(row["crps"].en.replace(",", "")) for row in rows]
        assert printed == sorted(printed)
        means = [sum(one["crps"] for one in every) / len(every) for every in found.answer[name].values()]
        assert printed == sorted(round(one) for one in means)
    assert "788,050" in told["base"].en
    assert "541,753" in told["base"].es


def test_the_coupled_run_shows_each_link_alone_and_switched_off(pages: Pages) -> None:
    found = kept.read(kept.COUPLED, "together")
    assert found is not None
    content = pages["foresight/coupled"].content
    assert [row["link"] for row in content["picture"].table.rows] == [one.short for one in LINKS.values()]
    (shown,) = [one for one in content["scenarios"] if one["title"] == plays()["precursor_controls"].title]
    rows = {(one["model"], one["outcome"]): one for one in found.answer["scenarios"]["precursor_controls"]}
    deaths = rows["overdose", "deaths"]
    (row,) = [
        one
        for one in shown["table"].rows
        if one["outcome"] == next(o.title for o in models()["overdose"].outcomes if o.name == "deaths")
    ]
    assert row["together"][0] == percent(deaths["together"]["mean"])
    for name in LINKS:
        alone, off = row[name]
        assert alone == percent(deaths["links"][name])
        assert percent(deaths["without"][name]).en in off.en


def test_what_is_kept_of_the_coupled_run_adds_up() -> None:
    found = kept.read(kept.COUPLED, "together")
    assert found is not None
    assert set(found.answer["scenarios"]) == set(plays()) - {BASE}
    for rows in found.answer["scenarios"].values():
        for one in rows:
            assert 0 <= one["failed"] < found.answer["draws"]
            parts = one["apart"]["mean"] + sum(one["links"].values()) + one["interaction"]
            assert parts == pytest.approx(one["together"]["mean"], abs=1e-3)


@pytest.mark.parametrize("lang", LANGS)
def test_the_coupled_page_says_what_it_does_not_cover(written: Any, lang: str) -> None:
    assert UNCOVERED.in_(lang) in written["foresight/coupled", lang]  # type: ignore[arg-type]


def test_pages_are_written_without_a_number_that_is_none(written: Any) -> None:
    for (path, lang), page in written.items():
        words = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
        assert not re.search(r"\bNone\b|\bnan\b|Text\(", words), (path, lang)


def test_texts_differ_between_the_languages(pages: Pages) -> None:
    for page in pages.values():
        assert isinstance(page.title, Text)
        assert page.summary.en != page.summary.es
