"""People in shelters by division and month: an invented data set of an invented publisher."""

from __future__ import annotations

from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.data.licences import NOT_STATED
from acuerdo.data.macros import understand_numbers
from acuerdo.data.refusal import refused
from acuerdo.data.schedule import on_day_of_next_month
from acuerdo.data.source import About, AbstractSource, Format, Parsed, Raw, Sample, Series
from acuerdo.data.table import Layout, stage

_COLUMNS = ("place", "year", "month", "value")


@final
class Source(AbstractSource):
    """One row per division and month."""

    columns = _COLUMNS
    series = (
        Series(
            id="fj_shelters.people",
            title=Text("People in shelters", "Personas en refugios"),
            definition=Text("People counted in public shelters.", "Personas contadas en refugios públicos."),
            unit="persons",
        ),
    )
    about = About(
        title=Text("Shelter register", "Registro de refugios"),
        publisher=Text("Cyclone Council", "Consejo de Ciclones"),
        licence=NOT_STATED,
        citation=Citation(
            key="fj_shelters",
            title="Shelter register",
            publisher="Cyclone Council",
            kind="dataset",
            url="https://example.org/shelters.csv",
        ),
        landing_page="https://example.org/shelters",
        schedule=Text("Every month.", "Cada mes."),
        caveats=(Text("Invented.", "Inventado."),),
    )

    def recognises(self, sample: Sample) -> bool:
        """By its header."""
        head = sample.lines[0] if sample.format is Format.TEXT and sample.lines else ""
        return tuple(head.split(",")) == _COLUMNS

    def parse(self, raw: Raw) -> Parsed:
        """Every row is read."""
        staged = stage(raw, Layout(columns=_COLUMNS))
        numbers = understand_numbers(raw, staged, columns=("year", "month", "value"))
        if staged.problems or numbers.problems:
            return refused(staged, *numbers.problems)
        (last,) = raw.connection.execute(
            f"SELECT max(month_code(year, month)) FROM {staged.table}"
        ).fetchone() or ("",)
        return Parsed(
            sql=f"""SELECT 'fj_shelters.people' AS series, place, '' AS breakdown, month_code(year, month) AS period,
                number(value) AS value, 'persons' AS unit, 'A' AS status FROM {staged.table}""",
            published=on_day_of_next_month(last, day=20),
            rows_read=staged.rows,
            notes=numbers.notes,
        )


SOURCE = Source()
