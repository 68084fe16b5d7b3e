"""Every kind of page in Chromium: no fault that axe-core finds, no sideways scroll, values on hover and by keys."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def one_of_each(folder: Path) -> list[str]:
    """A page of each kind, and a few more indicators, whose pages differ most."""
    kinds: dict[str, list[str]] = {}
    for page in json.loads((folder / "review.json").read_text("utf-8"))["pages"]:
        kinds.setdefault(page["kind"], []).append(page["path"])
    return [paths[0] for paths in kinds.values()] + kinds["indicator"][5::20]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_no_page_has_a_fault(shipped: Path, browser: Any, lang: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    faults: dict[str, Any] = {}
    for path in one_of_each(shipped):
        page.goto((shipped / lang / f"{path}.html").as_uri())
        found = axe.run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
        if found:
            faults[path] = [(one["id"], one["nodes"][0]["html"]) for one in found]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults[f"{path} scrolls sideways"] = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert faults == {}
    assert [url for url in asked if not url.startswith("file:")] == []


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
    assert tip.inner_text().startswith("2022: 62 deaths")
    page.mouse.move(0, 0)
    assert tip.is_hidden()
    chart.focus()
    page.keyboard.press("Home")
    assert tip.inner_text().startswith("2018: 100 deaths")
    page.keyboard.press("ArrowRight")
    assert tip.inner_text().startswith("2020: 99 deaths")
    page.close()
    assert problems == []


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
