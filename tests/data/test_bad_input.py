"""Every way in which a file can be bad: one clear message with its place, and nothing stored."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused, Problem
from acuerdo.data.store import Store

ROWS = [("08", "2023-11", 10), ("08", "2023-12", 12), ("06", "2023-11", 3), ("06", "2023-12", 4)]
Bring = Callable[..., Any]
Write = Callable[..., Path]


def refusal(bring: Bring, path: Path, store: Store, **how: Any) -> Problem:
    """The one problem of a file; nothing may be left of it."""
    with pytest.raises(IngestRefused) as caught:
        bring(path, **how)
    (problem,) = caught.value.problems
    assert path.name in problem.where
    assert problem.fix is not None, "it must say what to do"
    assert problem.what.es != problem.what.en
    assert store.releases() == ()
    assert list((store.own / "incoming").glob("*")) == []
    return problem


@pytest.mark.parametrize(
    ("pack", "ending"), [(gzip.compress, "gz"), (lzma.compress, "xz"), (bz2.compress, "bz2")]
)
def test_corrupt_archive(
    bring: Bring, text: Write, store: Store, pack: Callable[[bytes], bytes], ending: str
) -> None:
    path = text(ROWS * 400, name="plain")
    packed = path.with_name(f"deaths.csv.{ending}")
    whole = pack(path.read_bytes())
    packed.write_bytes(whole[: len(whole) // 2])
    assert "damaged or cut short" in refusal(bring, packed, store).what.en


def test_archive_with_flipped_bits(bring: Bring, text: Write, store: Store) -> None:
    whole = bytearray(
        gzip.compress(text([(f"{n % 32 + 1:02}", "2023-11", n) for n in range(900)]).read_bytes())
    )
    whole[len(whole) // 2] ^= 0xFF
    path = store.own.with_name("deaths.csv.gz")
    path.write_bytes(bytes(whole))
    assert "damaged" in refusal(bring, path, store).what.en


def test_archive_of_several_files(bring: Bring, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "Estado,Mes,Muertes\n")
        archive.writestr("b.csv", "Estado,Mes,Muertes\n")
    assert "2 files" in refusal(bring, path, store).what.en


def test_truncated_parquet(bring: Bring, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "deaths.parquet"
    path.write_bytes(b"PAR1" + bytes(200))
    assert "cut short" in refusal(bring, path, store).what.en


def test_text_cut_off_in_a_row(bring: Bring, text: Write, store: Store) -> None:
    path = text(ROWS)
    path.write_bytes(path.read_bytes()[:-6])
    problem = refusal(bring, path, store)
    assert "too short" in problem.what.en
    assert problem.where.endswith("row 5, column 2")


def test_text_cut_off_between_rows(bring: Bring, text: Write, store: Store) -> None:
    months = [(f"{state:02}", f"2023-{month:02}", 5) for state in range(1, 33) for month in range(1, 13)]
    bring(text([*months], name="december.csv"), restates=True)
    later = [(f"{state:02}", f"2023-{month:02}", 6) for state in range(1, 17) for month in range(1, 13)]
    with pytest.raises(IngestRefused) as caught:
        bring(text([*later, ("01", "2024-01", 1)], name="january.csv"), restates=True)
    (problem,) = caught.value.problems
    assert "192 of the 384 values (50%)" in problem.what.en
    assert "december.csv" in problem.what.en
    assert [one.name for one in store.releases()] == ["december.csv"]


def test_empty_file(bring: Bring, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "deaths.csv"
    path.write_bytes(b" \n\n")
    assert refusal(bring, path, store).what.es == "El archivo está vacío."


def test_header_without_rows(bring: Bring, text: Write, store: Store) -> None:
    assert "not one value" in refusal(bring, text([]), store).what.en


def test_wrong_encoding(bring: Bring, text: Write, store: Store) -> None:
    path = text([*ROWS, ("Michoacán", "2023-12", 1)], encoding="latin-1")
    problem = refusal(bring, path, store)
    assert "not UTF-8" in problem.what.en
    assert problem.where.endswith("row 6, column 1")


def test_utf8_where_latin1_is_promised(bring: Bring, text: Write, store: Store) -> None:
    problem = refusal(bring, text([*ROWS, ("Michoacán", "2023-12", 1)]), store, encoding="latin-1")
    assert problem.what.en == "Letters are garbled: 'MichoacÃ¡n'."
    assert problem.where.endswith("row 6, column 1")


@pytest.mark.parametrize(
    "garbled", ["MichoacÃ¡n", "QuerÃ©taro", "Nuevo LeÃ³n", "YucatÃ¡n", "MU�OZ", "NUÃ‘EZ"]
)
def test_mojibake(bring: Bring, text: Write, store: Store, garbled: str) -> None:
    problem = refusal(bring, text([*ROWS, (garbled, "2023-12", 1)]), store)
    assert garbled in problem.what.en
    assert problem.where.endswith("row 6, column 1")


def test_accents_that_are_right_are_not_mojibake(bring: Bring, text: Write) -> None:
    found = bring(text([*ROWS, ("08", "2023-10", "")], name="Año—SÃO ÂNGELO.csv"))
    assert found.new


def test_schema_that_drifted(bring: Bring, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "deaths.csv"
    path.write_text("Estado,Mes,Defunciones,Sexo\n08,2023-11,3,M\n", encoding="utf-8")
    problem = refusal(bring, path, store)
    assert "lacks 'Muertes'" in problem.what.en
    assert "'Defunciones', 'Sexo'" in problem.what.en
    assert problem.where.endswith("row 1, column 3")


def test_unknown_file_names_the_closest_source(bring: Bring, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "deaths.csv"
    path.write_text("Entidad,Mes,Muertes\n08,2023-11,3\n", encoding="utf-8")
    problem = refusal(bring, path, store)
    assert "most like made" in problem.what.en
    assert "lacks 'Estado'; has besides 'Entidad'" in problem.what.en


def test_two_sources_claim_one_file(bring: Bring, text: Write, store: Store, made: Any) -> None:
    problem = refusal(bring, text(ROWS), store, among={"one": made(), "other": made()})
    assert "one, other" in problem.what.en


@pytest.mark.parametrize(
    "page", ["<!DOCTYPE html>\n<title>404</title>", "\n <html><body>Error</body></html>"]
)
def test_web_page_saved_as_csv(bring: Bring, store: Store, tmp_path: Path, page: str) -> None:
    path = tmp_path / "deaths.csv"
    path.write_text(page, encoding="utf-8")
    assert "web page" in refusal(bring, path, store).what.en


@pytest.mark.parametrize(
    ("head", "name"), [(b"%PDF-1.7", "PDF"), (b"\xd0\xcf\x11\xe0", "xls"), (b"\x7fELF\x00", "bytes")]
)
def test_not_data_at_all(bring: Bring, store: Store, tmp_path: Path, head: bytes, name: str) -> None:
    path = tmp_path / "deaths.csv"
    path.write_bytes(head + b"....")
    assert name in refusal(bring, path, store).what.en


def test_no_such_file(bring: Bring, store: Store, tmp_path: Path) -> None:
    assert "no such file" in refusal(bring, tmp_path / "deaths.csv", store).what.en


def test_thousands_commas_are_read_and_named(bring: Bring, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "deaths.csv"
    path.write_text('Estado,Mes,Muertes\n08,2023-11,7\n08,2023-12,"1,234"\n', encoding="utf-8")
    release = bring(path).release
    assert release.coverage[0].total == 1241
    assert [note.en for note in release.notes] == [
        "1 numbers are written with thousands commas and were read as such (first: row 3, column Muertes, '1,234')."
    ]


@pytest.mark.parametrize("cell", ["1,23", "12,34,567", "1.234.567", "doce", "3 4", "7*"])
def test_a_cell_that_is_no_number(bring: Bring, store: Store, tmp_path: Path, cell: str) -> None:
    path = tmp_path / "deaths.csv"
    path.write_text(f'Estado,Mes,Muertes\n08,2023-11,7\n08,2023-12,"{cell}"\n', encoding="utf-8")
    problem = refusal(bring, path, store)
    assert f"'{cell}' is not a number" in problem.what.en
    assert problem.where.endswith("row 3, column Muertes")


def test_spreadsheet_errors_are_missing_and_named(bring: Bring, text: Write) -> None:
    release = bring(text([*ROWS, ("07", "2023-11", "#N/A"), ("07", "2023-12", "#N/A")])).release
    assert release.rows == 4
    assert "2 cells hold a spreadsheet error" in release.notes[0].en
    assert "row 6, column Muertes" in release.notes[0].en


def test_totals_inside_the_rows_are_refused(bring: Bring, text: Write, store: Store) -> None:
    problem = refusal(bring, text([*ROWS, ("Total", "2023-12", 16)]), store)
    assert "'MX-Total' is not known" in problem.what.en


def test_unknown_municipality(bring: Bring, text: Write, store: Store) -> None:
    problem = refusal(bring, text([*ROWS, ("08838", "2023-12", 1)]), store)
    assert "Place 'MX-08838' is not known (1 rows)" in problem.what.en
    assert "2023-12" in problem.where
    assert problem.nearest


def test_a_fiscal_year_read_as_calendar(bring: Bring, text: Write, store: Store) -> None:
    problem = refusal(bring, text([*ROWS, ("08", "2024", 100)]), store)
    assert "fiscal year may have been read as a calendar year" in problem.what.en
    assert "2024" in problem.what.en


def test_the_same_key_twice(bring: Bring, text: Write, store: Store) -> None:
    problem = refusal(bring, text([*ROWS, ("08", "2023-12", 13)]), store)
    assert "one key has two values" in problem.what.en
    assert "MX-08, 2023-12" in problem.what.en


def test_a_month_that_does_not_exist(bring: Bring, text: Write, store: Store) -> None:
    assert "'2023-13' is not a period" in refusal(bring, text([("08", "2023-13", 1), *ROWS]), store).what.en


def test_a_year_that_cannot_be(bring: Bring, text: Write, store: Store) -> None:
    assert "not a likely period" in refusal(bring, text([*ROWS, ("08", "0223-12", 1)]), store).what.en


def test_the_same_file_twice_is_stored_once(bring: Bring, text: Write, store: Store) -> None:
    path = text(ROWS)
    packed = path.with_name("other name.bin")
    packed.write_bytes(gzip.compress(lzma.compress(path.read_bytes())))
    first, again = bring(path), bring(packed)
    assert first.new
    assert not again.new
    assert again.release == first.release
    assert len(store.releases()) == 1


def test_every_problem_is_said_at_once(bring: Bring, text: Write, store: Store) -> None:
    with pytest.raises(IngestRefused) as caught:
        bring(text([*ROWS, ("08838", "2023-12", 1), ("08", "2023-12", 13), ("77", "2023-12", 1)]))
    assert len(caught.value.problems) == 3


def test_a_source_that_stumbles_refuses_the_file(bring: Bring, text: Write, store: Store) -> None:
    problem = refusal(bring, text([("08", "0000-01", 1)]), store)
    assert "could not be read" in problem.what.en
    assert problem.why is not None
