"""RNPDNO: people registered as missing, by municipality and month, and what has become of them since."""

from __future__ import annotations

from datetime import date
from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.errors import Problem
from acuerdo.core.text import Text
from acuerdo.data.licences import LIBRE_USO_MX
from acuerdo.data.mexico import CARRIED
from acuerdo.data.refusal import GET_AGAIN
from acuerdo.data.schedule import day_after
from acuerdo.data.source import About, AbstractSource, Basis, Format, Parsed, Published, Raw, Sample, Series
from acuerdo.data.sql import literal

_COLUMNS = (
    "cvegeo", "cve_estado", "cve_mun", "state", "municipality", "year", "month", "status_id", "male", "female",
    "undefined", "total", "region",
)  # fmt: skip
# The register's public version numbers its states of a case so; 0 is all of them
_STATUSES = {0: "registered", 2: "located_alive", 3: "located_dead", 7: "still_missing"}
_SEXES = {"female": "Mujer", "male": "Hombre", "undefined": "Indeterminado"}
# The carrier's audit of this very panel is dated; the register itself bears no date
_SEEN = {"2025-12": Published(date(2026, 4, 16), Basis.RETRIEVED)}


def _series(measure: str, *, title: Text, words: Text) -> Series:
    return Series(
        id=f"rnpdno_missing.{measure}",
        title=title,
        definition=Text(
            f"Persons whom the register lists under the month, {words.en}, as it stood when it was read; "
            "cases without a municipality or a date are not in it. By municipality, and summed by state and sex.",
            f"Personas que el registro ubica en el mes, {words.es}, según estaba al momento de leerlo; no "
            "incluye casos sin municipio o sin fecha. Por municipio, y sumadas por entidad y sexo.",
        ),
        unit="persons",
        adds_up_by=("sex",),
    )


@final
class MissingPersons(AbstractSource):
    """A balanced panel: 2,478 municipalities, 132 months, four states of a case."""

    columns = _COLUMNS
    series = (
        _series(
            "registered",
            title=Text(
                "Persons registered as missing", "Personas registradas como desaparecidas o no localizadas"
            ),
            words=Text("whatever became of them", "cualquiera que sea su situación actual"),
        ),
        _series(
            "located_alive",
            title=Text("Of them, located alive", "De ellas, localizadas con vida"),
            words=Text("since located alive", "después localizadas con vida"),
        ),
        _series(
            "located_dead",
            title=Text("Of them, located dead", "De ellas, localizadas sin vida"),
            words=Text("since located dead", "después localizadas sin vida"),
        ),
        _series(
            "still_missing",
            title=Text("Of them, still missing", "De ellas, aún desaparecidas o no localizadas"),
            words=Text("still missing or not located", "aún desaparecidas o no localizadas"),
        ),
    )
    about = About(
        title=Text(
            "National Register of Missing and Not Located Persons (RNPDNO), monthly counts by municipality",
            "Registro Nacional de Personas Desaparecidas y No Localizadas (RNPDNO), conteos mensuales por municipio",
        ),
        publisher=Text(
            "National Search Commission (CNB), Mexico", "Comisión Nacional de Búsqueda de Personas (CNB)"
        ),
        carrier="github.com/mea400879/rnpdno-population-bands",
        licence=LIBRE_USO_MX,
        citation=Citation(
            key="rnpdno",
            title="Registro Nacional de Personas Desaparecidas y No Localizadas, versión pública",
            publisher="Comisión Nacional de Búsqueda de Personas",
            kind="dataset",
            url="https://versionpublicarnpdno.segob.gob.mx/Dashboard/ContextoGeneral",
        ),
        landing_page="https://versionpublicarnpdno.segob.gob.mx/Dashboard/ContextoGeneral",
        schedule=Text(
            "Open every day, without editions: what was read on one day may differ the next.",
            "Abierto todos los días, sin ediciones: lo leído un día puede diferir al siguiente.",
        ),
        caveats=(
            Text(
                "A case leaves 'still missing' when the person is found and also when it is re-classed: "
                "a fall is not by "
                "itself good news.",
                "Un caso sale de «aún desaparecidas» cuando se localiza a la persona y también cuando se "
                "reclasifica: una "
                "baja no es por sí misma buena noticia.",
            ),
            Text(
                "The carrier calls the counts monthly registrations; whether the month is that of the disappearance or "
                "of the report, the file does not say.",
                "El tercero los llama registros mensuales; el archivo no aclara si el mes es el de la "
                "desaparición o el "
                "del reporte.",
            ),
            Text(
                "Cases without municipality or date are excluded, so sums fall short of the register's headline.",
                "Se excluyen los casos sin municipio o sin fecha, por lo que las sumas quedan por debajo "
                "del total del registro.",
            ),
            Text(
                "The last months are low: many reports come late. A zero is the carrier's fill for a "
                "month without a case.",
                "Los últimos meses están incompletos: muchos reportes llegan tarde. El cero es el "
                "relleno del tercero para "
                "un mes sin casos.",
            ),
            Text(
                "Registered is not exactly the sum of the three outcomes: the publisher counts each on its own.",
                "Las registradas no son exactamente la suma de las tres situaciones: la fuente cuenta "
                "cada una por separado.",
            ),
            CARRIED,
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By the columns of the panel; a table that has population beside it is another one."""
        return sample.format is Format.PARQUET and set(_COLUMNS) <= set(sample.columns)

    def parse(self, raw: Raw) -> Parsed:
        """Municipalities in total; states, summed from them, in total and by sex."""
        raw.connection.execute(
            f"CREATE OR REPLACE VIEW panel AS SELECT * FROM read_parquet({literal(str(raw.path))})"
        )
        rows, last = raw.connection.execute(
            "SELECT count(*), max(month_code(year, month)) FROM panel WHERE total > 0"
        ).fetchone() or (0, None)
        problems = [*_unknown_statuses(raw), *_unequal(raw)]
        total = raw.connection.execute("SELECT count(*) FROM panel").fetchone() or (0,)
        published = _SEEN.get(last or "") or day_after(last or "1900-01")
        return Parsed(
            sql=_SQL,
            published=published,
            restates=True,
            rows_read=total[0] if rows else 0,
            problems=tuple(problems),
        )


_MEASURE = "CASE status_id " + " ".join(
    f"WHEN {number} THEN 'rnpdno_missing.{measure}'" for number, measure in _STATUSES.items()
) + " END"  # fmt: skip
_TAIL = "month_code(year, month) AS period"
_SQL = f"""
    SELECT {_MEASURE} AS series, 'MX-' || cvegeo AS place, '' AS breakdown, {_TAIL}, total::DOUBLE AS value,
        'persons' AS unit, 'A' AS status
    FROM panel
    UNION ALL
    SELECT {_MEASURE}, 'MX-' || left(cvegeo, 2), '', {_TAIL}, sum(total)::DOUBLE, 'persons', 'A'
    FROM panel GROUP BY ALL
    UNION ALL
    SELECT {_MEASURE}, 'MX-' || left(cvegeo, 2), 'sex=' || sex, {_TAIL}, sum(counted)::DOUBLE, 'persons', 'A'
    FROM (
        SELECT status_id, cvegeo, year, month,
            unnest([{", ".join(f"'{word}'" for word in _SEXES.values())}]) AS sex,
            unnest([{", ".join(_SEXES)}]) AS counted
        FROM panel)
    GROUP BY ALL"""


def _unknown_statuses(raw: Raw) -> list[Problem]:
    rows = raw.connection.execute(
        f"SELECT DISTINCT status_id FROM panel WHERE status_id NOT IN {tuple(_STATUSES)} ORDER BY 1"
    ).fetchall()
    return [
        Problem(
            what=Text(f"status_id {status} is not known.", f"No se conoce el status_id {status}."),
            where=f"{raw.name}, column status_id",
            fix=Text("Teach the source what it means.", "Enseñe a la fuente qué significa."),
        )
        for (status,) in rows
    ]


def _unequal(raw: Raw) -> list[Problem]:
    """Rows in which the sexes are not the total."""
    found = raw.connection.execute(
        "SELECT count(*), min(cvegeo), min(year) FROM panel WHERE male + female + undefined <> total"
    ).fetchone()
    if not found or not found[0]:
        return []
    return [
        Problem(
            what=Text(
                f"In {found[0]:,} rows the sexes do not add up to the total.",
                f"En {found[0]:,} filas los sexos no suman el total.",
            ),
            where=f"{raw.name}, {found[1]}, {found[2]}",
            fix=GET_AGAIN,
        )
    ]


SOURCE = MissingPersons()
