"""NCHS (Health, United States): overdose death rates by drug type, sex, age, race and origin, 1999 on."""

from __future__ import annotations

from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.data.licences import US_PUBLIC_DOMAIN
from acuerdo.data.macros import understand_numbers
from acuerdo.data.refusal import empty, refused
from acuerdo.data.schedule import months_after_year
from acuerdo.data.source import About, AbstractSource, Format, Parsed, Raw, Sample, Series
from acuerdo.data.table import Layout, stage

_ID = "nchs_overdose_rates"
_COLUMNS = ("INDICATOR", "PANEL", "UNIT", "STUB_NAME", "STUB_LABEL", "YEAR", "AGE", "ESTIMATE", "FLAG")
_INDICATOR = "Drug overdose death rates"
_ALL_DRUGS = "All drug overdose deaths"
_SERIES = {"rate": "age-adjusted", "crude_rate": "crude"}


@final
class OverdoseRates(AbstractSource):
    """One row per drug type, group and year, each rate age-adjusted or crude."""

    columns = _COLUMNS
    series = (
        Series(
            id=f"{_ID}.rate",
            title=Text(
                "Overdose death rate, age-adjusted", "Tasa de muertes por sobredosis ajustada por edad"
            ),
            definition=Text(
                "Overdose deaths of residents per 100,000, adjusted to the U.S. standard population of "
                "2000, by drug type.",
                "Muertes por sobredosis de residentes por cada 100,000, ajustadas a la población estándar "
                "de EE. UU. de 2000, por tipo de droga.",
            ),
            unit="per_100_000_inhabitants",
        ),
        Series(
            id=f"{_ID}.crude_rate",
            title=Text("Overdose death rate, crude", "Tasa bruta de muertes por sobredosis"),
            definition=Text(
                "Overdose deaths of residents per 100,000, by drug type; of one age group where the "
                "breakdown names one.",
                "Muertes por sobredosis de residentes por cada 100,000, por tipo de droga; de un grupo de "
                "edad si el desglose lo nombra.",
            ),
            unit="per_100_000_inhabitants",
        ),
    )
    about = About(
        title=Text(
            "Drug overdose death rates, by drug type, sex, age, race, and Hispanic origin",
            "Tasas de muerte por sobredosis, por tipo de droga, sexo, edad, raza y origen hispano",
        ),
        publisher=Text(
            "National Center for Health Statistics (CDC)",
            "Centro Nacional de Estadísticas de Salud (CDC), EE. UU.",
        ),
        carrier="github.com/UCB-stat-159-f25/final-group09",
        licence=US_PUBLIC_DOMAIN,
        citation=Citation(
            key=_ID,
            title="Drug overdose death rates, by drug type, sex, age, race, and Hispanic origin: United States",
            publisher="National Center for Health Statistics",
            kind="dataset",
            url="https://data.cdc.gov/NCHS/Drug-overdose-death-rates-by-drug-type-sex-age-rac/95ax-ymtc",
        ),
        landing_page="https://data.cdc.gov/NCHS/Drug-overdose-death-rates-by-drug-type-sex-age-rac/95ax-ymtc",
        download="https://data.cdc.gov/api/views/95ax-ymtc/rows.csv?accessType=DOWNLOAD",
        schedule=Text(
            "With the yearly report on health in the United States; a file is dated twelve months after its "
            "last year.",
            "Con el informe anual de salud de Estados Unidos; cada archivo se fecha doce meses después de "
            "su último año.",
        ),
        caveats=(
            Text(
                "Drug types overlap: one death can involve several. Rates by type never add up to the total.",
                "Los tipos de droga se traslapan: una muerte puede implicar varias. Las tasas por tipo no "
                "suman el total.",
            ),
            Text(
                "A rate that the publisher does not show (flag *) is kept as suppressed, not as zero.",
                "Una tasa que la fuente no muestra (marca *) se guarda como suprimida, no como cero.",
            ),
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By its header and the name of its indicator; other tables of the report share the header."""
        if sample.format is not Format.TEXT or len(sample.lines) < 2:
            return False
        cells = {cell.strip().strip('"') for cell in sample.lines[0].split(",")}
        return set(_COLUMNS) <= cells and _INDICATOR in sample.lines[1]

    def parse(self, raw: Raw) -> Parsed:
        """The drug type and the group become the breakdown; all persons and all drugs are the total."""
        staged = stage(raw, Layout(columns=_COLUMNS))
        if staged.problems:
            return refused(staged)
        numbers = understand_numbers(raw, staged, columns=("YEAR", "ESTIMATE"))
        if numbers.problems:
            return refused(staged, *numbers.problems)
        (last,) = raw.connection.execute(f'SELECT max("YEAR") FROM {staged.table}').fetchone() or (None,)
        if last is None:
            return refused(staged, empty(raw, Text("a year", "un año")))
        return Parsed(
            sql=" UNION ALL ".join(
                _sql(staged.table, measure, kind=kind) for measure, kind in _SERIES.items()
            ),
            published=months_after_year(int(last), months=12),
            restates=True,
            rows_read=staged.rows,
            notes=numbers.notes,
        )


def _sql(table: str, measure: str, *, kind: str) -> str:
    return f"""SELECT '{_ID}.{measure}' AS series, 'US' AS place,
            concat_ws(';', CASE WHEN PANEL <> '{_ALL_DRUGS}' THEN 'drug=' || PANEL END,
                CASE WHEN STUB_NAME <> 'Total' THEN 'group=' || STUB_NAME || ': ' || STUB_LABEL END) AS breakdown,
            "YEAR" AS period, number(ESTIMATE) AS value, 'per_100_000_inhabitants' AS unit,
            CASE WHEN is_blank(ESTIMATE) THEN 'Q' ELSE 'A' END AS status
        FROM {table} WHERE ends_with(UNIT, ', {kind}') AND (FLAG = '*' OR NOT is_blank(ESTIMATE))"""


SOURCE = OverdoseRates()
