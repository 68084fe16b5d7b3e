"""What is printed does nothing to a screen and runs in no spreadsheet, whatever stands in it."""

from __future__ import annotations

import csv
import io
import json

import pytest

from acuerdo.cli.output import Column, Table, as_csv, as_json, on_screen
from acuerdo.core.errors import Problem
from acuerdo.core.text import LANGS, Text, same

HOSTILE = "\x1b[2J\x9b31m\u202etxt\x7f"
UNSEEN = "\x1b\x9b\u202e\x7f"


def table(*cells: str | float | None) -> Table:
    return Table(title=same("T"), columns=(Column("it", same("It")),), rows=tuple((one,) for one in cells))


def test_no_cell_moves_the_cursor_or_turns_letters_around(capsys: pytest.CaptureFixture[str]) -> None:
    on_screen(table(HOSTILE), "en")
    on_screen(Text(HOSTILE, HOSTILE), "es")
    shown = [capsys.readouterr().out, as_json(table(HOSTILE), "en")]
    shown += [Problem(what=Text(HOSTILE, HOSTILE)).render(lang) for lang in LANGS]
    for one in shown:
        assert "txt" in one
        assert not any(char in one for char in UNSEEN)
    # What is escaped in JSON is what it was for whoever reads it.
    assert json.loads(shown[1]) == [{"it": HOSTILE}]


def test_no_cell_of_a_csv_is_a_formula() -> None:
    formulas = ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\tx"]
    (_, *cells) = csv.reader(io.StringIO(as_csv(table(*formulas), "en")))
    assert [one[0] for one in cells] == [f"'{one}" for one in formulas]
    (_, *cells) = csv.reader(io.StringIO(as_csv(table("-5", "+5.5", -3.25, "a=b", "–", "15"), "en")))
    assert [one[0] for one in cells] == ["-5", "+5.5", "-3.25", "a=b", "–", "15"]
