"""INEGI homicide deaths by state, month, age and sex, 1990-2024, as a third party tabulated them: an undercount."""

from __future__ import annotations

from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.errors import Problem, nearest
from acuerdo.core.place import Place, children, find
from acuerdo.core.text import Text
from acuerdo.data.licences import INEGI_FREE_USE
from acuerdo.data.mexico import CARRIED, INEGI, INEGI_SCHEDULE, inegi_definitive
from acuerdo.data.source import About, AbstractSource, Format, Parsed, Raw, Sample, Series
from acuerdo.data.sql import literal

_COLUMNS = ("sexo", "edad", "estado", "anio", "mes", "homicidios")
_LOST = "�"
_LETTERS = "aeioun"


@final
class AgeSex(AbstractSource):
    """Three parts of one table; a part holds its own ages, so none replaces another."""

    columns = _COLUMNS
    series = (
        Series(
            id="inegi_homicides_age_sex.deaths",
            title=Text(
                "Homicide deaths, by age and sex (undercount)",
                "Defunciones por homicidio, por edad y sexo (subconteo)",
            ),
            definition=Text(
                "Registered homicide deaths by state, month, year of age and sex. Deaths with any of the four "
                "unspecified were dropped, so sums lie below INEGI's totals: use for shares, not for totals.",
                "Defunciones registradas por homicidio por entidad, mes, edad y sexo. Se eliminaron las muertes con "
                "alguno de los cuatro datos sin especificar, así que las sumas quedan por debajo de los totales del "
                "INEGI: úsese para proporciones, no para totales.",
            ),
            unit="deaths",
        ),
    )
    about = About(
        title=Text(
            "Registered homicide deaths by age and sex, 1990-2024",
            "Defunciones registradas por homicidio según edad y sexo, 1990-2024",
        ),
        publisher=INEGI,
        carrier="github.com/Gallebot/bigdata-homicidios-mexico",
        licence=INEGI_FREE_USE,
        citation=Citation(
            key="inegi_homicides_age_sex",
            title="Estadísticas de defunciones registradas: homicidios por edad y sexo",
            publisher="Instituto Nacional de Estadística y Geografía",
            kind="dataset",
            url="https://www.inegi.org.mx/programas/mortalidad/",
        ),
        landing_page="https://www.inegi.org.mx/programas/mortalidad/",
        schedule=INEGI_SCHEDULE,
        caveats=(
            Text(
                "An undercount that grows: 25,011 in 2010 (2.9% below INEGI's total) and 33,636 in 2020 "
                "(8.5% below). "
                "Every value is marked as of low reliability.",
                "Un subconteo que crece: 25,011 en 2010 (2.9\u00a0% menos que el total del INEGI) y 33,636 en 2020 "
                "(8.5\u00a0% menos). Cada valor se marca como poco confiable.",
            ),
            Text(
                "The accents of the states' names were lost on the way; a name is read only where one state fits it.",
                "Los acentos de los nombres de las entidades se perdieron en el camino; un nombre se lee solo si "
                "corresponde a una única entidad.",
            ),
            Text(
                "A combination without a row is no count: neither zero nor missing can be told apart.",
                "Una combinación sin fila no es un conteo: no se distingue entre cero y sin dato.",
            ),
            CARRIED,
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By its columns."""
        return sample.format is Format.PARQUET and set(sample.columns) == set(_COLUMNS)

    def parse(self, raw: Raw) -> Parsed:
        """Every row as it stands."""
        raw.connection.execute(
            f"CREATE OR REPLACE VIEW part AS SELECT * FROM read_parquet({literal(str(raw.path))})"
        )
        names = [
            name
            for (name,) in raw.connection.execute("SELECT DISTINCT estado FROM part ORDER BY 1").fetchall()
        ]
        states = {name: _state(name) for name in names}
        raw.connection.execute("CREATE OR REPLACE TABLE states (name VARCHAR, place VARCHAR)")
        for name, state in states.items():
            raw.connection.execute("INSERT INTO states VALUES (?, ?)", [name, state.code if state else None])
        rows, last = raw.connection.execute("SELECT count(*), max(anio) FROM part").fetchone() or (0, None)
        damaged = sum(_LOST in name for name in names)
        return Parsed(
            sql=_SQL,
            published=inegi_definitive(int(last or 0)),
            rows_read=rows,
            problems=tuple(_unknown(raw, name) for name, state in states.items() if state is None),
            notes=(_repaired(damaged),) if damaged else (),
        )


_SQL = """
    SELECT 'inegi_homicides_age_sex.deaths' AS series, place, 'age=' || edad || ';sex=' || sexo AS breakdown,
        month_code(anio, month_number(mes)) AS period, homicidios::DOUBLE AS value, 'deaths' AS unit, 'U' AS status
    FROM part JOIN states ON name = estado"""


def _state(name: str) -> Place | None:
    """The one state that fits a name in which letters were lost; None where none or several fit."""
    if _LOST not in name:
        return find(name, within="MX")
    fitting = {place for letter in _LETTERS if (place := find(name.replace(_LOST, letter), within="MX"))}
    return fitting.pop() if len(fitting) == 1 else None


def _unknown(raw: Raw, name: str) -> Problem:
    return Problem(
        what=Text(f"'{name}' is not one state of Mexico.", f"«{name}» no es una entidad de México."),
        where=f"{raw.name}, column estado",
        nearest=nearest(name, [one.name.es for one in children("MX")]),
        fix=Text("Get the file again, with its accents.", "Obtenga el archivo de nuevo, con sus acentos."),
    )


def _repaired(count: int) -> Text:
    return Text(
        f"{count} names of states have lost letters; each fits one state only and was read as that.",
        f"{count} nombres de entidades perdieron letras; cada uno corresponde a una sola entidad y se leyó así.",
    )


SOURCE = AgeSex()
