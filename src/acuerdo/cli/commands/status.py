"""``acuerdo status``: how far each promise got, from dated statements, as far as was public on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Cell, Column, Entry, Table, facts
from acuerdo.cli.recorded import beside, within
from acuerdo.cli.words import AsOf
from acuerdo.core.errors import Problem, UsageError, not_found
from acuerdo.core.text import LANGS, Text, same
from acuerdo.spec.sides import obliged_sides, two_sides

if TYPE_CHECKING:
    from acuerdo.tracking.answers import Tracking
    from acuerdo.tracking.codebook import Codebook
    from acuerdo.tracking.coding import Code
    from acuerdo.tracking.comparison import Agreement, Comparison
    from acuerdo.tracking.statement import FiledStatement

Promises = Annotated[
    str | None,
    Word(
        about=Text(
            "A framework, or one promise of it as FRAMEWORK:ID; all frameworks if left out.",
            "Un marco, o uno de sus compromisos como MARCO:ID; todos los marcos si se omite.",
        ),
        label=Text("PROMISES", "COMPROMISOS"),
    ),
]
Sides = Annotated[
    bool,
    Word(
        about=Text(
            "What each government tells, and how far the two agree.",
            "Lo que cuenta cada gobierno y cuánto coinciden.",
        )
    ),
]
Against = Annotated[
    str | None,
    Word(
        about=Text(
            "Another coder, held against the first: both codings where they differ, and how far they agree.",
            "Otro codificador, cotejado con el primero: ambas codificaciones donde difieren y cuánto coinciden.",
        ),
        label=Text("CODER", "CODIFICADOR"),
    ),
]


def status(
    call: Call,
    promises: Promises = None,
    /,
    *,
    as_of: AsOf = None,
    sides: Sides = False,
    against: Against = None,
) -> Table | Entry:
    """Counts for all frameworks, a row per promise for one, everything for one promise."""
    tracking = call.workspace.tracking
    framework, _, item = (promises or "").partition(":")
    if sides or against:
        if not framework or item or (sides and against):
            raise UsageError(Problem(what=_ONE_FRAMEWORK))
        if against:
            return _coders(tracking, framework, against=against, as_of=as_of)
        return _sides(call, framework, as_of=as_of)
    if not framework:
        return _counts(tracking, as_of=as_of)
    codes = {one.item.id: one for one in tracking.codes(framework, as_of=as_of)}
    record, book = call.workspace.record, tracking.codebook()
    if not item:
        table = _rows(call, framework, codes=tuple(codes.values()))
        return beside(table, record, framework=framework, book=book)
    if item not in codes:
        raise not_found(_PROMISE, item, known=codes)
    entry = _entry(tracking, codes[item], as_of=as_of)
    return within(entry, record, framework=framework, item=item, book=book)


def _counts(tracking: Tracking, *, as_of: date | None) -> Table:
    """The distribution always; the score only beside it."""
    rows: list[tuple[Cell, ...]] = []
    notes = [_SCORE]
    for (framework, kind), one in tracking.distributions(as_of=as_of).items():
        scores = (one.score, *(one.score_bounds or (None, None)))
        rows.append(
            (
                framework,
                _KINDS[kind],
                one.total,
                *one.counts.values(),
                *one.shares.values(),
                one.reversed,
                one.contested,
                *(None if score is None else float(score) for score in scores),
            )
        )
        notes += [one.note] if one.note is not None and one.note not in notes else []
    shares = tuple(
        Column(f"{key}_percent", Text(f"{head.en} %", f"{head.es}\u00a0%")) for key, head in _SHORT.items()
    )
    return Table(
        title=Text("How far the promises got", "Hasta dónde llegaron los compromisos"),
        columns=(
            Column("framework", Text("Framework", "Marco")),
            Column("kind", Text("Kind", "Tipo")),
            Column("promises", Text("All", "Total")),
            *(Column(key, heading) for key, heading in _SHORT.items()),
            *shares,
            Column("reversed", Text("Reversed", "Revertidos")),
            Column("contested", Text("Contested", "Controvertidos")),
            Column("kroc_score", Text("Kroc score", "Puntaje Kroc")),
            Column("kroc_lowest", Text("From", "Desde")),
            Column("kroc_highest", Text("To", "Hasta")),
        ),
        rows=tuple(rows),
        note=Text(" ".join(one.en for one in notes), " ".join(one.es for one in notes)),
        hidden=("reversed", "contested", *(column.key for column in shares)),
    )


def _rows(call: Call, framework: str, *, codes: Sequence[Code]) -> Table:
    book, sides = call.workspace.tracking.codebook(), obliged_sides(call.workspace.framework(framework))
    rows = tuple(
        (
            one.item.id,
            _KINDS[one.item.kind],
            one.item.title,
            sides[one.item.obliged],
            book.label("level", one.level_code),
            one.reversed_from,
            book.timeliness(one.timeliness, one.days),
            one.days,
            book.label("correspondence", one.correspondence),
            book.label("works", one.works),
            book.label("verifiable", one.verifiable),
            book.label("potential", one.potential),
            " ".join(one.statements),
        )
        for one in codes
    )
    return Table(
        title=Text(f"Promises of {framework}", f"Compromisos de {framework}"),
        columns=_COLUMNS,
        rows=rows,
        hidden=("kind", "title", "reversed_from", "days", "works", "verifiable", "potential", "statements"),
        note=_UNSEEN,
    )


def _entry(tracking: Tracking, code: Code, *, as_of: date | None) -> Entry:
    """One promise with every statement that it rests on, in its own words."""
    book = tracking.codebook()
    told = [tracking.statements(code.item.framework)[key] for key in code.statements]
    cited = {key: one.citation() for key, one in tracking.references(code.item.framework).items()}
    return Entry(
        title=code.item.title,
        facts=facts(
            {
                _LEVEL: book.label("level", code.level_code),
                _REVERSED: code.reversed_from,
                _TIMELINESS: book.timeliness(code.timeliness, code.days),
                _PROSPECT: _prospect(tracking, code, as_of=as_of),
                _CORRESPONDENCE: book.label("correspondence", code.correspondence),
                _WORKS: book.label("works", code.works),
                Column("indicators", Text("Indicators that could tell", "Indicadores que podrían decirlo")): (
                    code.indicators
                ),
                _VERIFIABLE: book.label("verifiable", code.verifiable),
                _POTENTIAL: book.label("potential", code.potential),
                Column(
                    "codebook", Text("Version of the codebook", "Versión del manual de códigos")
                ): code.codebook,
                _STATEMENTS: _statements(told),
                Column("sources", Text("Sources", "Fuentes")): tuple(
                    Text(*(f"{key}: {cited[key].text(lang)}" for lang in LANGS))
                    for key in dict.fromkeys(key for one in told for key in one.sources)
                ),
            }
        ),
    )


def _statements(told: Sequence[FiledStatement]) -> Table:
    rows = tuple(
        (
            one.happened.code,
            one.first_seen.code,
            one.said_by,
            one.text,
            None if one.wording == "not_seen" else one.wording.words,
            " ".join(one.sources),
        )
        for one in told
    )
    return Table(title=_STATEMENTS.heading, columns=_TOLD, rows=rows)


def _prospect(tracking: Tracking, code: Code, *, as_of: date | None) -> tuple[Text, ...]:
    """Whether what is open of it will be done in time, a sentence for each deadline."""
    every = tracking.prospects(code.item.framework, as_of=as_of)
    return tuple(one.words for one in every if one.code.item.id == code.item.id)


def _sides(call: Call, framework: str, *, as_of: date | None) -> Table:
    tracking = call.workspace.tracking
    found = tracking.sides(framework, as_of=as_of)
    left, right = (Column(one.id, one.name) for one in two_sides(call.workspace.framework(framework)))
    both, every = found.whole.both, len(found.pairs)
    title = Text(
        f"What each government tells: {both} of {every} promises told by both",
        f"Lo que cuenta cada gobierno: ambos hablan de {both} de {every} compromisos",
    )
    return _agreement(found, tracking.codebook(), title=title, columns=(left, right), note=_JOINT)


def _coders(tracking: Tracking, framework: str, *, against: str, as_of: date | None) -> Table:
    found = tracking.coders_compared(framework, against=against, as_of=as_of)
    first, other = found.pairs[0].left.coder, found.pairs[0].right.coder
    title = Text(f"Two coders: {first} and {other}", f"Dos codificadores: {first} y {other}")
    columns = (Column("first", same(first)), Column("other", same(other)))
    return _agreement(found, tracking.codebook(), title=title, columns=columns, note=_TWO_CODERS)


def _agreement(
    found: Comparison, book: Codebook, *, title: Text, columns: tuple[Column, Column], note: Text
) -> Table:
    rows: list[tuple[Cell, ...]] = [(_EVERY, None, None, *_measured(found.whole))]
    rows += [(goal or _NO_GOAL, None, None, *_measured(one)) for goal, one in found.goals.items()]
    rows += [
        (
            pair.left.item.id,
            book.label("level", pair.left.level_code),
            book.label("level", pair.right.level_code),
            *[None] * 8,
        )
        for pair in found.differing
    ]
    return Table(
        title=title,
        columns=(
            Column("of", Text("All, goal, or promise that differs", "Todo, meta o compromiso que difiere")),
            *columns,
            Column("both", Text("Told by both", "Hablan ambos")),
            Column("alike", Text("Jointly only", "Solo en conjunto")),
            Column("alpha", Text("alpha", "alfa")),
            Column("alpha_low", Text("from", "desde")),
            Column("alpha_high", Text("to", "hasta")),
            Column("kappa", same("kappa")),
            Column("kappa_low", Text("from", "desde")),
            Column("kappa_high", Text("to", "hasta")),
        ),
        rows=tuple(rows),
        note=note,
    )


def _measured(found: Agreement) -> tuple[Cell, ...]:
    both = (found.measures["alpha"], found.measures["kappa"])
    return found.both, found.alike, *(cell for one in both for cell in (one.value, one.low, one.high))


_KINDS = {
    "commitment": Text("commitments", "compromisos"),
    "decision": Text("decisions", "decisiones"),
}
_PROMISE = Text("a promise", "un compromiso")
_ONE_FRAMEWORK = Text(
    "--sides or --against needs one framework, and is used alone: acuerdo status us_mx_bicentennial --sides",
    "--sides o --against requiere un marco y se usa sin el otro: acuerdo status us_mx_bicentennial --sides",
)
_EVERY = Text("all promises", "todos los compromisos")
_NO_GOAL = Text("names no goal", "no nombra meta")
_SHORT = {
    "complete": Text("Level 3", "Nivel 3"),
    "intermediate": Text("Level 2", "Nivel 2"),
    "minimal": Text("Level 1", "Nivel 1"),
    "not_initiated": Text("Level 0", "Nivel 0"),
    "no_evidence": Text("No evidence", "Sin evidencia"),
}
_SCORE = Text(
    "3 complete, 2 intermediate, 1 minimal, 0 not initiated; no evidence is not 0. The Kroc score, sum ÷ (number × 3) "
    "× 100, covers the promises with evidence and treats ordered levels as equal steps; “from” and “to” are what it "
    "would be with all others at 0, and at 3.",
    "3 completo, 2 intermedio, 1 mínimo, 0 no iniciado; sin evidencia no es 0. El puntaje Kroc, suma ÷ (número × 3) "
    "× 100, cubre los compromisos con evidencia y trata niveles ordenados como pasos iguales; «desde» y «hasta» son "
    "lo que sería con los demás en 0 y en 3.",
)
_UNSEEN = Text(
    "Coded from public statements; what was done without anybody saying so cannot be known.",
    "Codificado con declaraciones públicas; lo hecho sin que nadie lo dijera no puede saberse.",
)
_JOINT = Text(
    "Agreement is computed where both tell. Joint statements count for both governments: promises told of in these "
    "alone cannot differ, and raise agreement. Where both agree throughout, no interval can be given.",
    "El acuerdo se calcula donde hablan ambos. Las declaraciones conjuntas cuentan para los dos gobiernos: lo que solo "
    "consta en ellas no puede diferir y eleva el acuerdo. Donde ambos coinciden en todo, no puede darse un intervalo.",
)
_TWO_CODERS = Text(
    "Agreement is computed on what both coded with evidence. Where both agree throughout, no interval can be given.",
    "El acuerdo se calcula con lo que ambos codificaron con evidencia. Donde coinciden en todo, no puede darse un "
    "intervalo.",
)
_LEVEL = Column("level", Text("Level", "Nivel"))
_REVERSED = Column("reversed_from", Text("Reversed from", "Revertido desde"))
_TIMELINESS = Column("timeliness", Text("Timeliness", "Oportunidad"))
_PROSPECT = Column("prospect", Text("Will it be done in time", "Se cumplirá a tiempo"))
_CORRESPONDENCE = Column("correspondence", Text("Correspondence", "Correspondencia"))
_WORKS = Column("works", Text("Works", "Funciona"))
_VERIFIABLE = Column("verifiable", Text("Verifiable", "Verificable"))
_POTENTIAL = Column("potential", Text("Potential for results", "Potencial de resultados"))
_STATEMENTS = Column("statements", Text("Statements", "Declaraciones"))
_COLUMNS = (
    Column("id", same("Id")),
    Column("kind", Text("Kind", "Tipo")),
    Column("title", Text("Promise", "Compromiso")),
    Column("obliged", Text("Obliged side", "Parte obligada")),
    _LEVEL,
    _REVERSED,
    _TIMELINESS,
    Column("days", Text("Days", "Días")),
    _CORRESPONDENCE,
    _WORKS,
    _VERIFIABLE,
    _POTENTIAL,
    _STATEMENTS,
)
_TOLD = (
    Column("happened", Text("Happened", "Ocurrió")),
    Column("first_seen", Text("First seen", "Visto primero")),
    Column("said_by", Text("Said by", "Dicho por")),
    Column("text", Text("What it tells", "Lo que cuenta")),
    Column("wording", Text("In its own words", "En sus propias palabras")),
    Column("sources", Text("Sources", "Fuentes")),
)

COMMAND = Command(
    call=status,
    section="promised",
    about=Text(
        "Print how far the promises got: level, timeliness, correspondence, with the statements behind each.",
        "Muestra hasta dónde llegó cada compromiso: nivel, oportunidad, correspondencia y sus declaraciones.",
    ),
    examples=(
        Example(
            call="acuerdo status", about=Text("Every framework, counted.", "Todos los marcos, contados.")
        ),
        Example(
            call="acuerdo status us_mx_bicentennial --as-of 2022-12-31",
            about=Text(
                "Each promise, on what was public that day.", "Cada compromiso, con lo público a esa fecha."
            ),
        ),
        Example(
            call="acuerdo status us_mx_bicentennial:launch_annual_plan",
            about=Text("One promise with its statements.", "Un compromiso con sus declaraciones."),
        ),
        Example(
            call="acuerdo status us_mx_bicentennial --sides",
            about=Text("What each government tells.", "Lo que cuenta cada gobierno."),
        ),
    ),
)
