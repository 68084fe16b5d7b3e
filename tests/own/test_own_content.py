"""An agreement of two other governments, in a folder of the reader's own: every command takes it as one of ours.

Everything runs in processes of its own, because what is read of the package and of a reader's folder is read once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CONTENT = Path(__file__).parent / "content"
ASKED = {
    "check": ["check"],
    "list": ["list", "frameworks", "--json"],
    "show": ["show", "fj_to_cyclone:forty_shelters", "--json"],
    "status": ["status", "fj_to_cyclone", "--json"],
    "all": ["status", "--json"],
    "sides": ["status", "fj_to_cyclone", "--sides", "--json", "--lang", "es"],
    "overdue": ["overdue", "fj_to_cyclone", "--as-of", "2025-06-30", "--json"],
    "calendar": ["calendar", "fj_to_cyclone", "--as-of", "2026-06-30", "--json"],
    "series": ["series", "fj_people_in_shelters", "--place", "Fiji", "Northern Division", "--json"],
    "claim": ["claim", "shelters_halved", "--json"],
    "heard": ["check-claim", "people in shelters in Fiji have halved since 2021", "--json"],
    "cite": ["cite", "fj_people_in_shelters"],
}
ASK = """
import contextlib, io, json, sys
from acuerdo.cli.app import run
told = {}
for name, words in json.loads(sys.argv[1]).items():
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = run(words)
    told[name] = [code, out.getvalue()]
print(json.dumps(told))
"""


def figures(file: Path) -> Path:
    """A file such as the publisher's: each year fewer people, half as many in the north."""
    yearly = {2021: 100, 2022: 90, 2023: 70, 2024: 48}
    rows = [
        f"{place},{year},{month},{people // share}"
        for year, people in yearly.items()
        for month in range(1, 13)
        for place, share in (("FJ-01", 1), ("FJ-02", 2))
    ]
    file.write_text("\n".join(["place,year,month,value", *rows]) + "\n", encoding="utf-8")
    return file


def ask(questions: dict[str, list[str]], *, store: Path, content: Path = CONTENT) -> dict[str, Any]:
    """What each command says, as data where it is JSON; each must have gone well."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(questions)],
        env={**os.environ, "ACUERDO_CONTENT": str(content), "ACUERDO_STORE": str(store), "ACUERDO_LANG": "en"},
        capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert {name: code for name, (code, _) in told.items() if code != 0} == {}, done.stderr
    return {name: json.loads(out) if "--json" in questions[name] else out for name, (_, out) in told.items()}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the publisher's file."""
    base = tmp_path_factory.mktemp("own")
    ask({"ingest": ["ingest", str(figures(base / "shelters.csv"))]}, store=base / "store")
    return base / "store"


@pytest.fixture(scope="module")
def told(store: Path) -> dict[str, Any]:
    """Every answer."""
    return ask(ASKED, store=store)


def test_it_is_checked_and_listed_beside_ours(told: dict[str, Any]) -> None:
    assert told["check"].startswith("All is well: 4 frameworks")
    assert "fj_to_cyclone" in {one["id"] for one in told["list"]}
    assert {"fj_to_cyclone", "us_mx_merida"} <= {one["framework"] for one in told["all"]}


def test_the_sides_are_its_own_parties(told: dict[str, Any]) -> None:
    assert told["show"]["obliged"] == "Fiji"
    obliged = {one["id"]: one["obliged"] for one in told["status"]}
    assert (obliged["forty_shelters"], obliged["yearly_drill"]) == ("Fiji", "both, jointly")
    (differing,) = [one for one in told["sides"] if one["of"] == "forty_shelters"]
    assert (differing["fj"], differing["to"]) == ("2 intermedio", "0 no iniciado")


def test_deadlines_run_from_its_own_statements(told: dict[str, Any]) -> None:
    assert [(one["id"], one["due"]) for one in told["overdue"]] == [
        ("yearly_drill", "2024"),
        ("forty_shelters", "2024-12-31"),
    ]


def test_no_chance_is_told_from_what_other_governments_did(told: dict[str, Any]) -> None:
    (open_one,) = [one for one in told["calendar"] if one["timeliness"] == "not due"]
    assert (open_one["due"], open_one["in_time"]) == ("2026", "cannot tell yet")


def test_its_figures_are_of_its_own_country_and_places(told: dict[str, Any]) -> None:
    found = {(one["place"], one["period"]): one["value"] for one in told["series"]}
    assert (found["FJ", "2021"], found["FJ", "2024"], found["FJ-02", "2024"]) == (1800, 864, 288)
    assert told["claim"]["verdict"] == told["heard"]["verdict"] == "holds"
    assert "Shelter register" in told["cite"]


@pytest.mark.slow
def test_its_review_tells_of_nothing_else(store: Path, tmp_path: Path) -> None:
    ask({"review": ["review", "fj_to_cyclone", "--out", str(tmp_path / "review")]}, store=store)
    pages = {
        path.relative_to(tmp_path / "review" / "en").as_posix(): path.read_text("utf-8")
        for path in (tmp_path / "review" / "en").rglob("*.html")
    }
    by_kind = {name for name in pages if name.partition("/")[0] in ("claims", "evaluations", "foresight")}
    assert by_kind == {
        "claims/index.html", "claims/fiji_times_2025.shelters_halved.html", "evaluations/index.html"
    }  # fmt: skip
    assert "1,800" in pages["index.html"]
    assert 'href=""' not in "".join(pages.values())
    for name in ("index.html", "money.html", "succession.html", "commitments/forty_shelters.html"):
        assert "Mexico" not in pages[name]


def test_a_file_where_nothing_is_looked_for_is_told(tmp_path: Path) -> None:
    (tmp_path / "framework").mkdir()
    (tmp_path / "framework" / "lost.yaml").write_text("id: lost\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "acuerdo", "check", "--store", str(tmp_path / "store")],
        env={**os.environ, "ACUERDO_CONTENT": str(tmp_path), "ACUERDO_LANG": "en"},
        capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode != 0
    assert "lost.yaml: Nothing reads a file in this folder." in done.stderr
