"""``acuerdo simulate``: policy scenarios compared over everything that the data allow."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from acuerdo.cli.command import Advance, Call, Command, Example, Word
from acuerdo.cli.entries.comparison import comparison_facts
from acuerdo.cli.output import Column, Entry, Table
from acuerdo.core.text import Text

if TYPE_CHECKING:
    from acuerdo.foresight.asking import Plan
    from acuerdo.foresight.run import Progress


Scenario = Annotated[
    str, Word(about=Text("Ids of scenarios.", "Ids de escenarios."), label=Text("SCENARIO", "ESCENARIO"))
]
Base = Annotated[
    str,
    Word(
        about=Text("The scenario they are compared with.", "El escenario con que se comparan."),
        label=Text("BASE", "BASE"),
    ),
]
Draws = Annotated[
    int,
    Word(
        about=Text(
            "Parameter values under each structure.", "Valores de los parámetros bajo cada estructura."
        ),
        label=Text("N", "N"),
    ),
]
OnlyIn = Annotated[
    str | None,
    Word(
        about=Text(
            "Only in this model; if not given, in every model where a scenario moves something.",
            "Solo en este modelo; si se omite, en cada modelo donde un escenario mueve algo.",
        ),
        label=Text("MODEL", "MODELO"),
    ),
]
Planned = Annotated[
    bool,
    Word(
        about=Text("Say what would be computed; compute nothing.", "Dice qué se calcularía; no calcula nada.")
    ),
]
Cluster = Annotated[
    str | None,
    Word(
        about=Text(
            "Compute on a cluster: tcp://… of Dask, ray://… of Ray, or a number of processes of this machine.",
            "Calcula en un clúster: tcp://… de Dask, ray://… de Ray, o un número de procesos de esta máquina.",
        ),
        label=Text("URL", "URL"),
    ),
]
_STOPPED = Text(
    "Stopped. The blocks that were done are kept: the same call goes on where it was.",
    "Detenido. Los bloques terminados se conservan: la misma orden sigue donde se quedó.",
)


def simulate(
    call: Call,
    *scenarios: Scenario,
    against: Base = "baseline",
    draws: Draws = 400,
    model: OnlyIn = None,
    plan: Planned = False,
    cluster: Cluster = None,
) -> Entry | Table:
    """One entry: the comparison in each model; with ``plan`` a table of what it would take."""
    foresight = call.workspace.foresight
    asked = foresight.questions(scenarios, against=against, model=model, draws=draws)
    if plan:
        return _planned([foresight.plan(one) for one in asked])
    facts: list[tuple[Column, Any]] = []
    try:
        with call.progress(Text("Simulating", "Simulando")) as advance:
            for question in asked:
                told = partial(_tell, advance)
                found = foresight.ask(question, cluster=cluster, advance=told)
                titles = foresight.structures(question.model)
                facts += comparison_facts(
                    foresight.model(question.model), found, titles=titles, hinges=foresight.hinges(found)
                )
    except KeyboardInterrupt:
        print(_STOPPED.in_(call.lang), file=sys.stderr)
        raise
    return Entry(title=Text("What would happen", "Qué pasaría"), facts=tuple(facts))


def _tell(advance: Advance, progress: Progress, /) -> None:
    left = f", {progress.left:.0f} s" if progress.left is not None else ""
    advance(f"{progress.rate:,.0f}/s{left}", progress.done, progress.total)


def _planned(plans: Sequence[Plan]) -> Table:
    return Table(
        title=Text("What would be computed", "Qué se calcularía"),
        columns=(
            Column("model", Text("Model", "Modelo")),
            Column("outcome", Text("Outcome", "Resultado")),
            Column("scenarios", Text("Scenarios", "Escenarios")),
            Column("structures", Text("Structures", "Estructuras")),
            Column("trajectories", Text("Trajectories", "Trayectorias")),
            Column("fitted", Text("Fitted to data", "Ajustado a datos")),
        ),
        rows=[
            (one.question.model, one.study.outcome, len(one.scenarios), len(one.study.structures), one.trajectories,
             one.study.fit is not None)
            for one in plans
        ],
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
