"""Prints a program as the text of a numba kernel."""

from __future__ import annotations

from acuerdo.foresight.expression import walk
from acuerdo.foresight.kernel.program import Program
from acuerdo.foresight.kernel.stage import Stage, function
from acuerdo.foresight.kernel.templates import HEAD, MAIN, REPORT, WIDTH


def kernel_text(program: Program, *, drawn: bool) -> str:
    """The text of the kernel's module.

    Args:
        program: The system laid out.
        drawn: Whether each draw has its own series of inputs.
    """
    start, slopes, outcomes, jump = map(program.kind, ("start", "slope", "outcome", "jump"))
    stages = [
        Stage(program, start, drawn=drawn).text("start", "value"),
        Stage(program, jump, drawn=drawn).text("jump", "value"),
        Stage(program, slopes, outcomes=outcomes, drawn=drawn).text("first", "first"),
        Stage(program, slopes, drawn=drawn).text("middle", "middle"),
        Stage(program, slopes, drawn=drawn).text("last", "last"),
    ]
    model = program.system.model
    main = MAIN.format(
        size=program.rows[""] * WIDTH,
        slots=max(program.slots, 1) * WIDTH,
        parameters=len(model.parameters),
        levers=len(model.levers),
        inputs=len(model.inputs),
        stride="draws" if drawn else "1",
        offset=" + g" if drawn else "",
        per="draws" if drawn else "1",
        w=WIDTH,
    )
    report = REPORT.format(w=WIDTH)
    return "\n\n\n".join([HEAD.strip(), _prepare(program), *stages, main.strip(), report.strip()]) + "\n"


def _prepare(program: Program) -> str:
    """Computes once per draw what depends on parameters alone."""
    nodes = {id(node): node for node in walk(program.roots.values())}
    stage = Stage(program, {}, drawn=False)
    lines: list[str] = []
    for key, slot in program.prepared.items():
        for node in walk([nodes[key]], known=stage.names):
            lines += stage.assigned(node)
        lines.append(f"store(q, {slot * WIDTH}, {stage.names[key]})")
    return function("prepare", "q", lines)
