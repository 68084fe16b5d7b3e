"""Prints a program as the text of a numba kernel."""

from __future__ import annotations

from acuerdo.foresight.expression import walk
from acuerdo.foresight.kernel.program import Program
from acuerdo.foresight.kernel.stage import Stage, function
from acuerdo.foresight.kernel.templates import CHANCE, EVENTS, HEAD, MAIN, REPORT, TAILS, WIDTH


def kernel_text(program: Program, *, drawn: bool) -> str:
    """The text of the kernel's module.

    Args:
        program: The system laid out.
        drawn: Whether each draw has its own series of inputs.
    """
    slopes = program.kind("slope")
    stages = [
        *_common(program, drawn=drawn),
        Stage(program, slopes, outcomes=program.kind("outcome"), drawn=drawn).text("first", "first"),
        Stage(program, slopes, drawn=drawn).text("later", "later"),
    ]
    return _module(program, stages, main=MAIN, drawn=drawn)


def events_text(program: Program, *, drawn: bool) -> str:
    """The text of the module of the stochastic variant, in which every flow moves whole numbers."""
    rates = {**program.kind("flow"), **program.kind("rate")}
    stages = [
        CHANCE,
        *_common(program, drawn=drawn),
        Stage(program, {}, outcomes=program.kind("outcome"), drawn=drawn).text("observe", "value"),
        Stage(program, rates, rows=program.moves, drawn=drawn).text("rates", "value"),
    ]
    return _module(program, stages, main=EVENTS, drawn=drawn)


def _common(program: Program, *, drawn: bool) -> list[str]:
    start, jump = program.kind("start"), program.kind("jump")
    return [
        _prepare(program),
        Stage(program, start, drawn=drawn).text("start", "value"),
        Stage(program, jump, drawn=drawn).text("jump", "value"),
    ]


def _module(program: Program, stages: list[str], *, main: str, drawn: bool) -> str:
    model = program.system.model
    filled = main.format(
        size=program.rows[""] * WIDTH,
        slots=max(program.slots, 1) * WIDTH,
        channels=program.moves[""] * WIDTH,
        streams=program.rows[""],
        parameters=len(model.parameters),
        levers=len(model.levers),
        inputs=len(model.inputs),
        stride="draws" if drawn else "1",
        offset=" + g" if drawn else "",
        per="draws" if drawn else "1",
        w=WIDTH,
        **TAILS,
    )
    report = REPORT.format(w=WIDTH)
    return "\n\n\n".join([HEAD.strip(), *stages, filled.strip(), report.strip()]) + "\n"


def _prepare(program: Program) -> str:
    """Computes once per draw what depends on parameters alone."""
    nodes = {id(node): node for node in walk(program.roots.values())}
    stage = Stage(program, {}, drawn=False)
    lines: list[str] = []
    for key, slot in program.prepared.items():
        for node in walk([nodes[key]], known=stage.names):
            lines += stage.assigned(node)
        lines.append(f"store(q, {slot * WIDTH}, {stage.names[key]})")
    return function("prepare", "q", lines=lines)
