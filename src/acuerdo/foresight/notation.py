"""The letters by which a model's quantities are known in its equations: one file per model in ``symbols/``.

A model without such a file, as a reader's own, has its names instead: ``recruitment_rate`` stands as "recruitment",
with "rate" below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, final

from acuerdo.core.plugins import Folder
from acuerdo.core.text import LANGS, Text, same
from acuerdo.foresight.formula import Symbol, letter, written
from acuerdo.foresight.model import Constant, Input, Lever, Model, Parameter, State
from acuerdo.foresight.tracing import System
from acuerdo.foresight.worded import worded
from acuerdo.spec.fields import AbstractSpec, Key, Plain, Words
from acuerdo.spec.load import load_document
from acuerdo.spec.table import Table

FOLDER: Final = Folder(
    "foresight/symbols", suffixes=(".yaml",), kind=Text("a list of symbols", "una lista de símbolos")
)
LEGEND: Final = {
    "state": Text("What is kept account of", "De qué se lleva cuenta"),
    "flow": Text("Flows", "Flujos"),
    "outcome": Text("Outcomes", "Resultados"),
    "parameter": Text("Assumptions", "Supuestos"),
    "lever": Text("Levers", "Palancas"),
    "constant": Text("Constants", "Constantes"),
    "input": Text("From outside the model", "De fuera del modelo"),
    "data": Text("Data", "Datos"),
}
Role = Literal["state", "flow", "outcome", "parameter", "constant", "lever", "input", "data"]
Name = tuple[str, str]
"""``flow``, ``outcome``, or ``quantity`` for all else that an equation can use; and the name, which these may share."""
_PARTS: Final = ("scale", "diagonal", "left_0", "right_0")


@final
class Lettered(AbstractSpec):
    """The letter of one quantity, with what stands below it after a stroke; its title where the model gives none."""

    id: Key
    symbol: Plain
    title: Words | None = None


@final
class Letters(AbstractSpec):
    """The letters of a model; ``quantities`` are all that are neither flows nor outcomes."""

    id: Key
    quantities: Table[Lettered]
    flows: Table[Lettered]
    outcomes: Table[Lettered]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One line of a legend.

    Attributes:
        role: What part the quantity plays in the model.
        many: Whether there is one for each element of a group; two letters below it if of a matrix.
    """

    name: Name
    role: Role
    symbol: Symbol
    title: Text
    unit: str
    many: str = ""

    @property
    def letter(self) -> str:
        """Its symbol in plain characters."""
        return written(letter(self.symbol, self.many), "en")

    @property
    def unit_words(self) -> Text:
        """Its unit in words."""
        return worded(self.unit)

    @property
    def part(self) -> Text:
        """The part that it plays, in words."""
        return LEGEND[self.role]


def letters(path: Path) -> Letters:
    """The letters that a file gives.

    Raises:
        SpecProblems: If anything is wrong with it.
    """
    return load_document(path, Letters)


@cache
def _letters(model_id: str) -> Letters | None:
    return letters(FOLDER.file(model_id)) if model_id in FOLDER.files() else None


def symbol(model: Model, name: Name) -> Symbol:
    """The letter of a quantity, or its name where it has none."""
    found = _lettered(model, name)
    if found is None:
        return Symbol(name[1], "")
    letter, _, below = found.symbol.partition("_")
    return Symbol(letter, below.replace("_", " "))


def terms(system: System) -> Iterator[Term]:
    """Every quantity that a model's equations can name under a structure, by the part that it plays."""
    model, data = system.model, system.data
    states = {one.name: one for one in model.states}
    for role, every in _declared(system):
        for one in every:
            many = "i" if one.name in states and states[one.name].space else ""
            yield _term(model, ("quantity", one.name), role=role, title=one.title, unit=one.unit, many=many)
    for flow in system.flows:
        unit = f"{states[flow.out_of or flow.into].unit}/{model.time_unit}"
        yield _term(model, ("flow", flow.name), role="flow", unit=unit, many="i" if flow.rate.space else "")
    for one in model.outcomes:
        if one.name in system.outcomes:
            yield _term(model, ("outcome", one.name), role="outcome", title=one.title, unit=one.unit)
    for name, vector in data.vectors.items():
        yield _term(model, ("quantity", name), role="data", unit=vector.unit, many="i")
    for name, matrix in data.matrices.items():
        yield _term(model, ("quantity", name), role="data", unit=matrix.unit, many="ij")
        for part in _PARTS:
            yield _term(model, ("quantity", f"{name}.{part}"), role="data", unit="", many="i")


def _declared(
    system: System,
) -> Iterator[tuple[Role, Sequence[State | Parameter | Constant | Lever | Input]]]:
    model = system.model
    yield "state", system.states
    yield "parameter", model.parameters
    yield "constant", model.constants
    yield "lever", model.levers
    yield "input", model.inputs


def _term(
    model: Model, name: Name, *, role: Role, title: Text | None = None, unit: str, many: str = ""
) -> Term:
    said = titled(model, name, title=title)
    return Term(name=name, role=role, symbol=symbol(model, name), title=said, unit=unit, many=many)


def titled(model: Model, name: Name, *, title: Text | None = None) -> Text:
    """What a quantity is, in words, its letter left out where the model's own title names it."""
    found, own = _lettered(model, name), symbol(model, name)
    said = (found.title if found else None) or title or same(name[1].replace("_", " "))
    ends = (f", {own.letter}", f" {own.letter}")
    return Text(*(_without(said.in_(lang), ends) for lang in LANGS))


def _without(words: str, ends: Sequence[str]) -> str:
    for end in ends:
        words = words.removesuffix(end)
    return words


def _lettered(model: Model, name: Name) -> Lettered | None:
    kind, key = name
    found = _letters(model.id)
    if found is None:
        return None
    tables = {"quantity": found.quantities, "flow": found.flows, "outcome": found.outcomes}
    return tables[kind].get(key.replace(".", "_"))
