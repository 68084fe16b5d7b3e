"""``acuerdo calendar``: deadlines and recurring duties, as a table or as an iCalendar file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Cell, Column, Table
from acuerdo.cli.words import AsOf
from acuerdo.core.text import Text, percent, same

if TYPE_CHECKING:
    from acuerdo.tracking.prospects.prospect import Prospect

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
    """Every deadline with a date and every round of a recurring duty, in order, with its chance to be met."""
    tracking = call.workspace.tracking
    if out is not None:
        # Newlines are part of the format and must not be translated.
        text = tracking.calendar(call.lang, framework_id=framework, as_of=as_of)
        out.write_text(text, encoding="utf-8", newline="")
        return Text(f"Written: {out}", f"Se escribió: {out}")
    book = tracking.codebook()
    duties = tracking.duties(framework, as_of=as_of)
    foretold = {
        (one.code.item.framework, one.code.item.id, one.deadline): one
        for one in tracking.prospects(framework, as_of=as_of)
    }
    prospects = [foretold.get((duty.item.framework, duty.item.id, duty.due.end)) for duty in duties]
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
            *_probability(prospect),
        )
        for duty, prospect in zip(duties, prospects, strict=True)
    )
    return Table(
        title=Text("Deadlines and recurring duties", "Plazos y deberes periódicos"),
        columns=_COLUMNS,
        rows=rows,
        hidden=("framework", "id", "days", "probability", "probability_low", "probability_high", "prospect"),
        note=_joined(tracking.prospect_worth(), tracking.prospect_rule()),
    )


def _joined(*sentences: Text) -> Text:
    return Text(" ".join(one.en for one in sentences), " ".join(one.es for one in sentences))


def _probability(prospect: Prospect | None) -> tuple[Cell, ...]:
    """The chance that it is met in time: in short, in numbers, in full; nothing of what is past."""
    if prospect is None or prospect.estimate is None:
        return None, None, None, None, prospect and prospect.words
    one = prospect.estimate
    if one.value is None or one.low is None or one.high is None:
        return _CANNOT_TELL, None, None, None, prospect.words
    said = percent(one.value / 100)
    short = Text(*(f"{sign} ({one.low:.0f}–{one.high:.0f})" for sign in (said.en, said.es)))
    return short, *(round(number, 1) for number in (one.value, one.low, one.high)), prospect.words


_COLUMNS = (
    Column("due", Text("Due", "Vence")),
    Column("framework", Text("Framework", "Marco")),
    Column("id", same("Id")),
    Column("title", Text("Promise", "Compromiso")),
    Column("recurring", Text("Recurring", "Periódico")),
    Column("timeliness", Text("Timeliness", "Oportunidad")),
    Column("days", Text("Days", "Días")),
    Column("done", Text("Done", "Cumplido")),
    Column("in_time", Text("Chance", "Probabilidad")),
    Column("probability", Text("Chance, %", "Probabilidad, %")),
    Column("probability_low", Text("from", "desde")),
    Column("probability_high", Text("to", "hasta")),
    Column("prospect", Text("Will it be done in time", "Se cumplirá a tiempo")),
)
_CANNOT_TELL = Text("cannot tell yet", "aún no puede saberse")

COMMAND = Command(
    call=calendar,
    section="promised",
    about=Text(
        "Print the deadlines and recurring duties in order, or write them as an iCalendar file.",
        "Muestra en orden los plazos y deberes periódicos, o los escribe como archivo iCalendar.",
    ),
    examples=(
        Example(call="acuerdo calendar", about=Text("Every framework.", "Todos los marcos.")),
        Example(
            call="acuerdo calendar --as-of 2026-02-01",
            about=Text(
                "With what could be foretold on a day.", "Con lo que podía pronosticarse en una fecha."
            ),
        ),
        Example(
            call="acuerdo calendar us_mx_bicentennial --out agreement.ics",
            about=Text("A file for any calendar.", "Un archivo para cualquier calendario."),
        ),
    ),
)
