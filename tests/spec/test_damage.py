"""Whatever happens to a file, the loader answers with the file or with problems in words, never with a crash."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from acuerdo.core.errors import SpecProblems
from acuerdo.spec.check import framework_faults
from acuerdo.spec.dump import frozen, plain
from acuerdo.spec.fault import LineMap, Trail, problems
from acuerdo.spec.load import build, load_document, load_text
from acuerdo.spec.model import Framework

EXAMPLE = Path(__file__).with_name("example_framework.yaml")
TEXT = EXAMPLE.read_text(encoding="utf-8")
LINES = TEXT.splitlines(keepends=True)
DATA = plain(load_document(EXAMPLE, Framework))
JUNK = st.sampled_from(
    [
        None,
        True,
        0,
        -1.5,
        "",
        "x",
        "NO",
        "c001",
        "1.1",
        (),
        ("x", "x"),
        ({},),
        {},
        {"en": "a", "es": "b"},
        {"x": {}},
    ]
)


def _trails(value: Any, trail: Trail = ()) -> list[Trail]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, tuple) else ()
    return [trail, *(inner for part, one in pairs for inner in _trails(one, (*trail, part)))]


TRAILS = _trails(DATA)[1:]


def _replaced(data: Any, trail: Trail, value: Any) -> Any:
    if not trail:
        return value
    head, rest = trail[0], trail[1:]
    if isinstance(data, tuple):
        return tuple(
            _replaced(one, rest, value) if number == head else one for number, one in enumerate(data)
        )
    return {key: _replaced(one, rest, value) if key == head else one for key, one in data.items()}


def _in_words(error: SpecProblems) -> None:
    assert error.problems
    for problem in error.problems:
        assert problem.what.en.strip()
        assert problem.what.es.strip()
        assert "validation error" not in problem.render("es")
        assert not problem.what.es.startswith("Value error")


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, len(TEXT)),
    st.integers(0, 12),
    st.text(max_size=3) | st.sampled_from(["\t", "&a ", "*a", "{", "]", "'", "- "]),
)
def test_a_damaged_text(start: int, length: int, inserted: str) -> None:
    damaged = TEXT[:start] + inserted + TEXT[start + length :]
    try:
        load_text(damaged, Framework, name="x.yaml", check=framework_faults)
    except SpecProblems as error:
        _in_words(error)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(LINES) - 1), st.integers(0, len(LINES) - 1))
def test_a_line_moved_elsewhere(source: int, target: int) -> None:
    lines = LINES.copy()
    lines.insert(target, lines.pop(source))
    try:
        load_text("".join(lines), Framework, name="x.yaml", check=framework_faults)
    except SpecProblems as error:
        _in_words(error)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(TRAILS), JUNK)
def test_a_value_of_the_wrong_kind(trail: Trail, value: Any) -> None:
    """Every fault that the model finds is worded, at the damaged value or at something that points to it."""
    built, faults = build(
        frozen(_replaced(DATA, trail, value)), Framework, lines=LineMap({}, {}, {}), check=framework_faults
    )
    for fault in problems(faults, name="x.yaml", lines=LineMap({}, {}, {})):
        assert fault.what.es.strip()
    assert (built is not None) or faults
