"""U.S. Border Patrol: apprehensions by month and sector, fiscal years 2000 to 2020."""

from __future__ import annotations

from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.data.licences import US_PUBLIC_DOMAIN
from acuerdo.data.macros import understand_numbers
from acuerdo.data.misfits import Misfit, misfits
from acuerdo.data.refusal import empty, refused
from acuerdo.data.schedule import on_day_of_next_month
from acuerdo.data.source import About, AbstractSource, Parsed, Raw, Sample, Series, SetAside
from acuerdo.data.sql import identifier
from acuerdo.data.table import Layout, stage

_BORDERS = {
    "coastal_border": ("livermore", "miami", "new_orleans", "ramey"),
    "northern_border": (
        "blaine", "buffalo", "detroit", "grand_forks", "havre", "houlton", "spokane", "swanton",
    ),
    "southwest_border": (
        "big_bend", "del_rio", "el_centro", "el_paso", "laredo", "rio_grande_valley", "san_diego", "tucson", "yuma",
    ),
}  # fmt: skip
_SECTORS = tuple(sector for sectors in _BORDERS.values() for sector in sectors)
_TOTAL = "monthly_total"
_COLUMNS = ("month", *_SECTORS, *_BORDERS, _TOTAL, "fy", "cy")
_MONTH = "month_code(cy, month)"


# Months whose fiscal and calendar years do not belong together
_OTHER_YEARS = Misfit(
    test="number(fy) <> number(cy) + CASE WHEN number(month) >= 10 THEN 1 ELSE 0 END",
    column="fy",
    what=Text(
        "Month {0} of calendar year {1} is not in fiscal year {2}.",
        "El mes {0} del año calendario {1} no está en el año fiscal {2}.",
    ),
    shown=("month", "cy", "fy"),
    why=Text(
        "The fiscal year begins on October 1 of the calendar year before.",
        "El año fiscal empieza el 1 de octubre del año calendario anterior.",
    ),
)


@final
class Apprehensions(AbstractSource):
    """One row per month, one column per sector; the sums of the borders and of the month stand beside them."""

    columns = _COLUMNS
    series = (
        Series(
            id="usbp_apprehensions.apprehensions",
            title=Text("Border Patrol apprehensions", "Aprehensiones de la Patrulla Fronteriza"),
            definition=Text(
                "Persons apprehended between ports of entry by the Border Patrol, by month and sector. In "
                "fiscal year 2020 the publisher's word became encounters, which include expulsions under "
                "Title 42.",
                "Personas aprehendidas entre los puertos de entrada por la Patrulla Fronteriza, por mes y "
                "sector. En el año fiscal 2020 la fuente pasó a llamarlas encuentros, que incluyen "
                "expulsiones bajo el Título 42.",
            ),
            unit="apprehensions",
        ),
    )
    about = About(
        title=Text(
            "Border Patrol monthly apprehensions by sector",
            "Aprehensiones mensuales de la Patrulla Fronteriza por sector",
        ),
        publisher=Text("U.S. Border Patrol (CBP)", "Patrulla Fronteriza de EE. UU. (CBP)"),
        carrier="github.com/UWCHR/cbp",
        licence=US_PUBLIC_DOMAIN,
        citation=Citation(
            key="usbp_apprehensions",
            title="U.S. Border Patrol monthly encounters, FY2000–FY2020",
            publisher="U.S. Customs and Border Protection",
            kind="dataset",
            url="https://www.cbp.gov/newsroom/media-resources/stats",
        ),
        landing_page="https://www.cbp.gov/newsroom/media-resources/stats",
        schedule=Text(
            "Yearly tables as PDF, read by the carrier; the file is dated by the 20th of the month after "
            "its last one.",
            "Tablas anuales en PDF, leídas por el tercero; el archivo se fecha el día 20 del mes siguiente "
            "al último.",
        ),
        caveats=(
            Text(
                "The Southwest border is not the nation: fiscal year 2000 is 1,643,679 there and 1,676,438 "
                "in all.",
                "La frontera suroeste no es todo el país: el año fiscal 2000 suma 1,643,679 ahí y 1,676,438 "
                "en total.",
            ),
            Text(
                "Apprehensions of the Border Patrol alone; CBP's encounters since 2020 also hold the ports "
                "of entry.",
                "Solo aprehensiones de la Patrulla Fronteriza; los encuentros de CBP desde 2020 incluyen "
                "además los puertos de entrada.",
            ),
            Text(
                "A sector that was closed prints 0 in the months after (Livermore).",
                "Un sector cerrado imprime 0 en los meses posteriores (Livermore).",
            ),
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By its header, separated by bars."""
        return sample.header("|") == _COLUMNS

    def parse(self, raw: Raw) -> Parsed:
        """Sectors are read; the sums are checked against them and set aside; fiscal and calendar years must agree."""
        staged = stage(raw, Layout(columns=_COLUMNS, delimiter="|"))
        if staged.problems:
            return refused(staged)
        numbers = understand_numbers(raw, staged, columns=_COLUMNS)
        if numbers.problems:
            return refused(staged, *numbers.problems)
        (last,) = raw.connection.execute(f"SELECT max({_MONTH}) FROM {staged.table}").fetchone() or (None,)
        sums = {**_BORDERS, _TOTAL: tuple(_BORDERS)}
        rules = [_unequal(total, parts) for total, parts in sums.items()]
        problems = misfits(raw, staged, *rules, _OTHER_YEARS)
        if last is None:
            problems.append(empty(raw, Text("a month", "un mes")))
        if problems or last is None:
            return refused(staged, *problems)
        return Parsed(
            sql=_sql(staged.table),
            published=on_day_of_next_month(last, day=20),
            restates=True,
            rows_read=staged.rows,
            set_aside=(
                SetAside(
                    rows=staged.rows,
                    reason=Text(
                        "sums of the borders and of the month beside the sectors, equal to them",
                        "sumas de las fronteras y del mes junto a los sectores, iguales a ellos",
                    ),
                ),
            ),
            notes=numbers.notes,
        )


def _sql(table: str) -> str:
    return " UNION ALL ".join(
        f"""SELECT 'usbp_apprehensions.apprehensions' AS series, 'US' AS place,
            'border={border.removesuffix("_border")};sector={sector}' AS breakdown, {_MONTH} AS period,
            number({sector}) AS value, 'apprehensions' AS unit, 'A' AS status
        FROM {table} WHERE NOT is_blank({sector})"""
        for border, sectors in _BORDERS.items()
        for sector in sectors
    )


def _sum(columns: tuple[str, ...]) -> str:
    return " + ".join(f"coalesce(number({identifier(column)}), 0)" for column in columns)


def _unequal(total: str, parts: tuple[str, ...]) -> Misfit:
    """A sum in the table that is not the sum of its parts."""
    added = _sum(parts)
    return Misfit(
        test=f"number({total}) <> {added}",
        column=total,
        what=Text(
            f"{{0}}: '{total}' says {{1:,.0f}}, but its parts add up to {{2:,.0f}}.",
            f"{{0}}: «{total}» dice {{1:,.0f}}, pero sus partes suman {{2:,.0f}}.",
        ),
        shown=(_MONTH, f"number({total})", added),
    )


SOURCE = Apprehensions()
