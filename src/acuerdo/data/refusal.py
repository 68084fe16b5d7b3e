"""What a source gives back for a file that it cannot trust."""

from __future__ import annotations

from datetime import date

from acuerdo.core.errors import Problem
from acuerdo.core.text import Text
from acuerdo.data.source import Basis, Parsed, Published, Raw
from acuerdo.data.table import Staged

GET_AGAIN = Text("Get the file again from its publisher.", "Obtenga el archivo de nuevo de la fuente.")


def refused(staged: Staged, *more: Problem) -> Parsed:
    """A reading that ends in refusal, with every problem of the table and those that the source found itself."""
    return Parsed(
        sql="SELECT NULL",
        # Never stored: the engine stops at the first problem
        published=Published(date.max, Basis.STATED),
        rows_read=staged.rows,
        problems=(*staged.problems, *more),
    )


def empty(raw: Raw, what: Text) -> Problem:
    """The problem of a table in which there is nothing to read.

    Args:
        raw: The file.
        what: What it should hold, with its article: ``Text("a month with counts", "un mes con cifras")``.
    """
    return Problem(
        what=Text(f"The file does not hold {what.en}.", f"El archivo no contiene {what.es}."),
        where=raw.name,
        fix=GET_AGAIN,
    )


def unknown_edition(raw: Raw, span: tuple[str, str], *, source_id: str) -> Problem:
    """The problem of projections whose span of years belongs to no edition that can be dated."""
    years = "-".join(span)
    file = f"data/sources/{source_id}.py"
    return Problem(
        what=Text(
            f"These projections run {years}; when that edition was published is not known here.",
            f"Estas proyecciones van de {years}; aquí no se sabe cuándo se publicó esa edición.",
        ),
        where=raw.name,
        fix=Text(f"Add the edition and its date to {file}.", f"Agregue la edición y su fecha a {file}."),
    )
