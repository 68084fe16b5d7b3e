"""``acuerdo model``: one mechanism model: equations, assumptions with sources, what it reproduces."""

from __future__ import annotations

from acuerdo.cli.command import Call, Command, Example
from acuerdo.cli.entries.model import model_facts
from acuerdo.cli.output import Entry
from acuerdo.cli.words import ModelId
from acuerdo.core.text import Text


def model(
    call: Call,
    model: ModelId,
    /,
) -> Entry:
    """One entry: everything that the model declares, and its published results as kept."""
    foresight = call.workspace.foresight
    one = foresight.model(model)
    told = model_facts(one, sheet=foresight.equations(model), published=foresight.published(model))
    return Entry(title=one.title, facts=told)


COMMAND = Command(
    call=model,
    section="next",
    about=Text(
        "Show one mechanism model: equations, assumptions with sources, published results reproduced.",
        "Muestra un modelo de mecanismo: ecuaciones, supuestos con fuentes, resultados publicados reproducidos.",
    ),
    examples=(
        Example(
            call="acuerdo model cartel_recruitment",
            about=Text("Recruitment and violence.", "Reclutamiento y violencia."),
        ),
    ),
)
