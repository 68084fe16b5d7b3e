"""CBP: drugs seized by its Office of Field Operations and the Border Patrol, by month, drug, region and office."""

from __future__ import annotations

from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.data.fiscal_months import CBP, RUNNING_YEAR, SCHEDULE
from acuerdo.data.licences import US_PUBLIC_DOMAIN
from acuerdo.data.seizure_table import parse_seizures, seizure_columns, seizure_series
from acuerdo.data.source import About, AbstractSource, Parsed, Raw, Sample

_ID = "cbp_drug_seizures"
_OFFICE = "Area of Responsibility"


@final
class DrugSeizures(AbstractSource):
    """Two files: fiscal years 2019 to 2022, and 2023 to the month that the file's name says."""

    columns = seizure_columns(_OFFICE)
    series = seizure_series(
        _ID,
        who=Text(
            "CBP's Office of Field Operations and the Border Patrol",
            "la Oficina de Operaciones de Campo de CBP y la Patrulla Fronteriza",
        ),
    )
    about = About(
        title=Text("Drug seizures, nationwide", "Decomisos de drogas en todo el país"),
        publisher=CBP,
        carrier="github.com/ntimbs/CNX_Mapping_Project",
        licence=US_PUBLIC_DOMAIN,
        citation=Citation(
            key=_ID,
            title="Drug Seizure Statistics",
            publisher="U.S. Customs and Border Protection",
            kind="dataset",
            url="https://www.cbp.gov/newsroom/stats/drug-seizure-statistics",
        ),
        landing_page="https://www.cbp.gov/newsroom/stats/drug-seizure-statistics",
        schedule=SCHEDULE,
        caveats=(
            RUNNING_YEAR,
            Text(
                "Air and Marine Operations are a file and a source of their own and overlap with this one; "
                "the two are never added.",
                "Operaciones Aéreas y Marítimas tiene archivo y fuente propios y se traslapa con esta; "
                "nunca se suman.",
            ),
            Text(
                "Pounds, U.S. fiscal years, CBP alone: not to be mixed with the DEA's kilograms and "
                "calendar years or with the whole of Homeland Security.",
                "Libras, años fiscales de EE. UU. y solo CBP: no se mezcla con los kilogramos y años "
                "calendario de la DEA ni con todo Seguridad Nacional.",
            ),
            Text(
                "Seizures have no agreed good direction: fewer may mean less flow or less detection.",
                "Los decomisos no tienen una dirección buena convenida: menos puede ser menos flujo o menos "
                "detección.",
            ),
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By its header; the file of Air and Marine Operations names a branch where this one names an area."""
        return sample.header() == tuple(self.columns)

    def parse(self, raw: Raw) -> Parsed:
        """Fiscal year and month become the calendar month."""
        return parse_seizures(raw, source=_ID, office=_OFFICE)


SOURCE = DrugSeizures()
