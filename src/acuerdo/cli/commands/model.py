"""``acuerdo model``: one mechanism model: equations, assumptions with sources, what it reproduces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Column, Entry, Table, facts
from acuerdo.core.text import LANGS, Text, same

if TYPE_CHECKING:
    from acuerdo.foresight.model import Model

_TICKS = {True: "✓", False: "✗"}


def model(
    call: Call,
    model: Annotated[
        str, Word(about=Text("Id of a model.", "Id de un modelo."), label=Text("MODEL", "MODELO"))
    ],
    /,
) -> Entry:
    """One entry: everything that the model declares, and its published results as kept."""
    foresight = call.workspace.foresight
    one, known = foresight.model(model), foresight.published(model)
    return Entry(
        title=one.title,
        facts=facts(
            {
                Column("id", Text("Id", "Id")): one.id,
                Column("summary", Text("What it says", "Qué dice")): one.summary,
                Column("equations", Text("Equations", "Ecuaciones")): foresight.equations(model),
                Column("published", Text("Published results", "Resultados publicados")): _published(
                    known["rows"]
                ),
                Column("behaviours", Text("What must hold", "Lo que debe cumplirse")): _behaviours(
                    known["behaviours"]
                ),
                Column("parameters", Text("Assumptions", "Supuestos")): _parameters(one),
                Column("levers", Text("Levers", "Palancas")): _levers(one),
                Column("disputes", Text("Mechanisms in dispute", "Mecanismos en disputa")): tuple(
                    _dispute(one)
                ),
                Column("sources", Text("Sources", "Fuentes")): tuple(
                    Text(*(cited.text(lang) for lang in LANGS)) for cited in one.references
                ),
            }
        ),
    )


def _dispute(one: Model) -> list[Text]:
    return [
        Text(
            *(
                f"{dispute.title.in_(lang)}: "
                + "; ".join(other.title.in_(lang) for other in dispute.alternatives)
                for lang in LANGS
            )
        )
        for dispute in one.mechanisms
    ]


def _behaviours(rows: Sequence[Mapping[str, Any]]) -> tuple[Text, ...]:
    """Each statement once, with a tick if it holds wherever it was tried."""
    found: dict[tuple[str, ...], bool] = {}
    for row in rows:
        said = tuple(row["title"][lang] for lang in LANGS)
        found[said] = found.get(said, True) and row["holds"]
    return tuple(Text(*(f"{_TICKS[holds]} {words}" for words in said)) for said, holds in found.items())


def _published(rows: Sequence[Mapping[str, Any]]) -> Table | None:
    if not rows:
        return None
    return Table(
        title=Text("Published results", "Resultados publicados"),
        columns=(
            Column("quantity", Text("Quantity", "Cantidad")),
            Column("published", Text("Published", "Publicado")),
            Column("here", Text("Here", "Aquí")),
            Column("low", Text("From", "De")),
            Column("high", Text("To", "A")),
            Column("reproduced", Text("Reproduced", "Reproducido")),
        ),
        rows=[
            (Text(row["title"]["en"], row["title"]["es"]), Text(row["published"]["en"], row["published"]["es"]),
             row["value"], row["low"], row["high"], _TICKS[row["reproduced"]])
            for row in rows
        ],
    )  # fmt: skip


def _parameters(one: Model) -> Table:
    return Table(
        title=Text("Assumptions", "Supuestos"),
        columns=(
            Column("name", Text("Name", "Nombre")),
            Column("value", Text("Value", "Valor")),
            Column("low", Text("From", "De")),
            Column("high", Text("To", "A")),
            Column("unit", Text("Unit", "Unidad")),
            Column("source", Text("Source", "Fuente")),
        ),
        rows=[
            (p.name, f"{p.value:g}", f"{p.low:g}", f"{p.high:g}", p.unit or "1", p.source)
            for p in one.parameters
        ],
    )


def _levers(one: Model) -> Table | None:
    if not one.levers:
        return None
    return Table(
        title=Text("Levers", "Palancas"),
        columns=(
            Column("name", Text("Name", "Nombre")),
            Column("low", Text("From", "De")),
            Column("high", Text("To", "A")),
            Column("objectives", Text("Serves", "Sirve a")),
            Column("evidence", Text("Evidence", "Evidencia")),
            Column("source", Text("Source", "Fuente")),
        ),
        rows=[
            (same(lever.name), f"{lever.low:g}", f"{lever.high:g}", ", ".join(lever.objectives), lever.evidence,
             lever.source)
            for lever in one.levers
        ],
    )  # fmt: skip


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
