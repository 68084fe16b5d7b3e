"""World Bank Worldwide Governance Indicators: the estimate of the rule of law, by country and year."""

from __future__ import annotations

import re
from datetime import date
from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.data.licences import CC_BY_4
from acuerdo.data.macros import understand_numbers
from acuerdo.data.place_codes import country_by_alpha_3, match_places
from acuerdo.data.refusal import empty, refused
from acuerdo.data.source import (
    About,
    AbstractSource,
    Basis,
    Format,
    Parsed,
    Published,
    Raw,
    Sample,
    Series,
    SetAside,
)
from acuerdo.data.sql import identifier
from acuerdo.data.table import Layout, Staged, stage

_ID = "wgi_rule_of_law"
_CODE = "RL.EST"
_COLUMNS = ("Country Name", "Country Code", "Indicator Name", "Indicator Code")
_HEADER_LINES = 4
_UPDATED = re.compile(r'"?Last Updated Date"?,"?(\d{4}-\d{2}-\d{2})"?')


@final
class RuleOfLaw(AbstractSource):
    """Four lines before the header, one column per year from 1960, most of them empty."""

    columns = _COLUMNS
    series = (
        Series(
            id=f"{_ID}.estimate",
            title=Text("Rule of law, WGI estimate", "Estado de derecho, estimación del WGI"),
            definition=Text(
                "Perceptions of how far people trust and keep the rules of society: contracts, property, "
                "police, courts, and the likelihood of crime. In units of a standard normal distribution, "
                "about −2.5 to 2.5, higher is better.",
                "Percepciones sobre la confianza en las reglas de la sociedad y su cumplimiento: contratos, "
                "propiedad, policía, tribunales y probabilidad de delito. En unidades de una normal "
                "estándar, de unos −2.5 a 2.5; más es mejor.",
            ),
            unit="index",
        ),
    )
    about = About(
        title=Text(
            "Worldwide Governance Indicators: rule of law",
            "Indicadores Mundiales de Gobernanza: estado de derecho",
        ),
        publisher=Text("World Bank", "Banco Mundial"),
        carrier="github.com/Hongze200532/Rule-of-law-Index",
        licence=CC_BY_4,
        citation=Citation(
            key=_ID,
            title="Worldwide Governance Indicators, Rule of Law: Estimate (RL.EST)",
            publisher="World Bank",
            kind="dataset",
            url="https://www.worldbank.org/en/publication/worldwide-governance-indicators",
        ),
        landing_page="https://www.worldbank.org/en/publication/worldwide-governance-indicators",
        schedule=Text(
            "Yearly; the day of the last update is printed in the file.",
            "Anual; el día de la última actualización está impreso en el archivo.",
        ),
        caveats=(
            Text(
                "The methods were revised in the update of 2025–2026 and the past with them: two updates "
                "are never spliced.",
                "Los métodos se revisaron en la actualización de 2025–2026, y con ellos el pasado: nunca se "
                "empalman dos actualizaciones.",
            ),
            Text(
                "Relative to the world's mean of the year: a country can move because others did. Margins "
                "of error are wide and are not in this file.",
                "Relativo a la media mundial del año: un país puede moverse porque otros lo hicieron. Los "
                "márgenes de error son amplios y no están en este archivo.",
            ),
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By the indicator's code in the first row of the table."""
        return (
            sample.format is Format.TEXT
            and len(sample.lines) > _HEADER_LINES + 1
            and sample.lines[0].startswith(("Data Source", '"Data Source'))
            and f",{_CODE}," in sample.lines[_HEADER_LINES + 1].replace('"', "")
        )

    def parse(self, raw: Raw) -> Parsed:
        """Years become rows; groups of countries are set aside."""
        staged = stage(raw, Layout(columns=_COLUMNS, skip=_HEADER_LINES))
        if staged.problems:
            return refused(staged)
        years = tuple(column for column in staged.columns if re.fullmatch(r"\d{4}", column))
        numbers = understand_numbers(raw, staged, columns=years)
        updated = _updated(raw)
        problems = list(numbers.problems)
        if updated is None:
            problems.append(
                empty(raw, Text("the day of the last update", "el día de la última actualización"))
            )
        if not years:
            problems.append(empty(raw, Text("a year", "un año")))
        if problems or updated is None:
            return refused(staged, *problems)
        match_places(raw, staged, column="Country Code", look_up=country_by_alpha_3)
        return Parsed(
            sql=_sql(staged.table, years),
            published=Published(updated, Basis.PRINTED),
            definition=f"update {updated.year}",
            restates=True,
            rows_read=staged.rows,
            set_aside=_set_aside(raw, staged),
            notes=numbers.notes,
        )


def _updated(raw: Raw) -> date | None:
    with raw.path.open("rb") as file:
        head = file.read(4096).decode("utf-8-sig", errors="replace")
    found = _UPDATED.search(head)
    return date.fromisoformat(found[1]) if found else None


def _sql(table: str, years: tuple[str, ...]) -> str:
    listed = ", ".join(map(identifier, years))
    return f"""SELECT '{_ID}.estimate' AS series, place, '' AS breakdown, period, number(cell) AS value,
            'index' AS unit, 'E' AS status
        FROM (UNPIVOT {table} ON {listed} INTO NAME period VALUE cell) JOIN matched ON matched.name = "Country Code"
        WHERE NOT is_blank(cell)"""


def _set_aside(raw: Raw, staged: Staged) -> tuple[SetAside, ...]:
    (groups,) = raw.connection.execute(
        f'SELECT count(*) FROM {staged.table} LEFT JOIN matched ON matched.name = "Country Code" WHERE place IS NULL'
    ).fetchone() or (0,)
    reason = Text(
        "groups of countries: regions, incomes, the world", "grupos de países: regiones, ingresos, el mundo"
    )
    return (SetAside(rows=groups, reason=reason),) if groups else ()


SOURCE = RuleOfLaw()
