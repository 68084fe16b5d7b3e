"""``acuerdo agreement``: how much both sides agree on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Coded, Column, Table
from acuerdo.cli.words import AsOf
from acuerdo.core.text import LANGS, Text, percent, same

_NONE: Final = same("–")
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
    shares = [(labels[cell], found.share(cell)) for cell in found.counts if cell != "withdrawn"]
    agreed = _percent(found.share("agreed", "reserved"))
    levels = call.workspace.tracking.codebook().axes["level"].codes

    def named(held: Text | None) -> Text | None:
        return levels[held.en].title if held is not None and held.en in levels else held

    return Table(
        title=Text(
            f"Agreed: {agreed.en} of {found.total} subjects",
            f"Acordado: {agreed.es} de {found.total} asuntos",
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
        note=record.absence or _told([(label, percent(part)) for label, part in shares if part]),
    )


def _told(parts: Sequence[tuple[Text, Text]]) -> Text | None:
    """Every standing that anything has, with its share."""
    written = (", ".join(f"{label.in_(lang)} {part.in_(lang)}" for label, part in parts) for lang in LANGS)
    return Text(*written) if parts else None


def _percent(share: float | None) -> Text:
    return _NONE if share is None else percent(share)


COMMAND = Command(
    call=agreement,
    section="agreed",
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
