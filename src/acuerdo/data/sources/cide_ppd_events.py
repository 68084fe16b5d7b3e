"""CIDE-PPD: confrontations and aggressions of 2006-2011, from the presidency's leaked database."""

from __future__ import annotations

from datetime import date
from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.data.licences import NOT_STATED
from acuerdo.data.macros import understand_numbers
from acuerdo.data.misfits import Misfit, misfits
from acuerdo.data.refusal import refused
from acuerdo.data.source import About, AbstractSource, Basis, Parsed, Published, Raw, Sample, Series
from acuerdo.data.sql import identifier
from acuerdo.data.table import Layout, Staged, stage

# Measure of a series, unit, the columns that are summed; no column for the events themselves
_MEASURES = {
    "events": ("events", ()),
    "deaths": ("deaths", ("total.people.dead",)),
    "wounded": ("persons", ("total.people.wounded",)),
    "detained": ("persons", ("detained",)),
    "firearms_seized": ("firearms", ("long.guns.seized", "small.arms.seized")),
}
_SIDES = {
    "armed forces": ("military.dead", "navy.dead"),
    "police": (
        "federal.police.dead", "afi.dead", "state.police.dead", "ministerial.police.dead", "municipal.police.dead",
        "public.prosecutor.dead",
    ),
    "organized crime": ("organized.crime.dead",),
    "civilians": ("civilian.dead",),
}  # fmt: skip
_NUMBERS = tuple(
    dict.fromkeys(
        column
        for columns in (*(columns for _, columns in _MEASURES.values()), *_SIDES.values())
        for column in columns
    )
)
_KEYS = ("event.id", "date", "state_code", "source")
# The carrier's course page: released by CIDE's programme at the end of January 2017
_RELEASED = Published(date(2017, 1, 31), Basis.RETRIEVED)


def _series(measure: str, unit: str, *, title: Text, words: Text) -> Series:
    return Series(
        id=f"cide_ppd_events.{measure}",
        title=title,
        definition=Text(
            f"{words.en} in confrontations and aggressions recorded by the presidency's database, by kind of event, "
            "state and month.",
            f"{words.es} en enfrentamientos y agresiones registrados en la base de la Presidencia, por tipo de evento, "
            "entidad y mes.",
        ),
        unit=unit,
    )


@final
class CideEvents(AbstractSource):
    """One row per event; municipalities and authorities are not read, and events are only kept in sums."""

    columns = (*_KEYS, *_NUMBERS)
    series = (
        _series(
            "events",
            "events",
            title=Text("Confrontations and aggressions", "Enfrentamientos y agresiones"),
            words=Text("Events", "Eventos"),
        ),
        _series(
            "deaths",
            "deaths",
            title=Text("Deaths in confrontations and aggressions", "Muertes en enfrentamientos y agresiones"),
            words=Text("Deaths", "Muertes"),
        ),
        _series(
            "deaths_by_side",
            "deaths",
            title=Text(
                "Deaths in confrontations and aggressions, by side",
                "Muertes en enfrentamientos y agresiones, por bando",
            ),
            words=Text("Deaths by side", "Muertes por bando"),
        ),
        _series(
            "wounded",
            "persons",
            title=Text(
                "Wounded in confrontations and aggressions", "Heridos en enfrentamientos y agresiones"
            ),
            words=Text("Wounded", "Heridos"),
        ),
        _series(
            "detained",
            "persons",
            title=Text(
                "Detained in confrontations and aggressions", "Detenidos en enfrentamientos y agresiones"
            ),
            words=Text("Detained", "Detenidos"),
        ),
        _series(
            "firearms_seized",
            "firearms",
            title=Text(
                "Firearms seized in confrontations and aggressions",
                "Armas de fuego aseguradas en enfrentamientos y agresiones",
            ),
            words=Text("Long guns and small arms seized", "Armas largas y cortas aseguradas"),
        ),
    )
    about = About(
        title=Text(
            "CIDE-PPD database of confrontations and aggressions, December 2006 - November 2011",
            "Base CIDE-PPD de enfrentamientos y agresiones, diciembre de 2006 - noviembre de 2011",
        ),
        publisher=Text(
            "Drug Policy Programme (PPD), Centre for Economic Research and Teaching (CIDE), Mexico",
            "Programa de Política de Drogas (PPD), Centro de Investigación y Docencia Económicas (CIDE)",
        ),
        carrier="github.com/marco-morales/QMSS-GR5069_Spring2017",
        licence=NOT_STATED,
        citation=Citation(
            key="cide_ppd",
            title="Base de datos CIDE-PPD: enfrentamientos y agresiones, 2006-2011",
            publisher="Programa de Política de Drogas, Centro de Investigación y Docencia Económicas",
            kind="dataset",
            date="2017-01",
            url="http://www.politicadedrogas.org/",
        ),
        landing_page="http://www.politicadedrogas.org/",
        schedule=Text(
            "Released once, at the end of January 2017.", "Publicada una sola vez, a fines de enero de 2017."
        ),
        caveats=(
            Text(
                "A leaked database whose completeness nobody outside can check; it covers events with authorities in "
                "them, not all violence.",
                "Base filtrada cuya integridad nadie externo puede verificar; cubre eventos con "
                "presencia de autoridades, "
                "no toda la violencia.",
            ),
            Text(
                "The ratios of dead to wounded published by PPD (Army 9.1, Navy 17.3, Federal Police "
                "2.6) follow its own "
                "definitions, which these sums do not reproduce.",
                "Las razones de muertos por herido publicadas por el PPD (Ejército 9.1, Marina 17.3, "
                "Policía Federal 2.6) "
                "siguen definiciones propias que estas sumas no reproducen.",
            ),
            Text(
                "The carrier cleaned the tables and translated the columns. Licence not stated: not "
                "shipped with the software.",
                "El tercero limpió las tablas y tradujo las columnas. Sin licencia declarada: no se "
                "incluye en el programa.",
            ),
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By the carrier's column names."""
        return {*_KEYS, *_NUMBERS} <= set(sample.header())

    def parse(self, raw: Raw) -> Parsed:
        """Sums over events by kind, state and month."""
        staged = stage(raw, Layout(columns=self.columns))
        if staged.problems:
            return refused(staged)
        numbers = understand_numbers(raw, staged, columns=_NUMBERS)
        problems = [*numbers.problems, *misfits(raw, staged, _unequal())]
        if problems:
            return refused(staged, *problems)
        return Parsed(
            sql=_sql(staged), published=_RELEASED, restates=True, rows_read=staged.rows, notes=numbers.notes
        )


def _added(columns: tuple[str, ...]) -> str:
    return " + ".join(f"number({identifier(column)})" for column in columns)


def _sql(staged: Staged) -> str:
    totals = [
        _sum(staged, measure, unit=unit, columns=columns) for measure, (unit, columns) in _MEASURES.items()
    ]
    sides = [
        _sum(staged, "deaths_by_side", unit="deaths", columns=columns, side=f"side={side};")
        for side, columns in _SIDES.items()
    ]
    return " UNION ALL ".join((*totals, *sides))


def _sum(staged: Staged, measure: str, *, unit: str, columns: tuple[str, ...], side: str = "") -> str:
    formula = f"sum({_added(columns)})" if columns else "count(*)"
    return f"""
        SELECT 'cide_ppd_events.{measure}' AS series,
            format('MX-{{:02d}}', number(state_code)::INTEGER) AS place, '{side}source=' || source AS breakdown,
            left(date, 7) AS period, {formula}::DOUBLE AS value, '{unit}' AS unit, 'A' AS status
        FROM {staged.table} GROUP BY ALL"""


def _unequal() -> Misfit:
    """Events whose dead by side are not all the dead."""
    sides = _added(tuple(column for columns in _SIDES.values() for column in columns))
    return Misfit(
        test=f'{sides} <> number("total.people.dead")',
        column="total.people.dead",
        what=Text(
            "In {count:,} events the dead by side do not add up to the total.",
            "En {count:,} eventos los muertos por bando no suman el total.",
        ),
    )


SOURCE = CideEvents()
