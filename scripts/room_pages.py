"""The pages of what the rooms hold: methods of evaluation, mechanism models, what goes into the record."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, get_args, get_origin

from acuerdo.core.citation import Citation
from acuerdo.core.text import Lang, Text
from acuerdo.evaluation.library import methods
from acuerdo.evaluation.method import About
from acuerdo.foresight.declaring import ASSUMED
from acuerdo.foresight.formula import Line
from acuerdo.foresight.library import models
from acuerdo.foresight.model import Lever, Model, Parameter
from acuerdo.foresight.typeset import sheet
from acuerdo.record.kind import KINDS, THINGS, kind, thing

MakeTable = Callable[[tuple[Text, ...], list[tuple[str, ...]], Lang], str]

_DESIGNS = {
    "description": Text("a picture; says nothing of cause", "una imagen; nada dice de causas"),
    "single_series": Text("one series before and after", "una serie antes y después"),
    "comparison": Text(
        "treated against untreated, before and after", "tratadas frente a no tratadas, antes y después"
    ),
}
_ESTIMAND = Text("What it estimates", "Qué estima")
_DESIGN = Text("What its answer can bear", "Qué sostiene su respuesta")
_ASSUMPTIONS = Text("What must hold", "Qué debe cumplirse")
_BREAKS = Text("What would break it", "Qué lo invalidaría")
_SETTINGS = Text("Settings, as they are unless stated", "Ajustes, como son si no se indican")
_OR = Text("or", "o")
_NEEDS = Text("Needs", "Requiere")
_REFERENCES = Text("References", "Referencias")
_ID, _TITLE, _UNIT = Text("Id", "Id"), Text("Title", "Título"), Text("Unit", "Unidad")
_SOURCE = Text("Source", "Fuente")
_METHODS = Text(
    "A contract names one of these and its settings before it is run. [How to write a contract](../how-to/"
    "write-a-contract.md).",
    "Un contrato nombra uno de estos métodos y sus ajustes antes de ejecutarse. [Cómo escribir un contrato]"
    "(../how-to/write-a-contract.es.md).",
)
_MODELS = Text(
    "The central value of a parameter is used where nothing is drawn; draws lie between the lowest and the highest. "
    "Where the source is “assumed”, nobody has published the number; any other source gives it, or figures that it was "
    "set to reproduce. [How to write a model](../how-to/write-a-model.md).",
    "El valor central de un parámetro se usa cuando nada se sortea; los sorteos quedan entre el menor y el mayor. "
    "Donde la fuente es «supuesto», nadie ha publicado el número; cualquier otra fuente da el número, o cifras que con "
    "él se reproducen. [Cómo escribir un modelo](../how-to/write-a-model.es.md).",
)
_EQUATIONS = Text("Equations", "Ecuaciones")
_INSTEAD = Text("If instead –", "Si en cambio –")
_RECORD = Text(
    "Every entry is signed by its author. An entry of a kind that is not here is kept and not interpreted. Each kind "
    "leads to its JSON Schema.",
    "Su autor firma cada asiento. Un asiento de un tipo que no está aquí se conserva y no se interpreta. Cada tipo "
    "lleva a su JSON Schema.",
)
SCHEMAS = "entries/{}.schema.json"
"""Where the JSON Schema of a kind of entry stands, beside the page."""
_FIELDS = Text("Fields", "Campos")
_BOTH = Text("Always reaches both sides", "Siempre llega a ambas partes")
_YES = Text("yes", "sí")


def methods_page(lang: Lang) -> str:
    """Every method: estimand, assumptions, what would break it, settings, references."""
    told = "\n".join(_method(name, one, lang=lang) for name, one in methods().items())
    return f"{_METHODS.in_(lang)}\n\n{told}"


def _setting(name: str, field: Any, *, lang: Lang) -> str:
    """A setting as it is where nobody states it, and what else it may be where that is one of a few words."""
    if field.is_required():
        return f"`{name}`"
    default = field.get_default(call_default_factory=True)
    words = get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
    others = ", ".join(f"`{word}`" for word in words if word != default)
    told = f"`{name}: {json.dumps(default, default=str)}`".replace('"', "")
    return f"{told} ({_OR.in_(lang)} {others})" if others else told


def _method(name: str, one: Any, *, lang: Lang) -> str:
    about: About = one.about
    fields = ", ".join(_setting(key, of, lang=lang) for key, of in one.settings.model_fields.items())
    needs = ", ".join(f"`acuerdo[{extra}]`" for extra in about.extras)
    lines = [
        f"## {name}",
        f"**{about.name.in_(lang)}**",
        "\n".join(
            f"- {label.in_(lang)}: {value}"
            for label, value in (
                (_ESTIMAND, about.estimand.in_(lang)),
                (_DESIGN, _DESIGNS[about.design].in_(lang)),
                (_SETTINGS, fields),
                (_NEEDS, needs),
            )
            if value
        ),
        *_listed(_ASSUMPTIONS, about.assumptions, lang=lang),
        *_listed(_BREAKS, about.breaks, lang=lang),
        *_references(about.references, lang),
    ]
    return "\n\n".join(lines) + "\n"


def _listed(head: Text, texts: Iterable[Text], *, lang: Lang) -> Iterator[str]:
    yield f"{head.in_(lang)}:"
    yield "\n".join(f"- {one.in_(lang)}" for one in texts)


def _references(references: Iterable[Citation], lang: Lang) -> Iterator[str]:
    yield f"{_REFERENCES.in_(lang)}:"
    yield "\n".join(f"- `{one.key}`: {one.text(lang)}" for one in references)


def models_page(lang: Lang, *, make_table: MakeTable) -> str:
    """Every model: what it says, answers, can be moved, assumes, disputes and must reproduce."""
    told = "\n".join(_model(one, lang=lang, make_table=make_table) for one in models().values())
    return f"{_MODELS.in_(lang)}\n\n{told}"


def _model(one: Model, *, lang: Lang, make_table: MakeTable) -> str:
    outcomes = [(f"`{each.name}`", each.title.in_(lang), _unit(each.unit)) for each in one.outcomes]
    parts = [
        f"## {one.id}",
        f"**{one.title.in_(lang)}.** {one.summary.in_(lang)}",
        make_table((Text("Outcome", "Resultado"), _TITLE, _UNIT), outcomes, lang),
        make_table(
            (
                Text("Lever", "Palanca"),
                _TITLE,
                Text("Range", "Intervalo"),
                Text("Evidence", "Evidencia"),
                _SOURCE,
            ),
            [_lever(each, lang) for each in one.levers],
            lang,
        ),
        make_table(
            (
                Text("Parameter", "Parámetro"),
                _TITLE,
                Text("Value", "Valor"),
                Text("Range", "Intervalo"),
                _UNIT,
                _SOURCE,
            ),
            [_parameter(each, lang) for each in one.parameters],
            lang,
        ),
        *(
            f"{each.title.in_(lang)}: "
            + "; ".join(
                f"`{way.id}` ({way.title.in_(lang)}; {_source(way.source, lang)})"
                for way in each.alternatives
            )
            for each in one.mechanisms
        ),
        make_table(
            (Text("Must reproduce", "Debe reproducir"), Text("Published", "Publicado"), _SOURCE),
            [
                (each.title.in_(lang), each.published.in_(lang), _source(each.source, lang))
                for each in one.published
            ],
            lang,
        ),
        *_equations(one, lang=lang, make_table=make_table),
        *_references(one.references, lang),
    ]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _equations(one: Model, *, lang: Lang, make_table: MakeTable) -> Iterator[str]:
    """The equations aligned, what each alternative changes in them, and what every letter stands for."""
    found = sheet(one)
    titles = {
        (each.name, way.id): f"{each.title.in_(lang)}: {way.title.in_(lang)}"
        for each in one.mechanisms
        for way in each.alternatives
    }
    yield f"{_EQUATIONS.in_(lang)}:"
    yield _aligned(found.lines, lang)
    for variant in found.variants:
        yield f"{_INSTEAD.in_(lang)} {titles[variant.mechanism, variant.alternative]}:"
        yield _aligned(variant.lines, lang)
    rows = [
        (each.letter, each.title.in_(lang), _unit(each.unit), each.part.in_(lang)) for each in found.legend
    ]
    yield make_table((Text("Letter", "Letra"), _TITLE, _UNIT, Text("Part", "Papel")), rows, lang)


def _aligned(lines: Sequence[Line], lang: Lang) -> str:
    """Equations as a block of text, their signs beneath one another."""
    sides = [(*line.sides(lang), line.sign) for line in lines]
    width = max(len(left) for left, _, _ in sides)
    told = "\n".join(f"{left:<{width}} {sign} {right}" for left, right, sign in sides)
    return f"```text\n{told}\n```"


def _lever(one: Lever, lang: Lang) -> tuple[str, ...]:
    return (
        f"`{one.name}`",
        one.title.in_(lang),
        f"{one.low:g}–{one.high:g}",
        one.evidence.in_(lang),
        _source(one.source, lang),
    )


def _parameter(one: Parameter, lang: Lang) -> tuple[str, ...]:
    return (
        f"`{one.name}`",
        one.title.in_(lang),
        f"{one.value:g}",
        f"{one.low:g}–{one.high:g}",
        _unit(one.unit),
        _source(one.source, lang),
    )


def _unit(unit: str) -> str:
    return f"`{unit}`" if unit else ""


def _source(key: str, lang: Lang) -> str:
    return Text("assumed", "supuesto").in_(lang) if key == ASSUMED else f"`{key}`"


def record_page(lang: Lang, *, make_table: MakeTable) -> str:
    """Every kind of entry and every thing that can be proposed, with their fields."""
    kinds = [
        (
            f"[`{name}`]({SCHEMAS.format(name)})",
            one.title.in_(lang),
            _fields(one.body),
            _YES.in_(lang) if one.governs else "",
        )
        for name in KINDS.files()
        if (one := kind(name)) is not None
    ]
    things = [
        (f"`{name}`", one.title.in_(lang), _fields(one.content))
        for name in THINGS.files()
        if (one := thing(name)) is not None
    ]
    return "\n".join(
        (
            f"{_RECORD.in_(lang)}\n",
            f"## {Text('Kinds of entry', 'Tipos de asiento').in_(lang)}\n",
            make_table((_ID, _TITLE, _FIELDS, _BOTH), kinds, lang),
            f"## {Text('What can be proposed', 'Lo que puede proponerse').in_(lang)}\n",
            make_table((_ID, _TITLE, _FIELDS), things, lang),
        )
    )


def _fields(form: Any) -> str:
    return ", ".join(f"`{name}`" for name in form.model_fields)
