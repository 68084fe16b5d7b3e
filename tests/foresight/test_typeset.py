"""Equations as they are read: from the graph that is run, each symbol explained, nothing undefined."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from acuerdo.core.text import LANGS
from acuerdo.foresight.arrays import Arrays
from acuerdo.foresight.check import structures
from acuerdo.foresight.expression import exp, maximum, sqrt, symbol, total, where
from acuerdo.foresight.formula import Formula, Line, Symbol, written
from acuerdo.foresight.library import model, models
from acuerdo.foresight.notation import FOLDER, letters, terms
from acuerdo.foresight.setting import Setting
from acuerdo.foresight.tracing import System, trace
from acuerdo.foresight.typeset import SHARED, Sheet, sheet, symbols
from acuerdo.review import mathml

Values = Mapping[tuple[Symbol, int], Any]
NAMES = sorted(models())
_OPERATIONS = {"exp": math.exp, "ln": math.log, "max": max, "min": min}


def every_line(found: Sheet) -> Iterator[Line]:
    yield from found.lines
    for one in found.variants:
        yield from one.lines


def value(one: Formula, of: Values, at: Mapping[str, int]) -> float:
    """What a formula comes to, read as a mathematician reads it."""
    parts = one.parts
    match one.kind:
        case "number":
            return one.number
        case "symbol":
            known = of[one.symbol, len(one.index)]
            return known[tuple(at[letter] for letter in one.index)] if one.index else known
        case "choice":
            return value(parts[1 if value(parts[0], of, at) else 2], of, at)
        case "over":
            size = next(len(known) for key, known in of.items() if key[1] == 1)
            return sum(value(parts[0], of, {**at, one.index: place}) for place in range(size))
        case _:
            return computed(one, [value(part, of, at) for part in parts])


def computed(one: Formula, parts: list[float]) -> float:
    """An operation on numbers."""
    match one.kind:
        case "sum":
            return sum(parts)
        case "minus":
            return -parts[0]
        case "product":
            return math.prod(parts)
        case "fraction":
            return parts[0] / parts[1]
        case "power":
            return parts[0] ** parts[1]
        case "root":
            return math.sqrt(parts[0])
        case "less":
            return float(parts[0] < parts[1])
        case _:
            return _OPERATIONS[one.name](*parts)


@pytest.mark.parametrize("name", NAMES)
def test_every_symbol_is_explained_once_in_both_languages(name: str) -> None:
    found = sheet(model(name))
    used = {mark for line in every_line(found) for side in (line.left, line.right) for mark in symbols(side)}
    legend = [(term.symbol, len(term.many)) for term in found.legend]
    assert len(set(legend)) == len(legend)
    assert {mark for mark in used if mark[0].letter != SHARED} == set(legend)
    for term in found.legend:
        assert term.title.en
        assert term.title.en != term.title.es, term
    defined = {line.left.symbol for line in every_line(found)}
    assert {mark[0] for mark in used if mark[0].letter == SHARED} <= defined


@pytest.mark.parametrize("name", sorted(FOLDER.files()))
def test_a_list_of_symbols_names_what_the_model_has_and_no_symbol_twice(name: str) -> None:
    one, found = model(name), letters(FOLDER.file(name))
    systems = [trace(one, structure) for structure in structures(one)]
    data = {
        key.replace(".", "_")
        for system in systems
        for key in (*system.data.vectors, *system.data.matrices, *system.used())
    }
    declared = {
        each.name for each in (*one.states, *one.parameters, *one.constants, *one.levers, *one.inputs)
    }
    assert declared | data == set(found.quantities)
    assert {flow.name for system in systems for flow in system.flows} == set(found.flows)
    assert {each.name for each in one.outcomes} == set(found.outcomes)
    taken = [each.symbol for each in found.quantities.values()]
    assert len(set(taken)) == len(taken)
    assert not set(taken) & {each.symbol for each in found.flows.values()}
    assert not any(each.startswith(SHARED) for each in taken)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", LANGS)
def test_equations_are_well_formed_mathml_with_every_symbol_in_it(name: str, lang: Any) -> None:
    for line in every_line(sheet(model(name))):
        box = ElementTree.fromstring(
            mathml.equation(line, lang).replace("&#x2061;", "").replace("&#xa0;", " ")
        )
        assert box.find("math") is not None
        said = "".join(box.itertext())
        for mark, _ in (*symbols(line.left), *symbols(line.right)):
            assert f"{mark.letter}{mark.below}" in said
        assert {part.tag for part in box.iter()} <= {
            "div", "math", "mrow", "mi", "mn", "mo", "msub", "msup", "mfrac", "munder", "msqrt", "mtable", "mtr", "mtd",
            "mtext",
        }  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_state_flow_and_outcome_has_its_equation(name: str) -> None:
    one = model(name)
    found, system = sheet(one), trace(one)
    assert sum(line.left.kind == "start" for line in found.lines) == len(system.states)
    assert sum(line.left.kind == "slope" for line in found.lines) == len(system.states)
    assert sum(line.part == "flows" for line in found.lines) == len(system.flows)
    lines = [line.written("en") for line in found.lines]
    assert len(set(lines)) == len(lines)
    changed = {
        (mechanism.name, other.id) for mechanism in one.mechanisms for other in mechanism.alternatives[1:]
    }
    assert {(each.mechanism, each.alternative) for each in found.variants if each.lines} == changed


def test_the_published_equation_reads_as_it_was_published() -> None:
    lines = {line.written("es") for line in sheet(model("cartel_recruitment")).lines}
    assert {
        "dCᵢ/dt = Rᵢ − Aᵢ − Kᵢ − Eᵢ", "Rᵢ = ρ · (1 − p) · Cᵢ", "Aᵢ = η · a · Cᵢ / T", "Eᵢ = ω · Cᵢ²", "T = Σᵢ Cᵢ",
        "Kᵢ = θ · Cᵢ · sᵢ · (Σⱼ Wᵢⱼ · Cⱼ + T − Cᵢ)",
    } <= lines  # fmt: skip


def known_values(system: System) -> dict[str, Any]:
    """A number for every quantity: the declared ones nudged, so that none is 0 or 1 by chance."""
    one, chance = system.model, np.random.default_rng(7)
    arrays = Arrays(system, np)
    fixed = arrays.fixed(np.array([[each.value] for each in one.parameters]))
    sizes = system.data.spaces
    states = {
        each.name: chance.uniform(0.3, 0.6, (sizes[each.space], 1) if each.space else (1,))
        for each in system.states
    }
    moved = {each.name: 0.5 * (each.low + each.high) * 0.9 for each in one.levers}
    return {**fixed, **states, **moved, **{each.name: each.value * 0.9 for each in one.inputs}}


def lettered(system: System, values: dict[str, Any], reached: dict[str, dict[str, Any]]) -> dict[Any, Any]:
    """The same numbers by symbol."""
    found: dict[Any, Any] = {}
    for term in terms(system):
        kind, name = term.name
        key = f"{name}.sparse" if len(term.many) == 2 else name
        table = values if kind == "quantity" else reached[kind]
        if key in table:
            plain = np.asarray(table[key], dtype=float)
            # Values of one draw; a matrix has none of them
            bare = (
                plain
                if len(term.many) == 2
                else plain.reshape(-1)
                if term.many
                else float(plain.reshape(-1)[0])
            )
            found.setdefault((term.symbol, len(term.many)), bare)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_formulas_come_to_what_the_graphs_come_to(name: str) -> None:
    """Every equation under every structure, read as a mathematician reads it, against the graph that is run."""
    one = model(name)
    found = sheet(one)
    changed = {(each.mechanism, each.alternative): each.lines for each in found.variants}
    tried = 0
    for structure in structures(one):
        system = trace(one, structure)
        arrays, values = Arrays(system, np), known_values(system)
        kinds = {
            "flow": {flow.name: flow.rate for flow in system.flows}, "outcome": system.outcomes,
            "start": system.starts, "slope": system.derivatives, "jump": system.jumps,
        }  # fmt: skip
        reached = {kind: arrays.evaluate(roots, values) for kind, roots in kinds.items()}
        of = lettered(system, values, reached)
        lines = (
            [line for each in structure.items() for line in changed[each]] if structure else list(found.lines)
        )
        shared = [line for line in (*found.lines, *lines) if line.part == "shared"]
        for line in shared:
            of[line.left.symbol, 0] = value(line.right, of, {})
        wanted = {(term.symbol, len(term.many)): term.name[1] for term in reversed(list(terms(system)))}
        for line in (each for each in lines if each.part != "shared"):
            kind = {"flows": "flow", "outcomes": "outcome", "jumps": "jump"}.get(line.part, line.left.kind)
            for place in (0, 3) if line.left.index else (0,):
                right = value(line.right, of, {line.left.index: place})
                graph = np.asarray(
                    reached[kind][wanted[line.left.symbol, len(line.left.index)]], dtype=float
                ).reshape(-1)
                assert right == pytest.approx(graph[min(place, graph.size - 1)], rel=1e-9), line.written("en")
                tried += 1
    assert tried >= sum(line.part != "shared" for line in found.lines)


def test_brackets_stand_where_they_are_needed_and_nowhere_else() -> None:
    a, b, c = (symbol(name) for name in "abc")
    v = symbol("v", space="groups")
    how = Setting(model=model("arms_flow"), named={})
    for made, line in (
        (a - (b - c), "a − b + c"), (a * (b + c), "a · (b + c)"), (a / b / c, "a / (b · c)"),
        (a / (b / c), "a · c / b"), (-a / b, "−a / b"), (a**b, "a^b"), ((a * b) ** c, "(a · b)^c"), (a * a * a, "a³"),
        (1.0 - (1.0 - a), "a"), (exp(-a), "exp(−a)"), (sqrt(a + b), "√(a + b)"), (maximum(a, 0.0), "max(a, 0)"),
        (total(v * a), "Σᵢ vᵢ · a"), (total(v) * 2.0, "2 · (Σᵢ vᵢ)"), (a - total(v), "a − Σᵢ vᵢ"),
        (where(a < b, 1.0, otherwise=c), "{1 if a < b; c otherwise}"), (a * 0.0 + b, "b"),
    ):  # fmt: skip
        assert written(how.formula(made), "en") == line


def test_a_model_without_letters_has_its_names() -> None:
    assert written(Formula(kind="symbol", symbol=Symbol("recruitment", "rate")), "en") == "recruitment_rate"
