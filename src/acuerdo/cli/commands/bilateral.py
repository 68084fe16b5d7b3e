"""``acuerdo bilateral``: a scenario in all mechanism models at once, and what each link between them adds."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Column, Table
from acuerdo.core.text import Text

_NOTE = Text(
    "Medians over the draws, by 2032, in per cent of the baseline; links and interaction in points. How much a link "
    "passes on is assumed. Human smuggling and trafficking has no mechanism model; this says nothing about it.",
    "Medianas de los sorteos, a 2032, en por ciento del escenario base; vínculos e interacción en puntos. Cuánto "
    "traslada un vínculo es un supuesto. El tráfico y la trata de personas no tienen modelo de mecanismo; esto no "
    "dice nada sobre ellos.",
)
_AROUND = (
    Column("interaction", Text("Jointly", "Juntos")),
    Column("together", Text("All on", "Todos")),
    Column("low", Text("10 % below", "10 % por debajo")),
    Column("high", Text("10 % above", "10 % por encima")),
)


def bilateral(
    call: Call,
    scenario: Annotated[
        str, Word(about=Text("Id of a scenario.", "Id de un escenario."), label=Text("SCENARIO", "ESCENARIO"))
    ],
    /,
    *,
    draws: Annotated[
        int, Word(about=Text("Parameter values.", "Valores de los parámetros."), label=Text("N", "N"))
    ] = 200,
) -> Table:
    """One row per outcome that is to fall: apart, what each link adds, and together."""
    foresight = call.workspace.foresight
    found = foresight.together(scenario, draws=draws)
    links = foresight.links()
    return Table(
        title=Text("What would happen in all models at once", "Qué pasaría en todos los modelos a la vez"),
        columns=(
            Column("model", Text("Model", "Modelo")),
            Column("outcome", Text("Outcome", "Resultado")),
            Column("apart", Text("All off", "Ninguno")),
            *(Column(name, title) for name, title in links.items()),
            *_AROUND,
        ),
        rows=[
            (one.model, one.outcome.title, _median(one.apart), *(_median(one.links[name]) for name in links),
             _median(one.interaction), _median(one.together), *_around(one.together))
            for one in found
        ],
        note=_NOTE,
        hidden=("model", "low", "high"),
    )  # fmt: skip


def _median(values: Iterable[float]) -> float:
    return round(statistics.median(float(one) for one in values), 2) + 0.0


def _around(values: Iterable[float]) -> tuple[float, float]:
    """The tenth and the ninetieth part in a hundred."""
    ordered = sorted(float(one) for one in values)
    last = len(ordered) - 1
    return round(ordered[round(0.1 * last)], 2) + 0.0, round(ordered[round(0.9 * last)], 2) + 0.0


COMMAND = Command(
    call=bilateral,
    about=Text(
        "Run a scenario in all mechanism models at once and show what each link between them adds.",
        "Corre un escenario en todos los modelos de mecanismo a la vez y muestra qué suma cada vínculo entre ellos.",
    ),
    examples=(
        Example(
            call="acuerdo bilateral precursor_controls --draws 20",
            about=Text(
                "Scarcity: fewer overdoses, dearer drugs.", "Escasez: menos sobredosis, drogas más caras."
            ),
        ),
    ),
)
