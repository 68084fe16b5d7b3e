"""``acuerdo models``: the mechanism models, what each reproduces, and what it can be asked."""

from __future__ import annotations

from acuerdo.cli.command import Call, Command, Example
from acuerdo.cli.output import Column, Table
from acuerdo.core.text import Text


def models(call: Call, /) -> Table:
    """One row per model."""
    foresight = call.workspace.foresight

    def row(model_id: str) -> tuple[Text | str | int | None, ...]:
        found = foresight.kept(model_id, "published")
        rows = found.answer["rows"] if found else []
        good = f"{sum(one['reproduced'] for one in rows)}/{len(rows)}" if rows else None
        return model_id, every[model_id].title, good, ", ".join(foresight.acting(model_id)) or None

    every = foresight.models()
    return Table(
        title=Text("Mechanism models", "Modelos de mecanismo"),
        columns=(
            Column("id", Text("Id", "Id")),
            Column("title", Text("Title", "Título")),
            Column("reproduced", Text("Published results reproduced", "Resultados publicados reproducidos")),
            Column("scenarios", Text("Scenarios that act in it", "Escenarios que actúan en él")),
        ),
        rows=[row(one) for one in every],
        note=Text(
            "Human smuggling and trafficking in persons has no mechanism model here.",
            "El tráfico de migrantes y la trata de personas no tienen aquí un modelo de mecanismo.",
        ),
    )


COMMAND = Command(
    call=models,
    section="next",
    about=Text(
        "List the mechanism models, what each reproduces, and which scenarios act in it.",
        "Enumera los modelos de mecanismo, qué reproduce cada uno y qué escenarios actúan en él.",
    ),
    examples=(Example(call="acuerdo models", about=Text("All of them.", "Todos.")),),
)
