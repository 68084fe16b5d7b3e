"""SESNSP: victims of crimes of state jurisdiction by state and month, in the two shapes in which carriers keep them."""

from __future__ import annotations

from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.errors import Problem
from acuerdo.core.text import Text
from acuerdo.data.licences import LIBRE_USO_MX
from acuerdo.data.macros import understand_numbers
from acuerdo.data.mexico import CARRIED, SESNSP, SESNSP_REVISED, SESNSP_SCHEDULE
from acuerdo.data.place_codes import match_places, state_of_mexico
from acuerdo.data.refusal import GET_AGAIN, empty, refused
from acuerdo.data.schedule import on_day_of_next_month
from acuerdo.data.source import About, AbstractSource, Parsed, Raw, Sample, Series, SetAside
from acuerdo.data.table import Layout, Staged, stage

_SERIES = ("isodate", "entidad", "delito", "total")
_TIDY = (
    "date_year_month", "cve_ent", "tipo_de_delito", "subtipo_de_delito", "modalidad", "genero", "rango_de_edad",
    "n_victimas",
)  # fmt: skip
_NATIONAL = "Nacional"


@final
class Victims(AbstractSource):
    """A time series with national totals inside the rows, or one row per state, month, crime, weapon, sex and age."""

    columns = _SERIES
    series = (
        Series(
            id="sesnsp_victims.victims",
            title=Text("Victims, by crime", "Víctimas, por delito"),
            definition=Text(
                "Victims named in the investigations that state prosecutors opened in the month, by crime (the "
                "publisher's subtype). Where the file gives weapon, sex and age, this is their sum.",
                "Víctimas registradas en las carpetas de investigación iniciadas en el mes por las fiscalías "
                "estatales, por delito (subtipo de la fuente). Si el archivo da arma, sexo y edad, es su suma.",
            ),
            unit="victims",
        ),
        Series(
            id="sesnsp_victims.victims_detailed",
            title=Text(
                "Victims, by crime, modality, sex and age", "Víctimas, por delito, modalidad, sexo y edad"
            ),
            definition=Text(
                "The same victims by the publisher's subtype, modality (weapon), sex and age band.",
                "Las mismas víctimas por subtipo, modalidad (arma), sexo y rango de edad de la fuente.",
            ),
            unit="victims",
        ),
    )
    about = About(
        title=Text(
            "Victims of crimes of state jurisdiction, by state",
            "Víctimas de delitos del fuero común, por entidad federativa",
        ),
        publisher=SESNSP,
        carrier="github.com/lapanquecita/incidencia-delictiva; github.com/isaacarroyov/datos_facil_acceso",
        licence=LIBRE_USO_MX,
        citation=Citation(
            key="sesnsp_victims",
            title="Víctimas del fuero común",
            publisher="Secretariado Ejecutivo del Sistema Nacional de Seguridad Pública",
            kind="dataset",
            url="https://www.gob.mx/sesnsp/acciones-y-programas/datos-abiertos-de-incidencia-delictiva",
        ),
        landing_page="https://www.gob.mx/sesnsp/acciones-y-programas/datos-abiertos-de-incidencia-delictiva",
        schedule=SESNSP_SCHEDULE,
        caveats=(
            Text(
                "Victims are not investigations and not registered deaths: three counts of one thing, never added.",
                "Las víctimas no son carpetas ni defunciones registradas: tres conteos de una misma cosa "
                "que nunca se suman.",
            ),
            SESNSP_REVISED,
            Text(
                "The carrier's time series prints months not yet published as 0; they are read as missing.",
                "La serie del tercero imprime con 0 los meses aún no publicados; se leen como sin dato.",
            ),
            CARRIED,
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By its header, in either shape."""
        cells = sample.header()
        return cells == _SERIES or set(_TIDY) <= set(cells)

    def parse(self, raw: Raw) -> Parsed:
        """National rows are checked against the states and set aside; trailing months without a victim too."""
        staged = stage(raw, Layout())
        tidy = set(_TIDY) <= set(staged.columns)
        numbers = understand_numbers(raw, staged, columns=("n_victimas" if tidy else "total",))
        problems = list(numbers.problems)
        if not tidy:
            problems += match_places(
                raw, staged, column="entidad", look_up=state_of_mexico, ignore=(_NATIONAL,)
            )
        if staged.problems or problems:
            return refused(staged, *problems)
        _read(raw, staged, tidy=tidy)
        found = raw.connection.execute("SELECT max(period) FROM counted WHERE value > 0").fetchone()
        last: str = (found[0] or "") if found else ""
        problems = [*_gaps(raw), *_unequal(raw)]
        if problems or not last:
            return refused(
                staged, *problems or [empty(raw, Text("a month with victims", "un mes con víctimas"))]
            )
        return Parsed(
            sql=_sql(last, tidy=tidy),
            published=on_day_of_next_month(last, day=20),
            definition="2015",
            restates=True,
            rows_read=staged.rows,
            set_aside=_set_aside(raw, last),
            notes=numbers.notes,
        )


def _read(raw: Raw, staged: Staged, *, tidy: bool) -> None:
    """Makes ``counted (place, period, crime, value, detail)``; the country stands at place MX."""
    columns = (
        """'MX-' || lpad(trim(cve_ent), 2, '0') AS place, left(date_year_month, 7) AS period,
           subtipo_de_delito AS crime, number(n_victimas) AS value,
           'age=' || rango_de_edad || ';crime=' || subtipo_de_delito || ';modality=' || modalidad
           || ';sex=' || genero AS detail"""
        if tidy
        else f"""CASE entidad WHEN '{_NATIONAL}' THEN 'MX' ELSE matched.place END AS place, left(isodate, 7) AS period,
           delito AS crime, number(total) AS value, NULL AS detail"""
    )
    names = "" if tidy else "LEFT JOIN matched ON matched.name = entidad"
    raw.connection.execute(f"CREATE OR REPLACE TABLE counted AS SELECT {columns} FROM {staged.table} {names}")


def _sql(last: str, *, tidy: bool) -> str:
    total = f"""
        SELECT 'sesnsp_victims.victims' AS series, place, 'crime=' || crime AS breakdown, period,
            sum(value)::DOUBLE AS value, 'victims' AS unit, 'A' AS status
        FROM counted WHERE place <> 'MX' AND period <= '{last}' GROUP BY ALL"""
    detailed = f"""
        UNION ALL
        SELECT 'sesnsp_victims.victims_detailed', place, detail, period, value, 'victims', 'A'
        FROM counted WHERE place <> 'MX' AND period <= '{last}'"""
    return total + (detailed if tidy else "")


def _gaps(raw: Raw) -> list[Problem]:
    """A month without a single victim before months that have some: no such month ever was."""
    rows = raw.connection.execute(
        """WITH months AS (SELECT period, coalesce(max(value), 0) > 0 AS counted FROM counted GROUP BY period)
           SELECT period FROM months
           WHERE NOT counted AND period < (SELECT max(period) FROM months WHERE counted) ORDER BY period"""
    ).fetchall()
    return [
        Problem(
            what=Text(
                f"{month} has no victim of any crime in any state, and later months have.",
                f"{month} no tiene víctimas de ningún delito en ninguna entidad, y los meses posteriores sí.",
            ),
            where=f"{raw.name}, {month}",
            fix=GET_AGAIN,
        )
        for (month,) in rows
    ]


def _unequal(raw: Raw) -> list[Problem]:
    """Months in which the national rows are not the sum of the states."""
    rows = raw.connection.execute(
        """SELECT period, crime, sum(value) FILTER (place = 'MX') AS printed, sum(value) FILTER (place <> 'MX') AS added
           FROM counted GROUP BY ALL HAVING printed <> added ORDER BY ALL"""
    ).fetchall()
    return [
        Problem(
            what=Text(
                f"The states add up to {added:,.0f} victims of '{crime}', but the national row says {printed:,.0f}.",
                f"Las entidades suman {added:,.0f} víctimas de «{crime}», pero la fila nacional dice {printed:,.0f}.",
            ),
            where=f"{raw.name}, {period}, {_NATIONAL}",
            fix=Text("Get the file again; rows are missing.", "Obtenga el archivo de nuevo; faltan filas."),
        )
        for period, crime, printed, added in rows
    ]


def _set_aside(raw: Raw, last: str) -> tuple[SetAside, ...]:
    national, later = raw.connection.execute(
        f"SELECT count(*) FILTER (place = 'MX' AND period <= '{last}'), count(*) FILTER (period > "
        f"'{last}') FROM counted"
    ).fetchone() or (0, 0)
    reasons = (
        (
            national,
            Text(
                "national totals inside the rows, equal to the sum of the states",
                "totales nacionales dentro de las filas, iguales a la suma de las entidades",
            ),
        ),
        (
            later,
            Text(
                f"rows of months after {last}, not yet published and printed as 0",
                f"filas de meses posteriores a {last}, aún no publicados e impresos con 0",
            ),
        ),
    )
    return tuple(SetAside(rows=rows, reason=reason) for rows, reason in reasons if rows)


SOURCE = Victims()
