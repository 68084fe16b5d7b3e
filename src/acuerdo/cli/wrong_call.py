"""A call that could not be understood, said as every other error is: what, why, what to do, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import get_args

from cyclopts import (
    CoercionError,
    CycloptsError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from acuerdo.core.errors import Problem, UsageError, nearest
from acuerdo.core.text import Text


def usage_error(error: CycloptsError, commands: Iterable[str]) -> UsageError:
    """The parser's error as one of the house.

    Args:
        error: What the parser raised.
        commands: The commands that there are.
    """
    chain = " ".join(error.command_chain or ())
    return UsageError(
        _problem(error, tuple(commands), help_call=f"acuerdo {chain} --help".replace("  ", " "))
    )


def _problem(error: CycloptsError, commands: tuple[str, ...], *, help_call: str) -> Problem:
    fix = Text(f"See {help_call}", f"Consulte {help_call}")
    match error:
        case UnknownCommandError():
            return unknown_command((error.unused_tokens or [""])[0], commands).problems[0]
        case UnknownOptionError():
            given = error.token.keyword or error.token.value
            names = [
                name for argument in error.argument_collection for name in argument.names if argument.parse
            ]
            what = Text(f"There is no option '{given}' here.", f"Aquí no hay una opción '{given}'.")
            # All options begin alike, which says nothing of how near they are
            by_word = {name.lstrip("-"): name for name in names}
            near = tuple(by_word[one] for one in nearest(given.lstrip("-"), by_word))
            return Problem(what=what, nearest=near, fix=fix)
        case MissingArgumentError():
            return _missing(error, fix)
        case RepeatArgumentError():
            name = error.token.keyword or ""
            return Problem(what=Text(f"{name} is given twice.", f"{name} aparece dos veces."), fix=fix)
        case CoercionError():
            return _wrong_value(error, fix)
        case UnusedCliTokensError():
            words = " ".join(error.unused_tokens or ())
            return Problem(what=Text(f"Too many arguments: {words}", f"Sobran argumentos: {words}"), fix=fix)
        case _:
            return Problem(
                what=Text(f"The call is not clear: {error}", f"La llamada no es clara: {error}"), fix=fix
            )


def unknown_command(given: str, commands: Iterable[str]) -> UsageError:
    """The error for a command that does not exist, with the nearest that do."""
    return UsageError(
        Problem(
            what=Text(f"There is no command '{given}'.", f"No existe el comando '{given}'."),
            nearest=nearest(given, commands),
            fix=Text("acuerdo --help lists them.", "acuerdo --help los enumera."),
        )
    )


def _missing(error: MissingArgumentError, fix: Text) -> Problem:
    """An option without its value, or a word of the call that is not there; with what it is for."""
    argument = error.argument
    if argument is None or error.keyword:
        given = error.keyword or ""
        return Problem(what=Text(f"{given} needs a value.", f"A {given} le falta un valor."), fix=fix)
    # The parser was built in the language of the call, and so was what it says of its words
    told = argument.parameter.help or ""
    meaning = f": {told[:1].lower()}{told[1:]}" if told else "."
    return Problem(
        what=Text(f"{argument.name} is missing{meaning}", f"Falta {argument.name}{meaning}"), fix=fix
    )


def _wrong_value(error: CoercionError, fix: Text) -> Problem:
    name = error.argument.name if error.argument else ""
    given = error.token.value if error.token else ""
    choices = [str(one) for one in get_args(error.target_type) if isinstance(one, str)]
    listed = ", ".join(choices)
    return Problem(
        what=Text(f"'{given}' cannot be a value of {name}.", f"'{given}' no puede ser un valor de {name}."),
        nearest=nearest(given, choices),
        fix=_fix(error.target_type, listed) or fix,
    )


def _fix(wanted: object, listed: str) -> Text | None:
    if wanted is date:
        return Text("Write dates as 2022-10-13.", "Escriba las fechas así: 2022-10-13.")
    return Text(f"Use one of: {listed}", f"Use uno de: {listed}") if listed else None
