"""What a command is: a function, what it is for, and examples, in both languages."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, final, get_args, get_type_hints

from acuerdo.core.text import Lang, Text

if TYPE_CHECKING:
    from acuerdo.cli.output import Answer, Unfinished
    from acuerdo.workspace import Workspace

Advance = Callable[[str, int, int], None]
Section = Literal[
    "start", "promised", "changed", "said", "caused", "next", "agreed", "entering", "node", "own"
]
# The order of the help: that of the questions, and what is needed to work with one's own files last.
SECTIONS: Final[Mapping[Section, Text]] = {
    "start": Text("To begin with", "Para empezar"),
    "promised": Text("What was promised, and what was done?", "¿Qué se prometió y qué se hizo?"),
    "changed": Text("What has changed, and how is it known?", "¿Qué ha cambiado y cómo se sabe?"),
    "said": Text("Is what is said about it true?", "¿Es cierto lo que se dice de ello?"),
    "caused": Text("What did the cooperation cause?", "¿Qué causó la cooperación?"),
    "next": Text("What happens next?", "¿Qué sigue?"),
    "agreed": Text(
        "What have both sides agreed to, and who said so?", "¿Qué han acordado ambas partes y quién lo dijo?"
    ),
    "entering": Text("To enter something in the record", "Para asentar algo en el registro"),
    "node": Text("Keys, nodes and what leaves them", "Llaves, nodos y lo que sale de ellos"),
    "own": Text("Your own files", "Sus propios archivos"),
}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A call that works as it stands, and what it does."""

    call: str
    about: Text


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What a word of the call means; stands in the ``Annotated`` type of a command's parameter.

    Attributes:
        about: What it is for.
        label: How the help calls its value.
        many: Whether several values may follow the option's name.
    """

    about: Text
    label: Text | None = None
    many: bool = False


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command of the command line.

    Attributes:
        call: The function; its first parameter is the :class:`Call`, the others are the command's words.
        section: Under which heading of the help it stands; a key of ``SECTIONS``.
        about: What it is for, in a sentence.
        examples: Calls that work as they stand, for the help and the tests.
        table: Whether ``--json`` and ``--csv`` make sense.
    """

    call: Callable[..., Answer | Unfinished]
    section: Section
    about: Text
    examples: tuple[Example, ...]
    table: bool = True


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What every command is handed: the language, the store, and the way to the workspace."""

    lang: Lang
    store: Path | None = None

    @property
    def workspace(self) -> Workspace:
        """The workspace on the store that was asked for; opened when a command needs it, not before."""
        from acuerdo.workspace import Workspace

        return Workspace.open(self.store)

    @contextmanager
    def progress(self, title: Text) -> Iterator[Advance]:
        """A progress bar on the error stream, for work that takes more than a moment; silent when nobody watches.

        Yields:
            A function of what is being worked on, how many are done, and how many there are.
        """
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task(title.in_(self.lang), total=None)

            def advance(label: str, done: int, total: int, /) -> None:
                bar.update(task, description=label, completed=done, total=total)

            yield advance


_LANG = Text(
    "Language of the answer; if not given, that of ACUERDO_LANG, else of LANG.",
    "Idioma de la respuesta; si se omite, el de ACUERDO_LANG o bien el de LANG.",
)


def every_command(
    *,
    json: Annotated[
        bool, Word(about=Text("Print the answer as JSON.", "Imprime la respuesta como JSON."))
    ] = False,
    csv: Annotated[
        bool, Word(about=Text("Print the answer as CSV.", "Imprime la respuesta como CSV."))
    ] = False,
    lang: Annotated[Literal["en", "es"] | None, Word(about=_LANG, label=Text("LANG", "IDIOMA"))] = None,
    store: Annotated[
        Path | None,
        Word(
            about=Text(
                "Your own store, read with the packaged evidence; if not given, "
                "that of ACUERDO_STORE, else .acuerdo here.",
                "Su propio almacén, que se lee junto con la evidencia empaquetada; si se omite, "
                "el de ACUERDO_STORE o bien .acuerdo aquí.",
            ),
            label=Text("FOLDER", "CARPETA"),
        ),
    ] = None,
    debug: Annotated[
        bool,
        Word(
            about=Text(
                "Show where in the program an error arose.",
                "Muestra en qué punto del programa surgió un error.",
            )
        ),
    ] = False,
) -> tuple[bool, bool, Path | None]:
    """The words that every command understands: how to print, and on which store to work."""
    del lang, debug  # both are read from the call's words before any command is known
    return json, csv, store


def own_words(command: Command) -> Mapping[inspect.Parameter, Word]:
    """The words that only this command has, with their meaning."""
    return _words(command.call)


def words_of_every_command(command: Command) -> Mapping[inspect.Parameter, Word]:
    """The words that this command shares with all others."""
    hidden = {one.name for one in own_words(command)} | (set() if command.table else {"json", "csv"})
    return {word: told for word, told in _words(every_command).items() if word.name not in hidden}


def _words(function: Callable[..., Any]) -> dict[inspect.Parameter, Word]:
    hints = get_type_hints(function, include_extras=True, localns={"Answer": Any, "Unfinished": Any})
    given = [
        one.replace(annotation=hints[one.name]) for one in inspect.signature(function).parameters.values()
    ]
    told = (
        (one, *(meaning for meaning in get_args(one.annotation) if isinstance(meaning, Word)))
        for one in given
    )
    return {one: meanings[0] for one, *meanings in told if meanings}
