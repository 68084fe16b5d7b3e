"""How much an answer can bear, by written rules: the four levels of GRADE and the five of the Maryland scale.

GRADE starts an answer without random assignment at *low* and moves it step by step; every step is named. What the
robustness set does can only lower it. Nothing is raised for reasons that a machine cannot see.

References:
    Guyatt et al. (2011), GRADE guidelines 1 (introduction), 7 (inconsistency) and 9 (rating up).
    Sherman et al. (1997), Preventing Crime: What Works, chapter 2 (Maryland Scientific Methods Scale).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, final

from acuerdo.core.text import Text, percent
from acuerdo.evaluation.decision import Effect
from acuerdo.evaluation.method import Design

Grade = Literal["high", "moderate", "low", "very_low"]
GRADES: Final[dict[Grade, Text]] = {
    "high": Text("high", "alta"),
    "moderate": Text("moderate", "moderada"),
    "low": Text("low", "baja"),
    "very_low": Text("very low", "muy baja"),
}
Rule = Literal[
    "no_comparison", "description", "oversized", "early", "disputed", "blunt", "wide", "inconsistent", "large"
]
"""The written rules; ``docs/explanation/evaluation.md`` lists them in this order."""
_LADDER: Final[tuple[Grade, ...]] = ("very_low", "low", "moderate", "high")
_START: Final = 1
_MARYLAND: Final[dict[Design, int]] = {"description": 1, "single_series": 1, "comparison": 3}
MARYLAND: Final[dict[int, Text]] = {
    1: Text(
        "1 of 5: a description, or before and after without a comparison",
        "1 de 5: una descripción, o antes y después sin comparación",
    ),
    3: Text("3 of 5: before and after, with a comparison", "3 de 5: antes y después, con comparación"),
}
_LARGE = 100.0
_HALVED = -50.0
_MOST_DISPUTED = 0.1
_OVERSIZED = 1.5


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules look at.

    Attributes:
        design: What the primary method's answer can bear.
        effect: The effect on the scale of the decision; ``in_percent`` says whether that is per cent.
        level: The level of the test.
        smallest: The smallest effect of interest.
        size: Measured false-positive rate of the rule on the contract's own panel; None if it was not measured.
        detectable: The smallest effect found 80 times in 100; None if none tried was.
        trial_p_value: Of the primary method on the treated units at a date before the cut-off at which nothing had
            begun; None if it was not tried.
        tried: Whether the power was measured.
        disagree: Whether each other defensible choice disagrees with the primary one, by :func:`disagrees`.
        disputed_share: Share of the treated units whose treatment is disputed.
    """

    design: Design
    effect: Effect
    in_percent: bool
    level: float
    smallest: float
    size: float | None
    detectable: float | None
    trial_p_value: float | None
    tried: bool
    disagree: Sequence[bool]
    disputed_share: float


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step up or down, by which rule, and why."""

    by: int
    rule: Rule
    why: Text


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty:
    """The grade, with every step to it, and the level on the Maryland scale."""

    grade: Grade
    steps: tuple[Step, ...]
    maryland: int


def certainty(facts: Facts) -> Certainty:
    """The certainty of an answer."""
    down = (*_bias(facts), *_imprecision(facts), *_inconsistency(facts))
    steps = (*down, *_large(facts, down))
    at = min(max(_START + sum(one.by for one in steps), 0), len(_LADDER) - 1)
    return Certainty(grade=_LADDER[at], steps=steps, maryland=_MARYLAND[facts.design])


def disagrees(value: float, other: float | None, *, smallest: float, margin: float) -> bool:
    """Whether one choice gives an effect that matters where the other gives one as good as none, or the opposite.

    Args:
        value: The effect by the primary choice.
        other: The effect by the other; None where it gives none, which counts as disagreeing.
        smallest: The smallest effect of interest.
        margin: The equivalence margin.

    >>> disagrees(51.0, 25.0, smallest=10.0, margin=10.0), disagrees(51.0, 0.2, smallest=10.0, margin=10.0)
    (False, True)
    >>> disagrees(-2.0, 1.7, smallest=10.0, margin=5.0), disagrees(-2.0, 12.0, smallest=10.0, margin=5.0)
    (False, True)
    """
    if other is None:
        return True
    return any(
        abs(one) >= smallest and (two if one > 0 else -two) < margin
        for one, two in ((value, other), (other, value))
    )


def _bias(facts: Facts) -> Iterator[Step]:
    yield from _design(facts)
    yield from _measured(facts)
    if facts.disputed_share > _MOST_DISPUTED:
        share = percent(facts.disputed_share)
        yield Step(
            by=-1,
            rule="disputed",
            why=Text(
                f"risk of bias: the treatment of {share.en} of the units is disputed",
                f"riesgo de sesgo: se disputa el tratamiento del {share.es} de las unidades",
            ),
        )


def _design(facts: Facts) -> Iterator[Step]:
    if facts.design == "description":
        yield Step(
            by=-1,
            rule="description",
            why=Text(
                "indirectness: a description says what changed or what goes together, never what brought it about",
                "evidencia indirecta: una descripción dice qué cambió o qué va junto, nunca qué lo causó",
            ),
        )
    if facts.design == "single_series":
        yield Step(
            by=-1,
            rule="no_comparison",
            why=Text(
                "risk of bias: no comparison group, so that any shock of the time counts as the effect",
                "riesgo de sesgo: sin grupo de comparación, cualquier choque de la época cuenta como efecto",
            ),
        )


def _measured(facts: Facts) -> Iterator[Step]:
    """What the rule did where nothing had happened."""
    if facts.size is None or facts.size > _OVERSIZED * facts.level:
        yield Step(by=-1, rule="oversized", why=_oversized(facts.size, facts.level))
    if facts.trial_p_value is not None and facts.trial_p_value <= facts.level:
        yield Step(
            by=-1,
            rule="early",
            why=Text(
                "risk of bias: the same method finds an effect on the treated units before anything had begun, so that "
                "they were already on a path of their own",
                "riesgo de sesgo: el mismo método halla un efecto en las unidades tratadas antes de que algo empezara, "
                "de modo que ya seguían un camino propio",
            ),
        )


def _oversized(size: float | None, level: float) -> Text:
    if size is None:
        return Text(
            "risk of bias: how often the rule finds an effect where there is none was not measured",
            "riesgo de sesgo: no se midió cuántas veces la regla halla un efecto donde no lo hay",
        )
    often, wanted = percent(size), percent(level)
    return Text(
        f"risk of bias: on its own panel the rule finds an effect where there is none {often.en} of the time (level "
        f"{wanted.en})",
        f"riesgo de sesgo: en su propio panel la regla halla un efecto donde no lo hay el {often.es} de las veces "
        f"(nivel {wanted.es})",
    )


def _imprecision(facts: Facts) -> Iterator[Step]:
    blunt = facts.detectable is None or facts.detectable > facts.smallest
    if facts.tried and blunt:
        yield Step(
            by=-1,
            rule="blunt",
            why=Text(
                "imprecision: the design does not detect the smallest effect of interest 80 times in 100",
                "imprecisión: el diseño no detecta el menor efecto de interés 80 veces de cada 100",
            ),
        )
    low, high = facts.effect.low, facts.effect.high
    if not facts.tried and (low is None or high is None or high - low > 2 * facts.smallest):
        yield Step(
            by=-1,
            rule="wide",
            why=Text(
                "imprecision: the interval is wider than twice the smallest effect of interest",
                "imprecisión: el intervalo es más ancho que el doble del menor efecto de interés",
            ),
        )


def _inconsistency(facts: Facts) -> Iterator[Step]:
    """One step for any choice that disagrees, two where more than a third of them do."""
    against, tried = sum(facts.disagree), len(facts.disagree)
    if not against:
        return
    serious = 3 * against > tried
    told = _VERY_INCONSISTENT if serious else _INCONSISTENT
    verb = "gives" if against == 1 else "give"
    yield Step(
        by=-2 if serious else -1,
        rule="inconsistent",
        why=Text(
            f"{told.en}: {against} of {tried} other defensible choices {verb} another answer (an effect that matters "
            "in one is as good as none in the other, or there is no answer)",
            f"{told.es}: otra respuesta en {against} de {tried} otras elecciones defendibles (un efecto que importa en "
            "una equivale a ninguno en la otra, o no hay respuesta)",
        ),
    )


def _large(facts: Facts, down: Sequence[Step]) -> Iterator[Step]:
    """A step up, where nothing speaks for bias or inconsistency; GRADE does not rate up over such doubts."""
    if _is_large(facts) and all(one.rule in {"blunt", "wide"} for one in down):
        yield Step(
            by=1,
            rule="large",
            why=Text(
                "large effect: the outcome at least doubled or halved against its counterfactual, and the test rejects",
                "efecto grande: el resultado al menos se duplicó o se redujo a la mitad frente a su contrafactual, y "
                "la prueba rechaza",
            ),
        )


def _is_large(facts: Facts) -> bool:
    value, p_value = facts.effect.value, facts.effect.p_value
    if value is None or p_value is None or not facts.in_percent or facts.design != "comparison":
        return False
    return p_value <= facts.level and (value >= _LARGE or value <= _HALVED)


_INCONSISTENT: Final = Text("inconsistency", "inconsistencia")
_VERY_INCONSISTENT: Final = Text("very serious inconsistency", "inconsistencia muy seria")
