"""Every kind of page in Chromium: no fault that axe-core finds, no sideways scroll, values on hover and by keys."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


TELLING = {
    "overview", "goal", "objective", "indicator", "commitments", "commitment", "calendar", "audit", "claims", "claim",
    "money", "data_health", "succession", "evaluations", "evaluation", "what_not_to_sign",
    "foresight", "scenario", "coupled", "mechanism", "all_pages",
}  # fmt: skip
# Pages that show all that their kind can show.
FILLED = {
    "claim": "claims/statistics_offices.homicides_2018",
    "commitment": "commitments/launch_three_year_plan",
    "evaluation": "evaluations/joint_operations_and_homicides",
    "scenario": "foresight/double_the_arrests",
    "mechanism": "foresight/models/cartel_recruitment",
}


def one_of_each(folder: Path) -> dict[str, str]:
    """The last page of each kind."""
    return {
        page["kind"]: page["path"]
        for page in json.loads((folder / "review.json").read_text("utf-8"))["pages"]
    }


def faults_of(page: Any, address: str) -> list[tuple[str, str]]:
    """What axe-core finds wrong with a page, and whether it scrolls sideways."""
    page.goto(address)
    return faults_here(page)


def faults_here(page: Any) -> list[tuple[str, str]]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    faults = [(one["id"], one["nodes"][0]["html"]) for one in found]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*faults, ("scrolls sideways", f"{wide} px")] if wide > 0 else faults


@pytest.mark.parametrize(
    ("lang", "width", "paper"),
    # With those of the shipped review below: each language and each paper at each width
    [("en", 1280, "light"), ("es", 390, "dark")],
)
def test_no_kind_of_page_has_a_fault(
    made_site: Path, browser: Any, lang: str, width: int, paper: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=paper)
    kinds = one_of_each(made_site)
    assert len(kinds) == 22
    faults = {
        kind: faults_of(page, (made_site / lang / f"{path}.html").as_uri()) for kind, path in kinds.items()
    }
    faults["cover"] = faults_of(page, (made_site / "index.html").as_uri())
    page.close()
    assert {kind: found for kind, found in faults.items() if found} == {}


@pytest.mark.parametrize(("lang", "width", "paper"), [("en", 390, "light"), ("es", 1280, "dark")])
def test_the_shipped_review_has_no_fault_and_asks_for_nothing(
    shipped: Path, browser: Any, lang: str, width: int, paper: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=paper)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    kinds = {kind: path for kind, path in one_of_each(shipped).items() if kind in TELLING} | FILLED
    assert set(kinds) == TELLING
    faults = {
        kind: faults_of(page, (shipped / lang / f"{path}.html").as_uri()) for kind, path in kinds.items()
    }
    page.close()
    assert {kind: found for kind, found in faults.items() if found} == {}
    assert [url for url in asked if not url.startswith("file:")] == []


def said(tip: Any) -> str:
    return tip.inner_text().replace("\u00a0", " ")


def test_values_appear_on_hover_and_by_keys(made_site: Path, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto((made_site / "en" / "indicators" / "mx_homicide_deaths.html").as_uri())
    chart = page.locator("#series .chart.wide")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.95, box["y"] + box["height"] * 0.5)
    tip = chart.locator(".tip")
    assert said(tip).startswith("2022: 62 deaths, provisional")
    page.mouse.move(0, 0)
    assert tip.is_hidden()
    chart.focus()
    page.keyboard.press("Home")
    assert said(tip).startswith("2018: 100 deaths")
    page.keyboard.press("ArrowRight")
    assert said(tip).startswith("2020: 99 deaths")
    page.close()
    assert problems == []


def test_a_quotation_finds_its_claim_and_nothing_else(shipped: Path, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((shipped / "es" / "claims" / "index.html").as_uri())
    every = page.locator("[data-verdict]").count()
    assert page.locator("[data-verdict]:visible").count() == every
    page.fill("#find-words", "Since 2008, annual homicides in Mexico have more than doubled")
    assert page.locator("[data-verdict]:visible").count() == 1
    assert page.locator("form.find output").inner_text() == "Una afirmación"
    page.fill("#find-words", "zzzz")
    assert page.locator("[data-verdict]:visible").count() == 0
    assert "check-claim" in page.locator("form.find output").inner_text()
    page.fill("#find-words", "")
    page.select_option("#find-verdict", "does_not_hold")
    assert 0 < page.locator("[data-verdict]:visible").count() < every
    page.close()


def groups_of(page: Any) -> dict[str, list[str]]:
    """The titles found, under the kind of each."""
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".search .found ul")].map((list) =>
            [list.getAttribute("aria-labelledby"), [...list.querySelectorAll("a")].map((one) => one.textContent)]))"""
    )


def test_the_search_finds_every_kind_of_thing_and_loads_its_index_when_used(
    shipped: Path, browser: Any
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((shipped / "en" / "claims" / "auditors_and_press.gao_tripled.html").as_uri())
    assert not [url for url in asked if url.endswith("search-index.js")]
    page.fill("#search-words", "fentanyl")
    page.wait_for_selector(".search .found ul")
    assert len([url for url in asked if url.endswith("search-index.js")]) == 1
    found = groups_of(page)
    assert {
        f"search-{kind}" for kind in ("promise", "indicator", "claim", "evaluation", "scenario", "source")
    } <= (found.keys())
    assert faults_here(page) == []
    for words, kind, title in [
        ("HOMICIDIOS", "search-indicator", "Homicide rate, Mexico"),
        ("merida", "search-claim", "“Signed in 2008, the Mérida Initiative”"),
        (
            "launch_mou_addictions",
            "search-promise",
            "Sign a memorandum of understanding on drug demand and addictions",
        ),
        ("extraditions", "search-indicator", "Extraditions from Mexico to the United States"),
    ]:
        page.fill("#search-words", words)
        more = page.locator(f".search .found ul[aria-labelledby={kind}] + button")
        if more.count():
            more.click()
        assert title in groups_of(page)[kind]
    page.fill("#search-words", "Chihuahua extortion")
    page.locator(".search .found a").first.click()
    assert page.url.endswith("indicators/mx_extortion_victims.html#map")
    page.close()


def test_a_word_of_a_table_leads_into_the_table_even_where_it_is_folded(shipped: Path, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto((shipped / "es" / "index.html").as_uri())
    page.fill("#search-words", "CJNG")
    page.wait_for_selector(".search .found ul")
    assert page.locator(".search .found a").count() == 1
    assert page.locator(".search .found li .sub").inner_text() == "en una tabla de la página"
    page.locator(".search .found a").click()
    page.wait_for_function("scrollY > 0")
    assert page.locator("details.fold[open]").count() == 1
    assert "CJNG" in page.locator("details.fold[open]").inner_text()
    page.close()


def test_long_detail_is_folded_on_a_narrow_screen_only(shipped: Path, browser: Any) -> None:
    address = (shipped / "es" / "sources.html").as_uri()
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    folds = page.locator("details.fold")
    every = folds.count()
    assert page.locator("details.fold[open]").count() == every > 10
    assert not folds.first.locator("summary").first.is_visible()
    page.set_viewport_size({"width": 390, "height": 800})
    page.wait_for_selector("details.fold:not([open])")
    assert page.locator("details.fold[open]").count() == 0
    folds.first.locator("summary").first.click()
    assert folds.first.locator("table").is_visible()
    one = page.locator("details.fold tr[id]").last.get_attribute("id")
    page.goto(f"{address}#{one}")
    assert page.locator(f"[id='{one}']").is_visible()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.fold[open]").count() == every
    page.close()


def test_a_search_among_folded_claims_shows_what_it_finds(shipped: Path, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto((shipped / "es" / "claims" / "index.html").as_uri())
    assert page.locator("[data-verdict]:visible").count() == 0
    page.fill("#find-words", "Since 2008, annual homicides in Mexico have more than doubled")
    assert page.locator("[data-verdict]:visible").count() == 1
    page.close()


def test_the_search_goes_by_keys_and_mends_a_slip(shipped: Path, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 900}, color_scheme="dark")
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto((shipped / "es" / "index.html").as_uri())
    page.fill("#search-words", "homocidios")
    page.wait_for_selector(".search .found button")
    assert faults_here(page) == []
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.input_value("#search-words") == "homicidios"
    page.keyboard.press("ArrowDown")
    first = page.evaluate("document.activeElement.href")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.href") not in (first, None)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "search-words"
    assert page.locator(".search .found").is_hidden()
    page.fill("#search-words", "zzzzzz")
    assert "Nada" in page.locator("#search-told").inner_text()
    page.close()
    assert problems == []


def test_without_scripts_a_list_of_all_pages_stands_for_the_search(made_site: Path, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((made_site / "es" / "indicators" / "mx_homicide_deaths.html").as_uri())
    assert page.locator("form.search").is_hidden()
    page.locator(".masthead noscript a").click()
    assert page.url.endswith("es/all-pages.html")
    whole = json.loads((made_site / "review.json").read_text("utf-8"))
    assert page.locator("main ul a").count() == len(whole["pages"]) - 1
    context.close()


def test_without_scripts_the_page_says_the_same(made_site: Path, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((made_site / "es" / "indicators" / "mx_homicide_deaths.html").as_uri())
    assert page.locator("#series .chart.wide svg").is_visible()
    page.locator("#series summary").click()
    assert "99" in page.locator("#series table").inner_text()
    context.close()


def test_the_first_stop_of_the_tab_key_skips_to_the_content(made_site: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto((made_site / "en" / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.close()


def test_on_paper_the_tables_behind_pictures_are_open(made_site: Path, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((made_site / "en" / "indicators" / "mx_homicide_deaths.html").as_uri())
    cell = page.locator("#series details td").first
    assert not cell.is_visible()
    page.emulate_media(media="print")
    assert cell.is_visible()
    assert not page.locator(".masthead nav").is_visible()
    page.close()
