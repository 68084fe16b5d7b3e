"""The catalog: every indicator, read from its own file. Touches no data and imports no array library."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import final

from acuerdo.core.errors import AcuerdoError, Problem, SpecProblems
from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text
from acuerdo.indicators.attributes import ATTRIBUTES, Answer, Attributes
from acuerdo.indicators.check import faults_of
from acuerdo.indicators.indicator import Indicator
from acuerdo.spec.fault import Fault, Trail, shown_name
from acuerdo.spec.fields import AbstractSpec, Key
from acuerdo.spec.load import load_document, load_every
from acuerdo.spec.tree import read_tree

FOLDER = Folder("indicators/catalog", suffixes=(".yaml",), kind=Text("an indicator", "un indicador"))
_ANSWERS = Path(__file__).with_name("answers.yaml")


@final
class _Answers(AbstractSpec):
    """Answers that several indicators share, by key."""

    answers: Mapping[Key, Answer]


@cache
def catalog() -> Mapping[str, Indicator]:
    """Every indicator by id, in order of id.

    Raises:
        SpecProblems: If a file does not say what it must; lists every problem of every file.
    """
    found = load_every(FOLDER.files(), indicator)
    if problems := _dangling(found):
        raise SpecProblems(problems)
    return found


@cache
def indicator(indicator_id: str) -> Indicator:
    """One indicator of the catalog.

    Raises:
        NotFound: If there is none of that id; names the nearest.
        SpecProblems: If its file does not say what it must.
    """
    return load(FOLDER.file(indicator_id))


def load(path: Path) -> Indicator:
    """The indicator that a file describes, with the answers that it shares with others filled in.

    Raises:
        SpecProblems: If the file does not say what it must.
    """
    read = load_document(path, Indicator)
    shared = _shared_answers()
    faults = faults_of(read, answers=shared)
    if faults:
        raise SpecProblems([_at(path, trail, problem=problem) for trail, problem in faults])
    given = {name: getattr(read.attributes, name) for name in ATTRIBUTES}
    filled = {name: shared[answer] if isinstance(answer, str) else answer for name, answer in given.items()}
    return read.model_copy(update={"attributes": Attributes(**filled)})


@cache
def _shared_answers() -> Mapping[str, Answer]:
    return load_document(_ANSWERS, _Answers).answers


def _dangling(found: Mapping[str, Indicator]) -> list[Problem]:
    """Rivals and companions that are not in the catalog."""
    problems: list[Problem] = []
    for one in found.values():
        pointed = {("rivals", number): rival for number, rival in enumerate(one.rivals)}
        pointed |= {("companion",): one.companion} if one.companion else {}
        for trail, name in pointed.items():
            try:
                FOLDER.file(name)
            except AcuerdoError as error:
                problems += [_at(FOLDER.file(one.id), trail, problem=problem) for problem in error.problems]
    return problems


def _at(path: Path, trail: Trail, *, problem: Problem) -> Problem:
    """The problem with the line and column of what it is about."""
    lines = read_tree(path.read_text("utf-8")).lines
    line, column = lines.spot(Fault(kind="", trail=trail))
    return Problem(
        what=problem.what,
        where=f"{shown_name(path)}:{line}:{column}",
        why=problem.why,
        fix=problem.fix,
        nearest=problem.nearest,
    )
