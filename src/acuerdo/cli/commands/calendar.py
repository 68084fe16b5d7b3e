"""``acuerdo calendar``: deadlines and recurring duties, as a table or as an iCalendar file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Column, Table
from acuerdo.cli.words import AsOf
from acuerdo.core.text import Text

FrameworkId = Annotated[
    str | None,
    Word(
        about=Text("Id of a framework; all if left out.", "Id de un marco; todos si se omite."),
        label=Text("FRAMEWORK", "MARCO"),
    ),
]
Out = Annotated[
    Path | None,
    Word(
        about=Text(
            "Write an iCalendar file (.ics) here instead of printing.",
            "Escribe aquí un archivo iCalendar (.ics) en vez de mostrarlo.",
        ),
        label=Text("FILE", "ARCHIVO"),
    ),
]


def calendar(
    call: Call, framework: FrameworkId = None, /, *, as_of: AsOf = None, out: Out = None
) -> Table | Text:
    """Every deadline with a date and every round of a recurring duty, in order."""
    tracking = call.workspace.tracking
    if out is not None:
        # Newlines are part of the format and must not be translated.
        text = tracking.calendar(call.lang, framework_id=framework, as_of=as_of)
        out.write_text(text, encoding="utf-8", newline="")
        return Text(f"Written: {out}", f"Se escribió: {out}")
    book = tracking.codebook()
    rows = tuple(
        (
            duty.due.code,
            duty.item.framework,
            duty.item.id,
            duty.item.title,
            duty.recurring,
            book.timeliness(duty.timeliness, duty.days),
            duty.days,
            duty.done.code if duty.done else None,
        )
        for duty in tracking.duties(framework, as_of=as_of)
    )
    return Table(
        title=Text("Deadlines and recurring duties", "Plazos y deberes periódicos"),
        columns=(
            Column("due", Text("Due", "Vence")),
            Column("framework", Text("Framework", "Marco")),
            Column("id", Text("Id", "Id")),
            Column("title", Text("Promise", "Compromiso")),
            Column("recurring", Text("Recurring", "Periódico")),
            Column("timeliness", Text("Timeliness", "Oportunidad")),
            Column("days", Text("Days", "Días")),
            Column("done", Text("Done", "Cumplido")),
        ),
        rows=rows,
        hidden=("framework", "id", "days"),
    )


COMMAND = Command(
    call=calendar,
    about=Text(
        "Print the deadlines and recurring duties in order, or write them as an iCalendar file.",
        "Muestra en orden los plazos y deberes periódicos, o los escribe como archivo iCalendar.",
    ),
    examples=(
        Example(call="acuerdo calendar", about=Text("Every framework.", "Todos los marcos.")),
        Example(
            call="acuerdo calendar us_mx_bicentennial --out agreement.ics",
            about=Text("A file for any calendar.", "Un archivo para cualquier calendario."),
        ),
    ),
)
