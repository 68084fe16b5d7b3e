"""What became of files that were brought in."""

from __future__ import annotations

from collections.abc import Sequence

from acuerdo.cli.output import Cell, Coded, Column, Table, Unfinished
from acuerdo.core.errors import CorrectionStale, IngestRefused
from acuerdo.core.text import Text, same
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


def ingested_table(outcomes: Sequence[Outcome]) -> Table | Unfinished:
    """One row per file; files that were refused also end the command with their problems."""
    table = Table(
        title=Text("What became of the files", "Qué pasó con los archivos"),
        columns=_COLUMNS,
        rows=tuple(_row(one) for one in outcomes),
        told=_joined([_told(one) for one in outcomes], "\n"),
    )
    refused = [problem for one in outcomes for problem in one.refused]
    stale = [problem for one in outcomes if one.ingested for problem in one.ingested.stale]
    if refused:
        return Unfinished(done=table, error=IngestRefused([*refused, *stale]))
    return Unfinished(done=table, error=CorrectionStale(stale)) if stale else table


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
        Coded(release.published.basis.value, release.published.basis.label),
        release.rows,
        release.first,
        release.last,
        *counts,
        sum(one.rows for one in release.set_aside),
        "; ".join(f"{one.series} {one.total:,.10g}" for one in release.coverage),
        _joined([*(one.reason for one in release.set_aside), *release.notes], "; "),
    )


def _told(outcome: Outcome) -> Text:
    """One file's story: what it is, how far it reaches, what it adds up to, what it changed, what was left out."""
    name = outcome.path.name
    if outcome.ingested is None:
        return Text(f"{name}: refused, see below", f"{name}: rechazado, véase abajo")
    release, new = outcome.ingested.release, outcome.ingested.new
    basis, day = release.published.basis.label, release.published.on
    state = _STORED if new else _ALREADY
    said = [
        Text(f"{name}: {state.en}, {release.source}", f"{name}: {state.es}, {release.source}"),
        Text(
            f"  {release.rows:,} values, {release.first} to {release.last}; public from {day} ({basis.en})",
            f"  {release.rows:,} valores, del {release.first} al {release.last}; público desde {day} ({basis.es})",
        ),
        *(same(f"  {one.series}: {one.rows:,} · Σ {one.total:,.10g}") for one in release.coverage),
        *_changed(outcome),
        *_set_aside(outcome),
        *(Text(f"  {one.en}", f"  {one.es}") for one in release.notes),
    ]
    return _joined(said, "\n") or same(name)


def _changed(outcome: Outcome) -> list[Text]:
    changes = outcome.ingested.changes if outcome.ingested else None
    if changes is None:
        return []
    if changes.previous is None:
        return [Text("  The first vintage of its series.", "  La primera publicación de sus series.")]
    day, words = (
        changes.previous.published.on,
        (Text("revised", "revisados"), Text("redefined", "redefinidos")),
    )
    word = words[changes.redefined]
    return [
        Text(
            f"  Against the vintage of {day}: {changes.new:,} new, {changes.revised:,} {word.en}, "
            f"{changes.same:,} unchanged, {changes.removed:,} removed.",
            f"  Frente a la publicación del {day}: {changes.new:,} nuevos, {changes.revised:,} {word.es}, "
            f"{changes.same:,} sin cambio, {changes.removed:,} retirados.",
        )
    ]


def _set_aside(outcome: Outcome) -> list[Text]:
    aside = outcome.ingested.release.set_aside if outcome.ingested else ()
    return [
        Text(
            f"  {one.rows:,} rows set aside: {one.reason.en}",
            f"  {one.rows:,} filas apartadas: {one.reason.es}",
        )
        for one in aside
    ]


def _joined(texts: Sequence[Text], between: str) -> Text | None:
    return (
        Text(between.join(one.en for one in texts), between.join(one.es for one in texts)) if texts else None
    )
