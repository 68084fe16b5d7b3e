"""``acuerdo chance``: how much chance adds to what is not known about a policy."""

from __future__ import annotations

from typing import Any, Final

from acuerdo.cli.command import Call, Command, Example
from acuerdo.cli.entries.by_chance import chance_facts
from acuerdo.cli.output import Column, Entry
from acuerdo.cli.watching import watching
from acuerdo.cli.words import Against, Cluster, Draws, OnlyIn, Scenarios
from acuerdo.core.text import Text

_TITLE: Final = Text("Simulating", "Simulando")


def chance(
    call: Call,
    *scenarios: Scenarios,
    against: Against = "baseline",
    draws: Draws = None,
    model: OnlyIn = None,
    cluster: Cluster = None,
) -> Entry:
    """One entry: the change with chance, beside the change without, in each model."""
    foresight = call.workspace.foresight
    asked = foresight.questions(scenarios, against=against, model=model, draws=draws, chance=True)
    facts: list[tuple[Column, Any]] = []
    with watching(call, _TITLE, models=tuple(one.model for one in asked)) as told:
        for question in asked:
            facts += chance_facts(foresight, question, foresight.ask(question, cluster=cluster, advance=told))
    return Entry(title=Text("What chance adds", "Qué agrega el azar"), facts=tuple(facts))


COMMAND = Command(
    call=chance,
    section="next",
    about=Text(
        "Leave to chance who moves when, and show how much that adds to what is not known about a policy.",
        "Deja al azar quién se mueve cuándo y muestra cuánto agrega a lo que no se sabe de una política.",
    ),
    examples=(
        Example(
            call="acuerdo chance southbound_inspection --model arms_flow --draws 50",
            about=Text("Whether chance matters for inspection.", "Si el azar importa para la inspección."),
        ),
    ),
)
