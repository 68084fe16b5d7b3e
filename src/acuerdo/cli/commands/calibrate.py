"""``acuerdo calibrate``: what the data decide about a model, and what they do not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Cell, Column, Entry, Table, facts
from acuerdo.core.text import Text

if TYPE_CHECKING:
    from acuerdo.foresight.computing import Fitted


Starts = Annotated[int, Word(about=Text("Starts of the fit.", "Arranques del ajuste."), label=Text("N", "N"))]
Tried = Annotated[
    int,
    Word(
        about=Text(
            "Values tried of what the data do not decide.",
            "Valores que se prueban de lo que los datos no deciden.",
        ),
        label=Text("N", "N"),
    ),
]


def calibrate(
    call: Call,
    model: Annotated[
        str, Word(about=Text("Id of a model.", "Id de un modelo."), label=Text("MODEL", "MODELO"))
    ],
    /,
    *,
    starts: Starts = 4,
    tried: Tried = 48,
) -> Entry:
    """One entry: the best fit from several starts, everything that fits as well, and the chains that were kept."""
    foresight = call.workspace.foresight
    found = foresight.fitted(model, starts=starts, tried=tried)
    values = {
        Column("error", Text("Error of the best fit", "Error del mejor ajuste")): f"{found.error:.4f}",
        Column("starts", Text("Error from each start", "Error desde cada arranque")): tuple(
            f"{one:.4f}" for one in found.starts
        ),
        Column("fits", Text("Values that fit as well", "Valores que ajustan igual")): found.members.count,
        Column("parameters", Text("Parameters", "Parámetros")): _parameters(found),
    }
    kept = foresight.kept(model, "calibration")
    chains = _chains(kept.answer["chains"]) if kept else {}
    return Entry(
        title=Text("What the data decide", "Qué deciden los datos"), facts=facts({**values, **chains})
    )


def _parameters(found: Fitted) -> Table:
    return Table(
        title=Text("Parameters", "Parámetros"),
        columns=(
            Column("name", Text("Name", "Nombre")),
            Column("sought_low", Text("Sought from", "Buscado de")),
            Column("sought_high", Text("to", "a")),
            Column("best", Text("Best", "Mejor")),
            Column("low", Text("Fits from", "Ajusta de")),
            Column("high", Text("to", "a")),
            Column("decided", Text("Decided once the rest is given", "Decidido, dado lo demás")),
        ),
        rows=[
            (name, f"{one.low:g}", f"{one.high:g}", f"{found.best[name]:.4g}",
             f"{found.members.table[name].min():.4g}", f"{found.members.table[name].max():.4g}", one.solved)
            for name, one in found.sought.items()
        ],
    )  # fmt: skip


def _chains(told: Mapping[str, Any]) -> dict[Column, Cell]:
    times = told["steps"] / max(told["correlation"].values())
    return {
        Column(
            "r_hat", Text("Kept chains: largest R-hat", "Cadenas guardadas: mayor R-hat")
        ): f"{max(told['r_hat'].values()):.3f}",
        Column(
            "length",
            Text(
                "Kept chains: steps, and times the autocorrelation time",
                "Cadenas guardadas: pasos, y veces el tiempo de autocorrelación",
            ),
        ): f"{told['steps']}; {times:.0f}",
    }


COMMAND = Command(
    call=calibrate,
    about=Text(
        "Fit a model to its observations, and show everything that fits as well as the best.",
        "Ajusta un modelo a sus observaciones y muestra todo lo que ajusta tan bien como lo mejor.",
    ),
    examples=(
        Example(
            call="acuerdo calibrate cartel_recruitment --starts 2 --tried 8",
            about=Text("A quick look.", "Una mirada rápida."),
        ),
    ),
)
