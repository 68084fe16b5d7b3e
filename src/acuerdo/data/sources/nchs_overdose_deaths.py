"""NCHS final drug-poisoning deaths and rates by state and year; the nation also by sex, age, race and origin."""

from __future__ import annotations

from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.data.licences import US_PUBLIC_DOMAIN
from acuerdo.data.macros import understand_numbers
from acuerdo.data.place_codes import match_places, state_by_name
from acuerdo.data.refusal import empty, refused
from acuerdo.data.schedule import months_after_year
from acuerdo.data.source import About, AbstractSource, Parsed, Raw, Sample, Series
from acuerdo.data.table import Layout, stage

_ID = "nchs_overdose_deaths"
_COLUMNS = (
    "Year", "Sex", "Age", "Race and Hispanic Origin", "State", "Deaths", "Population",
    "Crude Death Rate", "Age-adjusted Rate",
)  # fmt: skip
_MEASURES = {
    "deaths": ("Deaths", "deaths"),
    "population": ("Population", "inhabitants"),
    "crude_rate": ("Crude Death Rate", "per_100_000_inhabitants"),
    "age_adjusted_rate": ("Age-adjusted Rate", "per_100_000_inhabitants"),
}
_WHOLE = {"age": "All Ages", "race": "All Races-All Origins", "sex": "Both Sexes"}


@final
class FinalOverdoseDeaths(AbstractSource):
    """One row per year, group and place; the rows of the nation and of all groups are the publisher's own totals."""

    columns = _COLUMNS
    series = (
        Series(
            id=f"{_ID}.deaths",
            title=Text("Overdose deaths, final", "Muertes por sobredosis, definitivas"),
            definition=Text(
                "Residents who died by drug poisoning (underlying cause X40–X44, X60–X64, X85 or Y10–Y14) "
                "in the year, final data.",
                "Residentes muertos por intoxicación con drogas (causa básica X40–X44, X60–X64, X85 o "
                "Y10–Y14) en el año, datos definitivos.",
            ),
            unit="deaths",
            adds_up_by=("sex",),
        ),
        Series(
            id=f"{_ID}.population",
            title=Text("Population used for the rates", "Población usada en las tasas"),
            definition=Text(
                "Resident population by which the publisher divides.",
                "Población residente entre la que divide la fuente.",
            ),
            unit="inhabitants",
            adds_up_by=("age", "sex"),
        ),
        Series(
            id=f"{_ID}.crude_rate",
            title=Text("Overdose death rate, crude", "Tasa bruta de muertes por sobredosis"),
            definition=Text(
                "Final deaths per 100,000 residents.", "Muertes definitivas por cada 100,000 residentes."
            ),
            unit="per_100_000_inhabitants",
        ),
        Series(
            id=f"{_ID}.age_adjusted_rate",
            title=Text(
                "Overdose death rate, age-adjusted", "Tasa de muertes por sobredosis ajustada por edad"
            ),
            definition=Text(
                "Final deaths per 100,000 residents, adjusted to the U.S. standard population of 2000.",
                "Muertes definitivas por cada 100,000 residentes, ajustadas a la población estándar de EE. "
                "UU. de 2000.",
            ),
            unit="per_100_000_inhabitants",
        ),
    )
    about = About(
        title=Text("Drug poisoning mortality by state", "Mortalidad por intoxicación con drogas, por estado"),
        publisher=Text(
            "National Center for Health Statistics (CDC)",
            "Centro Nacional de Estadísticas de Salud (CDC), EE. UU.",
        ),
        carrier="github.com/lketema/lketema.github.io",
        licence=US_PUBLIC_DOMAIN,
        citation=Citation(
            key=_ID,
            title="NCHS - Drug Poisoning Mortality by State: United States",
            publisher="National Center for Health Statistics",
            kind="dataset",
            url="https://data.cdc.gov/NCHS/NCHS-Drug-Poisoning-Mortality-by-State-United-Stat/jx6g-fdh6",
        ),
        landing_page="https://data.cdc.gov/NCHS/NCHS-Drug-Poisoning-Mortality-by-State-United-Stat/jx6g-fdh6",
        download="https://data.cdc.gov/api/views/xbxb-epbu/rows.csv?accessType=DOWNLOAD",
        schedule=Text(
            "Yearly, about twelve months after the year's end.",
            "Anual, unos doce meses después de terminar el año.",
        ),
        caveats=(
            Text(
                "Final counts of residents; the provisional counts are by place of occurrence and must not "
                "stand in one comparison with these.",
                "Conteos definitivos de residentes; los provisionales son por lugar de ocurrencia y no "
                "deben estar en una misma comparación con estos.",
            ),
            Text(
                "Some states and years are low because cases were still pending (New Jersey 2009, West "
                "Virginia 2005 and 2009).",
                "Algunos estados y años salen bajos por casos pendientes (Nueva Jersey 2009, Virginia "
                "Occidental 2005 y 2009).",
            ),
            Text(
                "The nation's rows by sex, age and origin overlap with one another and with the total.",
                "Las filas nacionales por sexo, edad y origen se traslapan entre sí y con el total.",
            ),
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By the columns that are read; the publisher has added others since."""
        return set(_COLUMNS) <= set(sample.header())

    def parse(self, raw: Raw) -> Parsed:
        """A group named 'all' or 'both' is left out of the breakdown."""
        staged = stage(raw, Layout(columns=_COLUMNS))
        if staged.problems:
            return refused(staged)
        numbers = understand_numbers(
            raw, staged, columns=("Year", *(column for column, _ in _MEASURES.values()))
        )
        problems = [*numbers.problems, *match_places(raw, staged, column="State", look_up=state_by_name)]
        if problems:
            return refused(staged, *problems)
        (last,) = raw.connection.execute(f'SELECT max("Year") FROM {staged.table}').fetchone() or (None,)
        if last is None:
            return refused(staged, empty(raw, Text("a year", "un año")))
        return Parsed(
            sql=" UNION ALL ".join(
                _sql(staged.table, measure, column=column, unit=unit)
                for measure, (column, unit) in _MEASURES.items()
            ),
            published=months_after_year(int(last), months=12),
            restates=True,
            rows_read=staged.rows,
            notes=numbers.notes,
        )


def _sql(table: str, measure: str, *, column: str, unit: str) -> str:
    names = {"age": "Age", "race": "Race and Hispanic Origin", "sex": "Sex"}
    parts = ", ".join(
        f"""CASE WHEN "{name}" <> '{_WHOLE[key]}' THEN '{key}=' || "{name}" END"""
        for key, name in names.items()
    )
    return f"""SELECT '{_ID}.{measure}' AS series, matched.place, concat_ws(';', {parts}) AS breakdown,
            "Year" AS period, number("{column}") AS value, '{unit}' AS unit, 'A' AS status
        FROM {table} JOIN matched ON matched.name = "State" WHERE NOT is_blank("{column}")"""


SOURCE = FinalOverdoseDeaths()
