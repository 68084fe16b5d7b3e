"""A checked claim told in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acuerdo.cli.output import Coded, Column, Entry, Table, facts
from acuerdo.core.text import LANGS, Text, same

if TYPE_CHECKING:
    from acuerdo.claims.checking import Checked
    from acuerdo.claims.verdict import Finding

_HOLDS = {
    True: Coded("holds", Text("holds", "se sostiene")),
    False: Coded("does_not_hold", Text("does not hold", "no se sostiene")),
    None: Coded("cannot_be_computed", Text("cannot be computed", "no puede calcularse")),
}
_UNDATED = Text("undated", "sin fecha")
_PLACE = Text("paragraph {number}", "párrafo {number}")


def dated(checked: Checked) -> Text:
    """When it was said, as exactly as it is known."""
    return _UNDATED if checked.dated is None else same(checked.dated.code)


def verdict_of(checked: Checked) -> Coded:
    """The verdict, as a cell."""
    return Coded(checked.outcome.verdict, checked.verdict)


def kind_of(checked: Checked) -> Coded:
    """The kind of check, as a cell."""
    return Coded(checked.claim.check.kind, checked.kind)


def claim_entry(checked: Checked) -> Entry:
    """The words, the verdict, and every computation it rests on."""
    claim, text, outcome = checked.claim, checked.text, checked.outcome
    where = (
        Text(*(_PLACE.in_(lang).format(number=claim.paragraph) for lang in ("en", "es")))
        if claim.paragraph
        else claim.place
    )
    return Entry(
        title=claim.headline,
        facts=facts(
            {
                Column("id", same("Id")): checked.id,
                Column("verdict", Text("Verdict", "Veredicto")): verdict_of(checked),
                Column("depends_on", Text("Depends on", "Depende de")): checked.depends_on,
                Column("sentence", Text("In a sentence", "En una frase")): checked.sentence,
                Column("translation", Text("Translation (ours)", "Traducción (nuestra)")): claim.translation,
                Column("speaker", Text("Speaker", "Quién lo dijo")): claim.speaker,
                Column("said", Text("Said", "Se dijo")): dated(checked),
                Column("text", Text("Text", "Texto")): Text(
                    *(f"{text.shown_title.in_(lang)}, {text.by.in_(lang)}" for lang in LANGS)
                ),
                Column("place", Text("Place in the text", "Lugar en el texto")): where,
                Column("read_in", Text("Read in", "Se leyó en")): tuple(
                    Text(*(text.references[key].citation().text(lang) for lang in LANGS))
                    for key in claim.sources
                ),
                Column("kind", Text("Check", "Comprobación")): kind_of(checked),
                Column("note", Text("Note", "Nota")): claim.note,
                Column("then", Text("On the data of that day", "Con los datos de ese día")): _readings(
                    outcome.then
                ),
                Column("now", Text("On the data of now", "Con los datos de hoy")): _readings(outcome.now),
            }
        ),
    )


def _readings(finding: Finding) -> Table:
    return Table(
        title=Text("Computations", "Cálculos"),
        columns=(
            Column("role", Text("Reading", "Lectura")),
            Column("by", Text("Measure", "Medida")),
            Column("told", Text("Figures", "Cifras")),
            Column("margin", Text("Margin, %", "Margen, %")),
            Column("holds", Text("The words", "Las palabras")),
        ),
        rows=tuple(
            (
                one.why,
                one.by,
                one.told,
                None if one.margin is None else round(100 * one.margin, 1),
                _HOLDS[one.holds],
            )
            for one in finding.readings
        ),
    )
