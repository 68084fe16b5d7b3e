"""CBP: encounters nationwide by month, region, state, demographic group, citizenship and legal title."""

from __future__ import annotations

from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.data.fiscal_months import CBP, RUNNING_YEAR, SCHEDULE, check_months, published
from acuerdo.data.licences import US_PUBLIC_DOMAIN
from acuerdo.data.macros import understand_numbers
from acuerdo.data.place_codes import match_places, state_by_postal_code
from acuerdo.data.refusal import refused
from acuerdo.data.source import About, AbstractSource, Parsed, Raw, Sample, Series
from acuerdo.data.table import Layout, stage

_YEAR, _MONTH, _COUNT = "Fiscal Year", "Month (abbv)", "Encounter Count"
_COLUMNS = (
    _YEAR, "Month Grouping", _MONTH, "Land Border Region", "State", "Demographic", "Citizenship",
    "Title of Authority", _COUNT,
)  # fmt: skip


@final
class Encounters(AbstractSource):
    """One row per month, region, state, group, citizenship and title; rows of no encounter are left out by CBP."""

    columns = _COLUMNS
    series = (
        Series(
            id="cbp_encounters.encounters",
            title=Text("Encounters", "Encuentros"),
            definition=Text(
                "Apprehensions under Title 8, inadmissibles and expulsions under Title 42, by the Border "
                "Patrol and the Office of Field Operations. A person met twice counts twice.",
                "Aprehensiones y personas inadmisibles bajo el Título 8 y expulsiones bajo el Título 42, "
                "por la Patrulla Fronteriza y la Oficina de Operaciones de Campo. Una persona encontrada "
                "dos veces cuenta dos veces.",
            ),
            unit="encounters",
        ),
    )
    about = About(
        title=Text("Nationwide encounters", "Encuentros en todo el país"),
        publisher=CBP,
        carrier="github.com/UWCHR/cbp",
        licence=US_PUBLIC_DOMAIN,
        citation=Citation(
            key="cbp_encounters",
            title="Nationwide Encounters",
            publisher="U.S. Customs and Border Protection",
            kind="dataset",
            url="https://www.cbp.gov/newsroom/stats/nationwide-encounters",
        ),
        landing_page="https://www.cbp.gov/newsroom/stats/nationwide-encounters",
        schedule=SCHEDULE,
        caveats=(
            RUNNING_YEAR,
            Text(
                "Expulsions under Title 42 (to May 2023) made repeated crossings frequent: events are not "
                "persons.",
                "Las expulsiones bajo el Título 42 (hasta mayo de 2023) multiplicaron los cruces repetidos: "
                "los eventos no son personas.",
            ),
            Text(
                "Encounters since fiscal year 2020 are wider than the Border Patrol's apprehensions before; "
                "the two are separate sources and are not joined.",
                "Los encuentros desde el año fiscal 2020 son más amplios que las aprehensiones previas de "
                "la Patrulla Fronteriza; son fuentes separadas y no se unen.",
            ),
            Text(
                "The state is that of the office or sector, as CBP assigns it.",
                "El estado es el de la oficina o el sector, según lo asigna CBP.",
            ),
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By its header."""
        return sample.header() == tuple(_COLUMNS)

    def parse(self, raw: Raw) -> Parsed:
        """Fiscal year and month become the calendar month; the state becomes a place."""
        staged = stage(raw, Layout(columns=_COLUMNS))
        if staged.problems:
            return refused(staged)
        numbers = understand_numbers(raw, staged, columns=(_COUNT,))
        problems = [
            *numbers.problems,
            *check_months(raw, staged, year=_YEAR, month=_MONTH),
            *match_places(raw, staged, column="State", look_up=state_by_postal_code),
        ]
        if problems:
            return refused(staged, *problems)
        return Parsed(
            sql=f"""
            SELECT 'cbp_encounters.encounters' AS series, matched.place, 'authority=' || "Title of Authority"
                || ';citizenship=' || "Citizenship" || ';demographic=' || "Demographic" || ';region='
                || "Land Border Region" AS breakdown, fiscal_month("{_YEAR}", "{_MONTH}") AS period,
                number("{_COUNT}") AS value, 'encounters' AS unit, fiscal_status("{_YEAR}") AS status
            FROM {staged.table} JOIN matched ON matched.name = "State" WHERE NOT is_blank("{_COUNT}")""",
            published=published(raw, staged, year=_YEAR, month=_MONTH),
            restates=True,
            rows_read=staged.rows,
            notes=numbers.notes,
        )


SOURCE = Encounters()
