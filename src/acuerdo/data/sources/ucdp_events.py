"""UCDP GED: deaths in organised violence in Mexico, by state and month."""

from __future__ import annotations

from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text, same
from acuerdo.data.licences import CC_BY_4
from acuerdo.data.macros import understand_numbers
from acuerdo.data.mexico import CARRIED
from acuerdo.data.misfits import Misfit, misfits
from acuerdo.data.place_codes import match_places, state_of_mexico
from acuerdo.data.rda import read_objects
from acuerdo.data.refusal import empty, refused
from acuerdo.data.schedule import months_after_year
from acuerdo.data.source import About, AbstractSource, Format, Parsed, Raw, Sample, Series
from acuerdo.data.table import Layout, Staged, stage
from acuerdo.data.unreadable import drifted

_COLUMNS = (
    "id",
    "year",
    "type_of_violence",
    "adm_1",
    "country",
    "date_prec",
    "date_start",
    "date_end",
    "best",
    "high",
    "low",
)
_TYPES = {"1": "state-based", "2": "non-state", "3": "one-sided"}
_MEASURES = {
    "deaths_best": "sum(best)",
    "deaths_low": "sum(low)",
    "deaths_high": "sum(high)",
    "events": "count(*)",
}
_NOT_SPECIFIED = "MX-99"
_R_MAGIC = b"RD"
_R_OBJECT = "mexico"
_WHOLE = ("id", "year", "type_of_violence", "date_prec", "best", "high", "low")
_DAYS = ("date_start", "date_end")


def _deaths(measure: str, *, title: Text, words: Text) -> Series:
    return Series(
        id=f"ucdp_events.{measure}",
        title=title,
        definition=Text(
            f"Deaths in events of organised violence, {words.en}, by type of violence, state and month in which the "
            "event began. An event is an incident with at least one death between organised actors or against "
            "civilians.",
            f"Muertes en eventos de violencia organizada, {words.es}, por tipo de violencia, entidad y mes en que "
            "empezó el evento. Un evento es un incidente con al menos una muerte entre actores organizados o contra "
            "civiles.",
        ),
        unit="deaths",
    )


# Events of another country: the whole world's file would be summed into one
_FOREIGN = Misfit(
    test="country <> 'Mexico'",
    column="country",
    what=Text(
        "{count:,} events are of another country, the first of them of {0}.",
        "{count:,} eventos son de otro país; el primero, de {0}.",
    ),
    shown=("country",),
    fix=Text("Keep the rows of Mexico only.", "Conserve solo las filas de México."),
)


@final
class UcdpEvents(AbstractSource):
    """One row per event; actors, coordinates and descriptions are not read, and events are only kept in sums."""

    columns = _COLUMNS
    series = (
        _deaths(
            "deaths_best",
            title=Text(
                "Deaths in organised violence, best estimate",
                "Muertes en violencia organizada, mejor estimación",
            ),
            words=Text("best estimate", "mejor estimación"),
        ),
        _deaths(
            "deaths_low",
            title=Text(
                "Deaths in organised violence, low estimate",
                "Muertes en violencia organizada, estimación baja",
            ),
            words=Text("low estimate", "estimación baja"),
        ),
        _deaths(
            "deaths_high",
            title=Text(
                "Deaths in organised violence, high estimate",
                "Muertes en violencia organizada, estimación alta",
            ),
            words=Text("high estimate", "estimación alta"),
        ),
        Series(
            id="ucdp_events.events",
            title=Text("Events of organised violence", "Eventos de violencia organizada"),
            definition=Text(
                "Events of organised violence, by type of violence, state and month in which they began.",
                "Eventos de violencia organizada, por tipo de violencia, entidad y mes en que empezaron.",
            ),
            unit="events",
        ),
    )
    about = About(
        title=same("UCDP Georeferenced Event Dataset (GED), Mexico"),
        publisher=Text(
            "Uppsala Conflict Data Program (UCDP), Uppsala University",
            "Programa de Datos sobre Conflictos de Uppsala (UCDP), Universidad de Uppsala",
        ),
        carrier="github.com/netify-dev/netify",
        licence=CC_BY_4,
        citation=Citation(
            key="ucdp_ged",
            title="Introducing the UCDP Georeferenced Event Dataset",
            publisher="Journal of Peace Research 50(4)",
            author="Sundberg, Ralph and Melander, Erik",
            kind="article",
            date="2013",
            url="https://doi.org/10.1177/0022343313484347",
        ),
        landing_page="https://ucdp.uu.se/downloads/",
        schedule=Text(
            "Yearly; the article on the data to 2023 appeared on July 29, 2024, so a file is dated here by the end of "
            "July after its last year.",
            "Anual; el artículo sobre los datos hasta 2023 apareció el 29 de julio de 2024, por lo que aquí un archivo "
            "se fecha al final de julio posterior a su último año.",
        ),
        caveats=(
            Text(
                "Counts only deaths that sources ascribe to organised actors: far fewer than all homicides.",
                "Cuenta solo muertes que las fuentes atribuyen a actores organizados: muchas menos que "
                "todos los homicidios.",
            ),
            Text(
                "Use years, not months: more than half of the deaths to 2023 (78,122 of 140,695) stand in events that "
                "run over several months. They are put in the month in which the event began, and that month is marked "
                "as of low reliability.",
                "Use años, no meses: más de la mitad de las muertes hasta 2023 (78,122 de 140,695) están "
                "en eventos que "
                "abarcan varios meses. Se ponen en el mes en que empezó el evento, y ese mes se marca como poco "
                "confiable.",
            ),
            Text(
                "A list of events: a state and month without a row had no event listed.",
                "Es una lista de eventos: una entidad y mes sin fila no tiene eventos listados.",
            ),
            CARRIED,
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By UCDP's column names; of an R file, whose columns are not seen yet, by the name of its object."""
        if sample.format is Format.RDA:
            return sample.columns == (_R_OBJECT,)
        cells = set(sample.header())
        return {"relid", "priogrid_gid", "gwnoa", *_COLUMNS} <= cells

    def parse(self, raw: Raw) -> Parsed:
        """Sums over events; an event without a state stands at 'not specified'."""
        with raw.path.open("rb") as file:
            is_r = file.read(len(_R_MAGIC)) == _R_MAGIC
        staged = _from_r(raw) if is_r else stage(raw, Layout(columns=_COLUMNS))
        if staged.problems:
            return refused(staged)
        numbers = understand_numbers(raw, staged, columns=("best", "high", "low"))
        raw.connection.execute(
            f"UPDATE {staged.table} SET adm_1 = trim(regexp_replace(adm_1, ' state$', ''))"
        )
        problems = [
            *numbers.problems,
            *misfits(raw, staged, _FOREIGN),
            *match_places(raw, staged, column="adm_1", look_up=state_of_mexico),
        ]
        last = raw.connection.execute(f"SELECT max(number(year)) FROM {staged.table}").fetchone()
        if problems or last is None or last[0] is None:
            return refused(staged, *problems or [empty(raw, Text("an event", "un evento"))])
        return Parsed(
            sql=_sql(staged),
            published=months_after_year(int(last[0]), months=7),
            restates=True,
            rows_read=staged.rows,
            notes=(*numbers.notes, *_vague(raw, staged)),
        )


def _from_r(raw: Raw) -> Staged:
    """The R data frame as the table of texts that the published CSV would give; R's dates count seconds."""
    frame = read_objects(raw.path, name=raw.name)[_R_OBJECT]
    columns = tuple(str(column) for column in frame.columns)
    problems = drifted(raw.name, expected=_COLUMNS, found=columns, row=1)
    if not problems:
        whole = ", ".join(f"CAST(CAST({name} AS BIGINT) AS VARCHAR) AS {name}" for name in _WHOLE)
        days = ", ".join(
            f"strftime(make_timestamp(CAST({name} * 1000000 AS BIGINT)), '%Y-%m-%d') AS {name}"
            for name in _DAYS
        )
        raw.connection.register("frame", frame)
        raw.connection.execute(
            f"CREATE OR REPLACE TABLE raw AS SELECT {whole}, {days}, adm_1, country FROM frame"
        )
        raw.connection.unregister("frame")
    return Staged(table="raw", columns=columns, rows=len(frame), first_row=1, problems=tuple(problems))


def _sql(staged: Staged) -> str:
    types = (
        "CASE type_of_violence "
        + " ".join(f"WHEN '{code}' THEN '{words}'" for code, words in _TYPES.items())
        + " END"
    )
    sums = ", ".join(f"{formula} AS {measure}" for measure, formula in _MEASURES.items())
    measures = ", ".join(f"{measure}::DOUBLE AS {measure}" for measure in _MEASURES)
    units = "CASE measure WHEN 'events' THEN 'events' ELSE 'deaths' END"
    return f"""
        SELECT 'ucdp_events.' || measure AS series, place, 'type=' || type AS breakdown, period, value::DOUBLE AS value,
            {units} AS unit, CASE WHEN spread THEN 'U' ELSE 'A' END AS status
        FROM (UNPIVOT (
            SELECT coalesce(matched.place, '{_NOT_SPECIFIED}') AS place, {types} AS type, left(date_start, 7) AS period,
                bool_or(left(date_start, 7) <> left(date_end, 7)) AS spread, {sums}
            FROM (SELECT adm_1, type_of_violence, date_start, date_end, number(best) AS best,
                    number(low) AS low, number(high) AS high
                  FROM {staged.table}) LEFT JOIN matched ON name = adm_1
            GROUP BY ALL) ON {measures} INTO NAME measure VALUE value)"""


def _vague(raw: Raw, staged: Staged) -> tuple[Text, ...]:
    found = raw.connection.execute(
        f"SELECT count(*), coalesce(sum(number(best)), 0) FROM {staged.table} "
        f"WHERE left(date_start, 7) <> left(date_end, 7)"
    ).fetchone()
    if not found or not found[0]:
        return ()
    return (
        Text(
            f"{found[0]:,} events with {found[1]:,.0f} deaths run over several months; they stand in the "
            "first, which is "
            "marked as of low reliability.",
            f"{found[0]:,} eventos con {found[1]:,.0f} muertes abarcan varios meses; se ponen en el "
            "primero, que se marca "
            "como poco confiable.",
        ),
    )


SOURCE = UcdpEvents()
