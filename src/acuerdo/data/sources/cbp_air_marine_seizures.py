"""CBP Air and Marine Operations: drug seizures; never to be added to those of CBP's other offices."""

from __future__ import annotations

from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.data.fiscal_months import CBP, RUNNING_YEAR, SCHEDULE
from acuerdo.data.licences import US_PUBLIC_DOMAIN
from acuerdo.data.seizure_table import parse_seizures, seizure_columns, seizure_series
from acuerdo.data.source import About, AbstractSource, Parsed, Raw, Sample

_ID = "cbp_air_marine_seizures"
_OFFICE = "Branch"


@final
class AirMarineSeizures(AbstractSource):
    """The same table as the other seizures', with a branch in place of an area of responsibility."""

    columns = seizure_columns(_OFFICE)
    series = seizure_series(
        _ID, who=Text("CBP's Air and Marine Operations", "las Operaciones Aéreas y Marítimas de CBP")
    )
    about = About(
        title=Text(
            "Drug seizures, Air and Marine Operations", "Decomisos de drogas, Operaciones Aéreas y Marítimas"
        ),
        publisher=CBP,
        carrier="github.com/ntimbs/CNX_Mapping_Project",
        licence=US_PUBLIC_DOMAIN,
        citation=Citation(
            key=_ID,
            title="Drug Seizure Statistics: Air and Marine Operations",
            publisher="U.S. Customs and Border Protection",
            kind="dataset",
            url="https://www.cbp.gov/newsroom/stats/drug-seizure-statistics",
        ),
        landing_page="https://www.cbp.gov/newsroom/stats/drug-seizure-statistics",
        schedule=SCHEDULE,
        caveats=(
            RUNNING_YEAR,
            Text(
                "It overlaps with the seizures of the Office of Field Operations and the Border Patrol: the "
                "same drugs may stand in both files. The two are never added.",
                "Se traslapa con los decomisos de la Oficina de Operaciones de Campo y la Patrulla "
                "Fronteriza: las mismas drogas pueden estar en ambos archivos. Nunca se suman.",
            ),
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By its header, which names a branch."""
        return sample.header() == tuple(self.columns)

    def parse(self, raw: Raw) -> Parsed:
        """Fiscal year and month become the calendar month."""
        return parse_seizures(raw, source=_ID, office=_OFFICE)


SOURCE = AirMarineSeizures()
