"""Settings that every synthetic control shares."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from acuerdo.core.text import Text
from acuerdo.evaluation.method import AbstractSettings
from acuerdo.evaluation.synthetic.placebo import Alternative
from acuerdo.spec.fields import refusal

Interval = Literal["conformal", "placebo", "prediction", "none"]


def _from_ranks(interval: Interval) -> Interval:
    if interval in {"conformal", "prediction"}:
        raise refusal(_OTHER_WEIGHTS, _TAKE_RANKS)
    return interval


RankInterval = Annotated[Interval, AfterValidator(_from_ranks)]
"""The interval of weights that are not plain least squares: residuals and draws refit those, not these."""
_OTHER_WEIGHTS = Text(
    "Conformal and prediction intervals refit plain least-squares weights, which are not the ones of this method.",
    "Los intervalos conformes y de predicción reajustan pesos de mínimos cuadrados simples, que no son los de este "
    "método.",
)
_TAKE_RANKS = Text("Write interval: placebo, or none.", "Escriba interval: placebo, o none.")


class AbstractSyntheticSettings(AbstractSettings):
    """How one treated unit is compared with a mixture of others.

    Attributes:
        treated_in_placebo_pool: Whether a placebo may have the treated unit as a donor. With it the ranks are those
            of a permutation; without it no effect can leak into a placebo.
        alternative: Two-sided ranks by the ratio of root mean squared gaps; one-sided by the mean gap.
        interval: Conformal (residuals permuted), placebo (the ranks inverted), prediction (weights and shock
            simulated), or none.
        excluded: Units that take no part, by name.
        worst_fit: The run is refused where the misfit before the treatment exceeds so many standard deviations of the
            unit's own outcome; None never refuses.
        worst_placebo: Placebos whose misfit exceeds so many times the treated unit's are left out; None keeps all.
        placebo_dates: Codes of periods before the treatment at which nothing happened, to be tested as if it had.
        leave_one_out: Whether the effect is computed without each donor in turn.
        draws: Draws of the prediction interval.
    """

    treated_in_placebo_pool: bool = True
    alternative: Alternative = "two_sided"
    interval: Interval = "placebo"
    excluded: tuple[str, ...] = ()
    worst_fit: Annotated[float, Field(gt=0)] | None = None
    worst_placebo: Annotated[float, Field(ge=1)] | None = None
    placebo_dates: tuple[str, ...] = ()
    leave_one_out: bool = True
    draws: Annotated[int, Field(ge=50)] = 200
