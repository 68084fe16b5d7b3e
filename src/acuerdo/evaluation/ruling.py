"""The decision rule of a contract: what is found, and what follows from it."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, final

from pydantic import Field

from acuerdo.core.text import Text
from acuerdo.spec.fields import AbstractSpec, Number, Words

Verdict = Literal["supported", "refuted", "inconclusive", "void", "not_evaluable"]
VERDICTS: Final[dict[Verdict, Text]] = {
    "supported": Text("supported", "respaldada"),
    "refuted": Text("refuted", "refutada"),
    "inconclusive": Text("inconclusive", "no concluyente"),
    "void": Text("void", "nula"),
    "not_evaluable": Text("not evaluable", "no evaluable"),
}
Scale = Literal["percent", "units"]
Positive = Annotated[Number, Field(gt=0)]
Share = Annotated[Number, Field(ge=0, le=1)]


@final
class Decision(AbstractSpec):
    """When the answer is yes, when it is no, and when neither.

    *Supported*: the effect has the sign of the hypothesis, is at least the smallest of interest, and the primary
    method's test rejects the absence of one at the level. *Refuted*: the interval at 1 - 2 x level lies wholly short
    of the equivalence margin on the hypothesis's side, or the test rejects with the opposite sign. *Inconclusive*:
    neither.

    Attributes:
        hypothesis: The sign that *supported* means.
        scale: Whether effects are per cent of the counterfactual or in the outcome's own unit.
        smallest_effect: The smallest effect that matters.
        equivalence_margin: An effect below it is as good as none; at most the smallest effect.
        level: The level of the test.
        rule: The rule in words, for those who sign.
    """

    hypothesis: Literal["increase", "decrease", "either"]
    scale: Scale = "percent"
    smallest_effect: Positive
    equivalence_margin: Positive
    level: Annotated[Number, Field(gt=0, le=0.2)] = 0.05
    rule: Words


@final
class VoidIf(AbstractSpec):
    """What makes a run void whatever it finds.

    Attributes:
        missing_share_over: Share of the outcome's cells that are missing.
        donors_fewer_than: Units in the comparison.
        pre_fit_over: Root mean squared gap before the treatment, as a share of the treated unit's mean then.
        disputed_share_over: Share of the treated units whose treatment is disputed.
        size_over: Measured false-positive rate of the rule on the contract's own panel.
    """

    missing_share_over: Share = 0.05
    donors_fewer_than: Annotated[int, Field(ge=0)] = 0
    pre_fit_over: Positive | None = None
    disputed_share_over: Share = 0.5
    size_over: Share


@final
class Trial(AbstractSpec):
    """How the rule is tried out before it is signed, on the contract's own panel.

    Attributes:
        draws: Placebos per effect: units and dates drawn at random from before the cut-off.
        effects: Effects put into the placebos, on the scale of the decision, besides none.
        seed: Seed of the draws.
        settings: What takes the place of the primary method's settings in the trials, where those speak of periods
            after the cut-off.
    """

    draws: Annotated[int, Field(ge=20, le=5000)] = 200
    effects: tuple[Positive, ...] = (10, 25, 50, 100)
    seed: Annotated[int, Field(ge=0)] = 1
    settings: dict[str, Any] = Field(default_factory=dict)


@final
class After(AbstractSpec):
    """What the two sides do after each verdict, as proposed."""

    supported: Words
    refuted: Words
    inconclusive: Words
    void: Words
