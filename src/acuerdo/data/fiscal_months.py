"""Months of the U.S. fiscal year as Customs and Border Protection writes them: a fiscal year and a month's name."""

from __future__ import annotations

from acuerdo.core.errors import Problem
from acuerdo.core.text import Text
from acuerdo.data.misfits import Misfit, misfits
from acuerdo.data.schedule import on_day_of_next_month
from acuerdo.data.source import Published, Raw
from acuerdo.data.sql import identifier
from acuerdo.data.table import Staged

CBP = Text(
    "U.S. Customs and Border Protection (CBP)", "Oficina de Aduanas y Protección Fronteriza de EE. UU. (CBP)"
)
SCHEDULE = Text(
    "Monthly, 15 to 20 days after the month; a file is dated by the 20th of the month after its last one.",
    "Mensual, de 15 a 20 días después del mes; cada archivo se fecha el día 20 del mes siguiente al último.",
)
RUNNING_YEAR = Text(
    "The publisher marks the fiscal year that is still running '(FYTD)'. Its months are kept as "
    "provisional; the year itself is never a full year.",
    "La fuente marca con «(FYTD)» el año fiscal en curso. Sus meses se guardan como preliminares; el año "
    "nunca es un año completo.",
)

_OTHERWISE = Text(
    "'{0}' is not what the publisher writes here.", "«{0}» no es lo que la fuente escribe aquí."
)
_AS_WRITTEN = Text(
    "A fiscal year reads '2025' or '2026 (FYTD)'; a month reads 'OCT'.",
    "Un año fiscal se lee «2025» o «2026 (FYTD)»; un mes, «OCT».",
)

# fiscal_month(fy, m)   '2020-10' for fiscal year 2021 and OCT: the fiscal year begins on 1 October of the year before
# fiscal_status(fy)     'P' in the running year
_MACROS = """
CREATE OR REPLACE MACRO fiscal_month(fy, m) AS month_code(
    CAST(left(trim(fy), 4) AS INTEGER) - CASE WHEN month_number(m) >= 10 THEN 1 ELSE 0 END, month_number(m));
CREATE OR REPLACE MACRO fiscal_status(fy) AS CASE WHEN contains(fy, 'FYTD') THEN 'P' ELSE 'A' END;
"""


def check_months(raw: Raw, staged: Staged, *, year: str, month: str) -> list[Problem]:
    """Defines the macros, and finds cells that are no fiscal year or month, and closed years that lack months.

    Args:
        raw: The file.
        staged: Its table.
        year: Column of the fiscal year.
        month: Column of the month's name.
    """
    raw.connection.execute(_MACROS)
    year_cell, month_cell = identifier(year), identifier(month)
    rules = [
        Misfit(test=test, column=column, what=_OTHERWISE, shown=(identifier(column),), why=_AS_WRITTEN)
        for column, test in (
            (year, f"coalesce(NOT regexp_full_match({year_cell}, '\\s*\\d{{4}}( \\(FYTD\\))?\\s*'), true)"),
            (month, f"month_number({month_cell}) IS NULL"),
        )
    ]
    problems = misfits(raw, staged, *rules)
    return problems or _short_years(raw, staged, year=year_cell, month=month_cell)


def published(raw: Raw, staged: Staged, *, year: str, month: str) -> Published:
    """The 20th of the month after the last one in the file."""
    (last,) = raw.connection.execute(
        f"SELECT max(fiscal_month({identifier(year)}, {identifier(month)})) FROM {staged.table}"
    ).fetchone() or ("",)
    return on_day_of_next_month(last, day=20)


def _short_years(raw: Raw, staged: Staged, *, year: str, month: str) -> list[Problem]:
    """A year that is not marked as running has twelve months; one that has fewer was cut off."""
    rows = raw.connection.execute(
        f"SELECT {year}, count(DISTINCT month_number({month})) AS months FROM {staged.table} "
        f"WHERE NOT contains({year}, 'FYTD') GROUP BY 1 HAVING months < 12 ORDER BY 1"
    ).fetchall()
    return [
        Problem(
            what=Text(
                f"Fiscal year {label} has only {months} months and is not marked as running (FYTD).",
                f"El año fiscal {label} tiene solo {months} meses y no está marcado como en curso (FYTD).",
            ),
            where=f"{raw.name}, {label}",
            why=Text(
                "A part of a year added up as a year would look like a fall.",
                "Una parte del año sumada como año parecería una caída.",
            ),
            fix=Text("Get the whole file again.", "Obtenga de nuevo el archivo completo."),
        )
        for label, months in rows
    ]
