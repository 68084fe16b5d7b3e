"""SSPC: the security cabinet's daily count of homicide victims, known the next morning and never revised."""

from __future__ import annotations

from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.errors import Problem
from acuerdo.core.text import Text
from acuerdo.data.licences import LIBRE_USO_MX
from acuerdo.data.macros import understand_numbers
from acuerdo.data.mexico import CARRIED
from acuerdo.data.place_codes import match_places, state_of_mexico
from acuerdo.data.refusal import empty, refused
from acuerdo.data.schedule import day_after
from acuerdo.data.source import About, AbstractSource, Parsed, Raw, Sample, Series, SetAside
from acuerdo.data.table import Layout, stage

_COLUMNS = ("Entidad", "Homicidios", "Fecha")
_TOTAL = "Total"
_STATES = 32


@final
class DailyCount(AbstractSource):
    """One row per state and day, and on most days one more named Total."""

    columns = _COLUMNS
    series = (
        Series(
            id="sspc_daily.victims",
            title=Text(
                "Homicide victims, daily early count", "Víctimas de homicidio, conteo diario preliminar"
            ),
            definition=Text(
                "Victims of homicide on the day as state prosecutors and federal forces reported them to the security "
                "cabinet by the next morning.",
                "Víctimas de homicidio del día según lo reportado por las fiscalías estatales y dependencias federales "
                "al gabinete de seguridad a la mañana siguiente.",
            ),
            unit="victims",
        ),
        Series(
            id="sspc_daily.victims_national",
            title=Text(
                "Homicide victims, daily early count, sum of the states listed",
                "Víctimas de homicidio, conteo diario preliminar, suma de las entidades listadas",
            ),
            definition=Text(
                "Sum over the states listed on the day; with fewer than 32 listed it is a lower bound and marked so.",
                "Suma de las entidades listadas en el día; si son menos de 32 es una cota inferior y así se marca.",
            ),
            unit="victims",
        ),
    )
    about = About(
        title=Text(
            "Daily report of intentional homicide, inter-institutional group",
            "Reporte diario de homicidios dolosos, grupo interinstitucional",
        ),
        publisher=Text(
            "Secretariat of Security and Citizen Protection (SSPC), Mexico",
            "Secretaría de Seguridad y Protección Ciudadana (SSPC)",
        ),
        carrier="github.com/PADeCI/homicides-mx-data",
        licence=LIBRE_USO_MX,
        citation=Citation(
            key="sspc_daily",
            title="Víctimas reportadas por delito de homicidio: reporte diario",
            publisher="Secretaría de Seguridad y Protección Ciudadana",
            kind="dataset",
        ),
        landing_page="",
        schedule=Text("Daily, the next morning.", "Diario, a la mañana siguiente."),
        caveats=(
            Text(
                "An early count under its publisher's own warning: 'preliminary and subject to the prosecutors'. It "
                "stays well below the final counts of SESNSP and INEGI.",
                "Conteo temprano con la advertencia de la propia fuente: «preliminares y sujetos a la "
                "determinación» de "
                "las fiscalías. Queda muy por debajo de los conteos finales del SESNSP y del INEGI.",
            ),
            Text(
                "The carrier's file holds April 21, 2020, twice and April 21, 2019, not at all. Counted "
                "once, 2020 comes to "
                "28,804; with the repeated day, 28,884.",
                "El archivo del tercero trae dos veces el 21 de abril de 2020 y ninguna el 21 de abril "
                "de 2019. Contado "
                "una vez, 2020 suma 28,804; con el día repetido, 28,884.",
            ),
            Text(
                "Aguascalientes and Morelos are missing in all of October 2020; the Total row is missing on 124 days.",
                "Faltan Aguascalientes y Morelos en todo octubre de 2020; la fila Total falta en 124 días.",
            ),
            CARRIED,
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By its header."""
        return sample.header() == _COLUMNS

    def parse(self, raw: Raw) -> Parsed:
        """A row that repeats another exactly is set aside; one that contradicts another is a fault."""
        staged = stage(raw, Layout(columns=_COLUMNS))
        if staged.problems:
            return refused(staged)
        numbers = understand_numbers(raw, staged, columns=("Homicidios",))
        problems = [
            *numbers.problems,
            *match_places(raw, staged, column="Entidad", look_up=state_of_mexico, ignore=(_TOTAL,)),
        ]
        if problems:
            return refused(staged, *problems)
        raw.connection.execute(
            f"CREATE OR REPLACE TABLE days AS SELECT DISTINCT coalesce(place, '{_TOTAL}') AS place, "
            f"trim(Fecha) AS day, number(Homicidios) AS value FROM {staged.table} LEFT JOIN matched ON name = Entidad"
        )
        last, rows, totals = raw.connection.execute(
            f"SELECT max(day), count(*), count(*) FILTER (place = '{_TOTAL}') FROM days"
        ).fetchone() or (None, 0, 0)
        problems = [
            *_contradictions(raw),
            *([] if last else [empty(raw, Text("a day with counts", "un día con cifras"))]),
        ]
        if problems or last is None:
            return refused(staged, *problems)
        return Parsed(
            sql=_SQL,
            published=day_after(last),
            rows_read=staged.rows,
            set_aside=_set_aside(repeated=staged.rows - rows, totals=totals),
            notes=(*numbers.notes, *_disagreements(raw)),
        )


_SQL = f"""
    SELECT 'sspc_daily.victims' AS series, place, '' AS breakdown, day AS period, value, 'victims' AS unit,
        'P' AS status
    FROM days WHERE place <> '{_TOTAL}' AND value IS NOT NULL
    UNION ALL
    SELECT 'sspc_daily.victims_national', 'MX', '', day, sum(value), 'victims',
        CASE WHEN count(value) < {_STATES} THEN 'U' ELSE 'P' END
    FROM days WHERE place <> '{_TOTAL}' AND value IS NOT NULL GROUP BY day"""


def _set_aside(*, repeated: int, totals: int) -> tuple[SetAside, ...]:
    reasons = (
        (repeated, Text("rows that repeat another exactly", "filas que repiten otra exactamente")),
        (
            totals,
            Text(
                "national totals inside the rows, missing on some days",
                "totales nacionales dentro de las filas, ausentes en algunos días",
            ),
        ),
    )
    return tuple(SetAside(rows=rows, reason=reason) for rows, reason in reasons if rows)


def _contradictions(raw: Raw) -> list[Problem]:
    rows = raw.connection.execute(
        "SELECT place, day, list(value ORDER BY value) FROM days GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL LIMIT 20"
    ).fetchall()
    return [
        Problem(
            what=Text(
                f"{place} has two counts on {day}: {values}.",
                f"{place} tiene dos conteos el {day}: {values}.",
            ),
            where=f"{raw.name}, {day}",
            fix=Text(
                "Find out which one was published, and remove the other.",
                "Averigüe cuál se publicó y elimine el otro.",
            ),
        )
        for place, day, values in rows
    ]


def _disagreements(raw: Raw) -> tuple[Text, ...]:
    """Days on which the Total row is not the sum of the states."""
    rows = raw.connection.execute(
        f"""SELECT day, max(value) FILTER (place = '{_TOTAL}') AS printed,
                sum(value) FILTER (place <> '{_TOTAL}') AS added
            FROM days GROUP BY day HAVING printed <> added ORDER BY day"""
    ).fetchall()
    return tuple(
        Text(
            f"On {day} the Total row says {printed:,.0f}; the states listed add up to {added:,.0f}.",
            f"El {day} la fila Total dice {printed:,.0f}; las entidades listadas suman {added:,.0f}.",
        )
        for day, printed, added in rows
    )


SOURCE = DailyCount()
