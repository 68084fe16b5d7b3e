"""U.S. Border Patrol: apprehensions by month and sector, fiscal years 2000 to 2020."""

from __future__ import annotations

from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.errors import Problem
from acuerdo.core.text import Text
from acuerdo.data.licences import US_PUBLIC_DOMAIN
from acuerdo.data.macros import understand_numbers
from acuerdo.data.refusal import empty, refused
from acuerdo.data.schedule import on_day_of_next_month
from acuerdo.data.source import About, AbstractSource, Parsed, Raw, Sample, Series, SetAside
from acuerdo.data.sql import identifier
from acuerdo.data.table import Layout, Staged, stage

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
        problems = [*_unequal(raw, staged), *_other_years(raw, staged)]
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


def _unequal(raw: Raw, staged: Staged) -> list[Problem]:
    """Sums in the table that are not the sum of their parts."""
    problems: list[Problem] = []
    for total, parts in {**_BORDERS, _TOTAL: tuple(_BORDERS)}.items():
        found = raw.connection.execute(
            f"SELECT rowid, {_MONTH}, number({total}), {_sum(parts)} AS added FROM {staged.table} "
            f"WHERE number({total}) <> added ORDER BY rowid LIMIT 1"
        ).fetchone()
        if found:
            row, month, printed, added = found
            problems.append(
                Problem(
                    what=Text(
                        f"{month}: '{total}' says {printed:,.0f}, but its parts add up to {added:,.0f}.",
                        f"{month}: «{total}» dice {printed:,.0f}, pero sus partes suman {added:,.0f}.",
                    ),
                    where=f"{raw.name}, row {row + staged.first_row}, column {total}",
                    fix=Text("Get the file again.", "Obtenga el archivo de nuevo."),
                )
            )
    return problems


def _other_years(raw: Raw, staged: Staged) -> list[Problem]:
    """Months whose fiscal and calendar years do not belong together."""
    found = raw.connection.execute(
        f"SELECT rowid, month, fy, cy FROM {staged.table} "
        "WHERE number(fy) <> number(cy) + CASE WHEN number(month) >= 10 THEN 1 ELSE 0 END ORDER BY rowid "
        "LIMIT 1"
    ).fetchone()
    if found is None:
        return []
    row, month, fiscal, calendar = found
    return [
        Problem(
            what=Text(
                f"Month {month} of calendar year {calendar} is not in fiscal year {fiscal}.",
                f"El mes {month} del año calendario {calendar} no está en el año fiscal {fiscal}.",
            ),
            where=f"{raw.name}, row {row + staged.first_row}, column fy",
            why=Text(
                "The fiscal year begins on October 1 of the calendar year before.",
                "El año fiscal empieza el 1 de octubre del año calendario anterior.",
            ),
            fix=Text("Get the file again.", "Obtenga el archivo de nuevo."),
        )
    ]


SOURCE = Apprehensions()
