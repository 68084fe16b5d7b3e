"""CONAPO: population at mid-year by municipality, in two editions: 2015-2030 (of 2019) and 1990-2040 (of 2024)."""

from __future__ import annotations

from datetime import date
from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.data.licences import LIBRE_USO_MX
from acuerdo.data.macros import understand_numbers
from acuerdo.data.mexico import CARRIED, CONAPO
from acuerdo.data.misfits import Misfit, misfits
from acuerdo.data.refusal import refused, unknown_edition
from acuerdo.data.source import About, AbstractSource, Basis, Parsed, Published, Raw, Sample, Series
from acuerdo.data.sql import identifier, literal
from acuerdo.data.table import Layout, Staged, stage

_WIDE = ("CVE", "Entidad", "Municipio")
_LONG = (
    "date_year",
    "nombre_estado",
    "cve_ent",
    "nombre_municipio",
    "cve_mun",
    "hombres",
    "mujeres",
    "total",
)
# 2015-2030: the carrier's documentation gives CONAPO's "actualización de los datos". 1990-2040: CONAPO's own
# citation says 2024 and no more, so the last day of that year is the first on which it surely was public.
_EDITIONS = {
    ("1990", "2040"): Published(date(2024, 12, 31), Basis.RETRIEVED),
    ("2015", "2030"): Published(date(2019, 9, 2), Basis.PRINTED),
}
_FIRST_PROJECTED = {"1990": "2020", "2015": "2016"}


_UNEQUAL = Misfit(
    test="number(hombres) + number(mujeres) <> number(total)",
    column="total",
    what=Text(
        "In {count:,} rows men and women do not add up to the total; the first is {0} in {1}.",
        "En {count:,} filas hombres y mujeres no suman el total; la primera es {0} en {1}.",
    ),
    shown=("cve_mun", "date_year"),
)


@final
class MunicipalPopulation(AbstractSource):
    """A wide table of years, or one row per municipality and year with men and women."""

    columns = _LONG
    series = (
        Series(
            id="conapo_population_municipal.inhabitants",
            title=Text("Population at mid-year, by municipality", "Población a mitad de año, por municipio"),
            definition=Text(
                "Inhabitants on July 1, reconstructed and projected; by sex in the edition of 2019.",
                "Habitantes al 1 de julio, reconstruidos y proyectados; por sexo en la edición de 2019.",
            ),
            unit="inhabitants",
            stock=True,
        ),
    )
    about = About(
        title=Text(
            "Reconstruction and projections of the population of municipalities",
            "Reconstrucción y proyecciones de la población de los municipios de México",
        ),
        publisher=CONAPO,
        carrier="github.com/lapanquecita/incidencia-delictiva; github.com/isaacarroyov/datos_facil_acceso",
        licence=LIBRE_USO_MX,
        citation=Citation(
            key="conapo_municipal_2024",
            title="Reconstrucción y proyecciones de la población de los municipios de México, 1990-2040",
            publisher="Consejo Nacional de Población",
            kind="dataset",
            date="2024",
            url="https://www.gob.mx/conapo/documentos/reconstruccion-y-proyecciones-de-la-poblacion-de-los-municipios-de-mexico-1990-2040",
        ),
        landing_page="https://www.gob.mx/conapo/documentos/reconstruccion-y-proyecciones-de-la-poblacion-de-los-municipios-de-mexico-1990-2040",
        schedule=Text(
            "After each census or intercensal survey; no fixed date.",
            "Después de cada censo o encuesta intercensal; sin fecha fija.",
        ),
        caveats=(
            Text(
                "Two editions: 2015-2030 on the 2015 survey, 1990-2040 on the 2020 census. The second restates the "
                "first: a redefinition of the base.",
                "Dos ediciones: 2015-2030 con base en la encuesta de 2015 y 1990-2040 con base en el censo de 2020. La "
                "segunda reexpresa la primera: es una redefinición de la base.",
            ),
            Text(
                "Municipalities created since the edition are missing from it.",
                "Faltan los municipios creados después de cada edición.",
            ),
            CARRIED,
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By its header, in either shape."""
        cells = sample.header()
        years = cells[len(_WIDE) :]
        wide = (
            cells[: len(_WIDE)] == _WIDE
            and bool(years)
            and all(cell.isdigit() and len(cell) == 4 for cell in years)
        )
        return wide or cells == _LONG

    def parse(self, raw: Raw) -> Parsed:
        """Which edition it is, its years say."""
        staged = stage(raw, Layout())
        years = [column for column in staged.columns if column.isdigit()]
        values = years or ["hombres", "mujeres", "total"]
        if staged.problems:
            return refused(staged)
        numbers = understand_numbers(raw, staged, columns=values)
        edition = (years[0], years[-1]) if years else _span(raw, staged)
        published = _EDITIONS.get(edition)
        problems = [
            *numbers.problems,
            *([] if published else [unknown_edition(raw, edition, source_id="conapo_population_municipal")]),
            *(misfits(raw, staged, _UNEQUAL) if "total" in staged.columns else ()),
        ]
        if problems or published is None:
            return refused(staged, *problems)
        return Parsed(
            sql=_sql(staged, years, projected=_FIRST_PROJECTED[edition[0]]),
            published=published,
            definition=str(published.on.year),
            restates=True,
            rows_read=staged.rows,
            notes=numbers.notes,
        )


def _sql(staged: Staged, years: list[str], *, projected: str) -> str:
    if years:
        cells = (
            f"'', unnest([{', '.join(map(literal, years))}]), unnest([{', '.join(map(identifier, years))}])"
        )
        rows = f"SELECT CVE AS code, {cells} FROM {staged.table}"
    else:
        parts = (("total", ""), ("hombres", "sex=Hombres"), ("mujeres", "sex=Mujeres"))
        rows = " UNION ALL ".join(
            f"SELECT cve_mun, '{breakdown}', date_year, {column} FROM {staged.table}"
            for column, breakdown in parts
        )
    return f"""
        SELECT 'conapo_population_municipal.inhabitants' AS series, 'MX-' || lpad(code, 5, '0') AS place, breakdown,
            period, number(cell) AS value, 'inhabitants' AS unit,
            CASE WHEN period >= '{projected}' THEN 'F' ELSE 'E' END AS status
        FROM ({rows}) AS cells(code, breakdown, period, cell)"""


def _span(raw: Raw, staged: Staged) -> tuple[str, str]:
    found = raw.connection.execute(f"SELECT min(date_year), max(date_year) FROM {staged.table}").fetchone()
    return found if found and all(found) else ("?", "?")


SOURCE = MunicipalPopulation()
