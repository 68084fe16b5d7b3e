"""INEGI homicide deaths by state and month of occurrence, from the death registry's microdata."""

from __future__ import annotations

from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.data.licences import CC_BY_4
from acuerdo.data.mexico import INEGI, INEGI_SCHEDULE
from acuerdo.data.month_counts import MonthCounts
from acuerdo.data.source import About, AbstractSource, Parsed, Raw, Sample, Series

_TABLE = MonthCounts(series="inegi_homicides_state_month.deaths", place="cve_ent")


@final
class StateMonth(AbstractSource):
    """32 states by 276 months; the file's population and rates are faulty and not read."""

    columns = _TABLE.columns
    series = (
        Series(
            id="inegi_homicides_state_month.deaths",
            title=Text("Homicide deaths, by state and month", "Defunciones por homicidio, por entidad y mes"),
            definition=Text(
                "Deaths with a cause classified as homicide, by state and month in which the death occurred, counted "
                "from the yearly files of registered deaths.",
                "Defunciones cuya causa se clasifica como homicidio, por entidad y mes en que ocurrió la muerte, "
                "contadas en los archivos anuales de defunciones registradas.",
            ),
            unit="deaths",
            revised_upward=True,
        ),
    )
    about = About(
        title=Text(
            "Monthly state homicide counts in Mexico, 2000-2022",
            "Homicidios mensuales por entidad federativa en México, 2000-2022",
        ),
        publisher=INEGI,
        carrier="Gargiulo, Aburto and Floridi, OSF U8DC3 (github.com/thegargiulian/mexico-homicide-rates)",
        licence=CC_BY_4,
        citation=Citation(
            key="gargiulo_2023_state",
            title="Monthly homicide rates in Mexico: states",
            publisher="OSF",
            author="Gargiulo, Maria and Aburto, José Manuel and Floridi, Ginevra",
            kind="dataset",
            date="2023",
            url="https://osf.io/u8dc3/",
            note=Text(
                "from INEGI, registered deaths, microdata", "del INEGI, defunciones registradas, microdatos"
            ),
        ),
        landing_page="https://www.inegi.org.mx/programas/mortalidad/",
        schedule=INEGI_SCHEDULE,
        caveats=(
            Text(
                "From 2018 the counts lie 1,000 to 2,300 a year below INEGI's own totals by year of registration.",
                "Desde 2018 los conteos quedan de 1,000 a 2,300 al año por debajo de los totales del "
                "INEGI por año de registro.",
            ),
            Text(
                "The file's population is 97.5 million in every year to 2009 and 112.3 million from 2010: it and the "
                "rates made from it are not read.",
                "La población del archivo es de 97.5 millones en cada año hasta 2009 y de 112.3 millones desde 2010: "
                "ni ella ni las tasas que resultan se leen.",
            ),
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By its header."""
        return _TABLE.recognises(sample)

    def parse(self, raw: Raw) -> Parsed:
        """The counts alone."""
        return _TABLE.parse(raw)


SOURCE = StateMonth()
