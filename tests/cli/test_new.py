"""What ``acuerdo new`` writes: it loads and runs, or the loader says exactly which lines are still to be filled in."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import acuerdo
from acuerdo.cli.app import run
from acuerdo.cli.checkout import unread
from acuerdo.cli.commands.new import kinds
from acuerdo.core.errors import SpecProblems
from acuerdo.core.plugins import Folder
from acuerdo.data.corrections import CORRECTIONS, CorrectionFile
from acuerdo.data.ingest import ingest
from acuerdo.data.recognise import SOURCES
from acuerdo.data.source import AbstractSource
from acuerdo.data.store import Store
from acuerdo.evaluation.contract import Contract
from acuerdo.evaluation.load import CONTRACTS
from acuerdo.indicators.indicator import Indicator
from acuerdo.indicators.load import FOLDER
from acuerdo.spec.fields import AbstractSpec
from acuerdo.spec.library import FRAMEWORKS
from acuerdo.spec.load import load_document
from acuerdo.spec.model import Framework

Begin = Callable[[str, str], Path]
FOLDERS: dict[str, Folder] = {
    "contract": CONTRACTS,
    "correction": CORRECTIONS,
    "framework": FRAMEWORKS,
    "indicator": FOLDER,
    "source": SOURCES,
}
MODELS: dict[str, type[AbstractSpec]] = {
    "contract": Contract,
    "correction": CorrectionFile,
    "framework": Framework,
    "indicator": Indicator,
}


@pytest.fixture
def begin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Begin:
    """Begins a thing in a repository of its own and gives the file."""
    (tmp_path / "src" / "acuerdo").mkdir(parents=True)

    def write(kind: str, name: str) -> Path:
        assert run(["new", kind, name, "--into", str(tmp_path)]) == 0
        written = [path for path in tmp_path.rglob(f"{name}.*") if path.is_file()]
        assert [path.relative_to(tmp_path).as_posix() in capsys.readouterr().out for path in written] == [
            True
        ]
        return written[0]

    return write


def test_every_plug_in_folder_has_a_beginning() -> None:
    assert set(kinds()) == set(FOLDERS)


@pytest.mark.parametrize("kind", sorted(FOLDERS))
def test_the_file_stands_where_plug_ins_of_its_kind_are_found(
    kind: str, begin: Begin, tmp_path: Path
) -> None:
    path = begin(kind, "mx_something_new")
    assert path.parent == tmp_path / "src" / "acuerdo" / FOLDERS[kind].path
    assert path.suffix in FOLDERS[kind].suffixes
    assert "mx_something_new" in path.read_text("utf-8")
    assert "$" not in path.read_text("utf-8")


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_the_loader_names_the_lines_to_fill_in_and_no_others(kind: str, begin: Begin) -> None:
    path = begin(kind, "mx_something_new")
    lines = path.read_text("utf-8").splitlines()
    with pytest.raises(SpecProblems) as caught:
        load_document(path, MODELS[kind])
    named = {int(re.search(r":(\d+):\d+$", one.where).group(1)) for one in caught.value.problems}  # type: ignore[union-attr]
    marked = {
        number
        for number, line in enumerate(lines, 1)
        if "FILL IN" in line and not line.lstrip().startswith("#")
    }
    below_a_mark = {
        number + 1 for number, line in enumerate(lines, 1) if line.lstrip().startswith("# FILL IN")
    }
    attributes = {number for number, line in enumerate(lines, 1) if re.fullmatch(r"  [a-z_]+:", line)}
    assert named <= marked | below_a_mark | attributes
    assert len(named) >= 5


def test_a_begun_source_reads_its_file(begin: Begin, tmp_path: Path, store_path: Path) -> None:
    path = begin("source", "mx_something_new")
    spec = importlib.util.spec_from_file_location("mx_something_new", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    source: AbstractSource = module.SOURCE
    file = tmp_path / "whatever.csv"
    file.write_text(
        "place,year,month,value\nMX-08,2020,1,12\nMX-08,2020,2,\nMX-19,2020,2,7\n", encoding="utf-8"
    )
    found = ingest(file, Store(store_path), among={"mx_something_new": source})
    assert (found.release.rows, found.release.rows_read) == (2, 3)
    assert found.release.coverage[0].total == 19


def test_nothing_is_overwritten(begin: Begin, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = begin("framework", "us_mx_another")
    path.write_text("mine", encoding="utf-8")
    assert run(["new", "framework", "us_mx_another", "--into", str(tmp_path)]) == 2
    assert path.read_text("utf-8") == "mine"
    assert "exists already" in capsys.readouterr().err


def test_outside_a_repository_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "framework", "us_mx_another", "--into", str(tmp_path), "--lang", "es"]) == 2
    assert "ACUERDO_CONTENT" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_the_program_does_not_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "src" / "acuerdo").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert run(["new", "framework", "us_mx_water_treaty", "--lang", "en"]) == 0
    assert f'export PYTHONPATH="{tmp_path}/src"' in capsys.readouterr().out
    assert run(["check", "--lang", "es"]) == 0
    assert "no lee 1 archivos de esta carpeta" in capsys.readouterr().out


def test_where_the_program_reads_what_lies_here_nothing_is_told() -> None:
    assert unread(Path(acuerdo.__file__).parents[2]) is None
