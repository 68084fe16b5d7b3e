"""The index of the search: everything is in it, its addresses exist, and it is small enough to be loaded at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.review.test_site import Reader

from acuerdo.core.place import fold
from acuerdo.review import finding
from acuerdo.review.dossier import Dossier
from acuerdo.review.site import compose

_BEFORE, _AFTER = "acuerdoIndex(", ");\n"


def index(folder: Path, lang: str) -> dict[str, Any]:
    text = (folder / lang / finding.INDEX).read_text("utf-8")
    assert text.startswith(_BEFORE)
    assert text.endswith(_AFTER)
    return json.loads(text.removeprefix(_BEFORE).removesuffix(_AFTER))


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("name", ["made_site", "shipped"])
def test_every_page_can_be_found_where_it_lies(name: str, lang: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(name)
    addresses = [row[1] for row in index(folder, lang)["entries"]]
    assert len(addresses) == len(set(addresses))
    whole = json.loads((folder / "review.json").read_text("utf-8"))
    assert {page["path"] for page in whole["pages"]} == {one for one in addresses if "#" not in one}
    parts = [one.split("#") for one in addresses if "#" in one]
    assert {path for path, _ in parts} == {"sources", "meetings", "documents"}
    ids = {path: set(Reader((folder / lang / f"{path}.html").read_text("utf-8")).ids) for path, _ in parts}
    assert [(path, anchor) for path, anchor in parts if anchor not in ids[path]] == []


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_index_of_what_ships_is_small_and_has_every_kind(shipped: Path, lang: str) -> None:
    assert (shipped / lang / finding.INDEX).stat().st_size < 220_000
    found = index(shipped, lang)
    assert [key for key, _ in found["groups"]] == list(finding.GROUPS)
    assert {row[0] for row in found["entries"]} == set(range(len(finding.GROUPS)))
    assert "chihuahua" in found["places"]["MX"]


def test_a_page_is_found_by_the_words_of_the_other_language(shipped: Path) -> None:
    rows = {row[1]: row for row in index(shipped, "en")["entries"]}
    assert "homicidios" in rows["indicators/mx_homicide_rate"][4].split()
    assert rows["indicators/mx_extortion_victims"][5] == "MX"
    assert len(rows["method"]) < 6


def test_hidden_words_are_plain_and_not_shown_already(dossier: Dossier) -> None:
    found = tuple(finding.entries(compose(dossier)))
    for lang in ("en", "es"):
        for _, to, title, about, *rest in json.loads(finding.index(found, lang)[len(_BEFORE) : -3])[
            "entries"
        ]:
            hidden = rest[0].split() if rest else []
            assert hidden == [fold(one) for one in hidden]
            assert not set(hidden) & set(fold(f"{title} {about} {to}").split())
            assert len(about) <= 111


def test_words_of_tables_lead_to_their_entries_and_are_not_shown_already(shipped: Path) -> None:
    found = index(shipped, "es")
    leading = {word: list(map(int, where)) for word, *where in map(str.split, found["tables"].split(";"))}
    assert [found["entries"][number][1] for number in leading["cjng"]] == [
        "foresight/models/cartel_recruitment"
    ]
    assert max(map(len, leading.values())) <= finding._COMMON
    for word, where in leading.items():
        assert word == fold(word)
        assert not [
            number for number in where if word in fold(" ".join(found["entries"][number][1:5])).split()
        ]
    chiapas = {found["entries"][number][1] for number in leading.get("chiapas", [])}
    assert not chiapas & {row[1] for row in found["entries"] if row[5:] == ["MX"]}


def test_a_published_file_is_found_by_its_fingerprint(shipped: Path) -> None:
    files = json.loads((shipped / "data" / "sources.json").read_text("utf-8"))["content"]["sources"]
    rows = {row[1]: row for row in index(shipped, "en")["entries"]}
    for source in files:
        hashes = {row["hash"] for row in source["files"]["rows"]}
        assert hashes <= set(rows[f"sources#{source['id']}"][4].split())


def test_a_long_line_is_cut_between_words() -> None:
    cut = finding._cut("palabra " * 30)
    assert cut.endswith("palabra…")
    assert len(cut) <= 111
    assert finding._cut("corta") == "corta"
