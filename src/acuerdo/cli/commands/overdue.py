"""``acuerdo overdue``: what is overdue on the public record, and what was late, in days."""

from __future__ import annotations

from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Column, Table
from acuerdo.cli.words import AsOf
from acuerdo.core.text import Text, same

FrameworkId = Annotated[
    str | None,
    Word(
        about=Text("Id of a framework; all if left out.", "Id de un marco; todos si se omite."),
        label=Text("FRAMEWORK", "MARCO"),
    ),
]
Late = Annotated[bool, Word(about=Text("Also what was done late.", "También lo que se cumplió con retraso."))]


def overdue(call: Call, framework: FrameworkId = None, /, *, as_of: AsOf = None, late: Late = False) -> Table:
    """One row per deadline or round, most days first."""
    tracking = call.workspace.tracking
    wanted = {"overdue", "late"} if late else {"overdue"}
    found = [duty for duty in tracking.duties(framework, as_of=as_of) if duty.timeliness in wanted]
    book = tracking.codebook()
    rows = tuple(
        (
            duty.item.framework,
            duty.item.id,
            duty.item.title,
            duty.due.code,
            book.timeliness(duty.timeliness, duty.days),
            duty.days,
            duty.done.code if duty.done else None,
        )
        for duty in sorted(found, key=lambda duty: -(duty.days or 0))
    )
    return Table(
        title=Text("Passed with no completion on record", "Vencidos sin que conste su cumplimiento"),
        columns=(
            Column("framework", Text("Framework", "Marco")),
            Column("id", same("Id")),
            Column("title", Text("Promise", "Compromiso")),
            Column("due", Text("Due", "Vence")),
            Column("timeliness", Text("Timeliness", "Oportunidad")),
            Column("days", Text("Days", "Días")),
            Column("done", Text("Done", "Cumplido")),
        ),
        rows=rows,
        hidden=("framework", "days"),
        note=Text(
            "No completion is on the public record: it may have been done without anybody saying so.",
            "No consta en público que se cumpliera: pudo haberse hecho sin que nadie lo dijera.",
        ),
    )


COMMAND = Command(
    call=overdue,
    section="promised",
    about=Text(
        "Print the deadlines that have passed with no completion on record, and by how many days.",
        "Muestra los plazos que pasaron sin que conste su cumplimiento, y por cuántos días.",
    ),
    examples=(
        Example(call="acuerdo overdue", about=Text("What is overdue today.", "Lo vencido hoy.")),
        Example(
            call="acuerdo overdue us_mx_bicentennial --late --as-of 2022-02-01",
            about=Text("Also what was late, as of a day.", "También lo tardío, a una fecha."),
        ),
    ),
)
