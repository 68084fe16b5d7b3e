"""One mechanism model told in full: what it reproduces, its equations and their letters, assumptions, levers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from acuerdo.cli.output import Cell, Coded, Column, Table, facts
from acuerdo.core.text import LANGS, Lang, Text, same

if TYPE_CHECKING:
    from acuerdo.foresight.formula import Line
    from acuerdo.foresight.model import Constant, Input, Lever, Mechanism, Model, Parameter
    from acuerdo.foresight.typeset import Sheet, Variant

Facts = tuple[tuple[Column, Cell | tuple[Cell, ...] | Table], ...]
_TICKS: Final = {True: "✓", False: "✗"}
_LETTER = Column("letter", Text("Letter", "Letra"))
_NAME, _TITLE = Column("name", Text("Name", "Nombre")), Column("title", Text("What it is", "Qué es"))
_LOW, _HIGH = Column("low", Text("From", "De")), Column("high", Text("To", "A"))
_VALUE, _UNIT = Column("value", Text("Value", "Valor")), Column("unit", Text("Unit", "Unidad"))
_SOURCE = Column("source", Text("Source", "Fuente"))
_EQUATION = (
    Column("left", Text("Letter", "Letra")),
    Column("right", Text("Equation", "Ecuación")),
    Column("about", Text("What it gives", "Qué da")),
)
_ASSUMED: Final = Text("assumed", "supuesto")
_INSTEAD: Final = Text(
    "{mechanism}. Above: {above}. Instead: {instead}:", "{mechanism}. Arriba: {above}. En cambio: {instead}:"
)
_LETTERS: Final = Text(
    "d…/dt is the change in time; Σ adds up over the groups, which i and j tell apart; Z is a part that several "
    "equations share. “Letters” below says what each one stands for.",
    "d…/dt es el cambio en el tiempo; Σ suma sobre los grupos, que i y j distinguen; Z es una parte que comparten "
    "varias ecuaciones. «Letras», abajo, dice qué significa cada una.",
)


def model_facts(one: Model, *, sheet: Sheet, published: Mapping[str, Any]) -> Facts:
    """Everything that a model declares, and its published results as kept."""
    values: dict[Column, Cell | tuple[Cell, ...] | Table | None] = {
        Column("id", same("Id")): one.id,
        Column("summary", Text("What it says", "Qué dice")): one.summary,
        Column("published", Text("Published results", "Resultados publicados")): _published(
            published["rows"]
        ),
        Column("behaviours", Text("What must hold", "Lo que debe cumplirse")): _behaviours(
            published["behaviours"]
        ),
        Column("equations", Text("Equations", "Ecuaciones")): _equations(sheet.lines),
        Column("disputes", Text("Mechanisms in dispute", "Mecanismos en disputa")): _disputes(one, sheet),
        Column("letters", Text("Letters", "Letras")): _letters(sheet),
        Column("parameters", Text("Assumptions", "Supuestos")): _parameters(one, sheet),
        Column("fixed", Text("Held fixed", "Lo que queda fijo")): _fixed(one, sheet),
        Column("levers", Text("Levers", "Palancas")): _levers(one, sheet),
        Column("sources", Text("Sources", "Fuentes")): tuple(
            Text(*(f"{cited.key}: {cited.text(lang)}" for lang in LANGS)) for cited in one.references
        ),
    }
    return facts({column: value for column, value in values.items() if value is not None})


def _published(rows: Sequence[Mapping[str, Any]]) -> Table | None:
    if not rows:
        return None
    return Table(
        title=Text("Published results", "Resultados publicados"),
        columns=(
            Column("quantity", Text("Quantity", "Cantidad")),
            Column("published", Text("Published", "Publicado")),
            Column("here", Text("Here", "Aquí")),
            _LOW,
            _HIGH,
            Column("unit", Text("Unit", "Unidad")),
            Column("reproduced", Text("Reproduced", "Reproducido")),
        ),
        rows=[
            (_text(row["title"]), _text(row["published"]), *(number(row[key]) for key in ("value", "low", "high")),
             _text(row["unit"]), _TICKS[row["reproduced"]])
            for row in rows
        ],
        note=Text(
            "A result counts as reproduced if it lies between “from” and “to”.",
            "Un resultado cuenta como reproducido si queda entre «de» y «a».",
        ),
    )  # fmt: skip


def _behaviours(rows: Sequence[Mapping[str, Any]]) -> tuple[Text, ...]:
    """Each statement once, with a tick if it holds wherever it was tried."""
    found: dict[Text, bool] = {}
    for row in rows:
        said = _text(row["title"])
        found[said] = found.get(said, True) and row["holds"]
    return tuple(
        Text(*(f"{_TICKS[holds]} {said.in_(lang)}" for lang in LANGS)) for said, holds in found.items()
    )


def _equations(lines: Iterable[Line]) -> Table:
    return Table(
        title=Text("Equations", "Ecuaciones"),
        columns=_EQUATION,
        rows=[_equation(one) for one in lines],
        note=_LETTERS,
    )


def _equation(one: Line) -> tuple[Cell, ...]:
    left, right = (Text(*sides) for sides in zip(*(one.sides(lang) for lang in LANGS), strict=True))
    return left, Text(*(f"{one.sign} {right.in_(lang)}" for lang in LANGS)), one.about


def _disputes(one: Model, sheet: Sheet) -> tuple[Text, ...]:
    """Each alternative that is not the first, with what it changes in the equations."""
    mechanisms = {mechanism.name: mechanism for mechanism in one.mechanisms}
    return tuple(
        Text(*(_dispute(mechanisms[each.mechanism], each, lang) for lang in LANGS)) for each in sheet.variants
    )


def _dispute(mechanism: Mechanism, one: Variant, lang: Lang, /) -> str:
    titles = {each.id: each.title.in_(lang) for each in mechanism.alternatives}
    first = mechanism.alternatives[0].id
    head = _INSTEAD.in_(lang).format(
        mechanism=mechanism.title.in_(lang), above=titles[first], instead=titles[one.alternative]
    )
    return "\n".join((head, *(f"  {line.written(lang)}" for line in one.lines)))


def _letters(sheet: Sheet) -> Table:
    """The letters that no other table explains."""
    return Table(
        title=Text("Letters", "Letras"),
        columns=(_LETTER, _TITLE, _UNIT, Column("role", Text("Part", "Papel"))),
        rows=[
            (term.letter, term.title, term.unit_words, term.part)
            for role in ("state", "flow", "outcome", "data")
            for term in sheet.legend
            if term.role == role
        ],
    )


def _parameters(one: Model, sheet: Sheet) -> Table:
    return Table(
        title=Text("Assumptions", "Supuestos"),
        columns=(_LETTER, _NAME, _TITLE, _VALUE, _LOW, _HIGH, _UNIT, _SOURCE),
        rows=[
            (*_named(sheet, each), *(number(x) for x in (each.value, each.low, each.high)),
             sheet.quantities[each.name].unit_words, _source(one, each.source))
            for each in one.parameters
        ],
        hidden=("name",),
    )  # fmt: skip


def _fixed(one: Model, sheet: Sheet) -> Table | None:
    """Constants, and what stands in for another model where none is joined."""
    every = (*one.constants, *one.inputs)
    if not every:
        return None
    return Table(
        title=Text("Held fixed", "Lo que queda fijo"),
        columns=(_LETTER, _NAME, _TITLE, _VALUE, _UNIT, _SOURCE),
        rows=[
            (
                *_named(sheet, each),
                number(each.value),
                sheet.quantities[each.name].unit_words,
                _source(one, each.source),
            )
            for each in every
        ],
        hidden=("name",),
    )


def _levers(one: Model, sheet: Sheet) -> Table | None:
    if not one.levers:
        return None
    return Table(
        title=Text("Levers", "Palancas"),
        columns=(
            _LETTER, _NAME, _TITLE, _LOW, _HIGH, _UNIT, Column("objectives", Text("Serves", "Sirve a")),
            Column("evidence", Text("Evidence", "Evidencia")), _SOURCE,
        ),
        rows=[
            (*_named(sheet, each), number(each.low), number(each.high), sheet.quantities[each.name].unit_words,
             _objectives(each), each.evidence, _source(one, each.source))
            for each in one.levers
        ],
        hidden=("name",),
    )  # fmt: skip


def _objectives(one: Lever) -> Cell:
    """What it serves, for readers without the framework's own id."""
    return Coded(
        ", ".join(one.objectives), same(", ".join(name.partition(":")[2] for name in one.objectives))
    )


def _named(sheet: Sheet, one: Parameter | Constant | Input | Lever) -> tuple[Cell, ...]:
    """A quantity's letter, its name for machines, and its name for a reader."""
    term = sheet.quantities[one.name]
    return term.letter, one.name, term.title


def number(value: float) -> Coded:
    """A number in as many digits as say something, for readers with thousands set apart."""
    told = f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.4g}"
    return Coded(f"{value:.6g}", same(told.replace("-", "−")))


def _source(one: Model, key: str) -> Cell:
    """The key of a reference; what rests on none is assumed."""
    return key if key in {cited.key for cited in one.references} else Coded(key, _ASSUMED)


def _text(words: Mapping[str, str]) -> Text:
    return Text(words["en"], words["es"])
