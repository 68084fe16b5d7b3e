"""The front page: what it costs, and that it says what the application would say."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence

import pytest

from acuerdo.cli.app import commands
from acuerdo.cli.entry import main
from acuerdo.cli.help_page import front_page
from acuerdo.core.text import LANGS, Lang

HEAVY = {"numpy", "duckdb", "altair", "pandas", "pyarrow", "vl_convert"}
# The issue's own bound; the front page takes some 1.4 times of Python's start on an idle machine.
MOST_TIMES_AN_EMPTY_PYTHON = 2.5


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ACUERDO_", "LANG", "LC_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "acuerdo", *words],
        capture_output=True,
        text=True,
        env={**kept, **environment},
        check=False,
    )


@pytest.mark.parametrize("words", [("--help",), ("list", "frameworks"), ("list", "frameworks", "--csv")])
def test_a_pipe_gets_the_same_bytes_whatever_letters_the_machine_knows(words: Sequence[str]) -> None:
    answers = [
        subprocess.run(
            [sys.executable, "-m", "acuerdo", *words, "--lang", "es"],
            capture_output=True,
            env={**os.environ, "PYTHONIOENCODING": encoding},
            check=True,
        )
        for encoding in ("ascii", "utf-8")
    ]
    assert answers[0].stdout == answers[1].stdout
    assert "é" in answers[0].stdout.decode("utf-8")


@pytest.mark.parametrize("lang", LANGS)
def test_the_prepared_page_is_the_page_of_the_application(
    lang: Lang, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--help", "--lang", lang]) == 0
    assert capsys.readouterr().out == front_page(commands(), lang), "run make docs"


@pytest.mark.parametrize(
    ("words", "environment", "heading"),
    [
        ((), {}, "To begin with"),
        (("-h",), {"LANG": "es_MX.UTF-8"}, "Para empezar"),
        (("--help",), {"ACUERDO_LANG": "es", "LANG": "en_US.UTF-8"}, "Para empezar"),
        (("--lang=en", "--help"), {"LANG": "es_MX.UTF-8"}, "To begin with"),
    ],
)
def test_the_page_comes_in_the_readers_language(
    words: Sequence[str], environment: dict[str, str], heading: str
) -> None:
    answer = run(*words, **environment)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert heading in answer.stdout.splitlines()


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    import acuerdo

    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip() == acuerdo.__version__


def imported_by(*words: str) -> set[str]:
    """Top-level names of everything imported in a process of its own."""
    script = (
        "import contextlib, io, json, sys\n"
        "from acuerdo.cli.entry import main\n"
        "with contextlib.redirect_stdout(io.StringIO()): code = main(sys.argv[1:])\n"
        "print(json.dumps([code, sorted({name.partition('.')[0] for name in sys.modules})]))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, *words], capture_output=True, text=True, check=True
    )
    code, names = json.loads(answer.stdout)
    assert code == 0, answer.stderr
    return set(names)


def test_the_front_page_imports_next_to_nothing() -> None:
    assert not imported_by("--help") & (
        HEAVY | {"cyclopts", "pydantic", "rich", "yaml", "babel", "typing_extensions"}
    )


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("show", "us_mx_bicentennial"),
        ("show", "cdc_vsrr"),
        ("show", "mx_homicide_rate"),
        ("series", "--help"),
    ],
)
def test_reading_what_there_is_imports_no_engine(words: Sequence[str]) -> None:
    assert not imported_by(*words) & HEAVY


def seconds(command: Sequence[str]) -> float:
    """Processor time of a finished child, which a busy machine stretches less than the clock."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def test_the_front_page_costs_little_more_than_python_itself() -> None:
    page = [
        sys.executable,
        "-c",
        "import sys; from acuerdo.cli.entry import main; sys.exit(main(['--help']))",
    ]
    rounds = [(seconds([sys.executable, "-c", "pass"]), seconds(page)) for _ in range(12)]
    empty, asked = (min(times) for times in zip(*rounds, strict=True))
    assert asked <= MOST_TIMES_AN_EMPTY_PYTHON * empty, f"{asked * 1000:.1f} ms against {empty * 1000:.1f} ms"
