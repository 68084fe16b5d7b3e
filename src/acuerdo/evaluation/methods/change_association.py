"""Whether units whose outcome changed more are those where something else changed more."""

from __future__ import annotations

from dataclasses import replace
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

_FEWEST: Final = 8
SLOPE: Final = Unit(
    id="slope",
    dimension="slope",
    label=Text("for each one more of the other", "por cada uno más de lo otro"),
    symbol=Text("for each one more of the other", "por cada uno más de lo otro"),
    decimals=2,
)


@final
class Settings(AbstractSettings):
    """What is compared.

    Attributes:
        ends: How many periods at either end of the panel are averaged into the change of the outcome.
        draws: Permutations for the test, and bootstrap draws for the interval.
    """

    ends: Annotated[int, Field(ge=1)] = 1
    draws: Annotated[int, Field(ge=99)] = 1999


@final
class ChangeAssociation(AbstractMethod[Settings]):
    """A straight line through the changes; what goes together, never what causes what."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text("Association of changes", "Asociación de cambios"),
        design="description",
        estimand=Text(
            "By how much the outcome changed more, per unit by which the other quantity changed more.",
            "En cuánto cambió más el resultado por cada unidad en que cambió más la otra cantidad.",
        ),
        assumptions=(
            Text(
                "The units are exchangeable but for the two changes.",
                "Las unidades son intercambiables salvo por los dos cambios.",
            ),
        ),
        breaks=(
            Text(
                "Anything that moves both; one unit far from the others; a register kept better in some places.",
                "Cualquier cosa que mueva a ambas; una unidad lejos de las demás; un registro mejor llevado en ciertos "
                "lugares.",
            ),
        ),
        references=(
            Citation(
                key="freedman_lane_1983",
                title="A nonstochastic interpretation of reported significance levels",
                publisher="Journal of Business & Economic Statistics",
                kind="article",
                author="Freedman, David and Lane, David",
                date="1983",
                url="https://doi.org/10.1080/07350015.1983.10509354",
            ),
        ),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; the seed is for permutations and bootstrap.

        Raises:
            CheckFailed: If the panel has no predictor, or more than one.
        """
        if len(panel.predictors) != 1:
            raise CheckFailed(_ONE_PREDICTOR)
        (other,) = panel.predictors.values()
        if len(panel.periods) < 2 * settings.ends:
            return refused(self, OutcomeCode.TOO_FEW_PERIODS, panel=panel, words=_TOO_SHORT)
        outcome = panel.outcome[:, -settings.ends :].mean(axis=1) - panel.outcome[:, : settings.ends].mean(
            axis=1
        )
        known = ~np.isnan(outcome) & ~np.isnan(other)
        if known.sum() < _FEWEST:
            return refused(self, OutcomeCode.MISSING_OUTCOME, panel=panel, words=_TOO_FEW)
        if np.ptp(other[known]) == 0:
            return refused(self, OutcomeCode.SINGULAR, panel=panel, words=_CONSTANT)
        found = _found(self, changes=(other[known], outcome[known]), settings=settings, seed=seed)
        left_out = int((~known).sum())
        return replace(found, warnings=(*found.warnings, _left_out(left_out))) if left_out else found


METHOD: Final = ChangeAssociation()
_ONE_PREDICTOR: Final = Problem(
    what=Text(
        "The association needs one predictor: the change it is compared with.",
        "La asociación requiere un predictor: el cambio con que se compara.",
    )
)
_TOO_SHORT: Final = Text("The panel has too few periods.", "El panel tiene muy pocos periodos.")
_TOO_FEW: Final = Text(
    "Fewer than eight units have both changes.", "Menos de ocho unidades tienen ambos cambios."
)
_CONSTANT: Final = Text(
    "The other quantity changed alike everywhere.", "La otra cantidad cambió igual en todas partes."
)


def _left_out(count: int) -> Text:
    return Text(
        f"Left out for want of one of the two changes: {count} units.",
        f"Se excluyen por faltarles uno de los dos cambios: {count} unidades.",
    )


def _found(
    method: ChangeAssociation, *, changes: tuple[np.ndarray, np.ndarray], settings: Settings, seed: int
) -> Finding:
    other, outcome = changes
    draw = np.random.default_rng(seed)
    slope = _slope(other, outcome)
    shuffled = np.array([_slope(draw.permutation(other), outcome) for _ in range(settings.draws)])
    p_value = (1 + int((np.abs(shuffled) >= abs(slope) - 1e-12).sum())) / (settings.draws + 1)
    rows = draw.integers(0, other.size, size=(settings.draws, other.size))
    drawn = np.array([_slope(other[one], outcome[one]) for one in rows])
    tail = (1 - settings.level) / 2
    low, high = np.nanquantile(drawn, [tail, 1 - tail])
    told = Text(
        f"The line through the changes of {other.size} units; correlation {_correlation(other, outcome):+.2f}.",
        f"La recta por los cambios de {other.size} unidades; correlación {_correlation(other, outcome):+.2f}.",
    )
    estimate = Estimate(
        value=slope,
        low=min(float(low), slope),
        high=max(float(high), slope),
        level=settings.level,
        unit=SLOPE,
        method=method.id,
        outcome=told,
    )
    return Finding(
        estimate=estimate,
        p_value=p_value,
        diagnostics={
            "units": int(other.size),
            "correlation": _correlation(other, outcome),
            "rank_correlation": _correlation(_ranks(other), _ranks(outcome)),
            "mean_change": float(outcome.mean()),
            "mean_other_change": float(other.mean()),
        },
    )


def _slope(other: np.ndarray, outcome: np.ndarray) -> float:
    centred = other - other.mean()
    below = float(centred @ centred)
    return float(centred @ (outcome - outcome.mean())) / below if below else float("nan")


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    spread = float(one.std() * other.std())
    return float(((one - one.mean()) * (other - other.mean())).mean() / spread) if spread else 0.0


def _ranks(values: np.ndarray) -> np.ndarray:
    """Ranks from 0; ties share their mean."""
    order = np.sort(values)
    left, right = np.searchsorted(order, values, "left"), np.searchsorted(order, values, "right")
    return (left + right - 1) / 2
