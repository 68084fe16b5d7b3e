"""Writes the locks in ``requirements/`` from ``pyproject.toml``.

``core.lock`` holds what the installed program needs; ``build.lock`` the packager that makes its wheel; ``dev.lock``
both of them, every extra and every tool of the checks, at the same versions. Each line carries the hashes of all
files that the publisher of the package offers, so that the locks serve any platform; no index address is written
into them.

Run it with ``make lock``, on the lowest Python that is supported.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
OPTIONS = (
    "--generate-hashes",
    "--strip-extras",
    "--allow-unsafe",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
    "--no-emit-options",
    "--resolver=backtracking",
    "--quiet",
)
NOTE = "# {about}\n# Written by scripts/lock.py (make lock); do not edit by hand.\n\n"


def clean_environment() -> dict[str, str]:
    """The environment without this machine's own package settings, which must not reach the locks."""
    kept = {
        key: value for key, value in os.environ.items() if key not in {"PIP_FIND_LINKS", "PIP_CONSTRAINT"}
    }
    return kept | {"PIP_CONFIG_FILE": os.devnull}


def compile_lock(name: str, wanted: Sequence[str], *, about: str, constraint: Path | None = None) -> Path:
    """Resolves ``wanted`` and writes ``requirements/<name>.lock``; an existing lock's versions are kept if they fit."""
    target = REQUIREMENTS / f"{name}.lock"
    with tempfile.TemporaryDirectory() as folder:
        asked, answer = Path(folder, f"{name}.in"), Path(folder, f"{name}.lock")
        lines = [*wanted, *([f"-c {constraint}"] if constraint else [])]
        asked.write_text("\n".join(lines) + "\n", encoding="utf-8")
        if target.exists():
            answer.write_text(target.read_text(encoding="utf-8"), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "piptools",
            "compile",
            *OPTIONS,
            *sys.argv[1:],
            "--output-file",
            str(answer),
        ]
        subprocess.run([*command, str(asked)], check=True, env=clean_environment(), cwd=folder)
        locked = answer.read_text(encoding="utf-8").removeprefix(NOTE.format(about=about))
    target.write_text(NOTE.format(about=about) + locked, encoding="utf-8")
    return target


def main() -> None:
    """Writes the three locks; further arguments (such as ``--upgrade``) go to pip-compile."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups: dict[str, list[str]] = declared["dependency-groups"]
    core = declared["project"]["dependencies"]
    extras: dict[str, list[str]] = declared["project"]["optional-dependencies"]
    everything = [*core, *(line for more in (*extras.values(), *groups.values()) for line in more)]
    REQUIREMENTS.mkdir(exist_ok=True)
    lock = compile_lock("core", core, about="What the installed program needs.")
    compile_lock("build", groups["build"], about="The packager that makes the wheel.", constraint=lock)
    compile_lock(
        "dev",
        everything,
        about="core.lock, build.lock, every extra and every tool of the checks.",
        constraint=lock,
    )


if __name__ == "__main__":
    main()
