"""Applies the decision rule of a contract to what its primary method found; nothing else has a say."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, final

from acuerdo.core.text import Text
from acuerdo.evaluation.method import Finding, OutcomeCode
from acuerdo.evaluation.ruling import Decision, Verdict

_LOG_UNITS: Final = frozenset({"log_points"})


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """An effect on the scale of the decision: per cent of the counterfactual, or the outcome's unit.

    Attributes:
        value: The point; None where there is none.
        low: Lower end of its interval; None together with ``high``.
        high: Upper end.
        p_value: Of no effect.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """The verdict and the sentence that carries it.

    Attributes:
        verdict: What the rule says.
        because: Which part of the rule decided.
    """

    verdict: Verdict
    because: Text


def effect_of(finding: Finding, decision: Decision) -> Effect:
    """The finding on the scale of the decision; without a counterfactual, per cent are not known."""
    one = finding.estimate
    numbers = (one.value, one.low, one.high)
    if decision.scale == "percent":
        if one.unit.id in _LOG_UNITS:
            numbers = tuple(None if number is None else 100 * math.expm1(number) for number in numbers)
        elif one.unit.id != "percent":
            base = finding.counterfactual
            if base is None or base <= 0:
                return Effect(value=None, p_value=finding.p_value)
            numbers = tuple(None if number is None else 100 * number / base for number in numbers)
    value, low, high = numbers
    return Effect(value=value, low=low, high=high, p_value=finding.p_value)


def decide(finding: Finding, decision: Decision, *, void: tuple[Text, ...] = ()) -> Ruling:
    """The verdict of the rule.

    Args:
        finding: Of the primary method alone.
        decision: The rule.
        void: Conditions that make the run void, in words; none if it stands.
    """
    if void:
        return Ruling(verdict="void", because=_joined(void))
    if finding.code is not OutcomeCode.ESTIMATED:
        return Ruling(verdict="void", because=finding.outcome)
    return _judged(effect_of(finding, decision), decision, by_placebos=bool(finding.placebo_gaps))


def _judged(effect: Effect, decision: Decision, *, by_placebos: bool) -> Ruling:
    if effect.value is None:
        return Ruling(verdict="void", because=_NO_SCALE)
    rejects = effect.p_value is not None and effect.p_value <= decision.level
    on_side = _on_side(effect.value, decision)
    if rejects and on_side and abs(effect.value) >= decision.smallest_effect:
        return Ruling(verdict="supported", because=_SUPPORTED)
    if rejects and not on_side:
        return Ruling(verdict="refuted", because=_OPPOSITE)
    if _short(effect, decision):
        return Ruling(verdict="refuted", because=_EQUIVALENT)
    reasons = [*_reasons(effect, decision, rejects=rejects, on_side=on_side)]
    if not rejects and leaves_out_zero(effect):
        reasons.append(_BY_PLACEBOS if by_placebos else _NARROWER)
    return Ruling(verdict="inconclusive", because=_joined(reasons))


def _on_side(value: float, decision: Decision) -> bool:
    match decision.hypothesis:
        case "increase":
            return value > 0
        case "decrease":
            return value < 0
        case "either":
            return True


def _short(effect: Effect, decision: Decision) -> bool:
    """Whether the whole interval stays short of the margin on the side of the hypothesis."""
    margin = float(decision.equivalence_margin)
    if effect.low is None or effect.high is None:
        return False
    below, above = effect.high < margin, effect.low > -margin
    match decision.hypothesis:
        case "increase":
            return below
        case "decrease":
            return above
        case "either":
            return below and above


def leaves_out_zero(effect: Effect) -> bool:
    """Whether the interval holds no zero; the test may still fail to reject, for it asks another question."""
    return effect.low is not None and effect.high is not None and (effect.low > 0 or effect.high < 0)


def _joined(reasons: Sequence[Text]) -> Text:
    return Text("; ".join(one.en for one in reasons), "; ".join(one.es for one in reasons))


def _reasons(effect: Effect, decision: Decision, *, rejects: bool, on_side: bool) -> Iterator[Text]:
    if effect.p_value is None:
        yield Text(
            "the primary method gives no test of the absence of an effect",
            "el método primario no da una prueba de ausencia de efecto",
        )
    elif not rejects:
        yield Text(
            f"the test does not reject the absence of an effect (p = {effect.p_value:.3f}, level {decision.level:g})",
            f"la prueba no rechaza la ausencia de efecto (p = {effect.p_value:.3f}, nivel {decision.level:g})",
        )
    elif on_side:
        yield Text(
            "the effect found is smaller than the smallest of interest",
            "el efecto hallado es menor que el menor efecto de interés",
        )
    if effect.low is None:
        yield Text(
            "without an interval, an effect as good as none cannot be shown either",
            "sin intervalo tampoco puede mostrarse un efecto equivalente a ninguno",
        )
    else:
        yield Text(
            "the interval reaches past the equivalence margin",
            "el intervalo rebasa el margen de equivalencia",
        )


_SUPPORTED: Final = Text(
    "the test rejects the absence of an effect, with the sign of the hypothesis and at least the smallest effect of "
    "interest",
    "la prueba rechaza la ausencia de efecto, con el signo de la hipótesis y al menos el menor efecto de interés",
)
_OPPOSITE: Final = Text(
    "the test rejects the absence of an effect, with the opposite sign",
    "la prueba rechaza la ausencia de efecto, con signo contrario",
)
_EQUIVALENT: Final = Text(
    "the whole interval stays short of the equivalence margin: an effect that matters is excluded",
    "ningún punto del intervalo alcanza el margen de equivalencia: se excluye un efecto que importe",
)
_NO_SCALE: Final = Text(
    "the effect cannot be put on the scale of the rule: the counterfactual is not positive, or there is none",
    "el efecto no puede llevarse a la escala de la regla: el contrafactual no es positivo o no existe",
)
_BY_PLACEBOS: Final = Text(
    "that the interval leaves out zero does not decide: it is drawn from how closely this one unit was matched before, "
    "while the test asks how many of the units to which nothing happened depart as far, and the rule follows the test",
    "que el intervalo deje fuera el cero no decide: se traza con qué tan de cerca se igualó antes a esta sola unidad, "
    "mientras que la prueba pregunta cuántas de las unidades a las que no les pasó nada se apartan tanto, y la regla "
    "sigue a la prueba",
)
_NARROWER: Final = Text(
    "that the interval leaves out zero does not decide: it is the narrower one of two one-sided tests against the "
    "margin, and the rule follows the two-sided test",
    "que el intervalo deje fuera el cero no decide: es el más angosto, el de dos pruebas de una cola contra el margen, "
    "y la regla sigue a la prueba de dos colas",
)
