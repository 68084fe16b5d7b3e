"""``acuerdo completion``: the script that teaches a shell to complete the commands and their options."""

from __future__ import annotations

from typing import Annotated, Literal

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.core.text import Text, same

Shell = Literal["bash", "zsh", "fish"]


def completion(
    call: Call,
    shell: Annotated[
        Shell,
        Word(about=Text("The shell.", "El intérprete de comandos (shell)."), label=same("SHELL")),
    ],
    /,
) -> str:
    """The completion script of one shell."""
    from acuerdo.cli.app import build

    return build(call.lang).generate_completion(shell=shell)


COMMAND = Command(
    call=completion,
    section="own",
    about=Text(
        "Print the script that lets a shell complete commands and options.",
        "Imprime el guion con que el intérprete de comandos (shell) completa comandos y opciones.",
    ),
    examples=(
        Example(
            call="acuerdo completion bash > ~/.local/share/bash-completion/completions/acuerdo",
            about=Text("For bash, from the next session on.", "Para bash, a partir de la siguiente sesión."),
        ),
        Example(
            call="acuerdo completion fish > ~/.config/fish/completions/acuerdo.fish",
            about=Text("For fish.", "Para fish."),
        ),
    ),
    table=False,
)
