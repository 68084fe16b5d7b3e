"""CDC/NCHS provisional overdose deaths (VSRR): reported and predicted, twelve months ending, by state and drug."""

from __future__ import annotations

from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.data.licences import US_PUBLIC_DOMAIN
from acuerdo.data.macros import understand_numbers
from acuerdo.data.misfits import Misfit, misfits
from acuerdo.data.overdose_tables import OVERDOSE_SERIES, SHAPES, Shape
from acuerdo.data.place_codes import match_places, state_by_postal_code
from acuerdo.data.refusal import empty, refused
from acuerdo.data.schedule import on_day_of_next_month
from acuerdo.data.source import About, AbstractSource, Format, Parsed, Published, Raw, Sample
from acuerdo.data.table import Layout, stage

# From the counts to September 2021 (public on 16 February 2022) the lag is four months; before, it was six
_SHORTER_LAG_FROM = "2021-09"
_LAG, _FORMER_LAG = 4, 6
_DAY = 16


@final
class ProvisionalOverdoseDeaths(AbstractSource):
    """CDC's own table, and two of its excerpts: the nation, and T40.4 by state."""

    columns = SHAPES[0].columns
    series = OVERDOSE_SERIES
    about = About(
        title=Text(
            "Provisional drug overdose death counts (VSRR)",
            "Conteos provisionales de muertes por sobredosis (VSRR)",
        ),
        publisher=Text(
            "National Center for Health Statistics (CDC)",
            "Centro Nacional de Estadísticas de Salud (CDC), EE. UU.",
        ),
        carrier="github.com/hanyucai/sas-479; github.com/ellaprince90/overdose-data-us; "
        "github.com/ntimbs/CNX_Mapping_Project",
        licence=US_PUBLIC_DOMAIN,
        citation=Citation(
            key="cdc_vsrr",
            title="Provisional Drug Overdose Death Counts",
            author="Ahmad FB and Rossen LM and Sutton P",
            publisher="National Center for Health Statistics",
            kind="dataset",
            url="https://www.cdc.gov/nchs/nvss/vsrr/drug-overdose-data.htm",
        ),
        landing_page="https://data.cdc.gov/NCHS/VSRR-Provisional-Drug-Overdose-Death-Counts/xkb8-kh2a",
        download="https://data.cdc.gov/api/views/xkb8-kh2a/rows.csv?accessType=DOWNLOAD",
        schedule=Text(
            "Monthly, in the middle of the month; four months after the date of death since the counts to "
            "September 2021, six months before that.",
            "Mensual, a mediados de mes; cuatro meses después de la fecha de muerte desde los conteos a "
            "septiembre de 2021, y seis meses antes de eso.",
        ),
        caveats=(
            Text(
                "Reported and predicted are two series. Their difference is a delay, never a change in "
                "deaths.",
                "Reportado y predicho son dos series. Su diferencia es un retraso, nunca un cambio en las "
                "muertes.",
            ),
            Text(
                "Twelve months ending: each month's value shares eleven months with the next. They are "
                "never added.",
                "Doce meses que terminan en: el valor de cada mes comparte once meses con el siguiente. "
                "Nunca se suman.",
            ),
            Text(
                "By place of occurrence, foreign residents included; the final yearly counts are of "
                "residents. A provisional value can exceed the final one.",
                "Por lugar de ocurrencia, con residentes extranjeros; los conteos anuales definitivos son "
                "de residentes. Un valor provisional puede superar al definitivo.",
            ),
            Text(
                "New York City is a jurisdiction of its own, and New York State is without it.",
                "La Ciudad de Nueva York es una jurisdicción aparte y el estado de Nueva York no la incluye.",
            ),
            Text(
                "The national table to April 2025 was transcribed by hand and checked against another "
                "vintage; the table of T40.4 by state is a carrier's, of which only CDC's own twelve-month "
                "count is read, not the monthly estimate made from it.",
                "La tabla nacional a abril de 2025 se transcribió a mano y se cotejó con otra versión; la "
                "de T40.4 por estado es de un tercero, y de ella solo se lee el conteo de doce meses de los "
                "CDC, no la estimación mensual hecha con él.",
            ),
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By the header of any of the three tables."""
        return sample.format is Format.TEXT and bool(sample.lines) and _shape(sample.lines[0]) is not None

    def parse(self, raw: Raw) -> Parsed:
        """Reported and predicted apart; what a jurisdiction's records lack, beside them."""
        staged = stage(raw, Layout())
        shape = _shape(",".join(staged.columns))
        if staged.problems or shape is None:
            return refused(staged)
        numbers = understand_numbers(raw, staged, columns=shape.numbers)
        problems = [
            *numbers.problems,
            *match_places(raw, staged, column=shape.place, look_up=state_by_postal_code),
            *misfits(raw, staged, _other_windows(shape)),
        ]
        if problems:
            return refused(staged, *problems)
        (last,) = raw.connection.execute(f"SELECT max({shape.month}) FROM {staged.table}").fetchone() or (
            None,
        )
        if last is None:
            return refused(staged, empty(raw, Text("a month", "un mes")))
        return Parsed(
            sql=shape.sql(staged.table),
            published=_published(last),
            rows_read=staged.rows,
            notes=numbers.notes,
        )


def _shape(header: str) -> Shape | None:
    cells = {cell.strip().strip('"') for cell in header.split(",")}
    return next((shape for shape in SHAPES if set(shape.columns) <= cells), None)


def _published(last: str) -> Published:
    lag = _LAG if last >= _SHORTER_LAG_FROM else _FORMER_LAG
    return on_day_of_next_month(Period.parse(last).shift(lag).code, day=_DAY)


def _other_windows(shape: Shape) -> Misfit:
    """Rows that do not count twelve months: a monthly value beside them would look like a fall of nine tenths."""
    return Misfit(
        test=f"{shape.period} IS DISTINCT FROM '12 month-ending'",
        column=shape.period,
        what=Text("'{0}' is not a twelve-month count.", "«{0}» no es un conteo de doce meses."),
        shown=(shape.period,),
    )


SOURCE = ProvisionalOverdoseDeaths()
