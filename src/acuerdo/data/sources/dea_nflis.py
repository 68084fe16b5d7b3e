"""DEA NFLIS-Drug: reports of forensic laboratories by substance, state and half-year."""

from __future__ import annotations

from datetime import date
from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.data.licences import US_PUBLIC_DOMAIN
from acuerdo.data.macros import understand_numbers
from acuerdo.data.misfits import Misfit, misfits
from acuerdo.data.place_codes import match_places, state_by_postal_code
from acuerdo.data.refusal import empty, refused
from acuerdo.data.source import (
    About,
    AbstractSource,
    Basis,
    Parsed,
    Published,
    Raw,
    Sample,
    Series,
    SetAside,
)
from acuerdo.data.table import Layout, stage

_COLUMNS = (
    "RPTAGGR", "YYYY", "PERIOD", "DRUG_REPORTS", "QUERY_RUN_DATE", "SUBSTANCE_ID", "SUBSTANCE_DESCRIPTION",
    "BASE_DESCRIPTION", "DRUG_CATEGORY_DESCRIPTION", "STATE",
)  # fmt: skip
_UNKNOWN = "XX"


# Rows of another span or another count than reports by half-year
_OTHER_PERIODS = Misfit(
    test="coalesce(NOT (PERIOD LIKE 'SA1%' OR PERIOD LIKE 'SA2%') OR trim(RPTAGGR) <> 'DrugReport', true)",
    column="PERIOD",
    what=Text(
        "'{0}', '{1}' is not a count of drug reports by half-year.",
        "«{0}», «{1}» no es un conteo de reportes por semestre.",
    ),
    shown=("PERIOD", "RPTAGGR"),
    fix=Text(
        "Run the query by semi-annual period, and for drug reports.",
        "Haga la consulta por periodo semestral y para reportes de droga.",
    ),
)


@final
class LaboratoryReports(AbstractSource):
    """The answer to one query of the public data system; it names the day on which it was asked."""

    columns = _COLUMNS
    series = (
        Series(
            id="dea_nflis.reports",
            title=Text("Laboratory reports of a substance", "Reportes de laboratorio de una sustancia"),
            definition=Text(
                "Drug reports of federal, state and local forensic laboratories in the half-year, by "
                "substance, base substance, category and state. An item with two substances makes two "
                "reports. A semicolon in a substance's name is written as a comma.",
                "Reportes de droga de laboratorios forenses federales, estatales y locales en el semestre, "
                "por sustancia, sustancia base, categoría y estado. Una muestra con dos sustancias da dos "
                "reportes. El punto y coma en el nombre de una sustancia se escribe como coma.",
            ),
            unit="reports",
            revised_upward=True,
        ),
    )
    about = About(
        title=Text("NFLIS-Drug, public data query", "NFLIS-Drug, consulta pública de datos"),
        publisher=Text(
            "Drug Enforcement Administration (DEA), Diversion Control Division",
            "Administración de Control de Drogas (DEA), División de Control de Desvíos, EE. UU.",
        ),
        carrier="github.com/ntimbs/CNX_Mapping_Project",
        licence=US_PUBLIC_DOMAIN,
        citation=Citation(
            key="dea_nflis",
            title="NFLIS-Drug Public Data Query System",
            publisher="U.S. Drug Enforcement Administration, Diversion Control Division",
            kind="dataset",
            url="https://www.nflis.deadiversion.usdoj.gov/publicDQSinfo.xhtml",
        ),
        landing_page="https://www.nflis.deadiversion.usdoj.gov/publicDQSinfo.xhtml",
        schedule=Text(
            "A query shows what laboratories had reported on the day it was run, which is printed in the "
            "file.",
            "Una consulta muestra lo que los laboratorios habían reportado el día en que se hizo, impreso "
            "en el archivo.",
        ),
        caveats=(
            Text(
                "What laboratories analyse is what police submit: reports follow enforcement as well as "
                "supply.",
                "Los laboratorios analizan lo que envía la policía: los reportes siguen tanto a la "
                "actuación policial como a la oferta.",
            ),
            Text(
                "The last half-year is provisional: laboratories still report into it.",
                "El último semestre es preliminar: los laboratorios aún reportan.",
            ),
            Text(
                "A file holds the categories that were asked for, and no others.",
                "Un archivo contiene las categorías consultadas y ninguna otra.",
            ),
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By its header."""
        return set(_COLUMNS) <= set(sample.header())

    def parse(self, raw: Raw) -> Parsed:
        """Half-years; reports whose state is unknown are set aside."""
        staged = stage(raw, Layout(columns=_COLUMNS))
        if staged.problems:
            return refused(staged)
        numbers = understand_numbers(raw, staged, columns=("YYYY", "DRUG_REPORTS"))
        problems = [
            *numbers.problems,
            *misfits(raw, staged, _OTHER_PERIODS),
            *match_places(raw, staged, column="STATE", look_up=state_by_postal_code, ignore=(_UNKNOWN,)),
        ]
        asked, unknown = raw.connection.execute(
            f"SELECT TRY_CAST(left(max(QUERY_RUN_DATE), 10) AS DATE), count(*) FILTER (STATE = '{_UNKNOWN}') "
            f"FROM {staged.table}"
        ).fetchone() or (None, 0)
        if asked is None:
            problems.append(empty(raw, Text("the day of the query", "el día de la consulta")))
        if problems:
            return refused(staged, *problems)
        return Parsed(
            sql=_sql(staged.table),
            published=Published(date.fromisoformat(str(asked)), Basis.PRINTED),
            rows_read=staged.rows,
            set_aside=(SetAside(rows=unknown, reason=Text("the state is unknown", "se desconoce el estado")),)
            if unknown
            else (),
            notes=numbers.notes,
        )


def _sql(table: str) -> str:
    half = "YYYY || CASE WHEN starts_with(PERIOD, 'SA1') THEN '-H1' ELSE '-H2' END"
    return f"""SELECT 'dea_nflis.reports' AS series, matched.place, 'base=' || replace(BASE_DESCRIPTION, ';', ',')
            || ';category=' || replace(DRUG_CATEGORY_DESCRIPTION, ';', ',')
            || ';substance=' || replace(SUBSTANCE_DESCRIPTION, ';', ',') AS breakdown, {half} AS period,
            number(DRUG_REPORTS) AS value, 'reports' AS unit,
            CASE WHEN {half} = (SELECT max({half}) FROM {table}) THEN 'P' ELSE 'A' END AS status
        FROM {table} JOIN matched ON matched.name = STATE WHERE NOT is_blank(DRUG_REPORTS)"""


SOURCE = LaboratoryReports()
