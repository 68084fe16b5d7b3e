"""``acuerdo models``: the mechanism models with what each reproduces, and the scenarios that can be asked of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from acuerdo.cli.command import Call, Command, Example
from acuerdo.cli.output import Column, Entry, Table
from acuerdo.core.text import Text, same

if TYPE_CHECKING:
    from acuerdo.foresight.answers import Foresight
    from acuerdo.foresight.model import Model


def models(call: Call, /) -> Entry:
    """The models, and the scenarios that can be asked of them."""
    foresight = call.workspace.foresight
    every = foresight.models()
    return Entry(
        title=Text("What happens next: models and scenarios", "Qué sigue: modelos y escenarios"),
        facts=(
            (Column("models", Text("Models", "Modelos")), _models(foresight, every)),
            (Column("scenarios", Text("Scenarios", "Escenarios")), _scenarios(foresight)),
        ),
    )


def _models(foresight: Foresight, every: Mapping[str, Model]) -> Table:
    def good(model_id: str) -> str | None:
        found = foresight.kept(model_id, "published")
        rows = found.answer["rows"] if found else []
        return f"{sum(one['reproduced'] for one in rows)}/{len(rows)}" if rows else None

    return Table(
        title=Text("Models", "Modelos"),
        columns=(
            Column("id", same("Id")),
            Column("title", Text("Title", "Título")),
            Column("reproduced", Text("Published results reproduced", "Resultados publicados reproducidos")),
        ),
        rows=[(name, one.title, good(name)) for name, one in every.items()],
        note=Text(
            "Human smuggling and trafficking in persons has no mechanism model here.",
            "El tráfico de migrantes y la trata de personas no tienen aquí un modelo de mecanismo.",
        ),
    )


def _scenarios(foresight: Foresight) -> Table:
    return Table(
        title=Text("Scenarios", "Escenarios"),
        columns=(
            Column("id", same("Id")),
            Column("title", Text("Title", "Título")),
            Column("models", Text("Acts in", "Actúa en")),
        ),
        rows=[
            (name, one.title, ", ".join(one.acts_on) or None) for name, one in foresight.scenarios().items()
        ],
        note=Text(
            "Ask: acuerdo simulate SCENARIO --model MODEL. Every scenario is compared with “baseline” unless told "
            "otherwise.",
            "Pregunte: acuerdo simulate ESCENARIO --model MODELO. Cada escenario se compara con «baseline» si no se "
            "dice otra cosa.",
        ),
    )


COMMAND = Command(
    call=models,
    section="next",
    about=Text(
        "List the mechanism models with what each reproduces, and the scenarios with the models they act in.",
        "Enumera los modelos de mecanismo con lo que reproducen, y los escenarios con los modelos en que actúan.",
    ),
    examples=(Example(call="acuerdo models", about=Text("All of them.", "Todos.")),),
)
