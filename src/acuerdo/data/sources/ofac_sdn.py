"""OFAC's list of specially designated nationals: how many entries, by programme and country. No entry is kept."""

from __future__ import annotations

import re
from datetime import date
from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.errors import Problem
from acuerdo.core.text import Text
from acuerdo.data.licences import US_PUBLIC_DOMAIN
from acuerdo.data.place_codes import country_by_name, match_places
from acuerdo.data.refusal import GET_AGAIN, refused
from acuerdo.data.source import (
    About,
    AbstractSource,
    Basis,
    Format,
    Parsed,
    Published,
    Raw,
    Sample,
    Series,
    SetAside,
)
from acuerdo.data.table import Layout, Staged, stage

_ID = "ofac_sdn"
_NAMES = (
    "entry", "name", "kind", "program", "title", "call_sign", "vessel_type", "tonnage", "gross_tonnage", "flag",
    "owner", "remarks",
)  # fmt: skip
_NULL = "-0-"
_FIRST_LINE = re.compile(r'\d+,".*",(-0- |"[^"]*"),')
_ISO_DATE = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
# The remarks give "nationality Mexico" or "citizen Mexico", a semicolon between two remarks
_NATIONALITY = r"(?:^|; |alt\. )(?:nationality|citizen) ([^;()]+?)\.?(?:;|$|\()"


@final
class SanctionsList(AbstractSource):
    """The main file, without a header: one line per entry, ``-0-`` for nothing, a control character to end it."""

    columns = ()
    series = (
        Series(
            id=f"{_ID}.entries",
            title=Text("Entries on the sanctions list", "Entradas en la lista de sanciones"),
            definition=Text(
                "Persons, entities, vessels and aircraft on OFAC's main list on the day, in all and by "
                "programme. An entry under two programmes counts once in all and once under each.",
                "Personas, entidades, buques y aeronaves en la lista principal de la OFAC en el día, en "
                "total y por programa. Una entrada con dos programas cuenta una vez en total y una en cada "
                "uno.",
            ),
            unit="entries",
            stock=True,
        ),
        Series(
            id=f"{_ID}.nationals",
            title=Text("Entries by nationality or citizenship", "Entradas por nacionalidad o ciudadanía"),
            definition=Text(
                "Entries whose remarks give the nationality or citizenship of the country, in all and by "
                "programme; one with two countries counts under each. Entities and the persons of many "
                "older entries give none.",
                "Entradas cuyas observaciones dan la nacionalidad o ciudadanía del país, en total y por "
                "programa; una con dos países cuenta en cada uno. Las entidades y muchas entradas antiguas "
                "no dan ninguna.",
            ),
            unit="entries",
            stock=True,
        ),
        Series(
            id=f"{_ID}.mentions",
            title=Text("Entries that mention Mexico", "Entradas que mencionan a México"),
            definition=Text(
                "Entries in whose line of the main file the word 'Mexico' stands: a birthplace, a tax "
                "number, a registry. The widest of the counts, and no statement of nationality. In capitals, "
                "MEXICO is part of a company's name, and does not count by itself.",
                "Entradas en cuya línea del archivo principal aparece la palabra «Mexico»: lugar de "
                "nacimiento, registro fiscal, folio. Es el conteo más amplio y no afirma nacionalidad. En "
                "mayúsculas, MEXICO es parte del nombre de una empresa y por sí solo no cuenta.",
            ),
            unit="entries",
            stock=True,
        ),
    )
    about = About(
        title=Text(
            "Specially Designated Nationals list, counts",
            "Lista de nacionales especialmente designados, conteos",
        ),
        publisher=Text(
            "Office of Foreign Assets Control (OFAC), U.S. Department of the Treasury",
            "Oficina de Control de Activos Extranjeros (OFAC), Departamento del Tesoro de EE. UU.",
        ),
        carrier="github.com/jackdwyer/specially-designated-nationals-list",
        licence=US_PUBLIC_DOMAIN,
        citation=Citation(
            key=_ID,
            title="Specially Designated Nationals and Blocked Persons List (SDN), data file",
            publisher="Office of Foreign Assets Control, U.S. Department of the Treasury",
            kind="dataset",
            url="https://www.treasury.gov/ofac/downloads/sdn.csv",
        ),
        landing_page="https://home.treasury.gov/policy-issues/financial-sanctions/faqs/topic/1641",
        download="https://www.treasury.gov/ofac/downloads/sdn.csv",
        schedule=Text(
            "Whenever a designation is made. The file does not say its day: give it when bringing the file "
            "in, or leave it in the file's name.",
            "Cada vez que hay una designación. El archivo no dice su día: indíquelo al incorporarlo o "
            "déjelo en el nombre del archivo.",
        ),
        encoding="latin-1",
        caveats=(
            Text(
                "Only counts are kept. No name, birth date, document or address leaves the file.",
                "Solo se guardan conteos. Ningún nombre, fecha de nacimiento, documento o domicilio sale "
                "del archivo.",
            ),
            Text(
                "Two days differ by additions less removals; the counts do not tell them apart.",
                "Dos días difieren por altas menos bajas; los conteos no las distinguen.",
            ),
            Text(
                "Programmes are renamed and succeed one another (SDNTK, ILLICIT-DRUGS-EO14059): a fall in "
                "one may be a move.",
                "Los programas cambian de nombre y se suceden (SDNTK, ILLICIT-DRUGS-EO14059): una baja en "
                "uno puede ser un traslado.",
            ),
            Text(
                "The main file alone, without the files of aliases, addresses and comments.",
                "Solo el archivo principal, sin los de alias, domicilios y comentarios.",
            ),
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By its first line: a number, a name in quotes, and the publisher's mark for nothing, twelve cells in all."""
        if sample.format is not Format.TEXT or not sample.lines:
            return False
        first = sample.lines[0]
        return _FIRST_LINE.match(first) is not None and first.count(_NULL) >= 6

    def parse(self, raw: Raw) -> Parsed:
        """Counts only. The day comes from the user, or from the file's name."""
        published = _published(raw)
        staged = stage(raw, Layout(names=_NAMES, encoding=self.about.encoding, foot=True))
        broken = _broken(raw, staged)
        if published is None or broken:
            return refused(staged, *broken, *(() if published else (_undated(raw),)))
        _countries(raw, staged)
        return Parsed(
            sql=_sql(staged.table, published.on),
            published=published,
            rows_read=staged.rows,
            set_aside=_set_aside(raw, staged),
        )


def _published(raw: Raw) -> Published | None:
    if raw.published is not None:
        return Published(raw.published, Basis.STATED)
    found = _ISO_DATE.search(raw.name.replace("\\", "/").rsplit("/", 1)[-1])
    try:
        return Published(date.fromisoformat(found[1]), Basis.RETRIEVED) if found else None
    except ValueError:
        return None


def _undated(raw: Raw) -> Problem:
    return Problem(
        what=Text("The list does not say of what day it is.", "La lista no dice de qué día es."),
        where=raw.name,
        fix=Text(
            "Give the day with --published 2024-05-03, or name the file sdn_2024-05-03.csv.",
            "Indique el día con --published 2024-05-03 o nombre el archivo sdn_2024-05-03.csv.",
        ),
    )


def _broken(raw: Raw, staged: Staged) -> list[Problem]:
    """Short lines other than the publisher's last one, which is a control character alone."""
    rows = raw.connection.execute(
        f"SELECT line, count(*) FROM {staged.table}_errors "
        "WHERE trim(csv_line, chr(10) || chr(13) || chr(26) || ' ') <> '' "
        "GROUP BY 1 ORDER BY 1 LIMIT 1"
    ).fetchall()
    return [
        Problem(
            what=Text(
                "The row has not the twelve cells of an entry; the file may have been cut off.",
                "La fila no tiene las doce celdas de una entrada; quizá el archivo quedó cortado.",
            ),
            where=f"{raw.name}, row {line}",
            fix=GET_AGAIN,
        )
        for line, _ in rows
    ]


def _countries(raw: Raw, staged: Staged) -> None:
    """Makes ``under (entry, program)``, ``said (entry, country)`` and ``national (entry, place)``: no names."""
    raw.connection.execute(
        f"""CREATE OR REPLACE TABLE under AS SELECT DISTINCT entry,
            unnest(regexp_split_to_array(trim(program, '[] '), '\\]\\s*\\[')) AS program
        FROM {staged.table} WHERE trim(program) <> '{_NULL}'"""
    )
    raw.connection.execute(
        f"""CREATE OR REPLACE TABLE said AS SELECT DISTINCT entry, trim(unnest(
            regexp_extract_all(remarks, '{_NATIONALITY}', 1))) AS country FROM {staged.table}"""
    )
    table = Staged(table="said", columns=("entry", "country"), rows=0, first_row=1)
    match_places(raw, table, column="country", look_up=country_by_name)
    raw.connection.execute(
        "CREATE OR REPLACE TABLE national AS SELECT DISTINCT entry, place FROM said JOIN matched ON "
        "matched.name = country"
    )


def _sql(table: str, on: date) -> str:
    line = f"concat_ws(' ', {', '.join(_NAMES)})"
    groups = (
        ("entries", f"(SELECT entry, 'US' AS place FROM {table})"),
        ("nationals", "national"),
        ("mentions", f"(SELECT entry, 'MX' AS place FROM {table} WHERE contains({line}, 'Mexico'))"),
    )
    return " UNION ALL ".join(
        f"""SELECT '{_ID}.{measure}' AS series, place, {breakdown} AS breakdown, '{on.isoformat()}' AS period,
            count(*)::DOUBLE AS value, 'entries' AS unit, 'A' AS status FROM {rows} {joined} GROUP BY ALL"""
        for measure, rows in groups
        for breakdown, joined in (("''", ""), ("'program=' || program", "JOIN under USING (entry)"))
    )


def _set_aside(raw: Raw, staged: Staged) -> tuple[SetAside, ...]:
    (marks,) = raw.connection.execute(
        f"SELECT count(DISTINCT line) FROM {staged.table}_errors"
    ).fetchone() or (0,)
    (unplaced,) = raw.connection.execute(
        "SELECT count(*) FROM said LEFT JOIN matched ON matched.name = country WHERE place IS NULL"
    ).fetchone() or (0,)
    reasons = (
        (marks, Text("the control character that ends the file; it is no entry",
                     "el carácter de control con que termina el archivo; no es una entrada")),
        (unplaced, Text("nationalities that name no country: left out of the count by country only",
                        "nacionalidades que no nombran un país: solo quedan fuera del conteo por país")),
    )  # fmt: skip
    return tuple(SetAside(rows=rows, reason=reason) for rows, reason in reasons if rows)


SOURCE = SanctionsList()
