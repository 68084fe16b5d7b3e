"""``acuerdo check``: whether everything that is written down and stored holds."""

from __future__ import annotations

from pathlib import Path

from acuerdo.cli.checkout import clone_of, unread
from acuerdo.cli.command import Call, Command, Example
from acuerdo.core.errors import CheckFailed
from acuerdo.core.text import Text


def check(call: Call) -> Text:
    """Reads every framework, indicator and source and every stored file again.

    Raises:
        CheckFailed: Lists every problem.
    """
    workspace = call.workspace
    problems = workspace.check()
    if problems:
        raise CheckFailed(problems)
    counted = {kind: len(ids) for kind, ids in workspace.ids().items()}
    stored = len(workspace.releases())
    well = Text(
        f"All is well: {counted['frameworks']} frameworks, {counted['indicators']} indicators, "
        f"{counted['sources']} sources, {stored} stored files.",
        f"Todo está en orden: {counted['frameworks']} marcos, {counted['indicators']} indicadores, "
        f"{counted['sources']} fuentes, {stored} archivos almacenados.",
    )
    clone = clone_of(Path.cwd())
    beside = unread(clone) if clone else None
    return Text(f"{well.en}\n{beside.en}", f"{well.es}\n{beside.es}") if beside else well


COMMAND = Command(
    call=check,
    section="own",
    about=Text(
        "Check every framework, indicator and source, and every stored file against its name.",
        "Revisa cada marco, indicador y fuente, y cada archivo almacenado contra su nombre.",
    ),
    examples=(Example(call="acuerdo check", about=Text("Everything.", "Todo.")),),
    table=False,
)
