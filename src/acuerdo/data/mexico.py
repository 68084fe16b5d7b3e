"""What the Mexican sources have in common: who publishes, which months they write, how a place is found by name."""

from __future__ import annotations

from collections.abc import Sequence

from acuerdo.core.errors import Problem, nearest
from acuerdo.core.place import children, find
from acuerdo.core.text import Text
from acuerdo.data.schedule import months_after_year
from acuerdo.data.source import Published, Raw
from acuerdo.data.sql import identifier, literal
from acuerdo.data.table import Staged

INEGI = Text(
    "National Institute of Statistics and Geography (INEGI), Mexico",
    "Instituto Nacional de Estadística y Geografía (INEGI)",
)
SESNSP = Text(
    "Executive Secretariat of the National Public Security System (SESNSP), Mexico",
    "Secretariado Ejecutivo del Sistema Nacional de Seguridad Pública (SESNSP)",
)
CONAPO = Text("National Population Council (CONAPO), Mexico", "Consejo Nacional de Población (CONAPO)")
MONTHS = tuple(
    "Enero Febrero Marzo Abril Mayo Junio Julio Agosto Septiembre Octubre Noviembre Diciembre".split()
)
INEGI_SCHEDULE = Text(
    "Yearly: preliminary about seven months and definitive ten to eleven months after the year's end. A file is "
    "dated here by the definitive release of its last year.",
    "Anual: cifras preliminares unos siete meses y definitivas de diez a once meses después de terminar el año. "
    "Aquí cada archivo se fecha por la publicación definitiva de su último año.",
)
SESNSP_SCHEDULE = Text(
    "Monthly, about the 20th of the following month; every file restates all months since January 2015.",
    "Mensual, alrededor del día 20 del mes siguiente; cada archivo reexpresa todos los meses desde enero de 2015.",
)
SESNSP_REVISED = Text(
    "Every monthly file restates the past: a difference between two files is a revision.",
    "Cada archivo mensual reexpresa el pasado: la diferencia entre dos archivos es una revisión.",
)
CARRIED = Text(
    "The file reached us through a third party that re-published it, not from the publisher's own page.",
    "El archivo llegó por medio de un tercero que lo volvió a publicar, no de la página de la fuente.",
)


def inegi_definitive(year: int) -> Published:
    """When the definitive registered deaths of a year are public: eleven months after its end."""
    return months_after_year(year, months=11)


def name_places(
    raw: Raw, staged: Staged, *, column: str, within: str = "MX", ignore: Sequence[str] = ()
) -> list[Problem]:
    """Finds the place of every name in a column; makes the table ``named (name, place)``.

    Args:
        raw: The file.
        staged: Its table.
        column: Where the names are.
        within: The place that contains them.
        ignore: Names that are no places: totals, headings.

    Returns:
        One problem per name that is no place, with its first row.
    """
    rows = raw.connection.execute(
        f"SELECT {identifier(column)}, min(rowid) FROM {staged.table} WHERE NOT is_blank({identifier(column)}) "
        f"GROUP BY 1 ORDER BY 2"
    ).fetchall()
    found = {name: find(name, within=within) for name, _ in rows if name not in ignore}
    known = [(name, one.code) for name, one in found.items() if one is not None]
    raw.connection.execute("CREATE OR REPLACE TABLE named (name VARCHAR, place VARCHAR)")
    if known:
        values = ", ".join(f"({literal(name)}, {literal(code)})" for name, code in known)
        raw.connection.execute(f"INSERT INTO named VALUES {values}")
    return [
        _unknown(name, f"{raw.name}, row {row + staged.first_row}, column {column}", within=within)
        for name, row in rows
        if name in found and found[name] is None
    ]


def _unknown(name: str, where: str, *, within: str) -> Problem:
    return Problem(
        what=Text(
            f"'{name}' is not a place inside {within}.", f"«{name}» no es un lugar dentro de {within}."
        ),
        where=where,
        nearest=nearest(name, [one.name.es for one in children(within)]),
        fix=Text(
            "If it is another name of a known place, add it to the last column of core/places; if it is garbled, "
            "get the file again.",
            "Si es otro nombre de un lugar conocido, agréguelo a la última columna de core/places; si está dañado, "
            "obtenga el archivo de nuevo.",
        ),
    )
