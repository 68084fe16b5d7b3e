"""The strict loader: scalars, lines, and every problem at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, final

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from acuerdo.core.errors import SpecProblems
from acuerdo.spec.check import framework_faults
from acuerdo.spec.dump import dump_text
from acuerdo.spec.fault import Trail
from acuerdo.spec.fields import AbstractSpec, Key, Number, When, Words
from acuerdo.spec.load import load_document, load_text
from acuerdo.spec.model import Framework
from acuerdo.spec.table import Table
from acuerdo.spec.tree import DoubtfulScalarError, read_tree, resolve

EXAMPLE = Path(__file__).with_name("example_framework.yaml")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("12", 12),
        ("-3", -3),
        ("80_000", 80_000),
        ("1.50", 1.5),
        ("2021-10-08", date(2021, 10, 8)),
        ("2021-10", "2021-10"),
        ("FY2021", "FY2021"),
        ("1.1.1", "1.1.1"),
        ("1a", "1a"),
        ("S62b", "S62b"),
        ("Norway", "Norway"),
    ],
)
def test_scalars_without_quotes(written: str, value: object) -> None:
    read = resolve(written)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    "written",
    [
        *("NO", "no", "Yes", "on", "OFF", "y", "TRUE"),
        *("010", "007", "0x1F", "0o17", "0b1", ".5", "5.", ".inf", "-.Inf", ".nan", "+1", "1_2", "1e5"),
        *("12:30", "190:20:30", "", "~", "null"),
        *("2022-02-30", "2021-13-01", "2021-1-5"),
    ],
)
def test_scalars_that_programs_read_differently_are_refused(written: str) -> None:
    with pytest.raises(DoubtfulScalarError):
        resolve(written)


def test_what_is_in_quotes_is_text() -> None:
    assert read_tree("""{a: "NO", b: '010', c: "2022-02-30", d: "", e: "true"}""").data == {
        "a": "NO",
        "b": "010",
        "c": "2022-02-30",
        "d": "",
        "e": "true",
    }


def test_every_problem_of_a_file_is_reported_at_once() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for old, new in {
        "obliged: us\n": "obliged: usa\n",  # a choice that is not one
        "follows: c001": "follows: c01",  # a pointer to nothing
        "deadline: 2021-12-01": "deadline: 2021-09-01",  # well formed, and impossible
        "agency: inl\n    amount: 542\n    unit: usd_million\n    report_date: 2019-09-30\n    sources: [S62b]\n": (
            "agency: inl\n    amount: 542\n    unit: usd_million\n    report_date: 2019-02-29\n"
        ),
        "level: steering": "level: steering\n    colour: red",
    }.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    with pytest.raises(SpecProblems) as caught:
        load_text(text, Framework, name="x.yaml", check=framework_faults)
    whats = [problem.what.en for problem in caught.value.problems]
    assert len(whats) == 6, whats
    for expected in ("'usa'", "'c01'", "September 1, 2021", "2019-02-29", "no source", "'colour'"):
        assert any(expected in what for what in whats), expected
    lines = [int(problem.where.split(":")[1]) for problem in caught.value.problems]
    assert lines == sorted(lines)


def test_the_example_loads_and_knows_its_parts() -> None:
    framework = load_document(EXAMPLE, Framework, check=framework_faults)
    assert (
        framework.goals["protect_our_people"].areas["area_1_1"].objectives["objective_1_1_1"].number
        == "1.1.1"
    )
    assert framework.commitments["c002"].quantity is not None
    assert framework.commitments["c002"].quantity.value == 80_000
    assert framework.references["S1"].citation().bibtex().startswith("@misc{S1,")


def test_a_loaded_framework_cannot_be_edited() -> None:
    framework = load_document(EXAMPLE, Framework)
    with pytest.raises(Exception, match="frozen"):
        framework.begins = framework.begins
    with pytest.raises(TypeError):
        framework.commitments["c001"] = framework.commitments["c002"]  # pyright: ignore[reportIndexIssue]
    hash(framework)


def test_a_missing_file_is_told_in_both_languages() -> None:
    with pytest.raises(SpecProblems) as caught:
        load_document(Path("no_such_file.yaml"), Framework)
    assert "no_such_file.yaml" in caught.value.render("es")
    assert "no puede leerse" in caught.value.render("es")


# ------------------------------------------------------------------------------------------- generated documents

KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True)
PRINTABLE = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp"), exclude_characters="�"), max_size=12
)
LEAVES = st.one_of(
    PRINTABLE,
    st.integers(-(10**9), 10**9),
    st.floats(-1e6, 1e6, allow_nan=False, width=32).map(lambda value: round(value, 3)),
    st.booleans(),
    st.dates(date(1000, 1, 1)),
)
DATA = st.dictionaries(
    KEYS,
    st.recursive(
        LEAVES,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
        max_leaves=12,
    ),
    min_size=1,
    max_size=4,
)


def _trails(value: Any, trail: Trail = ()) -> dict[Trail, Any]:
    inside: dict[Trail, Any] = {trail: value}
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, tuple) else ()
    for part, one in pairs:
        inside |= _trails(one, (*trail, part))
    return inside


@settings(deadline=None)
@given(DATA, st.sampled_from([None, False, True]))
def test_line_and_column_lead_to_the_value(data: dict[str, Any], flow: bool | None) -> None:
    """Whatever stands at the recorded place reads as the value itself, and every key stands at its own."""
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, width=10_000)
    tree = read_tree(text)
    refused = {fault.trail for fault in tree.faults}
    lines = text.split("\n")
    for trail, value in _trails(tree.data).items():
        assert trail in tree.lines.values
        if trail and isinstance(trail[-1], str):
            line, column = tree.lines.keys[trail]
            assert lines[line - 1][column - 1 :].lstrip("'\"? ").startswith(trail[-1])
        if trail in refused or isinstance(value, dict | tuple | str):
            continue
        line, column = tree.lines.values[trail]
        written = lines[line - 1][column - 1 :].split(",")[0].split("}")[0].split("]")[0].strip()
        assert resolve(written) == value


@final
class Leaf(AbstractSpec):
    id: Key
    note: Words
    plain: str
    number: Number
    day: date
    when: When
    flag: bool = False
    tags: tuple[str, ...] = ()


@final
class Tree(AbstractSpec):
    id: Key
    leaves: Table[Leaf]


SIDES = PRINTABLE.map(lambda text: "x" + text.strip() + "y")
PERIODS = st.sampled_from(
    ["2021", "2021-10", "2021-10-08", "FY2021", "2021-H1", "2021-Q4", "12M-2020-12", "2026:2026-03"]
)
LEAF = st.fixed_dictionaries(
    {
        "note": st.fixed_dictionaries({"en": SIDES, "es": SIDES}),
        "plain": st.text(
            st.characters(codec="utf-8", exclude_categories=("C",), exclude_characters="�"), max_size=20
        )
        | st.sampled_from(
            [
                "NO",
                "yes",
                "010",
                "12:30",
                "2021-10-08",
                "2022-02-30",
                "null",
                "",
                "- x",
                "a: b",
                "*x",
                "two\nlines",
            ]
        ),
        "number": st.integers(-(10**12), 10**12) | st.floats(-1e9, 1e9, allow_nan=False),
        "day": st.dates(date(1000, 1, 1)),
        "when": PERIODS,
        "flag": st.booleans(),
        "tags": st.lists(PRINTABLE, max_size=3).map(tuple),
    }
)


@settings(deadline=None)
@given(st.dictionaries(KEYS, LEAF, max_size=4))
def test_what_is_written_out_is_read_back_the_same(leaves: dict[str, Any]) -> None:
    built = Tree.model_validate({"id": "tree", "leaves": leaves})
    assert load_text(dump_text(built), Tree, name="tree.yaml") == built


def test_the_example_survives_being_written_out() -> None:
    framework = load_document(EXAMPLE, Framework)
    assert load_text(dump_text(framework), Framework, name="example.yaml") == framework
    assert Framework.model_validate_json(framework.model_dump_json(), strict=False).id == framework.id
