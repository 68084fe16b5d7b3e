"""The tutorial of the record is true: its commands are typed one after the other, and end as the page says."""

from __future__ import annotations

import io
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from acuerdo.cli.entry import main

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("two-sides-one-record.md", "two-sides-one-record.es.md")
REFUSED = "# refused"


def typed(page: str) -> list[str]:
    text = (ROOT / "docs" / "tutorials" / page).read_text("utf-8")
    blocks = re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


class Terminal:
    """A terminal in a folder of its own; fresh, where every command starts Python anew."""

    def __init__(self, folder: Path, lang: str, *, fresh: bool) -> None:
        self.folder, self.fresh = folder, fresh
        self.environment = {**os.environ, "ACUERDO_LANG": lang}
        if not os.environ.get("ACUERDO_TEST_INSTALLED"):
            self.environment["PYTHONPATH"] = str(ROOT / "src")
        self.behind: subprocess.Popen[bytes] | None = None
        own = folder / "bin"
        own.mkdir()
        (own / "acuerdo").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m acuerdo "$@"\n')
        (own / "acuerdo").chmod(0o755)
        self.environment["PATH"] = f"{own}{os.pathsep}{self.environment['PATH']}"

        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    def type(self, line: str) -> tuple[int, str]:
        # The port of the page may be taken on the machine that tests.
        line = line.replace("127.0.0.1:7443", f"127.0.0.1:{self.port}")
        if line.startswith("export "):
            name, _, value = line.removeprefix("export ").partition("=")
            self.environment[name] = value.strip('"')
            return 0, ""
        if line.endswith(" &"):
            self.behind = subprocess.Popen(
                ["/bin/sh", "-c", f"exec {line.removesuffix(' &')}"],
                cwd=self.folder,
                env=self.environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
            assert self.behind.stderr is not None
            assert b"https://127.0.0.1" in self.behind.stderr.readline()
            return 0, ""
        if line == "kill %1":
            self.stop()
            return 0, ""
        first, *words = shlex.split(line, comments=True)
        return self.run_here(words) if first == "acuerdo" and not self.fresh else self.run(line)

    def run_here(self, words: list[str]) -> tuple[int, str]:
        """What a command ends with in this process."""
        at = words.index(">") if ">" in words else len(words)
        printed, told = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed), redirect_stderr(told):
            patch.chdir(self.folder)
            for name in ("ACUERDO_LANG", "ACUERDO_PASSPHRASE"):
                patch.setenv(name, self.environment[name])
            code = main(words[:at])
        for file in words[at + 1 :]:
            (self.folder / file).write_text(printed.getvalue(), "utf-8")
        return code, printed.getvalue() + told.getvalue()

    def run(self, line: str) -> tuple[int, str]:
        """What a line ends with in a shell."""
        done = subprocess.run(
            ["/bin/sh", "-c", line],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def stop(self) -> None:
        if self.behind is not None:
            self.behind.send_signal(signal.SIGTERM)
            self.behind.wait(20)
            assert self.behind.stderr is not None
            self.behind.stderr.close()
            self.behind = None


@pytest.mark.slow
@pytest.mark.parametrize(("page", "lang", "fresh"), [(PAGES[0], "en", True), (PAGES[1], "es", False)])
def test_the_story_goes_as_told(page: str, lang: str, fresh: bool, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, lang, fresh=fresh)
    printed: list[str] = []
    try:
        for line in typed(page):
            code, out = terminal.type(line)
            assert (code != 0) == line.endswith(REFUSED), f"{line}\n{out}"
            assert "Traceback" not in out
            printed.append(out)
    finally:
        terminal.stop()
    told = "\n".join(printed)
    # Long words are broken over lines on a screen; these are short.
    for words in ("15.0", "20.0", "complete", "intermediate"):
        assert words in told
    caught = printed[typed(page).index(next(line for line in typed(page) if line.endswith(REFUSED)))]
    assert "acuerdo/bicentennial/mx" in caught
    assert list((tmp_path / "us" / "node" / "alarms").glob("mx_*.json"))


def test_both_languages_type_the_same() -> None:
    english, spanish = (typed(page) for page in PAGES)
    assert english == spanish
