"""Figures known only as somebody printed them: yearly tables cited line by line."""

from __future__ import annotations

from dataclasses import replace
from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.errors import SpecProblems
from acuerdo.core.text import LANGS, Text
from acuerdo.data.cited_figures import KIND, SOURCE_ID, FigureTable, packaged_tables
from acuerdo.data.refusal import refused
from acuerdo.data.source import (
    About,
    AbstractSource,
    Basis,
    Format,
    Licence,
    Parsed,
    Published,
    Raw,
    Sample,
    Series,
)
from acuerdo.data.table import Staged
from acuerdo.spec.load import load_document
from acuerdo.spec.source import SOURCE_KINDS

_COLUMNS = ("series", "place", "breakdown", "period", "value", "unit", "status", "known_from")
_TYPES = ("VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "DOUBLE", "VARCHAR", "VARCHAR", "DATE")


def _declared() -> tuple[Series, ...]:
    return tuple(
        Series(
            id=f"{SOURCE_ID}.{series.id}",
            title=series.title,
            definition=series.definition,
            unit=series.unit,
            stock=series.stock,
            revised_upward=series.revised_upward,
            ahead=series.ahead,
        )
        for table in packaged_tables().values()
        for series in table.series.values()
    )


@final
class PublishedFigures(AbstractSource):
    """YAML tables of printed numbers; preliminary and definitive are vintages of one series."""

    series = _declared()
    about = About(
        title=Text("Published figures, cited one by one", "Cifras publicadas, citadas una por una"),
        publisher=Text("Several; each figure names its own", "Varias fuentes; cada cifra cita la suya"),
        licence=Licence(
            id="cited-figures",
            name=Text("single figures, cited from their sources", "cifras sueltas, citadas de sus fuentes"),
            open=True,
        ),
        citation=Citation(
            key=SOURCE_ID,
            title="Published figures, cited one by one",
            publisher="Acuerdo",
            kind="dataset",
            note=Text("each figure names its own source", "cada cifra nombra su propia fuente"),
        ),
        landing_page="",
        schedule=Text(
            "None; a figure is added when it is printed. It is dated by its publisher's day of release "
            "where that is known, else by the page on which it was read.",
            "Ninguno; una cifra se agrega cuando se imprime. Se fecha por el día de publicación de la "
            "fuente si se conoce; si no, por la página en que se leyó.",
        ),
        caveats=(
            Text(
                "Many are read from the press or from copies; take a number from the publisher's own file "
                "before much rests on it.",
                "Muchas provienen de la prensa o de copias; antes de apoyarse en un número, tómelo del "
                "archivo de la propia fuente.",
            ),
            Text(
                "A series whose name ends in 'several_years' covers the span named in its breakdown, and "
                "its period is the last year of the span: it stands beside no single year and is never "
                "added to one.",
                "Una serie cuyo nombre termina en «several_years» abarca el lapso indicado en su desglose y "
                "su periodo es el último año: no se compara con un solo año ni se suma a él.",
            ),
            Text(
                "A total whose printed parts do not sum to it is kept as printed, with status U.",
                "Un total cuyas partes impresas no lo suman se guarda como se imprimió, con estado U.",
            ),
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By the line that says what the file is, before any table begins."""
        if sample.format is not Format.TEXT:
            return False
        said = [line.strip() for line in sample.lines if line.strip() and not line.startswith("#")]
        return bool(said) and said[0] == f"kind: {KIND}"

    def parse(self, raw: Raw) -> Parsed:
        """Strictly: every fault of the file is reported with its line and column."""
        try:
            table = load_document(raw.path, FigureTable)
        except SpecProblems as error:
            return refused(Staged(table="", columns=(), rows=0, first_row=1, problems=error.problems))
        rows = _rows(table)
        defined = ", ".join(
            f"unnest(CAST(? AS {kind}[])) AS {name}" for name, kind in zip(_COLUMNS, _TYPES, strict=True)
        )
        raw.connection.execute(
            f"CREATE OR REPLACE TABLE figures AS SELECT {defined}",
            [list(column) for column in zip(*rows, strict=True)],
        )
        return Parsed(
            sql=f"SELECT {', '.join(_COLUMNS)} FROM figures",
            published=Published(table.latest(), Basis.RETRIEVED),
            rows_read=len(rows),
            notes=_notes(table),
        )


def _rows(table: FigureTable) -> list[tuple[object, ...]]:
    return [
        (
            f"{SOURCE_ID}.{series.id}",
            series.place,
            figure.breakdown,
            figure.period.code,
            float(figure.value),
            series.unit,
            figure.status,
            table.published(figure).on.isoformat(),
        )
        for series, figure in table.rows()
    ]


def _notes(table: FigureTable) -> tuple[Text, ...]:
    """Each source with the figures that it prints, then the remarks on single figures."""
    remarks = (
        Text(
            f"{series.title.en}, {figure.period.label('en')}: {figure.note.en}",
            f"{series.title.es}, {figure.period.label('es')}: {figure.note.es}",
        )
        for series, figure in table.rows()
        if figure.note
    )
    return (*(_bears_out(table, key) for key in table.references), *remarks)


def _bears_out(table: FigureTable, key: str) -> Text:
    """One source and what is taken from it."""
    reference = table.references[key]
    # The kind stands before the remark, at the end
    cited = replace(reference.citation(), note=None)
    kind, remark = SOURCE_KINDS[reference.kind], reference.note
    figures = {
        series.id: (series.title, [one.period for one in series.figures if one.source == key])
        for series in table.series.values()
    }
    taken = {
        lang: "; ".join(
            f"{title.in_(lang)} ({', '.join(dict.fromkeys(period.label(lang) for period in periods))})"
            for title, periods in figures.values()
            if periods
        )
        for lang in LANGS
    }
    added = {lang: f" ({kind.in_(lang)}{f'; {remark.in_(lang)}' if remark else ''})" for lang in LANGS}
    return Text(
        f"{cited.text('en')}{added['en']}. Printed there: {taken['en']}.",
        f"{cited.text('es')}{added['es']}. Ahí se imprime: {taken['es']}.",
    )


SOURCE = PublishedFigures()
