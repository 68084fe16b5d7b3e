"""A coder's file: what each statement establishes, in the coder's judgement, by the rules of the codebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, final

from acuerdo.core.errors import nearest
from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text
from acuerdo.spec.fault import Fault, Trail
from acuerdo.spec.fields import AbstractSpec, Day, Key, Words
from acuerdo.spec.load import load_document
from acuerdo.tracking.codebook import Correspondence, Finding, Nature, Potential, Works, codebook
from acuerdo.tracking.item import items
from acuerdo.tracking.statement import statements

_OURS: Final = "acuerdo"
CODINGS: Final = Folder("tracking/codings", suffixes=(".yaml",), kind=Text("a coder", "un codificador"))


@final
class Judgement(AbstractSpec):
    """What is judged of a promise from its words alone, whatever was done later.

    Attributes:
        nature: A thing that will exist or not, an effort that goes on, or an aim.
        potential: How much it would change if it were kept.
    """

    nature: Nature
    potential: Potential


@final
class Reading(AbstractSpec):
    """What one statement establishes about one promise.

    Attributes:
        finding: How far the statement shows the promise to be.
        correspondence: Whether what was done is what was agreed.
        works: How well what was done works, where the statement reports an evaluation of that.
    """

    finding: Finding
    correspondence: Correspondence = "not_told"
    works: Works | None = None


@final
class CoderFile(AbstractSpec):
    """All that one coder has judged.

    Attributes:
        id: The file's name.
        coder: Who the coder is.
        codebook: The version that was followed.
        coded_on: The day of the judgements.
        judged: Judgements by framework and promise.
        readings: Readings by framework, statement and promise.
    """

    id: Key
    coder: Words
    codebook: int
    coded_on: Day
    judged: dict[str, dict[str, Judgement]]
    readings: dict[str, dict[str, dict[str, Reading]]]


@cache
def coder(coder_id: str) -> CoderFile:
    """One coder's judgements.

    Raises:
        NotFound: If there is no such coder; names the nearest.
        SpecProblems: If the file is wrong, or leaves a promise or a statement unjudged.
    """
    return load_document(CODINGS.file(coder_id), CoderFile, check=_faults)


def coders() -> tuple[str, ...]:
    """The ids of all coders, ours first."""
    return tuple(sorted(CODINGS.files(), key=lambda one: (one != _OURS, one)))


def coded() -> Mapping[str, CoderFile]:
    """Every framework that was coded, with the judgements to use: those of the first coder who judged it."""
    found: dict[str, CoderFile] = {}
    for coder_id in coders():
        for framework_id in coder(coder_id).judged:
            found.setdefault(framework_id, coder(coder_id))
    return found


def _faults(file: CoderFile) -> Iterator[Fault]:
    current = codebook().version
    if file.codebook != current:
        yield _stated(
            ("codebook",),
            what=Text(
                f"The codebook is at version {current}.", f"El manual de códigos va en la versión {current}."
            ),
            fix=Text("Judge again by its rules.", "Vuelva a juzgar según sus reglas."),
        )
    trail: Trail = ("readings",)
    yield from _complete(trail, set(file.readings), known=file.judged)
    for framework_id, judged in file.judged.items():
        trail = ("judged", framework_id)
        yield from _complete(trail, set(judged), known=items(framework_id))
    for framework_id in file.judged.keys() & file.readings.keys():
        trail, read = ("readings", framework_id), file.readings[framework_id]
        known = statements(framework_id)
        yield from _complete(trail, set(read), known=known)
        for statement_id in read.keys() & known.keys():
            about = dict.fromkeys(known[statement_id].about)
            yield from _complete((*trail, statement_id), set(read[statement_id]), known=about)


def _complete(trail: Trail, given: set[str], *, known: Mapping[str, object]) -> Iterator[Fault]:
    """Everything must be judged, and nothing else."""
    for key in sorted(given - known.keys()):
        yield _stated(
            (*trail, key),
            what=Text(f"There is no '{key}' to judge here.", f"Aquí no hay '{key}' que juzgar."),
            fix=Text("Take it out, or correct its name.", "Quítelo o corrija su nombre."),
            near=nearest(key, known),
        )
    missing = [key for key in known if key not in given]
    if missing:
        listed = ", ".join(missing)
        yield _stated(
            trail,
            what=Text(f"Not judged: {listed}.", f"Sin juzgar: {listed}."),
            fix=Text("Judge each by the codebook.", "Juzgue cada uno según el manual de códigos."),
        )


def _stated(trail: Trail, *, what: Text, fix: Text, near: tuple[str, ...] = ()) -> Fault:
    return Fault(kind="value_stated", trail=trail, values={"what": what, "fix": fix}, nearest=near)
