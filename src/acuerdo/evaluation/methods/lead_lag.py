"""Which of two series moves first: the lag at which their changes agree most."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, final

import numpy as np
from pydantic import Field

from acuerdo.core.citation import Citation
from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.estimate import Estimate
from acuerdo.core.text import Text
from acuerdo.core.unit import Unit
from acuerdo.evaluation.method import About, AbstractMethod, AbstractSettings, Finding, OutcomeCode, refused
from acuerdo.evaluation.panel import Panel

PERIODS: Final = Unit(
    id="periods",
    dimension="periods",
    label=Text("periods of lead", "periodos de adelanto"),
    symbol=Text("periods", "periodos"),
    decimals=0,
)


@final
class Settings(AbstractSettings):
    """How far apart the two may move.

    Attributes:
        most: The longest lead and lag looked at.
        block: Length of the blocks that the interval is drawn in; longer than the dependence of the changes.
        draws: Bootstrap draws.
    """

    most: Annotated[int, Field(ge=1, le=60)] = 12
    block: Annotated[int, Field(ge=1)] = 12
    draws: Annotated[int, Field(ge=99)] = 999


@final
class LeadLag(AbstractMethod[Settings]):
    """What comes first need not be what causes; what comes after cannot."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text("Lead and lag", "Adelanto y rezago"),
        design="description",
        estimand=Text(
            "By how many periods the changes of the second series come before those of the first.",
            "Por cuántos periodos los cambios de la segunda serie anteceden a los de la primera.",
        ),
        assumptions=(
            Text(
                "The relation of the two did not change over the window.",
                "La relación entre ambas no cambió durante la ventana.",
            ),
        ),
        breaks=(
            Text(
                "A third thing that moves both at different speeds; overlapping windows, whose changes resemble one "
                "another by construction.",
                "Una tercera cosa que mueva a ambas a distinta velocidad; ventanas traslapadas, de cambios afines "
                "por construcción.",
            ),
        ),
        references=(
            Citation(
                key="politis_romano_1994",
                title="The stationary bootstrap",
                publisher="Journal of the American Statistical Association",
                kind="article",
                author="Politis, Dimitris N. and Romano, Joseph P.",
                date="1994",
                url="https://doi.org/10.1080/01621459.1994.10476870",
            ),
        ),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; the seed is for the bootstrap.

        Raises:
            CheckFailed: If the panel does not hold exactly two series.
        """
        if len(panel.units) != 2:
            raise CheckFailed(_TWO_SERIES)
        if not panel.is_complete:
            return refused(self, OutcomeCode.MISSING_OUTCOME, panel=panel, words=_MISSING)
        changes = np.diff(panel.outcome, axis=1)
        if changes.shape[1] < 3 * settings.most:
            return refused(self, OutcomeCode.TOO_FEW_PERIODS, panel=panel, words=_TOO_SHORT)
        if (changes.std(axis=1) == 0).any():
            return refused(self, OutcomeCode.SINGULAR, panel=panel, words=_CONSTANT)
        return _found(self, changes, settings=settings, seed=seed)


METHOD: Final = LeadLag()
_TWO_SERIES: Final = Problem(
    what=Text(
        "Lead and lag are told between two series.",
        "El adelanto se determina entre dos series.",
    ),
    fix=Text(
        "In a contract, name the second under 'beside'; in a table, make it the second unit.",
        "En un contrato, nombre la segunda en «beside»; en una tabla, hágala la segunda unidad.",
    ),
)
_MISSING: Final = Text(
    "A period is missing in one of the two series.", "Falta un periodo en una de las dos series."
)
_TOO_SHORT: Final = Text(
    "The series are shorter than three times the longest lag.",
    "Las series son más cortas que tres veces el mayor rezago.",
)
_CONSTANT: Final = Text("One of the two series does not vary.", "Una de las dos series no varía.")


def _found(method: LeadLag, changes: np.ndarray, *, settings: Settings, seed: int) -> Finding:
    lags = range(-settings.most, settings.most + 1)
    first, second = changes
    curve = np.array([_agreement(first, second, lag=lag) for lag in lags])
    best = lags[int(np.abs(curve).argmax())]
    drawn = _drawn(first, second, lags=lags, settings=settings, seed=seed)
    strongest = np.abs(curve).max()
    tail = (1 - settings.level) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail], method="inverted_cdf")
    sides = min((drawn <= 0).mean(), (drawn >= 0).mean())
    told = Text(
        f"The changes agree most where the second series moves {best} periods before the first (correlation "
        f"{curve[best + settings.most]:+.2f}).",
        f"Los cambios coinciden más cuando la segunda serie se mueve {best} periodos antes que la primera (correlación "
        f"{curve[best + settings.most]:+.2f}).",
    )
    estimate = Estimate(
        value=float(best),
        low=min(float(low), best),
        high=max(float(high), best),
        level=settings.level,
        unit=PERIODS,
        method=method.id,
        outcome=told,
    )
    return Finding(
        estimate=estimate,
        p_value=float(min(1.0, max(2 * sides, 1 / settings.draws))),
        diagnostics={"correlation": float(curve[best + settings.most]), "strongest": float(strongest)}
        | {f"lag {lag:+d}": float(one) for lag, one in zip(lags, curve, strict=True)},
    )


def _agreement(first: np.ndarray, second: np.ndarray, *, lag: int) -> float:
    """Correlation of the first series with the second as it was ``lag`` periods before."""
    width = first.size - abs(lag)
    one = first[lag:] if lag >= 0 else first[:width]
    other = second[:width] if lag >= 0 else second[-lag:]
    spread = one.std() * other.std()
    return float(((one - one.mean()) * (other - other.mean())).mean() / spread) if spread else 0.0


def _drawn(
    first: np.ndarray, second: np.ndarray, *, lags: range, settings: Settings, seed: int
) -> np.ndarray:
    """The lag of the best agreement in series put together from blocks of periods, both from the same ones.

    A pair of a first and an earlier second is drawn whole, so that the lag inside a block is kept.
    """
    draw = np.random.default_rng(seed)
    width = first.size
    count = -(-width // settings.block)
    starts = draw.integers(0, width, size=(settings.draws, count))
    index = ((starts[:, :, None] + np.arange(settings.block)) % width).reshape(settings.draws, -1)[:, :width]
    curves = np.array([np.abs(_correlations(_pairs(first, second, lag=lag), index)) for lag in lags])
    return np.array(lags)[curves.argmax(axis=0)]


def _pairs(first: np.ndarray, second: np.ndarray, *, lag: int) -> np.ndarray:
    """2 x periods: the first series and its partner; NaN where there is none."""
    partner = np.full(first.size, np.nan)
    at = np.arange(first.size) - lag
    inside = (at >= 0) & (at < first.size)
    partner[inside] = second[at[inside]]
    return np.array([first, partner])


def _correlations(pairs: np.ndarray, index: np.ndarray) -> np.ndarray:
    """The correlation of the pairs in each draw; a pair without a partner does not count.

    Args:
        pairs: 2 x periods.
        index: Draws x periods.
    """
    one, other = pairs[0][index], pairs[1][index]
    known = ~np.isnan(other)
    counted = np.maximum(known.sum(axis=1), 1)
    one, other = np.where(known, one, 0.0), np.where(known, other, 0.0)
    means = one.sum(axis=1) / counted, other.sum(axis=1) / counted
    one, other = (
        np.where(known, values - mean[:, None], 0.0) for values, mean in zip((one, other), means, strict=True)
    )
    spread = np.sqrt((one**2).sum(axis=1) * (other**2).sum(axis=1))
    return np.divide((one * other).sum(axis=1), spread, out=np.zeros(len(index)), where=spread > 0)
