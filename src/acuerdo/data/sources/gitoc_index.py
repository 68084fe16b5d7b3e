"""GI-TOC's Global Organized Crime Index: scores of criminality and resilience by country, editions of 2021 and 2023."""

from __future__ import annotations

import re
from datetime import date
from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.errors import Problem
from acuerdo.core.text import Text
from acuerdo.data.macros import understand_numbers
from acuerdo.data.place_codes import country_by_name, match_places
from acuerdo.data.refusal import refused
from acuerdo.data.source import (
    About,
    AbstractSource,
    Basis,
    Format,
    Licence,
    Parsed,
    Published,
    Raw,
    Sample,
    Series,
)
from acuerdo.data.sql import identifier, literal
from acuerdo.data.table import Staged
from acuerdo.data.workbook import sheet_names, stage_sheet

_ID = "gitoc_index"
_SHEET = re.compile(r"(\d{4})_dataset")
_PLACES = ("Continent", "Region", "Country")
# The editions write a column as 'Criminality' or as 'Criminality avg,'
_AVERAGE = " avg,"


@final
class OrganizedCrimeIndex(AbstractSource):
    """One sheet per edition, one row per country, one column per score."""

    columns = (
        *_PLACES,
        "Criminality avg,",
        "Criminal markets avg,",
        "Criminal actors avg,",
        "Resilience avg,",
    )
    series = (
        Series(
            id=f"{_ID}.score",
            title=Text(
                "Global Organized Crime Index, score", "Índice Global de Crimen Organizado, puntuación"
            ),
            definition=Text(
                "Score from 1 to 10 given by experts, by component: for criminality, its markets and actors "
                "10 is worst; for resilience 10 is best. The period is the edition.",
                "Puntuación de 1 a 10 otorgada por expertos, por componente: en criminalidad, mercados y "
                "actores 10 es lo peor; en resiliencia 10 es lo mejor. El periodo es la edición.",
            ),
            unit="score",
            ahead=True,
        ),
    )
    about = About(
        title=Text("Global Organized Crime Index", "Índice Global de Crimen Organizado"),
        publisher=Text(
            "Global Initiative Against Transnational Organized Crime (GI-TOC)",
            "Iniciativa Global contra el Crimen Organizado Transnacional (GI-TOC)",
        ),
        carrier="github.com/SDKisito/Analyse-de-l-indice-mondial-de-la-criminalit-organis-e",
        licence=Licence(
            id="GI-TOC-copyright",
            name=Text(
                "© GI-TOC; not open: single figures may be cited, the table may not be passed on",
                "© GI-TOC; no es abierta: se pueden citar cifras sueltas, no redistribuir la tabla",
            ),
            url="https://ocindex.net",
            open=False,
        ),
        citation=Citation(
            key=_ID,
            title="Global Organized Crime Index",
            publisher="Global Initiative Against Transnational Organized Crime",
            kind="dataset",
            url="https://ocindex.net",
        ),
        landing_page="https://ocindex.net",
        schedule=Text(
            "Every two years. The day of an edition is not in the file; it is dated by the last day of its "
            "year.",
            "Cada dos años. El día de la edición no está en el archivo; se fecha el último día de su año.",
        ),
        caveats=(
            Text(
                "The edition of 2023 added five markets and a sort of actor: its averages are not strictly "
                "comparable with those of 2021.",
                "La edición de 2023 agregó cinco mercados y un tipo de actor: sus promedios no son del todo "
                "comparables con los de 2021.",
            ),
            Text(
                "Expert judgement, not a measurement; use the score, for a rank moves with the other "
                "countries.",
                "Juicio de expertos, no una medición; use la puntuación, pues el lugar se mueve con los "
                "demás países.",
            ),
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By a sheet named for an edition whose header begins with continent, region and country."""
        if sample.format is not Format.XLSX:
            return False
        editions = [rows for name, rows in sample.sheets.items() if _SHEET.fullmatch(name)]
        return bool(editions) and all(rows and rows[0][:3] == _PLACES for rows in editions)

    def parse(self, raw: Raw) -> Parsed:
        """Each edition by itself: its sheet, its columns, its year."""
        editions = sorted(name for name in sheet_names(raw) if _SHEET.fullmatch(name))
        problems: list[Problem] = []
        selects: list[str] = []
        tables: list[Staged] = []
        for name in editions:
            staged = stage_sheet(raw, name, columns=_PLACES, table=f"edition_{name[:4]}")
            scores = tuple(column for column in staged.columns if column not in _PLACES)
            problems += [
                *staged.problems,
                *understand_numbers(raw, staged, columns=scores).problems,
                *match_places(raw, staged, column="Country", look_up=country_by_name),
            ]
            raw.connection.execute(f"CREATE OR REPLACE TABLE places_{name[:4]} AS SELECT * FROM matched")
            selects += [_sql(name[:4], column) for column in scores]
            tables.append(staged)
        if problems:
            return refused(tables[-1], *problems)
        return Parsed(
            sql=" UNION ALL ".join(selects),
            published=_published(editions[-1][:4]),
            rows_read=sum(one.rows for one in tables),
        )


def _published(edition: str) -> Published:
    return Published(date(int(edition), 12, 31), Basis.RETRIEVED)


def _sql(edition: str, column: str) -> str:
    component = literal("component=" + column.removesuffix(_AVERAGE))
    score = identifier(column)
    return f"""SELECT '{_ID}.score' AS series, place, {component} AS breakdown, '{edition}' AS period,
            number({score}) AS value, 'score' AS unit, 'A' AS status, DATE '{_published(edition).on}' AS known_from
        FROM edition_{edition} JOIN places_{edition} ON name = "Country" WHERE NOT is_blank({score})"""


SOURCE = OrganizedCrimeIndex()
