"""The frameworks that come with the software, found by file name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from acuerdo.core.errors import Problem, SpecProblems
from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text
from acuerdo.spec.check import foreign_faults, framework_faults
from acuerdo.spec.fault import problems, shown_name
from acuerdo.spec.load import load_document, load_every
from acuerdo.spec.model import Framework
from acuerdo.spec.tree import read_tree

FRAMEWORKS: Final = Folder("frameworks", suffixes=(".yaml",), kind=Text("a framework", "un marco"))


def load_framework(path: Path) -> Framework:
    """One framework from its file, with all that must hold inside it.

    Raises:
        SpecProblems: If anything is wrong.
    """
    return load_document(path, Framework, check=framework_faults)


@cache
def framework(framework_id: str) -> Framework:
    """A framework that comes with the software.

    Raises:
        NotFound: If there is none of that id; names the nearest.
        SpecProblems: If its file is wrong.
    """
    return load_framework(FRAMEWORKS.file(framework_id))


def frameworks() -> Mapping[str, Framework]:
    """All frameworks that come with the software, by id, in order of id.

    Raises:
        SpecProblems: If a file is wrong.
    """
    return load_every(FRAMEWORKS.files(), framework)


def check_frameworks(paths: Mapping[str, Path]) -> tuple[Problem, ...]:
    """Every problem of a set of framework files, each by itself and against the others.

    Args:
        paths: The files by framework id.
    """
    found: list[Problem] = []
    loaded: dict[str, Framework] = {}
    for framework_id, path in paths.items():
        try:
            loaded[framework_id] = load_framework(path)
        except SpecProblems as error:
            found.extend(error.problems)
    # A file that does not load is known by name, so that pointers to it are not reported as well.
    for framework_id, one in loaded.items():
        faults = [
            fault
            for fault in foreign_faults(one, loaded)
            if not (fault.kind == "framework_unknown" and fault.values["given"] in paths)
        ]
        if faults:
            path = paths[framework_id]
            found.extend(
                problems(faults, name=shown_name(path), lines=read_tree(path.read_text("utf-8-sig")).lines)
            )
    return tuple(found)


def check_library() -> tuple[Problem, ...]:
    """Every problem of the frameworks that come with the software."""
    return check_frameworks(FRAMEWORKS.files())
