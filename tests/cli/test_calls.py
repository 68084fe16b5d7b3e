"""Calls as people make them, the wrong ones above all: what is printed, in which language, and the exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from acuerdo.cli.app import build, commands, run
from acuerdo.cli.command import own_words, words_of_every_command
from acuerdo.cli.help_page import command_page
from acuerdo.core.text import LANGS, Lang

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, store_path: Path) -> Run:
    """Runs a call in this process, on an empty store and in English unless it says otherwise."""
    monkeypatch.setenv("ACUERDO_STORE", str(store_path))
    monkeypatch.setenv("ACUERDO_LANG", "en")

    def run_here(*words: str) -> tuple[int, str, str]:
        code = run(words)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run_here


WRONG = [
    (("lisst",), 2, "There is no command 'lisst'.", "Did you mean list?"),
    (("lisst", "--lang", "es"), 2, "No existe el comando 'lisst'.", "¿Quiso decir list?"),
    (("lisst", "--help", "--lang", "es"), 2, "No existe el comando 'lisst'.", "¿Quiso decir list?"),
    (("list", "--jsn"), 2, "There is no option '--jsn' here.", "Did you mean --json"),
    (("list", "indicator"), 2, "'indicator' cannot be a value of KIND.", "Did you mean indicators?"),
    (("list", "indicator", "--lang", "es"), 2, "'indicator' no puede ser un valor de TIPO.", "indicators?"),
    (("list", "--lang", "fr"), 2, "'fr' cannot be a value of --lang.", "Use one of: en, es"),
    (("list", "indicators", "sources"), 2, "Too many arguments: sources", "See acuerdo list --help"),
    (("list", "--json", "--csv"), 2, "--json and --csv cannot both be given.", ""),
    (("show",), 2, "ID is missing: id of a framework", "See acuerdo show --help"),
    (("show", "--lang", "es"), 2, "Falta ID: id de un marco", "Consulte acuerdo show --help"),
    (("sensitivity", "--lang", "es"), 2, "Falta ESCENARIO: id de un escenario.", "sensitivity --help"),
    (("sensitivity", "southbound_inspection", "--model", "--lang", "es"), 2, "A --model le falta un valor.", ""),
    (("series", "mx_homicide_rate", "--as-of", "13/10/2022"), 2, "'13/10/2022' cannot be a value of --as-of", "2022"),
    (("series", "mx_homicide_rat"), 3, "'mx_homicide_rat' is not an indicator known here.", "mx_homicide_rate"),
    (("series", "mx_homicide_rat", "--lang", "es"), 3, "no es un indicador que se conozca aquí", "mx_homicide_rate"),
    (("series", "mx_homicide_rate", "--place", "Chihuaua"), 3, "'Chihuaua' is not a place known here.", "Chihuahua"),
    (("series", "cdc_vsrr.reportd"), 3, "'cdc_vsrr.reportd' is not", "cdc_vsrr.reported"),
    (("show", "us_mx_bicentenial"), 3, "'us_mx_bicentenial' is not", "us_mx_bicentennial"),
    (("show", "us_mx_bicentennial:action_plann"), 3, "'action_plann' is not", "action_plan"),
    (("cite", "cdc_vsr"), 3, "'cdc_vsr' is not", "cdc_vsrr"),
    (("sources", "cdc_vsr"), 3, "'cdc_vsr' is not a source known here.", "cdc_vsrr"),
    (("review", "us_mx_bicentenial"), 3, "'us_mx_bicentenial' is not a framework known here.", "us_mx_bicentennial"),
    (("ingest",), 2, "No file is named.", ""),
    (("ingest", "nowhere.csv"), 2, "There is no such file or folder.", ""),
    (("fetch",), 2, "No source is named.", "acuerdo list sources"),
    (("fetch", "cdc_vsr", "--lang", "es"), 3, "'cdc_vsr' no es una fuente que se conozca aquí.", "cdc_vsrr"),
    (("new", "indicatr", "mx_x"), 3, "'indicatr' is not a kind of thing to begin", "indicator"),
    (("new", "indicator", "Mx-X"), 2, "'Mx-X' cannot be an id.", "mx_homicide_rate"),
    (("completion", "bsh"), 2, "'bsh' cannot be a value of SHELL.", "Did you mean bash"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code", "what", "hint"), WRONG, ids=[" ".join(words) for words, *_ in WRONG]
)
def test_a_wrong_call_is_answered_with_what_to_do(
    call: Run, words: Sequence[str], code: int, what: str, hint: str
) -> None:
    given, out, err = call(*words)
    assert (given, out) == (code, "")
    assert what in err
    assert hint in err
    assert "Traceback" not in err


def test_debug_shows_where_the_error_arose(call: Run) -> None:
    code, _, err = call("show", "us_mx_bicentenial", "--debug")
    assert code == 3
    assert "Traceback" in err
    assert "Did you mean us_mx_bicentennial" in err


def test_a_fault_of_the_program_is_owned(call: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from acuerdo.workspace import Workspace

    monkeypatch.setattr(Workspace, "ids", staticmethod(lambda: 1 // 0))
    code, _, err = call("show", "mx_homicide_rate", "--lang", "es")
    assert code == 70
    assert "--debug" in err
    assert "Traceback" not in err
    _, _, told = call("show", "mx_homicide_rate", "--debug")
    assert "ZeroDivisionError" in told
    assert "Traceback" in told


def test_a_table_comes_in_three_forms(call: Run) -> None:
    as_json = json.loads(call("list", "frameworks", "--json")[1])
    as_csv = list(csv.DictReader(io.StringIO(call("list", "frameworks", "--csv")[1])))
    assert as_json == as_csv
    assert {"us_mx_bicentennial", "us_mx_merida"} <= {row["id"] for row in as_json}
    screen = call("list", "frameworks")[1]
    assert all(row["id"] in screen for row in as_json)


def test_the_answer_is_in_the_language_asked_for(call: Run) -> None:
    english, spanish = (json.loads(call("list", "frameworks", "--json", "--lang", lang)[1]) for lang in LANGS)
    assert [row["id"] for row in english] == [row["id"] for row in spanish]
    assert all(one["title"] != other["title"] for one, other in zip(english, spanish, strict=True))


def test_options_of_every_command_may_come_first(call: Run) -> None:
    assert call("--lang", "es", "list", "frameworks") == call("list", "frameworks", "--lang", "es")
    assert call("--lang", "es", "--help")[1].startswith("Uso: acuerdo COMANDO")


@pytest.mark.parametrize("kind", ["frameworks", "indicators", "sources"])
@pytest.mark.parametrize("lang", LANGS)
def test_everything_listed_can_be_shown(call: Run, kind: str, lang: Lang) -> None:
    listed = [row["id"] for row in json.loads(call("list", kind, "--json")[1])]
    assert listed
    for one in listed:
        code, out, err = call("show", one, "--json", "--lang", lang)
        assert (code, err) == (0, "")
        assert json.loads(out)["id"] == one


@pytest.mark.parametrize("lang", LANGS)
def test_every_part_of_every_framework_can_be_shown(lang: Lang) -> None:
    from acuerdo.cli.entries.framework import parts
    from acuerdo.cli.entries.part import LABELS, part_entry
    from acuerdo.cli.output import as_csv, as_json
    from acuerdo.spec.sides import obliged_sides
    from acuerdo.workspace import Workspace

    for framework in Workspace.frameworks().values():
        for key, part in parts(framework).items():
            assert set(type(part).model_fields) <= set(LABELS)
            sources = {one.id: one.title for one in framework.references.values()}
            entry = part_entry(key, part, sources=sources, sides=obliged_sides(framework))
            assert json.loads(as_json(entry, lang))["id"] == key
            assert as_csv(entry, lang).startswith("fact,value")


def test_a_commitment_is_told_with_its_sources(call: Run) -> None:
    code, out, _ = call("show", "us_mx_bicentennial:launch_mou_addictions", "--lang", "es", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["obliged"] == "ambos, en conjunto"
    assert any(line.startswith("S17: ") for line in told["sources"])


def test_citations_are_bibtex_and_come_once(call: Run) -> None:
    code, out, _ = call("cite", "cdc_vsrr", "cdc_vsrr")
    assert code == 0
    assert out.count("@") == 1
    assert call("cite", "us_mx_merida", "--text")[1].count("\n") > 5


def test_a_web_page_saved_as_a_table_is_refused_and_nothing_is_stored(
    call: Run, tmp_path: Path, store_path: Path
) -> None:
    page = tmp_path / "data.csv"
    page.write_text("<!DOCTYPE html><html><body>404</body></html>\n", encoding="utf-8")
    code, out, err = call("ingest", str(page))
    assert code == 5
    assert "data.csv: refused" in out
    assert "data.csv" in err
    assert list(store_path.rglob("*.parquet")) == []


def test_a_publishers_file_goes_in_once_and_comes_out_again(call: Run, real_data: Path) -> None:
    file = real_data / "us_nflis" / "NFLIS_Drug_DQS_2026_03_03.csv.gz"
    code, first, _ = call("ingest", str(file))
    assert (code, "stored, dea_nflis" in first) == (0, True)
    assert "already there, dea_nflis" in call("ingest", str(file))[1]
    stored = json.loads(call("sources", "dea_nflis", "--json")[1])
    assert [row["rows"] for row in stored if row["file"] == file.name] == [8920]
    rows = json.loads(call("series", "dea_nflis.reports", "--json")[1])
    assert len(rows) == 8920
    assert call("check")[0] == 0


@pytest.mark.parametrize("name", sorted(commands()))
def test_a_command_is_told_in_both_languages(name: str) -> None:
    command = commands()[name]
    english, spanish = (command_page(name, command, lang=lang) for lang in LANGS)
    assert english.startswith(f"Usage: acuerdo {name}")
    assert spanish.startswith(f"Uso: acuerdo {name}")
    assert command.about.en in " ".join(english.split())
    assert command.about.es in " ".join(spanish.split())
    assert command.examples
    assert all(f"  {one.call}" in page for one in command.examples for page in (english, spanish))
    words = {**own_words(command), **words_of_every_command(command)}
    assert {"lang", "debug"} <= {word.name for word in words}
    assert {"json", "csv"} <= {word.name for word in words} or not command.table


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_is_taught_every_command(call: Run, shell: str, lang: Lang) -> None:
    code, script, _ = call("completion", shell, "--lang", lang)
    assert code == 0
    assert all(name in script for name in commands())
    if shell != "bash":
        assert commands()["list"].about.in_(lang) in script


def test_bash_accepts_its_script(call: Run, tmp_path: Path) -> None:
    script = tmp_path / "acuerdo.bash"
    script.write_text(call("completion", "bash")[1], encoding="utf-8")
    ask = f". {script}; COMP_WORDS=(acuerdo li); COMP_CWORD=1; _acuerdo; echo ${{COMPREPLY[@]}}"
    answer = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["list"]


def test_a_reader_who_stops_reading_is_no_error() -> None:
    answer = subprocess.run(
        f"{sys.executable} -m acuerdo list --csv | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "ACUERDO_LANG": "en"},
    )
    assert (answer.stdout, answer.stderr) == ("kind,id,title\n", "")


def test_the_parser_knows_every_command() -> None:
    assert {name for name in build("en") if not name.startswith("-")} == set(commands())


def test_whoever_watches_sees_the_work_go_on(tmp_path: Path, store_path: Path) -> None:
    page = tmp_path / "some_table.csv"
    page.write_text("<html></html>\n", encoding="utf-8")
    watched, end = pty.openpty()
    environment = {
        **os.environ,
        "ACUERDO_STORE": str(store_path),
        "ACUERDO_LANG": "es",
        "TERM": "xterm",
        "COLUMNS": "100",
    }
    command = [sys.executable, "-m", "acuerdo", "ingest", str(page)]
    answer = subprocess.run(command, stdout=subprocess.PIPE, stderr=end, env=environment, check=False)
    os.close(end)
    seen = os.read(watched, 1 << 16).decode("utf-8", errors="replace")
    os.close(watched)
    assert answer.returncode == 5
    assert "Leyendo archivos" in seen or "some_table.csv" in seen
    assert "0/1" in seen


@pytest.mark.parametrize(("lang", "word"), [("en", "laboratory reports"), ("es", "reportes de laboratorio")])
def test_a_unit_is_a_word_on_the_screen_and_a_code_in_json(call: Run, lang: str, word: str) -> None:
    assert word in call("series", "us_fentanyl_reports", "--place", "US", "--lang", lang)[1]
    rows = json.loads(call("series", "us_fentanyl_reports", "--place", "US", "--lang", lang, "--json")[1])
    assert {row["unit"] for row in rows} == {"reports"}


def test_what_every_row_has_in_common_is_said_once_where_the_screen_is_narrow(
    call: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    narrow = call("series", "us_fentanyl_reports", "--place", "US")[1]
    assert "Name: United States · Unit: laboratory reports" in narrow
    monkeypatch.setenv("COLUMNS", "140")
    assert "Unit: laboratory reports" not in call("series", "us_fentanyl_reports", "--place", "US")[1]


@pytest.mark.parametrize("width", ["40", "60", "80", "120", "200"])
def test_no_figure_is_cut_however_narrow_the_screen(
    call: Run, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    rows = json.loads(call("status", "--as-of", "2025-01-01", "--json")[1])
    told = call("status", "--as-of", "2025-01-01", "--lang", "en")[1]
    words = set(told.replace("\u00b7", " ").split())
    for row in rows:
        assert row["framework"] in words
        assert {str(row[key]) for key in ("promises", "complete", "no_evidence")} <= words


def test_a_citation_of_nothing_is_refused(call: Run) -> None:
    code, out, err = call("cite")
    assert (code, out) == (2, "")
    assert "acuerdo list" in err


def test_an_option_is_not_near_because_both_begin_with_dashes(call: Run) -> None:
    assert "Did you mean" not in call("list", "--nope", "--lang", "en")[2]
    assert "--store" in call("list", "--stor", "x", "--lang", "en")[2]


def test_a_call_whose_output_was_closed_ends_well() -> None:
    done = subprocess.run(
        f"{shlex.quote(sys.executable)} -m acuerdo list frameworks >&-",
        shell=True, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
