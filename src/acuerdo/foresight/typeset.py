"""A model's equations as formulas, with the legend of their symbols, from the one declaration that is also run.

What several equations share is set once and named: Z₁, Z₂ and so on. Of every mechanism in dispute the equations of the
first alternative are set in full, and of each other one those that it changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, final

from acuerdo.core.text import LANGS, Text
from acuerdo.foresight.check import structures
from acuerdo.foresight.expression import Expression, shared, walk
from acuerdo.foresight.formula import Formula, Line, Part, Symbol, letter
from acuerdo.foresight.model import Model, State
from acuerdo.foresight.notation import Name, Term, symbol, terms
from acuerdo.foresight.setting import Setting, added, negated
from acuerdo.foresight.tracing import System, trace

PARTS: Final[tuple[Part, ...]] = ("states", "flows", "jumps", "outcomes", "shared")
SHARED: Final = "Z"
_STARTS: Final = Text("{title}: at the start", "{title}: al inicio")
_CHANGES: Final = Text("{title}: change a {unit}", "{title}: cambio por {unit}")
_LEAPS: Final = Text("{title}: after the date of an act", "{title}: tras la fecha de un acto")
_PART: Final = Text("Shared part", "Parte compartida")
_TIMES: Final = {
    "week": Text("week", "semana"), "month": Text("month", "mes"), "quarter": Text("quarter", "trimestre"),
    "year": Text("year", "año"),
}  # fmt: skip
# A part is named where that spares a reader more symbols than its own line costs
_SPARED: Final = 3
_NAMED: Final[tuple[tuple[str, Part], ...]] = (("flow", "flows"), ("outcome", "outcomes"))


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """What an alternative of a mechanism changes: the lines that are new or others than in the published structure."""

    mechanism: str
    alternative: str
    lines: tuple[Line, ...]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All of a model's equations.

    Attributes:
        lines: Under the first alternative of every mechanism.
        variants: What each other alternative changes.
        legend: Every symbol that stands in any of them, those of shared parts left out.
        quantities: What the model declares, by name: states, parameters, constants, levers, inputs and data.
    """

    lines: tuple[Line, ...]
    variants: tuple[Variant, ...]
    legend: tuple[Term, ...]
    quantities: Mapping[str, Term]


@cache
def sheet(model: Model) -> Sheet:
    """The equations of a model."""
    choices = structures(model)
    merged = _merged([trace(model, one) for one in choices])
    numbers: dict[int, Symbol] = {}
    every = [
        tuple(sorted(_lines(one, _setting(one, numbers)), key=lambda line: PARTS.index(line.part)))
        for one in merged
    ]
    variants = [
        Variant(mechanism=name, alternative=chosen, lines=tuple(one for one in lines if one not in every[0]))
        for choice, lines in zip(choices[1:], every[1:], strict=True)
        for name, chosen in choice.items()
    ]
    used = {
        mark
        for lines in every
        for line in lines
        for side in (line.left, line.right)
        for mark in symbols(side)
    }
    legend: dict[tuple[Symbol, int], Term] = {}
    for one in merged:
        for term in terms(one.system):
            mark = (term.symbol, len(term.many))
            if mark in used:
                legend.setdefault(mark, term)
    quantities = {
        term.name[1]: term for one in merged for term in terms(one.system) if term.name[0] == "quantity"
    }
    return Sheet(
        lines=every[0], variants=tuple(variants), legend=tuple(legend.values()), quantities=quantities
    )


def symbols(one: Formula) -> Iterator[tuple[Symbol, int]]:
    """The symbols of a formula, each with how many letters tell its elements apart."""
    if one.symbol.letter:
        yield one.symbol, len(one.index)
    for part in one.parts:
        yield from symbols(part)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _Merged:
    """A system whose equal parts are one node, the same in every system that was merged with it."""

    system: System
    roots: Mapping[Name, Expression]


def _merged(systems: Sequence[System]) -> list[_Merged]:
    every = [
        {("start", name): root for name, root in one.starts.items()}
        | {("rate", name): root for name, root in one.rates.items()}
        | {("flow", flow.name): flow.rate for flow in one.flows}
        | {("jump", name): root for name, root in one.jumps.items()}
        | {("outcome", name): root for name, root in one.outcomes.items()}
        for one in systems
    ]
    flat = {
        f"{place} {kind} {name}": root
        for place, roots in enumerate(every)
        for (kind, name), root in roots.items()
    }
    joined = shared(flat)
    return [
        _Merged(
            system=one, roots={(kind, name): joined[f"{place} {kind} {name}"] for kind, name in every[place]}
        )
        for place, one in enumerate(systems)
    ]


def _setting(one: _Merged, numbers: dict[int, Symbol]) -> Setting:
    """How its parts are named; those that are shared are numbered on from what has a number already."""
    model = one.system.model
    named = {
        id(root): symbol(model, (kind, name))
        for kind in ("outcome", "flow")
        for (what, name), root in one.roots.items()
        if what == kind and root.args
    }
    uses = Counter(id(arg) for node in walk(one.roots.values()) for arg in node.args)
    uses.update(id(root) for root in one.roots.values())
    sizes: dict[int, int] = {}
    for node in walk(one.roots.values()):
        sizes[id(node)] = sum(sizes[id(arg)] for arg in node.args) + (node.op == "symbol")
        if id(node) not in named and (uses[id(node)] - 1) * (sizes[id(node)] - 1) >= _SPARED:
            numbers.setdefault(id(node), Symbol(SHARED, str(len(numbers) + 1)))
        if id(node) in numbers:
            named.setdefault(id(node), numbers[id(node)])
        if id(node) in named:
            sizes[id(node)] = 1
    return Setting(model=model, named=named)


def _lines(one: _Merged, how: Setting) -> Iterator[Line]:
    for state in one.system.states:
        yield from _state(one, state, how=how)
    titles = {term.name: term.title for term in terms(one.system)}
    flows = {id(root) for (kind, _), root in one.roots.items() if kind == "flow"}
    for kind, part in _NAMED:
        for (what, name), root in one.roots.items():
            own = symbol(how.model, (kind, name))
            # What is reported as it is, a state or a flow, has its line already
            if what == kind and root.args and not (kind == "outcome" and id(root) in flows):
                yield _line(part, titles[kind, name], own=own, root=root, how=how)
    for node in walk(one.roots.values()):
        own = how.named.get(id(node), Symbol(""))
        if own.letter == SHARED:
            yield _line("shared", _PART, own=own, root=node, how=how)


def _line(part: Part, about: Text, *, own: Symbol, root: Expression, how: Setting) -> Line:
    """What a named part is made of."""
    inner = how.without(root).at(1 if root.space else 0)
    return Line(
        part=part,
        about=about,
        left=letter(own, inner.index(many=bool(root.space))),
        right=inner.formula(root),
    )


def _state(one: _Merged, state: State, *, how: Setting) -> Iterator[Line]:
    """Where a state starts, how it changes, and what an act makes of it."""
    inner = how.at(1 if state.space else 0)
    own = letter(symbol(how.model, ("quantity", state.name)), inner.index(many=bool(state.space)))
    start = inner.formula(one.roots["start", state.name])
    yield Line(part="states", about=_said(_STARTS, state), left=replace(own, kind="start"), right=start)
    unit = _TIMES[how.model.time_unit]
    slope = replace(own, kind="slope")
    yield Line(
        part="states",
        about=_said(_CHANGES, state, unit=unit),
        left=slope,
        right=_slope(one, state, how=inner),
    )
    if ("jump", state.name) in one.roots:
        jump = inner.formula(one.roots["jump", state.name])
        yield Line(part="jumps", about=_said(_LEAPS, state), left=own, right=jump, becomes=True)


def _said(words: Text, state: State, *, unit: Text | None = None) -> Text:
    return Text(
        *(
            words.in_(lang).format(title=state.title.in_(lang), unit=unit.in_(lang) if unit else "")
            for lang in LANGS
        )
    )


def _slope(one: _Merged, state: State, *, how: Setting) -> Formula:
    """What a state gains and loses, each flow by its letter; an account sums over the groups that it gathers from."""
    found: list[Formula] = []
    if ("rate", state.name) in one.roots:
        found += how.terms(one.roots["rate", state.name])
    for flow in one.system.flows:
        many = bool(flow.rate.space)
        gathered = many and not state.space
        inner = how.deeper() if gathered else how
        own = letter(symbol(how.model, ("flow", flow.name)), inner.index(many=many))
        moved = Formula(kind="over", parts=(own,), index=own.index) if gathered else own
        found += [moved] if flow.into == state.name else []
        found += [negated(moved)] if flow.out_of == state.name else []
    return added(found)
