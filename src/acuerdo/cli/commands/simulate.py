"""``acuerdo simulate``: policy scenarios compared over everything that the data allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.entries.comparison import comparison_facts
from acuerdo.cli.output import Coded, Column, Entry, Table
from acuerdo.cli.watching import watching
from acuerdo.cli.words import Against, Cluster, Draws, OnlyIn, Scenarios
from acuerdo.core.text import Text

if TYPE_CHECKING:
    from acuerdo.foresight.asking import Plan
    from acuerdo.foresight.model import Model


Planned = Annotated[
    bool,
    Word(
        about=Text("Say what would be computed; compute nothing.", "Dice qué se calcularía; no calcula nada.")
    ),
]


def simulate(
    call: Call,
    *scenarios: Scenarios,
    against: Against = "baseline",
    draws: Draws = None,
    model: OnlyIn = None,
    plan: Planned = False,
    cluster: Cluster = None,
) -> Entry | Table:
    """One entry: the comparison in each model; with ``plan`` a table of what it would take."""
    foresight = call.workspace.foresight
    asked = foresight.questions(scenarios, against=against, model=model, draws=draws)
    if plan:
        return _planned([foresight.plan(one) for one in asked], foresight.models())
    facts: list[tuple[Column, Any]] = []
    models = tuple(one.model for one in asked)
    with watching(call, Text("Simulating", "Simulando"), models=models) as told:
        for question in asked:
            found = foresight.ask(question, cluster=cluster, advance=told)
            facts += comparison_facts(foresight, question, found)
    return Entry(title=Text("What would happen", "Qué pasaría"), facts=tuple(facts))


def _planned(plans: Sequence[Plan], models: Mapping[str, Model]) -> Table:
    outcomes = {
        one.question.model: {o.name: o.title for o in models[one.question.model].outcomes} for one in plans
    }
    return Table(
        title=Text("What would be computed", "Qué se calcularía"),
        columns=(
            Column("model", Text("Model", "Modelo")),
            Column("outcome", Text("What is compared", "Qué se compara")),
            Column("scenarios", Text("Scenarios", "Escenarios")),
            Column("structures", Text("Structures", "Estructuras")),
            Column("draws", Text("Draws", "Sorteos")),
            Column("trajectories", Text("Trajectories", "Trayectorias")),
            Column("fitted", Text("Fitted to data", "Ajustado a datos")),
        ),
        rows=[
            (Coded(one.question.model, models[one.question.model].title),
             Coded(one.study.outcome, outcomes[one.question.model][one.study.outcome]), len(one.scenarios),
             len(one.study.structures), one.question.draws, one.trajectories, one.study.fit is not None)
            for one in plans
        ],
        note=Text(
            "Trajectories are scenarios × structures × draws; what a scenario is compared with is one of them.",
            "Las trayectorias son escenarios × estructuras × sorteos; aquel con que se compara es uno de ellos.",
        ),
    )  # fmt: skip


COMMAND = Command(
    call=simulate,
    section="next",
    about=Text(
        "Compare policy scenarios over every parameter value and structure that fits the data.",
        "Compara escenarios de política sobre todo valor y estructura que se ajusta a los datos.",
    ),
    examples=(
        Example(
            call="acuerdo simulate southbound_inspection --model arms_flow --draws 50",
            about=Text("One policy in one model.", "Una política en un modelo."),
        ),
        Example(
            call="acuerdo simulate double_the_arrests recruitment_prevention --plan",
            about=Text("What two policies would take.", "Lo que requerirían dos políticas."),
        ),
    ),
)
