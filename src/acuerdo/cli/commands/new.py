"""``acuerdo new``: the files that a new thing begins with, in the places where they belong.

A kind is a folder under ``cli/scaffolds`` that mirrors the repository; ``ID`` in its names and ``$id`` in its texts
become the new id, and ``.txt`` at the end of a name is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Annotated

from acuerdo.cli.checkout import clone_of, unread
from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Column, Table
from acuerdo.core.errors import Problem, UsageError, not_found
from acuerdo.core.plugins import own_content
from acuerdo.core.text import Text, same

_SCAFFOLDS = Path(__file__).parents[1] / "scaffolds"
_PACKAGE = "src/acuerdo/"
_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_KIND = Text("a kind of thing to begin", "un tipo de elemento que se pueda iniciar")


Kind = Annotated[
    str,
    Word(
        about=Text(
            "What to begin: source, indicator, correction, framework or contract.",
            "Qué iniciar: source, indicator, correction, framework o contract.",
        ),
        label=Text("KIND", "TIPO"),
    ),
]
NewId = Annotated[
    str,
    Word(
        about=Text(
            "Its id, which becomes the file's name: mx_homicide_rate.",
            "Su id, que será el nombre del archivo: mx_homicide_rate.",
        ),
        label=same("ID"),
    ),
]
Into = Annotated[
    Path | None,
    Word(
        about=Text(
            "Root of the repository; without it the folder of ACUERDO_CONTENT, else the repository around here.",
            "Raíz del repositorio; sin ella, la carpeta de ACUERDO_CONTENT o bien el repositorio en que se está.",
        ),
        label=Text("FOLDER", "CARPETA"),
    ),
]


def new(call: Call, kind: Kind, id: NewId, /, *, into: Into = None) -> Table:  # noqa: A002 - what readers call it
    """Writes the first files of a plug-in and tells what is left to fill in."""
    del call
    texts = _scaffold(kind)
    if not _ID.fullmatch(id):
        raise UsageError(_bad_id(id))
    own = None if into else own_content()
    root = own or _root(into)
    files = {
        root / (name.removeprefix(_PACKAGE) if own else name).replace("ID", id): Template(text).substitute(
            id=id
        )
        for name, text in texts.items()
    }
    present = [path for path in files if path.exists()]
    if present:
        raise UsageError([_exists(path) for path in present])
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return _told(files, root, note=None if own else unread(root))


def kinds() -> tuple[str, ...]:
    """The kinds of thing that can be begun."""
    return tuple(sorted(folder.name for folder in _SCAFFOLDS.iterdir() if folder.is_dir()))


def _scaffold(kind: str) -> Mapping[str, str]:
    if kind not in kinds():
        raise not_found(_KIND, kind, known=kinds())
    folder = _SCAFFOLDS / kind
    files = sorted(path for path in folder.rglob("*.txt"))
    return {
        path.relative_to(folder).as_posix().removesuffix(".txt"): path.read_text("utf-8") for path in files
    }


def _root(given: Path | None) -> Path:
    here = (given or Path.cwd()).resolve()
    root = clone_of(here)
    if root is None or (given and root != here):
        raise UsageError(
            Problem(
                what=Text(
                    "This folder is not in a repository of Acuerdo.",
                    "Esta carpeta no está en un repositorio de Acuerdo.",
                ),
                where=str(here),
                fix=Text(
                    "Name a folder of your own in ACUERDO_CONTENT; or go to a clone of the repository.",
                    "Nombre una carpeta suya en ACUERDO_CONTENT, o vaya a una copia del repositorio.",
                ),
            )
        )
    return root


def _bad_id(given: str) -> Problem:
    return Problem(
        what=Text(f"'{given}' cannot be an id.", f"'{given}' no puede ser un id."),
        fix=Text(
            "Use small letters, digits and single underscores, the scope first: mx_homicide_rate.",
            "Use minúsculas, cifras y guiones bajos sencillos, con el ámbito al principio: mx_homicide_rate.",
        ),
    )


def _exists(path: Path) -> Problem:
    return Problem(
        what=Text(
            "This file exists already; nothing was written.", "Este archivo ya existe; no se escribió nada."
        ),
        where=str(path),
        fix=Text("Add to that file, or choose another id.", "Agregue en ese archivo o elija otro id."),
    )


def _told(files: Mapping[Path, str], root: Path, *, note: Text | None) -> Table:
    rows = tuple((str(path.relative_to(root)), text.count("FILL IN")) for path, text in files.items())
    return Table(
        title=Text("Written", "Se escribió"),
        columns=(
            Column("file", Text("File", "Archivo")),
            Column("to_fill_in", Text("To fill in", "Por llenar")),
        ),
        rows=rows,
        note=Text(f"{_NEXT.en}\n{note.en}", f"{_NEXT.es}\n{note.es}") if note else _NEXT,
    )


_NEXT = Text(
    "Search each file for FILL IN; until it is done, acuerdo check says what is missing.",
    "Busque FILL IN en cada archivo; mientras falte algo, acuerdo check lo dice.",
)


COMMAND = Command(
    call=new,
    section="own",
    about=Text(
        "Begin a framework, source, indicator, correction or contract from a model that says what to fill in.",
        "Inicia un marco, una fuente, un indicador, una corrección o un contrato con un modelo que dice qué llenar.",
    ),
    examples=(
        Example(
            call="acuerdo new indicator mx_extortion_rate",
            about=Text(
                "Begin an indicator.",
                "Inicia un indicador.",
            ),
        ),
        Example(
            call="acuerdo new source mx_fiscalia",
            about=Text("Begin a publisher's data set.", "Inicia un conjunto de datos de una institución."),
        ),
    ),
)
