"""What must hold inside an indicator's file beyond its form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from acuerdo.core.errors import Problem, nearest
from acuerdo.core.text import Text
from acuerdo.indicators.attributes import ATTRIBUTES, Answer
from acuerdo.indicators.indicator import Indicator
from acuerdo.indicators.recipe import Index, Mean, Recipe, Selection, operands
from acuerdo.spec.fault import Trail

Found = tuple[Trail, Problem]


def faults_of(indicator: Indicator, *, answers: Mapping[str, Answer]) -> list[Found]:
    """Everything that is wrong with an indicator by itself, and where.

    Args:
        indicator: As its file has it.
        answers: The answers that several indicators share, by key.
    """
    return [
        *_direction(indicator),
        *_baselines(indicator),
        *_answers(indicator, answers),
        *_verbs(indicator.recipe, ("recipe",)),
    ]


def _direction(indicator: Indicator) -> Iterator[Found]:
    if (indicator.direction == "ambiguous") != (indicator.companion is not None):
        yield (
            ("direction",),
            Problem(
                what=Text(
                    "An ambiguous indicator names its companion, and only such a one does.",
                    "Un indicador ambiguo nombra a su acompañante, y solo uno así lo hace.",
                ),
                why=Text(
                    "More seizures may mean more traffic or better detection; only a second figure tells.",
                    "Más decomisos pueden ser más tráfico o mejor detección; solo una segunda cifra lo dice.",
                ),
                fix=Text("Add or remove 'companion'.", "Agregue o quite «companion»."),
            ),
        )


def _baselines(indicator: Indicator) -> Iterator[Found]:
    if bool(indicator.other_baselines) == (indicator.only_baseline is not None):
        yield (
            ("baseline",),
            Problem(
                what=Text(
                    "An indicator has another defensible baseline, or says why there is none.",
                    "Un indicador tiene otra línea base defendible, o dice por qué no la hay.",
                ),
                fix=Text(
                    "Give 'other_baselines' or 'only_baseline', not both.",
                    "Escriba «other_baselines» u «only_baseline», no ambos.",
                ),
            ),
        )
    for number, other in enumerate(indicator.other_baselines):
        if other.period == indicator.baseline.period and other.vintage == indicator.baseline.vintage:
            yield (
                ("other_baselines", number),
                Problem(
                    what=Text(
                        "The other baseline is the same as the first.",
                        "La otra línea base es igual a la primera.",
                    ),
                    fix=Text("Choose another period.", "Elija otro periodo."),
                ),
            )


def _answers(indicator: Indicator, answers: Mapping[str, Answer]) -> Iterator[Found]:
    for name in ATTRIBUTES:
        given = getattr(indicator.attributes, name)
        if isinstance(given, str) and given not in answers:
            yield (
                ("attributes", name),
                Problem(
                    what=Text(
                        f"'{given}' is not one of the shared answers.",
                        f"«{given}» no es una de las respuestas compartidas.",
                    ),
                    nearest=nearest(given, answers),
                    fix=Text(
                        "Name one of answers.yaml, or write {met: …, why: …}.",
                        "Nombre una de answers.yaml o escriba {met: …, why: …}.",
                    ),
                ),
            )


def _verbs(expression: Selection | Recipe, trail: Trail) -> Iterator[Found]:
    if isinstance(expression, Selection):
        return
    if len(expression.steps) != 1:
        yield (
            trail,
            Problem(
                what=Text(
                    "A step of a recipe has exactly one verb.", "Cada paso de una receta tiene un solo verbo."
                ),
                fix=Text("Nest one inside the other.", "Anide uno dentro del otro."),
            ),
        )
        return
    ((verb, step),) = expression.steps
    words = _incomplete(step)
    if words is not None:
        yield (*trail, verb), Problem(what=words, fix=Text("Add it.", "Agréguelo."))
    for one in operands(expression):
        yield from _verbs(one, (*trail, verb))


def _incomplete(step: object) -> Text | None:
    """What a verb needs and was not given, where that depends on what was."""
    match step:
        case Index(formula="base_100", base=None):
            return Text("An index in time needs its 'base'.", "Un índice en el tiempo requiere su «base».")
        case Index(formula=formula, across=None) if formula != "base_100":
            return Text(
                "A concentration needs the level it is taken 'across'.",
                "Una concentración requiere el nivel entre cuyos lugares se toma («across»).",
            )
        case Index(formula="top_share", top=None):
            return Text("The share of the top needs 'top'.", "La parte de los primeros requiere «top».")
        case Mean(periods=None, window=None):
            return Text("A mean needs 'periods' or 'window'.", "Una media requiere «periods» o «window».")
        case _:
            return None
