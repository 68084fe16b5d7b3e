"""Workbooks and R files: read as tables of texts, refused when broken."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from acuerdo.core.errors import IngestRefused, MissingExtra
from acuerdo.data.sample import sample
from acuerdo.data.source import Format, Raw
from acuerdo.data.unpack import unpack
from acuerdo.data.workbook import sheet_names, stage_sheet

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="{kind}" Target="{target}"/></Relationships>'
)
_BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    f'xmlns:r="{_LINK}"><sheets><sheet name="Datos" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def workbook(path: Path, rows: list[list[str | float | None]]) -> Path:
    """Writes the smallest workbook that holds the rows."""

    def cell(value: str | float | None) -> str:
        if value is None:
            return "<c/>"
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
        return f"<c><v>{value}</v></c>"

    lines = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    sheet = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{lines}</sheetData></worksheet>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr(
            "_rels/.rels", _LINKS.format(kind=f"{_LINK}/officeDocument", target="xl/workbook.xml")
        )
        archive.writestr("xl/workbook.xml", _BOOK)
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            _LINKS.format(kind=f"{_LINK}/worksheet", target="worksheets/sheet1.xml"),
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return path


def raw(path: Path) -> Raw:
    return Raw(name=path.name, path=path, connection=duckdb.connect())


def test_a_sheet_becomes_a_table_of_texts(tmp_path: Path) -> None:
    file = raw(
        workbook(tmp_path / "b.xlsx", [["País", "2021", "2021"], ["México", 7.0, 7.57], ["EE. UU.", None, 5]])
    )
    assert sheet_names(file) == ("Datos",)
    staged = stage_sheet(file, "Datos", columns=("País",))
    assert staged.problems == ()
    assert (staged.columns, staged.rows, staged.first_row) == (("País", "2021", "2021_2"), 2, 2)
    found = file.connection.execute("SELECT * FROM raw ORDER BY rowid").fetchall()
    assert found == [("México", "7", "7.57"), ("EE. UU.", None, "5")]


def test_a_header_further_down(tmp_path: Path) -> None:
    file = raw(workbook(tmp_path / "b.xlsx", [["A title", None], ["x", "y"], ["1", "2"]]))
    staged = stage_sheet(file, "Datos", columns=("x", "y"), header_row=2)
    assert (staged.problems, staged.rows, staged.first_row) == ((), 1, 3)


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    (problem,) = stage_sheet(raw(workbook(tmp_path / "b.xlsx", [["x"]])), "Hoja1").problems
    assert "no sheet 'Hoja1'" in problem.what.en
    assert problem.why is not None
    assert "Datos" in problem.why.en


def test_a_sheet_that_drifted(tmp_path: Path) -> None:
    (problem,) = stage_sheet(
        raw(workbook(tmp_path / "b.xlsx", [["pais"], ["x"]])), "Datos", columns=("País",)
    ).problems
    assert problem.nearest == ("pais",)


def test_a_workbook_is_known_by_its_content(tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.csv", [["x", "y"], [1.5, "z"]])
    seen = sample(unpack(path, tmp_path))
    assert seen.format is Format.XLSX
    assert seen.sheets == {"Datos": (("x", "y"), ("1.5", "z"))}


def test_a_broken_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    with pytest.raises(IngestRefused, match="Excel file cannot be opened"):
        sample(unpack(path, tmp_path))


def test_a_day_is_written_in_iso_form(tmp_path: Path) -> None:
    from acuerdo.data.workbook import _text

    assert _text(datetime(2021, 10, 8)) == "2021-10-08"  # noqa: DTZ001 # a spreadsheet knows no time zone
    assert _text(datetime(2021, 10, 8, 12)) == "2021-10-08 12:00:00"  # noqa: DTZ001


def test_a_damaged_r_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.rda"
    path.write_bytes(b"RDX3\nX\n\x00\x00")
    try:
        import rdata  # noqa: F401 # pyright: ignore[reportMissingImports]
    except ImportError:
        with pytest.raises(MissingExtra, match=r"acuerdo\[r\]"):
            sample(unpack(path, tmp_path))
    else:
        with pytest.raises(IngestRefused, match="R data file cannot be read"):
            sample(unpack(path, tmp_path))
