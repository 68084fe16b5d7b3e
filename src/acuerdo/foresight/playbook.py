"""The scenarios that come with the software: one file each, laid over the models' defaults.

A file says, for each model, which levers are moved, when, how far, and on what evidence. It may build on others
(``over``): theirs are taken first, in order, and its own are laid over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Final, final

from pydantic import Field

from acuerdo.core.errors import nearest
from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text
from acuerdo.foresight.declaring import ASSUMED
from acuerdo.foresight.library import FOLDER as MODELS
from acuerdo.foresight.library import model as find_model
from acuerdo.foresight.model import Lever, Model
from acuerdo.foresight.scenario import Scenario, Schedule
from acuerdo.spec.fault import Fault, Trail
from acuerdo.spec.fields import AbstractSpec, Day, Key, Number, Plain, Words
from acuerdo.spec.load import load_document, load_every
from acuerdo.spec.table import Table

FOLDER: Final = Folder("foresight/scenarios", suffixes=(".yaml",), kind=Text("a scenario", "un escenario"))
BASE: Final = "baseline"


@final
class Move(AbstractSpec):
    """What is done with one lever.

    Attributes:
        value: Its value from ``since`` on, or at each date of ``on``.
        since: The day from which it holds.
        reached: The day by which it is reached, evenly from the default; at once if not given.
        until: The day on which it goes back to its default; never if not given.
        on: The days on which a lever that acts at single dates acts.
        evidence: Why this much effect for this much effort; says so where it is assumed.
        source: Key of the model's reference behind it, or ``assumed``.
    """

    id: Key
    value: Number
    since: Day | None = None
    reached: Day | None = None
    until: Day | None = None
    on: tuple[Day, ...] = ()
    evidence: Words
    source: Plain

    def schedule(self, default: float) -> Schedule:
        """The course of the lever."""
        value = float(self.value)
        if self.since is None:
            return Schedule(tuple((day, value) for day in self.on))
        if self.reached is not None:
            return Schedule(((self.since, default), (self.reached, value)), ramp=True)
        back = ((self.until, default),) if self.until is not None else ()
        return Schedule(((self.since, value), *back))


@final
class Moves(AbstractSpec):
    """What is done in one model; the id is the model's."""

    id: Key
    levers: Annotated[Table[Move], Field(min_length=1)]


@final
class Play(AbstractSpec):
    """A scenario as its file says it.

    Attributes:
        title: Its name for a reader.
        about: What is done, and what is not known about it, in a few sentences.
        over: The scenarios it builds on, in order.
        models: What is done in each model; those it does not name stay as they are.
    """

    id: Key
    title: Words
    about: Words
    over: tuple[Key, ...] = ()
    models: Table[Moves] = Table()

    def moves(self, model_id: str) -> Mapping[str, Move]:
        """What is done with each lever of a model, that of the scenarios beneath included."""
        found: dict[str, Move] = {}
        for below in self.over:
            found |= play(below).moves(model_id)
        own = self.models.get(model_id)
        return found | (dict(own.levers) if own else {})

    @property
    def acts_on(self) -> tuple[str, ...]:
        """The models in which anything is done."""
        below = {name for one in self.over for name in play(one).acts_on}
        return tuple(sorted(below | set(self.models)))

    def scenario(self, model: Model, *, since: date | None = None) -> Scenario:
        """What is done in one model.

        Args:
            since: The day on which the scenario's first move is to fall instead; all its dates move along.
        """
        moves = self.moves(model.id)
        defaults = {one.name: one.default for one in model.levers}
        courses = {name: one.schedule(defaults[name]) for name, one in moves.items()}
        shift = _shift(courses, since)
        levers = {
            name: Schedule(tuple((day + shift, value) for day, value in one.points), ramp=one.ramp)
            for name, one in courses.items()
        }
        return Scenario(id=self.id, title=self.title, levers=levers)


def load(path: Path) -> Play:
    """One scenario.

    Raises:
        SpecProblems: If anything is wrong; lists every problem with file, line and column.
    """
    return load_document(path, Play, check=_faults)


@cache
def play(play_id: str) -> Play:
    """A scenario that comes with the software.

    Raises:
        NotFound: If there is none of that id; names the nearest.
        SpecProblems: If its file is wrong.
    """
    return load(FOLDER.file(play_id))


@cache
def plays() -> Mapping[str, Play]:
    """Every scenario by id, the baseline first.

    Raises:
        SpecProblems: Lists every problem of every file.
    """
    return load_every(sorted(FOLDER.files(), key=lambda one: (one != BASE, one)), play)


def _shift(courses: Mapping[str, Schedule], since: date | None) -> timedelta:
    days = [day for one in courses.values() for day, _ in one.points]
    return since - min(days) if since is not None and days else timedelta()


def _faults(one: Play) -> Iterator[Fault]:
    """Everything that the shape of the file cannot tell: models, levers, ranges, sources, dates."""
    known = tuple(FOLDER.files())
    for place, below in enumerate(one.over):
        if below not in known or below == one.id:
            yield _unknown(("over", place), Text("a scenario", "un escenario"), name=below, known=known)
    for moves in one.models.values():
        trail: Trail = ("models", moves.id)
        if moves.id not in MODELS.files():
            yield _unknown(
                trail, Text("a model", "un modelo"), name=moves.id, known=MODELS.files(), at_key=True
            )
            continue
        declared = find_model(moves.id)
        levers = {lever.name: lever for lever in declared.levers}
        for move in moves.levers.values():
            inner = (*trail, "levers", move.id)
            if move.id not in levers:
                kind = Text(f"a lever of '{moves.id}'", f"una palanca de '{moves.id}'")
                yield _unknown(inner, kind, name=move.id, known=levers, at_key=True)
            else:
                yield from _lever_faults(move, levers[move.id], trail=inner)
            sources = [cited.key for cited in declared.references]
            if move.source not in (ASSUMED, *sources):
                kind = Text(f"a source of '{moves.id}'", f"una fuente de '{moves.id}'")
                yield _unknown((*inner, "source"), kind, name=move.source, known=[ASSUMED, *sources])


def _lever_faults(move: Move, lever: Lever, *, trail: Trail) -> Iterator[Fault]:
    if not lever.low <= move.value <= lever.high:
        yield _stated(
            (*trail, "value"),
            Text(
                f"'{lever.name}' is set to {move.value:g}, outside its range {lever.low:g} to {lever.high:g}.",
                f"'{lever.name}' se fija en {move.value:g}, fuera de su intervalo de {lever.low:g} a "
                f"{lever.high:g}.",
            ),
            Text(
                f"Give a value from {lever.low:g} to {lever.high:g}.",
                f"Dé un valor entre {lever.low:g} y {lever.high:g}.",
            ),
        )
    if lever.impulse != bool(move.on) or lever.impulse == (move.since is not None):
        yield _stated(
            trail,
            Text(
                f"'{lever.name}' acts {'at single dates' if lever.impulse else 'over time'}.",
                f"'{lever.name}' actúa {'en fechas sueltas' if lever.impulse else 'a lo largo del tiempo'}.",
            ),
            Text("Give 'on:' with dates.", "Dé 'on:' con fechas.")
            if lever.impulse
            else Text("Give 'since:' with a date.", "Dé 'since:' con una fecha."),
        )
    days = [day for day in (move.since, move.reached or move.until) if day is not None] or list(move.on)
    both = move.reached is not None and move.until is not None
    if both or days != sorted(set(days)):
        yield _stated(
            trail,
            Text(f"The dates of '{lever.name}' do not fit.", f"Las fechas de '{lever.name}' no concuerdan."),
            Text(
                "Give them from the earliest to the latest, and either 'reached:' or 'until:'.",
                "Délas de la primera a la última, y 'reached:' o bien 'until:'.",
            ),
        )


def _unknown(trail: Trail, kind: Text, *, name: str, known: Iterable[str], at_key: bool = False) -> Fault:
    names = sorted(known)
    listed = ", ".join(names)
    what = Text(f"'{name}' is not {kind.en}.", f"'{name}' no es {kind.es}.")
    fix = Text(f"Use one of: {listed}", f"Use alguno de: {listed}")
    return Fault(
        kind="value_stated",
        trail=trail,
        at="key" if at_key else "value",
        values={"what": what, "fix": fix},
        nearest=nearest(name, names),
    )


def _stated(trail: Trail, what: Text, fix: Text, /) -> Fault:
    return Fault(kind="value_stated", trail=trail, values={"what": what, "fix": fix})
