"""The application: every command of ``commands/`` in one language, and what happens when one of them fails."""

from __future__ import annotations

import inspect
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import cache
from typing import Annotated, Any

from cyclopts import App, CycloptsError, Parameter

from acuerdo import __version__
from acuerdo.cli import help_page
from acuerdo.cli.command import (
    SECTIONS,
    Call,
    Command,
    Word,
    every_command,
    own_words,
    words_of_every_command,
)
from acuerdo.cli.output import Answer, Unfinished, as_csv, as_json, on_screen
from acuerdo.cli.wrong_call import unknown_command, usage_error
from acuerdo.core.errors import AcuerdoError, Problem, UsageError
from acuerdo.core.language import language_of_call
from acuerdo.core.plugins import Folder
from acuerdo.core.text import Lang, Text

FOLDER = Folder("cli/commands", suffixes=(".py",), kind=Text("a command", "un comando"))

INTERRUPTED = 130
FAULT_OF_OURS = 70
_FAULT = Text(
    "The program met a fault of its own ({fault}). Run the same command with --debug and report what it prints.",
    "El programa tropezó con una falla propia ({fault}). Repita el comando con --debug e informe lo que imprima.",
)
_TWO_FORMS = Text("--json and --csv cannot both be given.", "--json y --csv no pueden darse a la vez.")


def commands() -> dict[str, Command]:
    """Every command, in the order of the help; ``check_claim.py`` is called ``check-claim``."""
    found = {name: _command(name) for name in _names()}
    order = tuple(SECTIONS)
    return dict(sorted(found.items(), key=lambda item: (order.index(item[1].section), item[0])))


def _names() -> tuple[str, ...]:
    return tuple(name.replace("_", "-") for name in FOLDER.files())


def _command(name: str) -> Command:
    return FOLDER.module(name.replace("-", "_")).COMMAND


@cache
def build(lang: Lang, only: str | None = None) -> App:
    """The parser of every command, or of one, its completion texts in one language."""
    app = App(name="acuerdo", version=__version__)
    # Most of a short call's time would go into importing the commands that it does not use
    for name, command in (commands() if only is None else {only: _command(only)}).items():
        app.command(_runner(command, lang), name=name, help=command.about.in_(lang))
    return app


def _runner(command: Command, lang: Lang) -> Callable[..., None]:
    """A function with a command's words for a signature, that runs it and prints its answer."""
    own = {word.name for word in own_words(command)}

    def run_command(*positional: Any, **named: Any) -> None:
        json, csv, store = every_command(**{key: value for key, value in named.items() if key not in own})
        if json and csv:
            raise UsageError(Problem(what=_TWO_FORMS))
        call = Call(lang=lang, store=store)
        answer = command.call(call, *positional, **{key: value for key, value in named.items() if key in own})
        form = "json" if json else "csv" if csv else "screen"
        if isinstance(answer, Unfinished):
            _print(answer.done, lang, form=form)
            raise answer.error
        _print(answer, lang, form=form)

    words = {**own_words(command), **words_of_every_command(command)}
    signature = inspect.Signature([_for_parser(word, told, lang=lang) for word, told in words.items()])
    run_command.__signature__ = signature  # type: ignore[attr-defined]
    run_command.__annotations__ = {one.name: one.annotation for one in signature.parameters.values()}
    return run_command


def _for_parser(word: inspect.Parameter, told: Word, *, lang: Lang) -> inspect.Parameter:
    name = told.label.in_(lang) if told.label and word.kind is word.POSITIONAL_ONLY else None
    hint = Parameter(name=name, help=told.about.in_(lang), negative=(), consume_multiple=told.many or None)
    return word.replace(annotation=Annotated[word.annotation.__origin__, hint])


def _print(answer: Answer, lang: Lang, *, form: str) -> None:
    match form:
        case "json":
            print(as_json(answer, lang))
        case "csv":
            print(as_csv(answer, lang))
        case _:
            on_screen(answer, lang)


def run(words: Sequence[str]) -> int:
    """Runs one command; every error becomes a message and an exit code."""
    lang = language_of_call(words)
    debug = "--debug" in words
    given = _command_first(words)
    try:
        if {"--help", "-h"} & set(given):
            print(_help(given[0], lang), end="")
        else:
            app = build(lang, given[0] if given[0] in _names() else None)
            app(given, exit_on_error=False, print_error=False, result_action="return_none")
    except CycloptsError as error:
        return _fail(usage_error(error, commands()), lang, debug=debug)
    except AcuerdoError as error:
        return _fail(error, lang, debug=debug)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe has had enough; say nothing, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as fault:  # noqa: BLE001 - the last fence before the user
        if debug:
            traceback.print_exc()
        print(
            _FAULT.in_(lang).format(fault=f"{type(fault).__name__}: {str(fault).partition(chr(10))[0]}"),
            file=sys.stderr,
        )
        return FAULT_OF_OURS
    return 0


def _help(name: str, lang: Lang) -> str:
    if name.startswith("-"):
        return help_page.front_page(commands(), lang)
    if name not in _names():
        raise unknown_command(name, commands())
    return help_page.command_page(name, _command(name), lang=lang)


def _fail(error: AcuerdoError, lang: Lang, *, debug: bool) -> int:
    if debug:
        traceback.print_exception(error)
    print(error.render(lang), file=sys.stderr)
    return error.exit_code


def _command_first(words: Sequence[str]) -> list[str]:
    """Options of every command may also stand before it: ``acuerdo --lang es list``."""
    given = list(words)
    moved: list[str] = []
    while given and given[0].startswith("--") and given[0] not in {"--help", "--version"}:
        moved.append(given.pop(0))
        if moved[-1] in {"--lang", "--store"} and given:
            moved.append(given.pop(0))
    return [*given, *moved] if given else ["--help", *moved]
