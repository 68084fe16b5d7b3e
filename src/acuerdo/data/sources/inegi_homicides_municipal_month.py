"""INEGI homicide deaths by municipality and month of occurrence, from the death registry's microdata."""

from __future__ import annotations

from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.data.licences import CC_BY_4
from acuerdo.data.mexico import INEGI, INEGI_SCHEDULE
from acuerdo.data.month_counts import MonthCounts
from acuerdo.data.source import About, AbstractSource, Parsed, Raw, Sample, Series

_TABLE = MonthCounts(series="inegi_homicides_municipal_month.deaths", place="ent_mun")


@final
class MunicipalMonth(AbstractSource):
    """2,467 municipalities by 264 months; the file's population and rates are faulty and not read."""

    columns = _TABLE.columns
    series = (
        Series(
            id="inegi_homicides_municipal_month.deaths",
            title=Text(
                "Homicide deaths, by municipality and month", "Defunciones por homicidio, por municipio y mes"
            ),
            definition=Text(
                "Deaths with a cause classified as homicide, by municipality and month in which the death occurred, "
                "counted from the yearly files of registered deaths.",
                "Defunciones cuya causa se clasifica como homicidio, por municipio y mes en que ocurrió la muerte, "
                "contadas en los archivos anuales de defunciones registradas.",
            ),
            unit="deaths",
            revised_upward=True,
        ),
    )
    about = About(
        title=Text(
            "Monthly municipal homicide counts in Mexico, 2000-2021",
            "Homicidios mensuales por municipio en México, 2000-2021",
        ),
        publisher=INEGI,
        carrier="Gargiulo, Aburto and Floridi, OSF U8DC3 (github.com/thegargiulian/mexico-homicide-rates)",
        licence=CC_BY_4,
        citation=Citation(
            key="gargiulo_2023",
            title="Monthly municipal-level homicide rates in Mexico",
            publisher="OSF",
            author="Gargiulo, Maria and Aburto, José Manuel and Floridi, Ginevra",
            kind="dataset",
            date="2023-02",
            url="https://osf.io/u8dc3/",
            note=Text(
                "from INEGI, registered deaths, microdata", "del INEGI, defunciones registradas, microdatos"
            ),
        ),
        landing_page="https://www.inegi.org.mx/programas/mortalidad/",
        schedule=INEGI_SCHEDULE,
        caveats=(
            Text(
                "Deaths abroad, and deaths without a known municipality, are left out: 26,045 in 2010 and 35,555 in "
                "2020, where INEGI counts 25,757 and 36,773 by year of registration.",
                "Se excluyen las muertes en el extranjero y las de municipio desconocido: 26,045 en 2010 y 35,555 en "
                "2020, donde el INEGI cuenta 25,757 y 36,773 por año de registro.",
            ),
            Text(
                "The file's population stands still from 2000 to 2009 and from 2010 to 2021: it and the rates made "
                "from it are not read.",
                "La población del archivo no se mueve de 2000 a 2009 ni de 2010 a 2021: ni ella ni las tasas que "
                "resultan se leen.",
            ),
            Text(
                "The latest months are low: deaths registered in later years are not in the file yet.",
                "Los últimos meses están incompletos: faltan las muertes registradas en años posteriores.",
            ),
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By its header."""
        return _TABLE.recognises(sample)

    def parse(self, raw: Raw) -> Parsed:
        """The counts alone."""
        return _TABLE.parse(raw)


SOURCE = MunicipalMonth()
