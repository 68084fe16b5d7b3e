"""The documentation is true: its commands run, its links lead somewhere, its generated pages are fresh."""

from __future__ import annotations

import doctest
import importlib
import json
import re
import shlex
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.scripts import script

import acuerdo
from acuerdo.cli.app import build, commands, run
from acuerdo.core.text import Text
from acuerdo.record.desk import Desk
from acuerdo.record.keyfile import write_key
from acuerdo.record.node import Node
from acuerdo.record.own_key import key_path, new_key
from acuerdo.record.party import Party
from acuerdo.record.signer import KeySigner
from acuerdo.record.witness import Item, Page

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PACKAGE = Path(acuerdo.__file__).parent
WITH_EXAMPLES = sorted(
    "acuerdo." + ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    for path in PACKAGE.rglob("*.py")
    if ">>> " in path.read_text("utf-8") and path.name != "__init__.py"
)
# Its commands build on one another, so they are run as one story: tests/record/test_tutorial.py.
STORY = "two-sides-one-record"
# These reach the network; that their words are understood is all that can be tested here.
ONLINE = ("acuerdo fetch",)


def test_no_spanish_sentence_of_the_framework_page_is_left_over() -> None:
    """One that is lacking stops the page from being made; one whose English is gone must go with it."""
    english = " ".join((ROOT / "docs" / "reference" / "framework.md").read_text("utf-8").split())
    assert [sentence for sentence in script("framework_page").spanish() if sentence not in english] == []


def consoles(page: Path) -> list[str]:
    """The commands that a page tells the reader to type."""
    blocks = re.findall(r"^```console\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


def told() -> Iterator[str]:
    for page in PAGES:
        yield from consoles(page) if not page.name.startswith(STORY) else ()
    for command in commands().values():
        yield from (example.call for example in command.examples)


TOLD = sorted(set(told()))
# These enter something in a record, so there must be one.
AT_THE_DESK = {
    "accept", "code", "correct", "decline", "hand-over", "mark", "propose", "recommend", "report", "respond", "reveal",
    "revoke", "seal", "withdraw",
}  # fmt: skip


def desk_of_a_side(place: Path) -> None:
    """A node of the United States in the store, with an entry of several kinds, where Mexico has proposed a target."""
    parties: dict[str, Party] = {}
    signers: dict[str, KeySigner] = {}
    for side, name in (("mx", Text("Mexico", "México")), ("us", Text("United States", "Estados Unidos"))):
        signers[side], key = new_key("Security desk", "desk", "node")
        parties[side] = Party(record="demo", side=side, name=name, keys=(key,))
    us = Node.create(place / "store" / "node", parties["us"], parties["mx"])
    about = parties["us"].keys[0]
    path = key_path(us.folder / "keys", about)
    write_key(path, signers["us"], about=about, passphrase="a passphrase", cost=16)
    mx = Node.create(place / "mx", parties["mx"], parties["us"])
    target = {
        "indicator": "mx_homicide_rate",
        "by": "2027",
        "amount": "20.0",
        "unit": "per_100_000_inhabitants",
    }
    theirs, ours = Desk(mx, "Security desk"), Desk(us, "Security desk")
    theirs.sign(theirs.propose("target", target, under="definition 1"), signers["mx"])
    items = [Item(envelope=row.envelope) for row in mx.own.rows()]
    us.receive("mx", Page(note=mx.checkpoint(signers["mx"]).render(), begin=0, items=items))
    coding = {"item": "us_mx_bicentennial:action_plan", "level": "complete", "version": "codebook 1"}
    ours.sign(ours.draft("code", coding), signers["us"])
    words = {"en": "Publish the baseline.", "es": "Publicar la línea base."}
    ours.sign(ours.draft("recommend", {"to": ["mx", "us"], "text": words}), signers["us"])
    (place / "report.txt").write_text("A report.", encoding="utf-8")
    draft, sealed = ours.seal(b"A report.", {"en": "A report", "es": "Un informe"})
    ours.sign(draft, signers["us"], sealed=sealed)
    us.close()
    mx.close()


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_the_examples_of_a_docstring_give_what_they_say(module: str) -> None:
    found = doctest.testmod(importlib.import_module(module))
    assert found.attempted
    assert not found.failed


def test_generated_pages_are_fresh() -> None:
    pages: Mapping[Path, str] = script("write_reference").pages()
    stale = [
        path.relative_to(ROOT).as_posix()
        for path, text in pages.items()
        if not path.exists() or path.read_text("utf-8") != text
    ]
    assert stale == [], "run make docs"
    written = {path for path in pages if path.suffix == ".md"}
    assert set((ROOT / "docs" / "reference").glob("*.md")) == written


def test_every_page_is_read_by_this_test() -> None:
    assert len(PAGES) > 15
    assert len(TOLD) > 20


@pytest.mark.parametrize("line", [line for line in TOLD if line.startswith("make ")])
def test_a_make_target_exists(line: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(line.split()[1:]) <= targets


def test_nothing_else_is_told_to_be_typed() -> None:
    other = [
        line
        for line in TOLD
        if not line.startswith(("make ", "acuerdo ", "export PATH=", "export PYTHONPATH="))
    ]
    assert other == []


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, as the reader of a how-to would have it: a clone, and some downloads."""
    (tmp_path / "src" / "acuerdo").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ACUERDO_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("ACUERDO_LANG", "en")
    # A new node's keys are encrypted with what nobody is here to type.
    monkeypatch.setenv("ACUERDO_PASSPHRASE", "a passphrase")
    (tmp_path / "ours.csv").write_text("place,sex,count\nA,f,2\nA,m,9\nB,f,8\nB,m,7\n", encoding="utf-8")
    (tmp_path / "theirs.csv").write_text("sex,count\nf,10\nm,16\n", encoding="utf-8")
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("line", [line for line in TOLD if line.startswith("acuerdo ")])
def test_a_command_runs_as_told(
    line: str, place: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    words = shlex.split(line.partition(" > ")[0])[1:]
    if line.startswith(ONLINE):
        build("en").parse_args(words, exit_on_error=False, print_error=False)
        return
    if words[0] in AT_THE_DESK:
        desk_of_a_side(place)
    if "downloads/" in line:
        data: Path = request.getfixturevalue("real_data")
        (place / "downloads").mkdir()
        shutil.copy(
            data / "us_nflis" / "NFLIS_Drug_DQS_2026_03_03.csv.gz", place / "downloads" / "drugs.csv.gz"
        )
        vintage = "mx_crime_sesnsp/raw_state_vintages/IDEFC_estatal_2015_to_2024-11.latin1.csv.xz"
        shutil.copy(data / vintage, place / "downloads" / "investigations.csv.xz")
    assert run(words) == 0, capsys.readouterr().err
    assert capsys.readouterr().out.strip()


def test_the_figures_of_the_tutorial_are_those_of_the_evidence(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["revisions", "mx_homicide_deaths", "--place", "MX", "--period", "2022", "--json"]) == 0
    told = [(row["known_from"], row["value"]) for row in json.loads(capsys.readouterr().out)]
    assert told == [("2023-07-25", 32_223), ("2024-08-01", 33_287)]
    for page in ("first-review.md", "first-review.es.md"):
        text = (ROOT / "docs" / "tutorials" / page).read_text("utf-8")
        assert "32,223" in text
        assert "33,287" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    inside = [link for link in links if link and "://" not in link]
    assert [link for link in inside if not (page.parent / link).exists()] == []


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if page.name.endswith(".es.md")],
    ids=lambda page: page.relative_to(ROOT).as_posix(),
)
def test_both_languages_tell_the_same_commands(page: Path) -> None:
    english = page.with_name(page.name.replace(".es.md", ".md"))
    # The same commands in the same order; what is asked about, and in which language, may be the reader's own.
    assert [line.split()[:2] for line in consoles(page)] == [line.split()[:2] for line in consoles(english)]
    assert page.read_text("utf-8").count("\n#") == english.read_text("utf-8").count("\n#")


def test_every_command_is_told_in_the_reference() -> None:
    for name in ("commands.md", "commands.es.md"):
        text = (ROOT / "docs" / "reference" / name).read_text("utf-8")
        assert [command for command in commands() if f"\n## {command}\n" not in text] == []


def test_decisions_are_numbered_and_whole() -> None:
    pages = sorted((ROOT / "docs" / "explanation" / "decisions").glob("0*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text("utf-8")
        assert text.startswith(f"# {int(page.name[:4])}. ")
        assert [part for part in ("**Decided.**", "**Why", "**Cost.**") if part not in text] == []
