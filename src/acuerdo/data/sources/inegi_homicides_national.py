"""The official yearly totals of homicide, INEGI beside SESNSP: the figures by which every other file is checked."""

from __future__ import annotations

from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.data.licences import INEGI_FREE_USE
from acuerdo.data.macros import understand_numbers
from acuerdo.data.mexico import INEGI
from acuerdo.data.refusal import empty, refused
from acuerdo.data.schedule import on_day_of_next_month
from acuerdo.data.source import About, AbstractSource, Parsed, Raw, Sample, Series, SetAside
from acuerdo.data.sql import literal
from acuerdo.data.table import Staged

_HEADER = ("Año", "Población", "INEGI", "Nueva Metodología SESNSP")
# Column, series, breakdown. The new method of SESNSP began in 2015; the old one ran beside it to 2017.
_VALUES = (
    ("inegi", "deaths", ""),
    ("new_both", "victims_sesnsp", "crime=Homicidios Dolosos + Feminicidios;method=nueva"),
    ("new_homicide", "victims_sesnsp", "crime=Homicidios Dolosos;method=nueva"),
    ("new_femicide", "victims_sesnsp", "crime=Feminicidio;method=nueva"),
    ("new_homicide_files", "investigations_sesnsp", "crime=Homicidio;method=nueva"),
    ("new_femicide_files", "investigations_sesnsp", "crime=Feminicidio;method=nueva"),
    ("old_homicide", "victims_sesnsp", "crime=Homicidio Dolosos;method=vieja"),
    ("old_homicide_files", "investigations_sesnsp", "crime=Homicidio Doloso;method=vieja"),
)
_COLUMNS = ("year", "population", *(column for column, _, _ in _VALUES))
_UNITS = {"deaths": "deaths", "victims_sesnsp": "victims", "investigations_sesnsp": "investigations"}


@final
class NationalTotals(AbstractSource):
    """Two header rows, a table of years, and the author's queries at the foot."""

    columns = _HEADER
    series = (
        Series(
            id="inegi_homicides_national.deaths",
            title=Text(
                "Homicide deaths, national control total",
                "Defunciones por homicidio, total nacional de control",
            ),
            definition=Text(
                "Deaths registered in the year with a cause classified as homicide, national total of INEGI.",
                "Defunciones registradas en el año cuya causa se clasifica como homicidio, total nacional del INEGI.",
            ),
            unit="deaths",
        ),
        Series(
            id="inegi_homicides_national.victims_sesnsp",
            title=Text("Victims of homicide, SESNSP", "Víctimas de homicidio, SESNSP"),
            definition=Text(
                "Victims of intentional homicide and femicide in investigations opened in the year, old "
                "and new method.",
                "Víctimas de homicidio doloso y feminicidio en carpetas iniciadas en el año, vieja y "
                "nueva metodología.",
            ),
            unit="victims",
        ),
        Series(
            id="inegi_homicides_national.investigations_sesnsp",
            title=Text(
                "Investigations of homicide, SESNSP", "Carpetas de investigación por homicidio, SESNSP"
            ),
            definition=Text(
                "Investigations of intentional homicide and femicide opened in the year, old and new method.",
                "Averiguaciones y carpetas por homicidio doloso y feminicidio iniciadas en el año, vieja "
                "y nueva metodología.",
            ),
            unit="investigations",
        ),
    )
    about = About(
        title=Text(
            "Homicide in Mexico, national totals 1990-2017",
            "Homicidio en México, totales nacionales 1990-2017",
        ),
        publisher=INEGI,
        carrier="github.com/diegovalle/new.crimenmexico",
        licence=INEGI_FREE_USE,
        citation=Citation(
            key="inegi_homicides_national",
            title="Estadísticas de mortalidad: homicidios",
            publisher="Instituto Nacional de Estadística y Geografía",
            kind="dataset",
            url="https://www.inegi.org.mx/programas/mortalidad/",
            note=Text(
                "table by Diego Valle-Jones, with figures of SESNSP",
                "tabla de Diego Valle-Jones, con cifras del SESNSP",
            ),
        ),
        landing_page="https://www.inegi.org.mx/programas/mortalidad/",
        schedule=Text(
            "A table made once. It is dated here by SESNSP's schedule (the 20th of the following month), from the "
            "last year that it covers.",
            "Tabla hecha una sola vez. Aquí se fecha por el calendario del SESNSP (día 20 del mes siguiente), a "
            "partir del último año que cubre.",
        ),
        caveats=(
            Text(
                "Deaths by year of registration, not of occurrence: a death of 2007 registered in 2008 counts in 2008.",
                "Defunciones por año de registro, no de ocurrencia: una muerte de 2007 registrada en "
                "2008 cuenta en 2008.",
            ),
            Text(
                "INEGI's deaths, SESNSP's victims and SESNSP's investigations are three counts; they are never added.",
                "Las defunciones del INEGI y las víctimas y carpetas del SESNSP son tres conteos; nunca se suman.",
            ),
            Text(
                "The population column is not read: CONAPO's own files are.",
                "La columna de población no se lee: se usan los archivos de CONAPO.",
            ),
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By the first of its two header rows."""
        return sample.header()[: len(_HEADER)] == _HEADER

    def parse(self, raw: Raw) -> Parsed:
        """Rows whose first cell is a year; the notes and queries at the foot are set aside."""
        lines, years = _read(raw)
        numbers = understand_numbers(raw, years, columns=_COLUMNS[2:])
        sql = " UNION ALL ".join(
            _one(column, series, breakdown=breakdown) for column, series, breakdown in _VALUES
        )
        last = raw.connection.execute(f"SELECT max(period) FROM ({sql})").fetchone()
        if numbers.problems or last is None or last[0] is None:
            return refused(
                years, *numbers.problems or (empty(raw, Text("a year with totals", "un año con totales")),)
            )
        foot = SetAside(
            rows=lines - years.rows,
            reason=Text("notes and queries below the table", "notas y consultas debajo de la tabla"),
        )
        return Parsed(
            sql=sql,
            published=on_day_of_next_month(f"{last[0]}-12", day=20),
            rows_read=lines,
            set_aside=(foot,) if foot.rows else (),
            notes=numbers.notes,
        )


def _read(raw: Raw) -> tuple[int, Staged]:
    """All lines below the header, and the rows of years alone.

    The foot is the author's notes, whose accents were lost long ago; the strict reader would refuse the file
    for them, and not one is read.
    """
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in _COLUMNS)
    raw.connection.execute(
        f"CREATE OR REPLACE TABLE lines AS SELECT * FROM read_csv({literal(str(raw.path))}, columns = {{{columns}}}, "
        "auto_detect = false, header = false, skip = 2, delim = ',', quote = '\"', null_padding = true, "
        "parallel = false)"
    )
    raw.connection.execute(
        "CREATE OR REPLACE TABLE years AS SELECT * FROM lines WHERE regexp_full_match(year, '\\d{4}')"
    )
    lines, rows = raw.connection.execute(
        "SELECT (SELECT count(*) FROM lines), (SELECT count(*) FROM years)"
    ).fetchone() or (0, 0)
    return lines, Staged(table="years", columns=_COLUMNS, rows=rows, first_row=3)


def _one(column: str, series: str, *, breakdown: str) -> str:
    return (
        f"SELECT 'inegi_homicides_national.{series}' AS series, 'MX' AS place, {literal(breakdown)} AS breakdown, "
        f"year AS period, number({column}) AS value, '{_UNITS[series]}' AS unit, 'A' AS status "
        f"FROM years WHERE number({column}) IS NOT NULL"
    )


SOURCE = NationalTotals()
