"""INEGI homicide deaths by occurrence and by year of registration: the reporting delay, one vintage per year."""

from __future__ import annotations

from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.errors import Problem
from acuerdo.core.place import find
from acuerdo.core.text import Text
from acuerdo.data.licences import INEGI_FREE_USE
from acuerdo.data.macros import understand_numbers
from acuerdo.data.mexico import INEGI, inegi_definitive
from acuerdo.data.place_codes import match_places, state_of_mexico
from acuerdo.data.refusal import refused
from acuerdo.data.source import About, AbstractSource, Format, Parsed, Raw, Sample, Series, SetAside
from acuerdo.data.sql import identifier, literal
from acuerdo.data.table import Layout, Staged, read_header, stage

_QUERY = "Según: Año de registro"
_QUERY_LINES = 5
_MONTHLY = ("Code", "County", "Year.of.Murder", "Month.of.Murder")
_OAXACA = "MX-20"
_ALL, _UNKNOWN, _ABROAD = "Total", "No especificado", "Extranjero"
_YEARLY_NOTE = Text(
    "cells of years of occurrence before the first registration year, whose first registrations are not in the file",
    "celdas de años de ocurrencia anteriores al primer año de registro, cuyos primeros registros no "
    "están en el archivo",
)


@final
class Registration(AbstractSource):
    """The export of INEGI's query by year and sex, and the five re-saved tables by month."""

    columns = _MONTHLY
    series = (
        Series(
            id="inegi_homicides_registration.deaths",
            title=Text(
                "Homicide deaths, by year of occurrence", "Defunciones por homicidio, por año de ocurrencia"
            ),
            definition=Text(
                "Homicide deaths that occurred in the year, as registered by the end of each registration year: "
                "every registration year is a vintage.",
                "Defunciones por homicidio ocurridas en el año, según lo registrado al cierre de cada año de registro: "
                "cada año de registro es una versión.",
            ),
            unit="deaths",
            revised_upward=True,
        ),
        Series(
            id="inegi_homicides_registration.deaths_month",
            title=Text(
                "Homicide deaths, by month of occurrence", "Defunciones por homicidio, por mes de ocurrencia"
            ),
            definition=Text(
                "Homicide deaths that occurred in the month, as registered by the end of each registration year. "
                "Deaths of an unknown month are not in it.",
                "Defunciones por homicidio ocurridas en el mes, según lo registrado al cierre de cada año de registro. "
                "No incluye las de mes desconocido.",
            ),
            unit="deaths",
            revised_upward=True,
        ),
        Series(
            id="inegi_homicides_registration.registered",
            title=Text(
                "Homicide deaths, by year of registration", "Defunciones por homicidio, por año de registro"
            ),
            definition=Text(
                "Homicide deaths registered in the year, whenever they occurred: the count that INEGI prints. The "
                "national total includes deaths abroad.",
                "Defunciones por homicidio registradas en el año, sin importar cuándo ocurrieron: el "
                "conteo que publica "
                "el INEGI. El total nacional incluye las ocurridas en el extranjero.",
            ),
            unit="deaths",
            adds_up_by=("sex",),
        ),
    )
    about = About(
        title=Text(
            "Homicide deaths by occurrence and registration, 1990-2008",
            "Defunciones por homicidio según ocurrencia y registro, 1990-2008",
        ),
        publisher=INEGI,
        carrier="github.com/diegovalle/Homicide-MX-Drug-War",
        licence=INEGI_FREE_USE,
        citation=Citation(
            key="inegi_homicides_registration",
            title="Mortalidad general. Tipo de defunción: homicidio. Consulta según año de registro",
            publisher="Instituto Nacional de Estadística y Geografía",
            kind="dataset",
            url="https://www.inegi.org.mx/programas/mortalidad/",
        ),
        landing_page="https://www.inegi.org.mx/programas/mortalidad/",
        schedule=Text(
            "Yearly. Each registration year is dated here by the definitive release, eleven months after its end; the "
            "schedule of today is applied to the past.",
            "Anual. Cada año de registro se fecha aquí por la publicación definitiva, once meses después de su "
            "término; el calendario de hoy se aplica al pasado.",
        ),
        encoding="latin-1",
        caveats=(
            Text(
                "Of the deaths of 2007, 8,507 were registered in 2007 and 296 more in 2008: the first "
                "count is never the last.",
                "De las muertes de 2007, 8,507 se registraron en 2007 y 296 más en 2008: el primer "
                "conteo nunca es el último.",
            ),
            Text(
                "The national figures include deaths abroad that were registered in Mexico; the states do not.",
                "Las cifras nacionales incluyen muertes en el extranjero registradas en México; las de "
                "las entidades no.",
            ),
            Text(
                "An empty cell of the query is no death; such cells are not stored.",
                "Una celda vacía de la consulta significa ninguna muerte; esas celdas no se guardan.",
            ),
            Text(
                "By month, municipalities are there for eleven states only; states and the country are complete.",
                "Por mes solo hay municipios de once entidades; las entidades y el país están completos.",
            ),
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By the words above the query's table, or by the header of the monthly tables."""
        if sample.format is not Format.TEXT:
            return False
        monthly = bool(sample.lines) and sample.lines[0].startswith(",".join(_MONTHLY))
        return monthly or any(_QUERY in line and "ocurrencia" in line for line in sample.lines[:_QUERY_LINES])

    def parse(self, raw: Raw) -> Parsed:
        """Cumulates the registrations; totals inside the rows become their own places, checked against the parts."""
        staged, monthly = _stage(raw)
        years = [column for column in staged.columns if column.isdigit()]
        numbers = understand_numbers(raw, staged, columns=years)
        problems = [
            *numbers.problems,
            *match_places(
                raw, staged, column="name", look_up=state_of_mexico, ignore=_not_states(raw, staged)
            ),
        ]
        if staged.problems or problems:
            return refused(staged, *problems)
        _renumber(raw, staged)
        _read(raw, staged, years=years)
        unequal = _unequal(raw, monthly=monthly)
        if unequal:
            return refused(staged, *unequal)
        return Parsed(
            sql=_sql(years[0], monthly=monthly),
            published=inegi_definitive(int(years[-1])),
            rows_read=staged.rows,
            set_aside=_set_aside(raw, years[0], monthly=monthly),
            notes=numbers.notes,
        )


def _stage(raw: Raw) -> tuple[Staged, bool]:
    """The table with its first four columns named alike, and whether it is by month."""
    first = read_header(raw, Layout(encoding="latin-1"))
    monthly = first[: len(_MONTHLY)] == _MONTHLY
    head = Layout(encoding="latin-1", skip=0 if monthly else _QUERY_LINES - 1)
    years = [cell for cell in read_header(raw, head) if cell.isdigit()]
    names = ("code", "name", "occurrence", "month" if monthly else "sex", *years)
    layout = Layout(names=names, encoding="latin-1", skip=head.skip + 1, foot=not monthly, ragged=monthly)
    return stage(raw, layout), monthly


def _not_states(raw: Raw, staged: Staged) -> list[str]:
    """Names that stand beside a municipality's code, and those that are no place inside Mexico."""
    rows = raw.connection.execute(
        f"SELECT DISTINCT name FROM {staged.table} WHERE regexp_matches(code, '\\d\\d \\d\\d\\d')"
    ).fetchall()
    states = raw.connection.execute(
        f"SELECT DISTINCT name FROM {staged.table} WHERE code LIKE '=%' OR code LIKE '#%'"
    ).fetchall()
    return [name for (name,) in rows if (name,) not in states] + [_ALL, _ABROAD]


def _renumber(raw: Raw, staged: Staged) -> None:
    """Makes ``renumbered (code, place)``: the seats of Oaxaca's districts, which once had codes from 20901 on.

    Some have since been given the style "Heroica Ciudad de". A name that is not found keeps its old code, which
    the engine then reports as an unknown place.
    """
    rows = raw.connection.execute(
        f"SELECT DISTINCT code, name FROM {staged.table} WHERE regexp_matches(code, '20 9[0-8]\\d')"
    ).fetchall()
    raw.connection.execute("CREATE OR REPLACE TABLE renumbered (code VARCHAR, place VARCHAR)")
    for code, name in rows:
        found = find(name, within=_OAXACA) or find(f"Heroica Ciudad de {name}", within=_OAXACA)
        if found:
            raw.connection.execute("INSERT INTO renumbered VALUES (?, ?)", [code, found.code])


def _read(raw: Raw, staged: Staged, *, years: list[str]) -> None:
    """Makes ``counted (place, occurrence, part, registered, value)`` from the cells that hold a number.

    A state's code was turned into a formula (``=CONCATENAR(0,08)``) or an error (``#NAME?``) by a spreadsheet,
    so states are found by name; municipalities by their code, or by name where the code is an old one.
    """
    part = identifier("month" if "month" in staged.columns else "sex")
    cells = ", ".join(identifier(year) for year in years)
    registered = ", ".join(map(literal, years))
    raw.connection.execute(
        f"""
        CREATE OR REPLACE TABLE counted AS SELECT place, occurrence, part, registered, sum(value) AS value FROM (
            SELECT CASE
                    WHEN renumbered.place IS NOT NULL THEN renumbered.place
                    WHEN regexp_matches(code, '\\d\\d \\d\\d\\d') THEN 'MX-' || regexp_replace(code, '\\D', '', 'g')
                    WHEN name = '{_ALL}' THEN 'MX' WHEN name = '{_ABROAD}' THEN '{_ABROAD}' ELSE matched.place
                END AS place, trim(occurrence) AS occurrence, {part} AS part,
                unnest([{registered}]) AS registered, number(unnest([{cells}])) AS value
            FROM {staged.table} LEFT JOIN matched USING (name) LEFT JOIN renumbered USING (code)
            WHERE {part} IS NOT NULL
        ) WHERE value IS NOT NULL GROUP BY ALL"""
    )


def _sql(first: str, *, monthly: bool) -> str:
    known = "make_date(CAST(registered AS INTEGER) + 1, 11, 30)"
    cumulated = "sum(value) OVER (PARTITION BY place, part, occurrence ORDER BY registered)"
    inside = f"place <> '{_ABROAD}' AND regexp_full_match(occurrence, '\\d{{4}}') AND occurrence >= '{first}'"
    common = f"'deaths' AS unit, 'A' AS status, {known} AS known_from FROM counted"
    if monthly:
        return f"""
            SELECT 'inegi_homicides_registration.deaths_month' AS series, place, '' AS breakdown,
                month_code(occurrence, month_number(part)) AS period, {cumulated} AS value, {common}
            WHERE {inside} AND month_number(part) IS NOT NULL"""
    breakdown = f"CASE part WHEN '{_ALL}' THEN '' ELSE 'sex=' || part END AS breakdown"
    return f"""
        SELECT 'inegi_homicides_registration.deaths' AS series, place, {breakdown}, occurrence AS period,
            {cumulated} AS value, {common} WHERE {inside}
        UNION ALL
        SELECT 'inegi_homicides_registration.registered', place, {breakdown}, registered, value, {common}
        WHERE place <> '{_ABROAD}' AND occurrence = '{_ALL}'"""


def _unequal(raw: Raw, *, monthly: bool) -> list[Problem]:
    """Where the national total of a registration year is not the sum of the states and abroad."""
    del monthly
    rows = raw.connection.execute(
        f"""SELECT registered, sum(value) FILTER (place = 'MX') AS printed, sum(value) FILTER (place <> 'MX') AS added
            FROM counted WHERE occurrence = '{_ALL}' AND part = '{_ALL}' AND (length(place) <= 5 OR place = '{_ABROAD}')
            GROUP BY registered HAVING printed <> added ORDER BY registered"""
    ).fetchall()
    return [
        Problem(
            what=Text(
                f"The states add up to {added:,.0f} deaths registered in {year}, but the total says {printed:,.0f}.",
                f"Las entidades suman {added:,.0f} defunciones registradas en {year}, pero el total dice "
                f"{printed:,.0f}.",
            ),
            where=f"{raw.name}, column {year}",
            fix=Text("Get the file again; rows are missing.", "Obtenga el archivo de nuevo; faltan filas."),
        )
        for year, printed, added in rows
    ]


def _set_aside(raw: Raw, first: str, *, monthly: bool) -> tuple[SetAside, ...]:
    year = "regexp_full_match(occurrence, '\\d{4}')"
    no_month = f"place <> '{_ABROAD}' AND {year} AND month_number(part) IS NULL"
    unknown = f"place <> '{_ABROAD}' AND occurrence = '{_UNKNOWN}'"
    reasons = {
        f"place = '{_ABROAD}'": Text("cells of deaths abroad", "celdas de muertes en el extranjero"),
        f"place <> '{_ABROAD}' AND {year} AND occurrence < '{first}'": _YEARLY_NOTE,
        unknown: Text("cells of an unknown year of occurrence", "celdas de año de ocurrencia desconocido"),
    }
    if monthly:
        reasons[f"{no_month} AND occurrence >= '{first}'"] = Text(
            "cells of a year's total or of an unknown month",
            "celdas del total de un año o de mes desconocido",
        )
        reasons[f"place <> '{_ABROAD}' AND occurrence = '{_ALL}'"] = Text(
            "cells of the total over all years of occurrence",
            "celdas del total de todos los años de ocurrencia",
        )
    found = [
        (raw.connection.execute(f"SELECT count(*) FROM counted WHERE {rule}").fetchone() or (0,), reason)
        for rule, reason in reasons.items()
    ]
    return tuple(SetAside(rows=rows, reason=reason) for (rows,), reason in found if rows)


SOURCE = Registration()
