"""SESNSP: criminal investigations opened by state prosecutors, by crime and month (``IDEFC``, state file)."""

from __future__ import annotations

from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.data.licences import LIBRE_USO_MX
from acuerdo.data.macros import Understood, understand_numbers
from acuerdo.data.mexico import CARRIED, MONTHS, SESNSP, SESNSP_REVISED, SESNSP_SCHEDULE
from acuerdo.data.refusal import empty, refused
from acuerdo.data.schedule import on_day_of_next_month
from acuerdo.data.source import About, AbstractSource, Parsed, Raw, Sample, Series, SetAside
from acuerdo.data.sql import identifier, listed
from acuerdo.data.table import Layout, Staged, stage

_KEYS = (
    "Año",
    "Clave_Ent",
    "Entidad",
    "Bien jurídico afectado",
    "Tipo de delito",
    "Subtipo de delito",
    "Modalidad",
)
# Types of crime that only the classification of 2026 has
_ONLY_IN_2026 = ("Tortura", "Violación", "Discriminación", "Privación ilegal de la libertad")


@final
class Investigations(AbstractSource):
    """Wide months, latin-1, all years since 2015 in every file; from 2026 a new classification in its own file."""

    columns = (*_KEYS, *MONTHS)
    series = (
        Series(
            id="sesnsp_investigations.investigations",
            title=Text("Investigations opened, by crime", "Carpetas de investigación, por delito"),
            definition=Text(
                "Investigations opened in the month by state prosecutors for presumed crimes of state jurisdiction, "
                "as they report them to SESNSP, by type, subtype and modality. One investigation may have "
                "several victims.",
                "Carpetas de investigación iniciadas en el mes por las fiscalías estatales por presuntos delitos del "
                "fuero común, según las reportan al SESNSP, por tipo, subtipo y modalidad. Una carpeta puede tener "
                "varias víctimas.",
            ),
            unit="investigations",
        ),
    )
    about = About(
        title=Text(
            "Crime of state jurisdiction: investigations by state (IDEFC)",
            "Incidencia delictiva del fuero común: carpetas de investigación por entidad (IDEFC)",
        ),
        publisher=SESNSP,
        carrier="github.com/lapanquecita/incidencia-delictiva",
        licence=LIBRE_USO_MX,
        citation=Citation(
            key="sesnsp_investigations",
            title="Incidencia delictiva del fuero común, nueva metodología",
            publisher="Secretariado Ejecutivo del Sistema Nacional de Seguridad Pública",
            kind="dataset",
            url="https://www.gob.mx/sesnsp/acciones-y-programas/datos-abiertos-de-incidencia-delictiva",
        ),
        landing_page="https://www.gob.mx/sesnsp/acciones-y-programas/datos-abiertos-de-incidencia-delictiva",
        schedule=SESNSP_SCHEDULE,
        encoding="latin-1",
        caveats=(
            Text(
                "Investigations are not victims: 29,095 investigations of intentional homicide in 2018 stand beside "
                "more than 33,000 victims.",
                "Las carpetas no son víctimas: 29,095 carpetas por homicidio doloso en 2018 corresponden a más de "
                "33,000 víctimas.",
            ),
            SESNSP_REVISED,
            Text(
                "The 2026 file has a new classification (47 types instead of 40): a redefinition, not a revision.",
                "El archivo de 2026 trae una clasificación nueva (47 tipos en vez de 40): es una redefinición, no una "
                "revisión.",
            ),
            Text(
                "Critics point to homicides moved into 'other crimes against life': read both together.",
                "Se ha señalado el traslado de homicidios a «otros delitos que atentan contra la vida»: "
                "lea ambos juntos.",
            ),
            CARRIED,
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By its header: seven keys and twelve months."""
        cells = sample.header()
        return cells[: len(_KEYS)] == _KEYS and set(MONTHS) <= set(cells)

    def parse(self, raw: Raw) -> Parsed:
        """Months after the last one with a count are not yet published, whether left empty or printed as 0."""
        staged = stage(raw, Layout(columns=self.columns, encoding="latin-1"))
        if staged.problems:
            return refused(staged)
        numbers = understand_numbers(raw, staged, columns=MONTHS)
        long = _long(staged, numbers)
        months = _months(raw, long)
        last = max((month for month, _, _, counted in months if counted), default="")
        if numbers.problems or not last:
            return refused(
                staged, *numbers.problems or (empty(raw, Text("a month with counts", "un mes con cifras")),)
            )
        return Parsed(
            sql=f"SELECT * FROM ({long}) WHERE period <= '{last}' AND value IS NOT NULL",
            published=on_day_of_next_month(last, day=20),
            definition=_definition(raw, staged),
            restates=True,
            rows_read=staged.rows,
            set_aside=_set_aside(months, last),
            notes=numbers.notes,
        )


def _long(staged: Staged, numbers: Understood) -> str:
    """One row a month; what is the same in all months of a row is put together before it is spread."""
    codes = ", ".join(f"'-{number:02}'" for number in range(1, 13))
    cells = ", ".join(map(identifier, MONTHS))
    return f"""
        SELECT 'sesnsp_investigations.investigations' AS series, place, breakdown,
            year || unnest([{codes}]) AS period, {numbers.number("unnest(cells)")} AS value,
            'investigations' AS unit, 'A' AS status
        FROM (
            SELECT 'MX-' || lpad(trim(Clave_Ent), 2, '0') AS place, "Año" AS year, [{cells}] AS cells,
                concat('modality=', "Modalidad", ';subtype=', "Subtipo de delito", ';type=', "Tipo de delito")
                    AS breakdown
            FROM {staged.table})"""


def _months(raw: Raw, long: str) -> list[tuple[str, int, int, bool]]:
    """Every month of the table: code, cells, empty cells, whether any count is above zero; in order."""
    return raw.connection.execute(
        f"SELECT period, count(*), count(*) - count(value), coalesce(max(value) > 0, false) "
        f"FROM ({long}) GROUP BY period ORDER BY period"
    ).fetchall()


def _definition(raw: Raw, staged: Staged) -> str:
    hit = raw.connection.execute(
        f'SELECT 1 FROM {staged.table} WHERE "Tipo de delito" IN {listed(_ONLY_IN_2026)} LIMIT 1'
    ).fetchone()
    return "2026" if hit else "2015"


def _set_aside(months: list[tuple[str, int, int, bool]], last: str) -> tuple[SetAside, ...]:
    later = sum(cells for month, cells, _, _ in months if month > last)
    blank = sum(empty_cells for month, _, empty_cells, _ in months if month <= last)
    reasons = (
        (
            later,
            Text(
                f"cells of months after {last}, not yet published",
                f"celdas de meses posteriores a {last}, aún no publicados",
            ),
        ),
        (
            blank,
            Text("empty cells inside the published months", "celdas vacías dentro de los meses publicados"),
        ),
    )
    return tuple(SetAside(rows=rows, reason=reason) for rows, reason in reasons if rows)


SOURCE = Investigations()
