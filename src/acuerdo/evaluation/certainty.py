"""How much an answer can bear, by written rules: the four levels of GRADE and the five of the Maryland scale.

GRADE starts an answer without random assignment at *low* and moves it step by step; every step is named. What the
robustness set does can only lower it. Nothing is raised for reasons that a machine cannot see.

References:
    Guyatt et al. (2011), GRADE guidelines 1 and 9; Guyatt et al. (2011), guideline 9, rating up (large effect).
    Sherman et al. (1997), Preventing Crime: What Works, chapter 2 (Maryland Scientific Methods Scale).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, final

from acuerdo.core.text import Text
from acuerdo.evaluation.decision import Effect
from acuerdo.evaluation.method import Design

Grade = Literal["high", "moderate", "low", "very_low"]
GRADES: Final[dict[Grade, Text]] = {
    "high": Text("high", "alta"),
    "moderate": Text("moderate", "moderada"),
    "low": Text("low", "baja"),
    "very_low": Text("very low", "muy baja"),
}
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
        others: Effects of the robustness set; None for a run without a number.
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
    others: Sequence[float | None]
    disputed_share: float


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step up or down, and why."""

    by: int
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
    steps = tuple(_steps(facts))
    at = min(max(_START + sum(one.by for one in steps), 0), len(_LADDER) - 1)
    return Certainty(grade=_LADDER[at], steps=steps, maryland=_MARYLAND[facts.design])


def _steps(facts: Facts) -> Iterator[Step]:
    yield from _bias(facts)
    yield from _imprecision(facts)
    yield from _inconsistency(facts)
    if _is_large(facts):
        yield Step(
            by=1,
            why=Text(
                "large effect: the outcome at least doubled or halved against its counterfactual, and the test rejects",
                "efecto grande: el resultado al menos se duplicó o se redujo a la mitad frente a su contrafactual, y "
                "la prueba rechaza",
            ),
        )


def _bias(facts: Facts) -> Iterator[Step]:
    yield from _design(facts)
    yield from _measured(facts)
    if facts.disputed_share > _MOST_DISPUTED:
        yield Step(
            by=-1,
            why=Text(
                f"risk of bias: the treatment of {100 * facts.disputed_share:.0f} % of the units is disputed",
                f"riesgo de sesgo: se disputa el tratamiento del {100 * facts.disputed_share:.0f} % de las unidades",
            ),
        )


def _design(facts: Facts) -> Iterator[Step]:
    if facts.design == "description":
        yield Step(
            by=-1,
            why=Text(
                "indirectness: a description says what changed or what goes together, never what brought it about",
                "evidencia indirecta: una descripción dice qué cambió o qué va junto, nunca qué lo causó",
            ),
        )
    if facts.design == "single_series":
        yield Step(
            by=-1,
            why=Text(
                "risk of bias: no comparison group, so that any shock of the time counts as the effect",
                "riesgo de sesgo: sin grupo de comparación, cualquier choque de la época cuenta como efecto",
            ),
        )


def _measured(facts: Facts) -> Iterator[Step]:
    """What the rule did where nothing had happened."""
    if facts.size is None or facts.size > _OVERSIZED * facts.level:
        told = "–" if facts.size is None else f"{100 * facts.size:.0f} %"
        yield Step(
            by=-1,
            why=Text(
                f"risk of bias: on its own panel the rule finds an effect where there is none {told} of the time "
                f"(level {100 * facts.level:.0f} %)",
                f"riesgo de sesgo: en su propio panel la regla halla un efecto donde no lo hay {told} de las veces "
                f"(nivel {100 * facts.level:.0f} %)",
            ),
        )
    if facts.trial_p_value is not None and facts.trial_p_value <= facts.level:
        yield Step(
            by=-1,
            why=Text(
                "risk of bias: the same method finds an effect on the treated units before anything had begun, so that "
                "they were already on a path of their own",
                "riesgo de sesgo: el mismo método halla un efecto en las unidades tratadas antes de que algo empezara, "
                "de modo que ya seguían un camino propio",
            ),
        )


def _imprecision(facts: Facts) -> Iterator[Step]:
    blunt = facts.detectable is None or facts.detectable > facts.smallest
    if facts.tried and blunt:
        yield Step(
            by=-1,
            why=Text(
                "imprecision: the design does not detect the smallest effect of interest 80 times in 100",
                "imprecisión: el diseño no detecta el menor efecto de interés 80 veces de cada 100",
            ),
        )

    low, high = facts.effect.low, facts.effect.high
    if not facts.tried and (low is None or high is None or high - low > 2 * facts.smallest):
        yield Step(
            by=-1,
            why=Text(
                "imprecision: the interval is wider than twice the smallest effect of interest",
                "imprecisión: el intervalo es más ancho que el doble del menor efecto de interés",
            ),
        )


def _inconsistency(facts: Facts) -> Iterator[Step]:
    value = facts.effect.value
    if value is None or not facts.others:
        return
    against = sum(one is None or one * value < 0 for one in facts.others)
    if 3 * against > len(facts.others):
        yield Step(
            by=-1,
            why=Text(
                f"inconsistency: {against} of {len(facts.others)} other defensible choices give another sign or no "
                "answer",
                f"inconsistencia: {against} de {len(facts.others)} otras elecciones defendibles dan otro signo o "
                "ninguna respuesta",
            ),
        )


def _is_large(facts: Facts) -> bool:
    value, p_value = facts.effect.value, facts.effect.p_value
    if value is None or p_value is None or not facts.in_percent or facts.design != "comparison":
        return False
    return p_value <= facts.level and (value >= _LARGE or value <= _HALVED)
