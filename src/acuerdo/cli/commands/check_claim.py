"""``acuerdo check-claim``: proposes how to check some words, and shows what that would give."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.entries.checked_claim import claim_entry, kind_of
from acuerdo.cli.output import Column, Entry
from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Text, same

Claimed = Annotated[
    str,
    Word(
        about=Text("The claim, in English or Spanish.", "La afirmación, en inglés o español."),
        label=Text("WORDS", "PALABRAS"),
    ),
]
Chosen = Annotated[
    str | None,
    Word(about=Text("The indicator to use.", "El indicador que se usará."), label=same("ID")),
]
Written = Annotated[
    Path | None,
    Word(
        about=Text(
            "Write the proposal to this file, to be completed.",
            "Escribe la propuesta en este archivo, para completarla.",
        ),
        label=Text("FILE", "ARCHIVO"),
    ),
]
Said = Annotated[
    date | None,
    Word(
        about=Text(
            "The day on which it was said; today, if not given.", "El día en que se dijo; hoy, si se omite."
        ),
        label=Text("DATE", "FECHA"),
    ),
]
_SHOWN = {"verdict", "depends_on", "sentence", "then", "now"}
_OTHERS = Column("others", Text("Others that fit", "Otros que concuerdan"))
_ASSUMED = Column("assumed", Text("Taken for granted", "Se dio por supuesto"))
_WRITTEN = Column("written", Text("Written to", "Escrito en"))
_YAML = Column("yaml", Text("As YAML; --write FILE keeps it", "Como YAML; --write ARCHIVO lo guarda"))


def check_claim(
    call: Call,
    words: Claimed,
    /,
    *,
    indicator: Chosen = None,
    said: Said = None,
    write: Written = None,
) -> Entry:
    """The check that the words suggest, its result today, and the YAML of it."""
    _require_new(write)
    proposal, checked = call.workspace.claims.propose(
        words,
        call.lang,
        said=said or date.today(),  # noqa: DTZ011 - the caller's own day
        indicator_id=indicator,
    )
    if write is not None:
        write.write_text(proposal.yaml, encoding="utf-8")
    whole = claim_entry(checked)
    proposed = (
        (Column("kind", Text("Check proposed", "Comprobación propuesta")), kind_of(checked)),
        (Column("indicator", Text("Indicator", "Indicador")), proposal.indicator),
    )
    others = ((_OTHERS, proposal.others),) if proposal.others else ()
    taken = ((_ASSUMED, proposal.assumed),) if proposal.assumed else ()
    # What was said today is checked on one set of data, that of today
    shown = (
        fact for fact in whole.facts if fact[0].key in _SHOWN and (said is not None or fact[0].key != "then")
    )
    kept = (_WRITTEN, str(write)) if write else (_YAML, proposal.yaml.rstrip())
    return Entry(title=whole.title, facts=(*proposed, *others, *taken, *shown, kept))


def _require_new(file: Path | None) -> None:
    if file is not None and file.exists():
        raise UsageError(
            Problem(
                what=Text(
                    "The file exists; nothing was written.", "El archivo ya existe; no se escribió nada."
                ),
                where=str(file),
                fix=Text("Give another name.", "Dé otro nombre."),
            )
        )


COMMAND = Command(
    call=check_claim,
    section="said",
    about=Text(
        "Propose how to check a new claim, and show what that gives.",
        "Propone cómo comprobar una afirmación nueva y muestra qué resulta.",
    ),
    examples=(
        Example(
            call='acuerdo check-claim "homicides more than doubled since 2008"',
            about=Text(
                "Rules over the catalog; nothing is written.", "Reglas sobre el catálogo; no se escribe nada."
            ),
        ),
        Example(
            call='acuerdo check-claim "los homicidios se duplicaron desde 2008" --lang es',
            about=Text("In Spanish.", "En español."),
        ),
    ),
)
