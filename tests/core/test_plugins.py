import sys
from pathlib import Path

import pytest

from acuerdo.core import plugins
from acuerdo.core.errors import AcuerdoError, NotFound
from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text

KIND = Text("a source", "una fuente")


def test_listing_imports_nothing():
    files = Folder("data/sources", suffixes=(".py",), kind=KIND).files()
    assert files
    before = set(sys.modules)
    Folder("data/sources", suffixes=(".py",), kind=KIND).files()
    assert set(sys.modules) == before


def test_a_plug_in_is_its_files_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plugins, "_ROOT", tmp_path)
    folder = tmp_path / "things"
    folder.mkdir()
    for name in ("beta.yaml", "alpha.yaml", "_private.yaml", "notes.txt"):
        (folder / name).touch()
    things = Folder("things", suffixes=(".yaml", ".yml"), kind=Text("a thing", "una cosa"))
    assert list(things.files()) == ["alpha", "beta"]
    with pytest.raises(NotFound) as caught:
        things.file("alhpa")
    assert caught.value.problems[0].nearest == ("alpha",)


def test_two_files_cannot_claim_one_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plugins, "_ROOT", tmp_path)
    (tmp_path / "twice.yaml").touch()
    (tmp_path / "twice.yml").touch()
    with pytest.raises(AcuerdoError, match="Two files claim the id 'twice'"):
        Folder(".", suffixes=(".yaml", ".yml"), kind=KIND).files()


def test_a_folder_that_is_not_there_holds_nothing():
    assert dict(Folder("no/such/room", suffixes=(".py",), kind=KIND).files()) == {}


def test_what_is_still_to_be_filled_in_is_told_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plugins, "_ROOT", tmp_path)
    (tmp_path / "begun.py").write_text('TITLE = "FILL IN: the title"\nROWS = 3\n', encoding="utf-8")
    (tmp_path / "done.py").write_text('TITLE = "Crimes"\n', encoding="utf-8")
    (problem,) = Folder(".", suffixes=(".py",), kind=KIND).unfilled()
    assert problem.where.endswith("begun.py:1")
