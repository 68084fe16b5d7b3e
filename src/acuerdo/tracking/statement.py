"""Statements: who said what was done, when and where; one file per framework and year, which only grows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Annotated, Final, Literal, final

from pydantic import Field

from acuerdo.core.errors import nearest
from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text, same
from acuerdo.spec.commitment import Quote
from acuerdo.spec.fault import Fault, Trail
from acuerdo.spec.fields import AbstractSpec, Key, SourceKey, When, Words
from acuerdo.spec.library import FRAMEWORKS, framework
from acuerdo.spec.load import load_document
from acuerdo.spec.sides import speaking_sides
from acuerdo.spec.source import Reference
from acuerdo.spec.table import Table
from acuerdo.tracking.item import items

STATEMENTS: Final = Folder(
    "statements", suffixes=(".yaml",), kind=Text("a file of statements", "un archivo de declaraciones")
)


@final
class FiledStatement(AbstractSpec):
    """One dated, cited statement about what was done, or was not.

    Attributes:
        said_on: When it was said.
        first_seen: When it could first be read in public; it counts from the last day of this on.
        happened: When that of which it tells took place.
        said_by: Who said it, by office.
        side: The party that speaks; ``both`` for joint statements, ``other`` for auditors and the press.
        where: Where it was said or printed.
        text: What it says, in our words.
        wording: Its own words and their language; ``not_seen`` where they were not.
        about: The commitments and decisions of which it tells.
        sources: Keys of references, of this file or of its framework.
        replaces: The statement that this one corrects, which counts no longer from then on.
    """

    id: Key
    said_on: When
    first_seen: When
    happened: When
    said_by: Words
    side: Key
    where: Words
    text: Words
    wording: Quote | Literal["not_seen"]
    about: Annotated[tuple[str, ...], Field(min_length=1)]
    sources: Annotated[tuple[SourceKey, ...], Field(min_length=1)]
    replaces: Key | None = None


@final
class StatementFile(AbstractSpec):
    """What was said about one framework in one year.

    Attributes:
        id: The file's name: the framework and the year.
        framework: The framework's id.
        year: The year in which the statements could first be read.
        references: Sources that the framework's own file does not cite.
        statements: The statements.
    """

    id: Key
    framework: Key
    year: int
    references: Table[Reference] = Table()
    statements: Table[FiledStatement]


def load_statements(name: str) -> StatementFile:
    """One file of statements.

    Raises:
        NotFound: If there is none of that name.
        SpecProblems: If anything is wrong; lists every problem.
    """
    return load_document(STATEMENTS.file(name), StatementFile, check=_faults)


@cache
def statements(framework_id: str) -> Mapping[str, FiledStatement]:
    """Every statement about a framework by id, from the first that could be read to the last.

    Raises:
        SpecProblems: If a file is wrong.
    """
    files = (load_statements(name) for name in STATEMENTS.files() if name.startswith(f"{framework_id}_"))
    every = [one for file in files for one in file.statements.values()]
    return MappingProxyType({one.id: one for one in sorted(every, key=_first_seen)})


def references(framework_id: str) -> Mapping[str, Reference]:
    """Every source that a framework or a statement about it cites, by key."""
    own = [load_statements(name) for name in STATEMENTS.files() if name.startswith(f"{framework_id}_")]
    cited = {key: one for file in own for key, one in file.references.items()}
    return {**framework(framework_id).references, **cited}


def _first_seen(one: FiledStatement) -> tuple[object, ...]:
    return one.first_seen.end, one.happened.end, one.id


def _faults(file: StatementFile) -> Iterator[Fault]:
    if file.framework not in FRAMEWORKS.files():
        yield _stated(
            ("framework",),
            what=Text(
                f"There is no framework '{file.framework}'.", f"No hay ningún marco '{file.framework}'."
            ),
            near=nearest(file.framework, FRAMEWORKS.files()),
        )
        return
    if file.id != f"{file.framework}_{file.year}":
        yield _stated(
            ("id",),
            what=Text("The id must be the framework and the year.", "El id debe ser el marco y el año."),
            fix=same(f"{file.framework}_{file.year}"),
        )
    about = framework(file.framework)
    keys = {*file.references, *about.references}
    known, sides = items(file.framework), speaking_sides(about)
    for one in file.statements.values():
        trail: Trail = ("statements", one.id)
        for number, key in enumerate(one.sources):
            if key not in keys:
                yield _unknown((*trail, "sources", number), key, known=keys)
        for number, item in enumerate(one.about):
            if item not in known:
                yield _unknown((*trail, "about", number), item, known=known)
        if one.side not in sides:
            yield _unknown((*trail, "side"), one.side, known=sides)
        yield from _dates(file, one)


def _dates(file: StatementFile, one: FiledStatement) -> Iterator[Fault]:
    trail = ("statements", one.id, "first_seen")
    if one.first_seen.end.year != file.year:
        yield _stated(
            trail,
            what=Text("The statement belongs to another year.", "La declaración es de otro año."),
            fix=Text(
                "Put it into the file of the year in which it could first be read.",
                "Póngala en el archivo del año en que pudo leerse por primera vez.",
            ),
        )
    if one.first_seen.end < max(one.said_on.start, one.happened.start):
        yield _stated(
            trail,
            what=Text(
                "The statement is seen before it is said, or tells of what had not yet happened.",
                "La declaración se ve antes de decirse, o cuenta lo que aún no ocurría.",
            ),
        )


def _unknown(trail: Trail, given: str, *, known: Mapping[str, object] | set[str]) -> Fault:
    return _stated(
        trail,
        what=Text(f"There is no '{given}' here.", f"Aquí no hay '{given}'."),
        near=nearest(given, known),
    )


def _stated(trail: Trail, *, what: Text, fix: Text | None = None, near: tuple[str, ...] = ()) -> Fault:
    told = fix or Text("Correct it.", "Corríjalo.")
    return Fault(kind="value_stated", trail=trail, values={"what": what, "fix": told}, nearest=near)
