"""The site as a whole: the same pages in both languages, all reachable, nothing asked of the network, same bytes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from tests.review.conftest import made, put

from acuerdo.review import site
from acuerdo.review.dossier import Dossier, gather
from acuerdo.review.rendering import twin
from acuerdo.review.site import _edition, compose, write
from acuerdo.workspace import Workspace

VOID = {"meta", "link", "line", "path", "circle", "rect", "br", "img", "input", "hr"}
LOADS = {
    ("link", "href"),
    ("script", "src"),
    ("img", "src"),
    ("use", "href"),
    ("iframe", "src"),
    ("source", "src"),
}


class Reader(HTMLParser):
    """Collects what a page links to, loads and names, and whether its elements close in order."""

    def __init__(self, text: str) -> None:
        HTMLParser.__init__(self, convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.crossed: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        alternate = tag == "link" and given.get("rel") != "stylesheet"
        self.loads += [
            given[name] or "" for kind, name in LOADS if tag == kind and given.get(name) and not alternate
        ]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)


@cache
def read(folder: Path) -> dict[str, Reader]:
    return {
        path.relative_to(folder).as_posix(): Reader(path.read_text("utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }


@pytest.fixture(scope="module", params=["made_site", "shipped"])
def folder(request: pytest.FixtureRequest) -> Path:
    return request.getfixturevalue(request.param)


def test_every_page_is_there_in_both_languages_and_as_data(folder: Path) -> None:
    whole = json.loads((folder / "review.json").read_text("utf-8"))
    paths = {page["path"] for page in whole["pages"]}
    for lang in ("en", "es"):
        found = {
            path.relative_to(folder / lang).with_suffix("").as_posix()
            for path in (folder / lang).rglob("*.html")
        }
        assert found == paths
    assert {
        path.relative_to(folder / "data").with_suffix("").as_posix()
        for path in (folder / "data").rglob("*.json")
    } == paths


def test_pages_are_well_formed_and_ids_are_unique(folder: Path) -> None:
    for name, page in read(folder).items():
        assert page.crossed == [], name
        assert page.open == [], name
        assert len(page.ids) == len(set(page.ids)), name
        tags = [tag for tag, _ in page.tags]
        assert tags.count("h1") == 1, name
        assert tags.count("main") == 1, name


def test_every_link_inside_leads_somewhere_and_every_page_is_reached(folder: Path) -> None:
    pages = read(folder)
    reached, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        for link in pages[name].links:
            if link.startswith("http"):
                continue
            target, anchor = urldefrag(unquote(urljoin(name, link)))
            target = target or name
            if target.endswith(".html"):
                assert target in pages, f"{name} -> {link}"
                assert not anchor or anchor in pages[target].ids, f"{name} -> {link}"
                waiting.append(target)
            else:
                assert (folder / target).is_file(), f"{name} -> {link}"
    assert reached == set(pages)


def test_nothing_is_loaded_from_elsewhere(folder: Path) -> None:
    for name, page in read(folder).items():
        for address in page.loads:
            assert not address.startswith(("http:", "https:", "//", "data:")), f"{name}: {address}"
            assert (folder / urljoin(name, address)).is_file(), f"{name}: {address}"
    style = (folder / "assets" / "style.css").read_text("utf-8")
    assert "@import" not in style
    for address in [part.split(")")[0].strip("\"'") for part in style.split("url(")[1:]]:
        assert (folder / "assets" / address).is_file(), address


def test_tables_have_captions_and_scopes_and_pictures_have_names(folder: Path) -> None:
    for name, page in read(folder).items():
        tags = [tag for tag, _ in page.tags]
        assert tags.count("table") == tags.count("caption"), name
        assert all(given.get("scope") for tag, given in page.tags if tag == "th"), name
        for tag, given in page.tags:
            if tag == "svg":
                assert given.get("aria-hidden") == "true" or given.get("aria-label"), name


def test_same_inputs_same_bytes(dossier: Dossier, made_site: Path, tmp_path: Path) -> None:
    again = put(dossier, tmp_path)
    first = {
        path.relative_to(made_site): path.read_bytes() for path in made_site.rglob("*") if path.is_file()
    }
    second = {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()}
    assert first == second


def test_an_unchanged_review_is_left_and_another_process_mends_a_damaged_one_with_the_same_bytes(
    shipped: Path, tmp_path: Path
) -> None:
    """In which order a set gives what it holds differs from one process to the next, unless it is told."""
    again, store = tmp_path / "again", shipped.parent / "no_store"
    shutil.copytree(shipped, again)
    assert not write(Workspace.open(store), "us_mx_bicentennial", out=again).renewed
    page = again / "en" / "index.html"
    page.write_bytes(b"")
    call = [sys.executable, "-m", "acuerdo", "review", "us_mx_bicentennial", "--out", str(again)]
    given = {"PYTHONHASHSEED": "1", "ACUERDO_STORE": str(store)}
    subprocess.run(call, check=True, capture_output=True, env={**os.environ, **given})
    # It has the fingerprint of every file
    assert (again / "review.json").read_bytes() == (shipped / "review.json").read_bytes()
    assert page.read_bytes() == (shipped / "en" / "index.html").read_bytes()


def test_what_is_compiled_meanwhile_changes_no_review(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, workspace = tmp_path / "package", Workspace.open(tmp_path / "store")
    (package / "__pycache__").mkdir(parents=True)
    (package / "one.py").write_text("ONE = 1\n")
    monkeypatch.setattr(site, "_PACKAGE", package)
    before = site._fingerprint(workspace, ())
    (package / "__pycache__" / "one.kernel.nbi").write_bytes(b"compiled")
    assert site._fingerprint(workspace, ()) == before
    (package / "one.py").write_text("ONE = 2\n")
    assert site._fingerprint(workspace, ()) != before


def dates_after(text: str, day: date) -> list[str]:
    """Whole dates in a text that lie after a day; deadlines and the spans of plans may."""
    import re

    return [
        found
        for found in re.findall(r"(?<![\dA-Za-z])\d{4}-\d{2}-\d{2}(?![\d])", text)
        if found > day.isoformat()
    ]


@pytest.mark.parametrize(
    "day", [date(2020, 3, 6), date(2020, 7, 1), date(2021, 12, 31), date(2023, 2, 1), date(2023, 11, 1)]
)
def test_a_review_of_an_earlier_day_knows_nothing_later(day: date) -> None:
    dossier = made(day, as_of=True)
    edition = _edition(dossier)
    for page in compose(dossier):
        assert dates_after(_without_deadlines(twin(page, edition)), day) == [], page.path


def test_the_real_review_of_an_earlier_day_knows_nothing_later(tmp_path: Path) -> None:
    day = date(2022, 10, 13)
    dossier = gather(Workspace.open(tmp_path), "us_mx_bicentennial", as_of=day)
    assert "hlsd_3" not in dossier.framework.meetings
    assert "hlsd_1" in dossier.framework.meetings
    edition = _edition(dossier)
    for page in compose(dossier):
        assert dates_after(_without_deadlines(twin(page, edition)), day) == [], page.path


def _without_deadlines(text: str) -> str:
    """A promise may name a day ahead; nothing else may."""
    whole = json.loads(text)

    def strip(value: object) -> object:
        if isinstance(value, dict):
            return {
                key: strip(inner) for key, inner in value.items() if key not in {"deadline", "due", "covers"}
            }
        return [strip(one) for one in value] if isinstance(value, list) else value

    return json.dumps(strip(whole))


@pytest.mark.parametrize("day", [date(2021, 11, 1), date(2022, 10, 13), date(2023, 7, 20), date(2024, 6, 1)])
def test_what_is_left_of_the_real_framework_rests_on_sources_public_that_day(day: date) -> None:
    from acuerdo.review.known import _cited, known_on

    whole = Workspace.open().framework("us_mx_bicentennial")
    known = known_on(whole, day)
    assert set(_cited(known)) <= set(known.references)
    assert all(ref.date is None or ref.date.end <= day for ref in known.references.values())
    assert len(known.figures) < len(whole.figures)
    for figure in known.figures.values():
        assert figure.quantity.sources
        assert figure.stated_on is None or figure.stated_on.end <= day
    undated = {key for key, ref in known.references.items() if ref.date is None}
    assert undated <= set(_cited(known.model_copy(update={"status": None})))
