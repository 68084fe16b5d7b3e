"""Reading cells: numbers, months, headers, workbooks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acuerdo.core.text import Text
from acuerdo.data.macros import MACROS, understand_numbers
from acuerdo.data.source import Raw
from acuerdo.data.table import Layout, numbered, stage

Cells = Callable[..., Any]


@pytest.fixture(scope="module")
def ask() -> Cells:
    """What a macro makes of one text."""
    connection = duckdb.connect()
    connection.execute(MACROS)

    def run(call: str, *given: str | None) -> Any:
        found = connection.execute(f"SELECT {call}", list(given)).fetchone()
        return found[0] if found else None

    return run


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7), ("-7", -7), ("007", 7), (" 12 ", 12), ("1,234", 1234), ("12,345,678", 12_345_678),
        ("-1,234.5", -1234.5),
        ("0.5", 0.5), (".5", 0.5), ("5.", 5), ("1e3", 1000), ("+3", 3),
        ("1,23", None), ("12,34", None), (",123", None), ("1.234.567", None), ("", None), ("-", None), ("#N/A", None),
        ("nan", None), ("inf", None), ("1_000", None), ("0x10", None), ("7*", None), ("doce", None), (None, None),
    ],
)  # fmt: skip
def test_number(ask: Cells, text: str | None, number: float | None) -> None:
    assert ask("number(?)", text) == number


@settings(max_examples=200)
@given(value=st.integers(-(10**12), 10**12))
def test_a_whole_number_is_read_with_and_without_commas(ask: Cells, value: int) -> None:
    assert ask("number(?)", str(value)) == value
    assert ask("number(?)", f"{value:,}") == value


@pytest.mark.parametrize(
    "text", ["", "  ", "-", "--", "#N/A", "#n/a", "N/A", "NA", "null", "None", "#REF!", None]
)
def test_a_blank_says_nothing(ask: Cells, text: str | None) -> None:
    assert ask("is_blank(?)", text) is True


@pytest.mark.parametrize("text", ["0", "x", "-1", "."])
def test_what_is_not_blank(ask: Cells, text: str) -> None:
    assert ask("is_blank(?)", text) is False


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("Enero", 1),
        ("ene", 1),
        ("JAN", 1),
        ("Sept.", 9),
        ("setiembre", 9),
        ("Dic", 12),
        ("December", 12),
        ("Mes", None),
    ],
)
def test_month_number(ask: Cells, name: str, month: int | None) -> None:
    assert ask("month_number(?)", name) == month


def test_month_code(ask: Cells) -> None:
    assert ask("month_code(?, ?)", "2021", "3") == "2021-03"


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        (["a", "b"], ("a", "b")),
        (["a", "", "a", "A"], ("a", "column2", "a_2", "A_3")),
        ([], ()),
    ],
)
def test_names_of_columns_are_unique(cells: list[str], names: tuple[str, ...]) -> None:
    assert numbered(cells) == names


def raw(path: Path, content: bytes) -> Raw:
    path.write_bytes(content)
    connection = duckdb.connect()
    connection.execute(MACROS)
    return Raw(name="f.csv", path=path, connection=connection)


def rows(given: Raw) -> list[tuple[Any, ...]]:
    return given.connection.execute("SELECT * FROM raw").fetchall()


def test_a_text_is_staged_as_it_stands(tmp_path: Path) -> None:
    file = raw(tmp_path / "f.csv", 'Año,n\n"Michoacán, de Ocampo",007\n"dos ""x""",\n'.encode("latin-1"))
    staged = stage(file, Layout(columns=("Año", "n"), encoding="latin-1"))
    assert staged.problems == ()
    assert (staged.columns, staged.rows, staged.first_row) == (("Año", "n"), 2, 2)
    assert rows(file) == [("Michoacán, de Ocampo", "007"), ('dos "x"', None)]


def test_a_mark_of_byte_order_is_not_part_of_the_header(tmp_path: Path) -> None:
    file = raw(tmp_path / "f.csv", "\ufeffa|b\n1|2\n".encode())
    assert stage(file, Layout(columns=("a", "b"), delimiter="|")).problems == ()


def test_a_garbled_header_is_told_as_that_and_not_as_new_columns(tmp_path: Path) -> None:
    file = raw(tmp_path / "f.csv", "Año,n\nMichoacán,1\n".encode())
    (problem,) = stage(file, Layout(columns=("Año", "n"), encoding="latin-1")).problems
    assert problem.what.en == "Letters are garbled: 'AÃ±o'."


def test_a_short_row_is_told_in_both_languages(tmp_path: Path) -> None:
    (problem,) = stage(raw(tmp_path / "f.csv", b"x,y,z\n1,2,3\n4\n"), Layout()).problems
    assert problem.why == Text("3 cells were expected; it has 1.", "Debía tener 3 celdas; tiene 1.")


def test_lines_before_the_header_are_skipped_and_counted(tmp_path: Path) -> None:
    file = raw(tmp_path / "f.csv", b"Title\n\nx,y\n1,2\n3,z\n")
    staged = stage(file, Layout(columns=("x", "y"), skip=2))
    assert staged.problems == ()
    (problem,) = understand_numbers(file, staged, columns=("x", "y")).problems
    assert problem.where == "f.csv, row 5, column y"


def test_a_file_without_header_takes_the_names_given(tmp_path: Path) -> None:
    file = raw(tmp_path / "f.csv", b"1,2\n3,4\n")
    staged = stage(file, Layout(names=("a", "b")))
    assert (staged.rows, staged.first_row) == (2, 1)


def test_notes_at_the_foot_are_left_out_where_the_source_says_so(tmp_path: Path) -> None:
    content = b"a,b\n1,2\n\nQuery: SELECT 1\n"
    assert stage(raw(tmp_path / "f.csv", content), Layout(columns=("a", "b"))).problems != ()
    file = raw(tmp_path / "g.csv", content)
    staged = stage(file, Layout(columns=("a", "b"), foot=True))
    assert staged.problems == ()
    assert staged.rows == 1


def test_each_sort_of_broken_row_is_said_once_at_its_first_row(tmp_path: Path) -> None:
    file = raw(tmp_path / "f.csv", b"a,b\n1\n1,2\n3\n4,5,6\n7,8,9\n")
    problems = stage(file, Layout(columns=("a", "b"))).problems
    assert [problem.where.split(", ")[1] for problem in problems] == ["row 2", "row 5"]
    assert "(2 rows in all)" in problems[0].what.en


@settings(max_examples=60)
@given(
    table=st.lists(
        st.tuples(st.text("aéñ,\"' |;0", max_size=6), st.text("xÑ\t.5", max_size=4)), min_size=1, max_size=20
    )
)
def test_any_well_formed_text_comes_back_cell_by_cell(
    table: list[tuple[str, str]], tmp_path_factory: Any
) -> None:
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([("one", "two"), *table])
    file = raw(tmp_path_factory.mktemp("any") / "f.csv", buffer.getvalue().encode())
    staged = stage(file, Layout(columns=("one", "two")))
    assert staged.problems == ()
    assert [(a or "", b or "") for a, b in rows(file)] == table
