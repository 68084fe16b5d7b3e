"""``acuerdo agreement``: how much both sides agree on."""

from __future__ import annotations

from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Coded, Column, Table
from acuerdo.cli.words import AsOf
from acuerdo.core.text import Text

FrameworkId = Annotated[
    str | None,
    Word(
        about=Text(
            "Only this framework, every commitment and decision of it counted.",
            "Solo este marco, contando todos sus compromisos y decisiones.",
        ),
        label=Text("FRAMEWORK", "MARCO"),
    ),
]


def agreement(call: Call, framework: FrameworkId = None, /, *, as_of: AsOf = None) -> Table:
    """Consensus, measured: the share of the plan agreed, differing, and said by one side only."""
    record = call.workspace.record
    found, sides = record.agreement(framework, at=as_of), record.sides
    labels = record.standings()
    share = {cell: found.share(cell) for cell in found.counts if cell != "withdrawn"}
    agreed = found.share("agreed", "reserved")
    told = ", ".join(f"{{0[{cell}]}} {100 * part:.0f} %" for cell, part in share.items() if part)
    levels = call.workspace.tracking.codebook().axes["level"].codes

    def named(held: Text | None) -> Text | None:
        return levels[held.en].title if held is not None and held.en in levels else held

    en, es = ({cell: label.in_(lang) for cell, label in labels.items()} for lang in ("en", "es"))
    return Table(
        title=Text(
            f"Agreed: {_percent(agreed)} of {found.total} subjects",
            f"Acordado: {_percent(agreed)} de {found.total} asuntos",
        ),
        columns=(
            Column("subject", Text("Subject", "Asunto")),
            Column("standing", Text("Standing", "Situación")),
            *(Column(side, name) for side, name in sides.items()),
            Column("agreed", Text("Agreed", "Acordado")),
            Column("reservation", Text("Reservation", "Reserva")),
        ),
        rows=tuple(
            (
                row.subject,
                Coded(row.standing, labels[row.standing]),
                *(named(row.sides.get(side)) for side in sides),
                named(row.agreed),
                row.reservation,
            )
            for row in found.rows
        ),
        note=Text(told.format(en), told.format(es)) if told else None,
    )


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"


COMMAND = Command(
    call=agreement,
    about=Text(
        "Print how much of the plan both sides agree on, differ on, or one alone has said.",
        "Muestra cuánto del plan acuerdan ambas partes, en cuánto difieren y cuánto dijo una sola.",
    ),
    examples=(
        Example(
            call="acuerdo agreement us_mx_bicentennial",
            about=Text(
                "Each commitment: one side, the other, agreed.",
                "Cada compromiso: una parte, la otra, lo acordado.",
            ),
        ),
    ),
)
