"""The beginning of an unknown file, in the form that sources recognise it by."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import duckdb
from python_calamine import CalamineError, CalamineWorkbook

from acuerdo.core.errors import IngestRefused, Problem
from acuerdo.core.text import Text
from acuerdo.data.rda import object_names
from acuerdo.data.refusal import GET_AGAIN
from acuerdo.data.source import Format, Sample
from acuerdo.data.unpack import Unpacked

_TEXT_BYTES = 1 << 16
_SHEET_ROWS = 12


def sample(unpacked: Unpacked) -> Sample:
    """What recognition may look at.

    Raises:
        IngestRefused: If a workbook or a Parquet file cannot be opened.
        MissingExtra: If an R file needs the optional reader.
    """
    match unpacked.format:
        case Format.TEXT:
            return Sample(format=Format.TEXT, lines=_first_lines(unpacked.path))
        case Format.PARQUET:
            return Sample(format=Format.PARQUET, columns=_parquet_columns(unpacked))
        case Format.XLSX:
            return Sample(format=Format.XLSX, sheets=_first_rows(unpacked))
        case Format.RDA:
            return Sample(format=Format.RDA, columns=object_names(unpacked.path, name=unpacked.name))


def _first_lines(path: Path) -> tuple[str, ...]:
    with path.open("rb") as file:
        head = file.read(_TEXT_BYTES)
    try:
        # The incremental decoder keeps back a character that the cut went through
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        text = head.decode("latin-1")
    lines = text.splitlines()
    return tuple(lines[:-1] if len(head) == _TEXT_BYTES and len(lines) > 1 else lines)


def _parquet_columns(unpacked: Unpacked) -> tuple[str, ...]:
    try:
        with duckdb.connect() as connection:
            return tuple(connection.read_parquet(str(unpacked.path)).columns)
    except duckdb.Error as error:
        raise _unreadable(unpacked.name, "Parquet", detail=str(error)) from error


def _first_rows(unpacked: Unpacked) -> dict[str, tuple[tuple[str, ...], ...]]:
    try:
        with CalamineWorkbook.from_path(str(unpacked.path)) as book:
            return {
                sheet: tuple(
                    tuple(str(cell) for cell in row)
                    for row in book.get_sheet_by_name(sheet).to_python(
                        skip_empty_area=False, nrows=_SHEET_ROWS
                    )
                )
                for sheet in book.sheet_names
            }
    except CalamineError as error:
        raise _unreadable(unpacked.name, "Excel", detail=str(error)) from error


def _unreadable(name: str, kind: str, *, detail: str) -> IngestRefused:
    first_line = json.dumps(detail.splitlines()[0] if detail else "", ensure_ascii=False)
    return IngestRefused(
        Problem(
            what=Text(f"The {kind} file cannot be opened.", f"No se puede abrir el archivo {kind}."),
            where=name,
            why=Text(f"The reader says: {first_line}", f"El lector dice: {first_line}"),
            fix=GET_AGAIN,
        )
    )
