"""CONAPO: population at mid-year by state and sex, 1950-2070."""

from __future__ import annotations

from datetime import date
from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.errors import Problem
from acuerdo.core.text import Text
from acuerdo.data.licences import LIBRE_USO_MX
from acuerdo.data.macros import understand_numbers
from acuerdo.data.mexico import CARRIED, CONAPO
from acuerdo.data.refusal import refused, unknown_edition
from acuerdo.data.source import About, AbstractSource, Basis, Parsed, Published, Raw, Sample, Series
from acuerdo.data.table import Layout, Staged, stage

_COLUMNS = ("n_year", "nombre_estado", "cve_ent", "genero", "pob_start_year", "pob_mid_year")
# The carrier's documentation gives CONAPO's "actualización de los datos" for this edition
_EDITIONS = {("1950", "2070"): Published(date(2023, 8, 4), Basis.PRINTED)}
_FIRST_PROJECTED = "2020"


@final
class StatePopulation(AbstractSource):
    """The country and 32 states, men, women and both; the country alone before 1970."""

    columns = _COLUMNS
    series = (
        Series(
            id="conapo_population_state.inhabitants",
            title=Text("Population at mid-year, by state", "Población a mitad de año, por entidad"),
            definition=Text(
                "Inhabitants on July 1: reconciled with the censuses to 2019, projected from 2020.",
                "Habitantes al 1 de julio: conciliación con los censos hasta 2019, proyección desde 2020.",
            ),
            unit="inhabitants",
            stock=True,
            adds_up_by=("sex",),
        ),
    )
    about = About(
        title=Text(
            "Demographic reconciliation 1950-2019 and projections 2020-2070, states",
            "Conciliación demográfica 1950-2019 y proyecciones de la población 2020-2070, entidades",
        ),
        publisher=CONAPO,
        carrier="github.com/isaacarroyov/datos_facil_acceso",
        licence=LIBRE_USO_MX,
        citation=Citation(
            key="conapo_state_2023",
            title="Conciliación Demográfica de México 1950-2019 y Proyecciones de la Población 2020-2070",
            publisher="Consejo Nacional de Población",
            kind="dataset",
            date="2023-08-04",
            url="https://www.gob.mx/conapo/prensa/dia-mundial-de-la-poblacion-las-proyecciones-de-la-poblacion-de-mexico-para-los-proximos-50-anos-2020-2070",
        ),
        landing_page="https://www.gob.mx/conapo/prensa/dia-mundial-de-la-poblacion-las-proyecciones-de-la-poblacion-de-mexico-para-los-proximos-50-anos-2020-2070",
        schedule=Text(
            "After each census; the edition of 2023 replaced that of 2018.",
            "Después de cada censo; la edición de 2023 sustituyó a la de 2018.",
        ),
        caveats=(
            Text(
                "Every edition restates the past too: a rate depends on the edition as well as on the count.",
                "Cada edición reexpresa también el pasado: una tasa depende de la edición tanto como del conteo.",
            ),
            Text(
                "The population at the start of the year is not read.",
                "No se lee la población a inicio de año.",
            ),
            CARRIED,
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By its header."""
        return sample.header() == _COLUMNS

    def parse(self, raw: Raw) -> Parsed:
        """Keeps the national rows: before 1970 there are no others."""
        staged = stage(raw, Layout(columns=_COLUMNS))
        if staged.problems:
            return refused(staged)
        numbers = understand_numbers(raw, staged, columns=("n_year", "pob_mid_year"))
        edition = _span(raw, staged)
        published = _EDITIONS.get(edition)
        problems = [
            *numbers.problems,
            *([] if published else [unknown_edition(raw, edition, source_id="conapo_population_state")]),
            *_unequal(raw, staged),
        ]
        if problems or published is None:
            return refused(staged, *problems)
        return Parsed(
            sql=f"""
                SELECT 'conapo_population_state.inhabitants' AS series,
                    CASE cve_ent WHEN '00' THEN 'MX' ELSE 'MX-' || lpad(cve_ent, 2, '0') END AS place,
                    CASE genero WHEN 'Total' THEN '' ELSE 'sex=' || genero END AS breakdown, n_year AS period,
                    number(pob_mid_year) AS value, 'inhabitants' AS unit,
                    CASE WHEN n_year >= '{_FIRST_PROJECTED}' THEN 'F' ELSE 'E' END AS status
                FROM {staged.table}""",
            published=published,
            definition="2023",
            restates=True,
            rows_read=staged.rows,
            notes=numbers.notes,
        )


def _span(raw: Raw, staged: Staged) -> tuple[str, str]:
    found = raw.connection.execute(f"SELECT min(n_year), max(n_year) FROM {staged.table}").fetchone()
    return found if found and all(found) else ("?", "?")


def _unequal(raw: Raw, staged: Staged) -> list[Problem]:
    """Years in which the states are not the country."""
    rows = raw.connection.execute(
        f"""SELECT n_year, sum(number(pob_mid_year)) FILTER (cve_ent = '00') AS printed,
                sum(number(pob_mid_year)) FILTER (cve_ent <> '00') AS added
            FROM {staged.table} WHERE genero = 'Total' GROUP BY n_year HAVING printed <> added ORDER BY n_year"""
    ).fetchall()
    return [
        Problem(
            what=Text(
                f"The states of {year} add up to {added:,.0f} inhabitants, the country has {printed:,.0f}.",
                f"Las entidades de {year} suman {added:,.0f} habitantes; el país tiene {printed:,.0f}.",
            ),
            where=f"{raw.name}, {year}",
            fix=Text("Get the file again; rows are missing.", "Obtenga el archivo de nuevo; faltan filas."),
        )
        for year, printed, added in rows
    ]


SOURCE = StatePopulation()
