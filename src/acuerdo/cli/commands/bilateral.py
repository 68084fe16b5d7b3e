"""``acuerdo bilateral``: a scenario in all mechanism models at once, and what each link between them adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Column, Table
from acuerdo.cli.watching import watching
from acuerdo.cli.words import ScenarioId
from acuerdo.core.text import Text, same

_NOTE = Text(
    "Means over the draws, by 2032, in per cent of the baseline, so that parts add up; links and what they do only "
    "jointly in points. From and to: the least and the most over everything that fits, or that is declared where there "
    "is nothing to fit to. Draws in which a group shrinks to nothing are left out and counted. How much a link "
    "passes on is assumed. Human smuggling and trafficking has no mechanism model; this says nothing about it.",
    "Medias de los sorteos, a 2032, en por ciento del escenario base, para que las partes sumen; los vínculos y lo "
    "que hacen solo juntos, en puntos. De y a: el mínimo y el máximo sobre todo lo que ajusta, o lo declarado donde no "
    "hay a qué ajustar. Los sorteos en que un grupo se reduce a nada quedan fuera y se cuentan. Cuánto traslada un "
    "vínculo es un supuesto. El tráfico y la trata de personas no tienen modelo de mecanismo; esto no dice nada sobre "
    "ellos.",
)


def bilateral(
    call: Call,
    scenario: ScenarioId,
    /,
    *,
    draws: Annotated[
        int | None,
        Word(
            about=Text(
                "Parameter values of every model; if not given, as many as settle the means.",
                "Valores de los parámetros de cada modelo; si se omite, los que bastan para las medias.",
            ),
            label=same("N"),
        ),
    ] = None,
) -> Table:
    """One row per outcome that is to fall: apart, what each link adds, and together."""
    foresight = call.workspace.foresight
    title = Text("What would happen in all models at once", "Qué pasaría en todos los modelos a la vez")
    with watching(call, title, models=foresight.joined()) as told:
        found = foresight.together(scenario, draws=draws, advance=told)
    links = foresight.links()
    return Table(
        title=title,
        columns=_columns(links),
        rows=[
            (one.model, one.outcome.title, _mean(one.apart), *(_mean(one.links[name]) for name in links),
             _mean(one.interaction), _mean(one.together), *_ends(one.together),
             *(_mean(one.without[name]) for name in links), one.failed)
            for one in found
        ],
        note=_NOTE,
        hidden=("model", *(f"without_{name}" for name in links)),
    )  # fmt: skip


def _columns(links: Mapping[str, Text]) -> tuple[Column, ...]:
    return (
        Column("model", Text("Model", "Modelo")),
        Column("outcome", Text("Outcome", "Resultado")),
        Column("apart", Text("All off", "Ninguno")),
        *(Column(name, title) for name, title in links.items()),
        Column("interaction", Text("Jointly", "Juntos")),
        Column("together", Text("All on", "Todos")),
        Column("low", Text("From", "De")),
        Column("high", Text("To", "A")),
        *(
            Column(f"without_{name}", Text(f"All but {title.en}", f"Todos menos {title.es}"))
            for name, title in links.items()
        ),
        Column("failed", Text("Left out", "Fuera")),
    )


def _mean(values: Iterable[float]) -> float | None:
    every = [float(one) for one in values]
    return _rounded(sum(every) / len(every)) if every else None


def _ends(values: Iterable[float]) -> tuple[float | None, float | None]:
    every = [float(one) for one in values]
    return (_rounded(min(every)), _rounded(max(every))) if every else (None, None)


def _rounded(value: float) -> float:
    return round(value, 2) + 0.0


COMMAND = Command(
    call=bilateral,
    section="next",
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
