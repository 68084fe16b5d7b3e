"""``acuerdo suppress``: a table as it may be published beside those of the other side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Coded, Column, Table
from acuerdo.core.text import Text, same

Own = Annotated[
    Path,
    Word(
        about=Text(
            "Our table as CSV: a column for each dimension, then count; inner cells, no sums.",
            "Nuestro cuadro en CSV: una columna por dimensión y después count; celdas interiores, sin sumas.",
        ),
        label=Text("FILE", "ARCHIVO"),
    ),
]
Other = Annotated[
    Path,
    Word(
        about=Text(
            "Every other table that either side publishes of the same counts.",
            "Los demás cuadros que cualquiera de las partes publique de los mismos conteos.",
        ),
        label=Text("FILE", "ARCHIVO"),
    ),
]
Threshold = Annotated[
    int,
    Word(
        about=Text(
            "Counts below this are small, except none at all.",
            "Los conteos menores que este son pequeños, salvo cero.",
        ),
        label=Text("COUNT", "CONTEO"),
    ),
]
_STATUS = {
    "shown": Text("shown", "se muestra"),
    "small": Text("hidden: small", "oculta: pequeña"),
    "would_give_away": Text("hidden: would give a small one away", "oculta: delataría a una pequeña"),
}


def suppress(call: Call, own: Own, /, *others: Other, threshold: Threshold = 5) -> Table:
    """Hides the least that keeps every small count from being worked out from both sides' tables together."""
    dimensions, cells = call.workspace.record.suppressed(own, others, threshold=threshold)
    hidden = sum(one.count is None for one in cells)
    return Table(
        title=Text(f"{own.name}, as it may be published", f"{own.name}, como puede publicarse"),
        columns=(
            *(Column(name, same(name)) for name in dimensions),
            Column("count", Text("Count", "Conteo")),
            Column("status", Text("Status", "Situación")),
        ),
        rows=tuple(
            (*(part or None for part in one.categories), one.count, Coded(one.status, _STATUS[one.status]))
            for one in cells
        ),
        note=Text(
            f"{hidden} of {len(cells)} cells are hidden; an empty category is a sum.",
            f"Se ocultan {hidden} de {len(cells)} celdas; una categoría vacía es una suma.",
        ),
    )


COMMAND = Command(
    call=suppress,
    section="node",
    about=Text(
        "Hide small counts in a table that both sides' public tables together would give away.",
        "Oculta los conteos pequeños de un cuadro que los cuadros públicos de ambas partes delatarían.",
    ),
    examples=(
        Example(
            call="acuerdo suppress ours.csv theirs.csv --csv",
            about=Text(
                "Our table as CSV, safe beside the other side's.",
                "Nuestro cuadro en CSV, a salvo junto al de la otra parte.",
            ),
        ),
    ),
)
