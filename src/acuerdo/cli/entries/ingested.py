"""What became of files that were brought in."""

from __future__ import annotations

from collections.abc import Sequence

from acuerdo.cli.output import Cell, Column, Table, Unfinished
from acuerdo.core.errors import IngestRefused
from acuerdo.core.text import Text
from acuerdo.workspace import Outcome

_STORED = Text("stored", "guardado")
_ALREADY = Text("already there", "ya estaba")
_REFUSED = Text("refused", "rechazado")
_COLUMNS = (
    Column("file", Text("File", "Archivo")),
    Column("outcome", Text("Outcome", "Resultado")),
    Column("source", Text("Source", "Fuente")),
    Column("published", Text("Public from", "Público desde")),
    Column("basis", Text("How the date is known", "Cómo consta la fecha")),
    Column("values", Text("Values", "Valores")),
    Column("first", Text("From", "Desde")),
    Column("last", Text("To", "Hasta")),
    Column("new", Text("New", "Nuevos")),
    Column("revised", Text("Revised", "Revisados")),
    Column("removed", Text("Removed", "Retirados")),
    Column("redefined", Text("Redefined", "Redefinición")),
    Column("set_aside", Text("Rows set aside", "Filas apartadas")),
    Column("totals", Text("Control totals", "Totales de control")),
    Column("notes", Text("Notes", "Notas")),
)
_ON_REQUEST = ("basis", "set_aside", "totals", "notes")


def ingested_table(outcomes: Sequence[Outcome]) -> Table | Unfinished:
    """One row per file; files that were refused also end the command with their problems."""
    table = Table(
        title=Text("What became of the files", "Qué pasó con los archivos"),
        columns=_COLUMNS,
        rows=tuple(_row(one) for one in outcomes),
        note=_notes(outcomes),
        hidden=_ON_REQUEST,
    )
    problems = [problem for one in outcomes for problem in one.refused]
    return Unfinished(done=table, error=IngestRefused(problems)) if problems else table


def _row(outcome: Outcome) -> tuple[Cell, ...]:
    found = outcome.ingested
    if found is None:
        return (outcome.path.name, _REFUSED, *(None for _ in _COLUMNS[2:]))
    release, changes = found.release, found.changes
    counts = (changes.new, changes.revised, changes.removed, changes.redefined) if changes else (None,) * 4
    return (
        outcome.path.name,
        _STORED if found.new else _ALREADY,
        release.source,
        release.published.on,
        release.published.basis.label,
        release.rows,
        release.first,
        release.last,
        *counts,
        sum(one.rows for one in release.set_aside),
        "; ".join(f"{one.series} {one.total:,.10g}" for one in release.coverage),
        _joined([*(one.reason for one in release.set_aside), *release.notes]),
    )


def _notes(outcomes: Sequence[Outcome]) -> Text | None:
    """What the readers of the files had to say, under the table: each file's notes and rows set aside."""
    said: list[Text] = []
    for one in outcomes:
        if one.ingested is None or not one.ingested.new:
            continue
        release = one.ingested.release
        aside = (
            Text(
                f"{each.rows:,} rows set aside: {each.reason.en}",
                f"{each.rows:,} filas apartadas: {each.reason.es}",
            )
            for each in release.set_aside
        )
        said.extend(
            Text(f"{one.path.name}: {note.en}", f"{one.path.name}: {note.es}")
            for note in (*aside, *release.notes)
        )
    return Text("\n".join(one.en for one in said), "\n".join(one.es for one in said)) if said else None


def _joined(texts: Sequence[Text]) -> Text | None:
    return Text("; ".join(one.en for one in texts), "; ".join(one.es for one in texts)) if texts else None
