"""From numbers and their uncertainty to what a method gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.estimate import Estimate
from acuerdo.core.text import Text
from acuerdo.core.unit import Unit
from acuerdo.evaluation.differences.admission import FEWEST_TREATED_CLUSTERS, clusters_of, treated_clusters
from acuerdo.evaluation.differences.settings import Weights
from acuerdo.evaluation.inference.interval import Uncertain
from acuerdo.evaluation.method import Finding, Path
from acuerdo.evaluation.panel import Panel

ONE_TREATED = Text(
    "A single cluster is treated: its own shocks cannot be told from the effect, so no interval is given. "
    "A synthetic control with placebos is the design for one treated unit.",
    "Un solo conglomerado recibe el tratamiento: sus propios choques no se distinguen del efecto, así que no se da "
    "intervalo. Para una unidad tratada, el diseño es un control sintético con placebos.",
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What every answer is told with.

    Attributes:
        unit: Unit of the numbers.
        method: Id of the method.
        level: Coverage of the intervals.
        words: What the answer rests on.
        bare: Why no interval is given; None where one is.
    """

    unit: Unit
    method: str
    level: float
    words: Text
    bare: Text | None = None

    @classmethod
    def of(cls, panel: Panel, *, method: str, level: float, inference: Text) -> Answer:
        """The answer of a comparison; without intervals where a single cluster is treated.

        Args:
            panel: The data.
            method: Id of the method.
            level: Coverage of the intervals.
            inference: How the intervals were reached.
        """
        return cls(
            unit=panel.measure,
            method=method,
            level=level,
            words=sample_in_words(panel, inference=inference),
            bare=ONE_TREATED if treated_clusters(panel) < FEWEST_TREATED_CLUSTERS else None,
        )

    def stated(self, found: Uncertain) -> Uncertain:
        """The number with what may be told of its uncertainty."""
        return found if self.bare is None else Uncertain(value=found.value)

    def estimate(self, found: Uncertain) -> Estimate:
        """One number as an estimate."""
        stated = self.stated(found)
        return Estimate(
            value=stated.value,
            low=stated.low,
            high=stated.high,
            level=self.level,
            unit=self.unit,
            method=self.method,
            outcome=self.words,
        )

    def finding(
        self,
        found: Uncertain,
        *,
        parts: Mapping[str, Uncertain],
        counterfactual: float | None = None,
        path: Path | None = None,
        diagnostics: Mapping[str, float | int | str | None],
        warnings: tuple[Text, ...] = (),
    ) -> Finding:
        """The whole finding; the standard error is put among the diagnostics."""
        stated = self.stated(found)
        return Finding(
            estimate=self.estimate(found),
            p_value=stated.p_value,
            counterfactual=counterfactual,
            path=path,
            parts={name: self.estimate(one) for name, one in parts.items()},
            errors={
                name: error
                for name, one in parts.items()
                if (error := self.stated(one).standard_error) is not None
            },
            diagnostics={"standard_error": stated.standard_error, **diagnostics},
            warnings=(() if self.bare is None else (self.bare,)) + warnings,
        )

    def event_path(self, events: Mapping[int, Uncertain], *, actual: NDArray[np.float64]) -> Path:
        """What happened and what would have, by time since treatment.

        Args:
            events: K effects by time since treatment.
            actual: Shape (K,), mean outcome of the treated cells that each rests on.
        """
        told = [self.stated(one) for one in events.values()]
        low, high = (
            np.array([np.nan if end is None else end for end in ends])
            for ends in ([one.low for one in told], [one.high for one in told])
        )
        return Path(
            periods=(),
            actual=actual,
            counterfactual=actual - np.array([one.value for one in told]),
            start=sum(since < 0 for since in events),
            low=actual - high,
            high=actual - low,
            event_time=tuple(events),
        )


def sample_in_words(panel: Panel, *, inference: Text) -> Text:
    """What an estimate rests on, in a sentence."""
    treated, others, periods = len(panel.treated), len(panel.never_treated), len(panel.periods)
    clusters, hit = len(set(clusters_of(panel))), treated_clusters(panel)
    return Text(
        f"Estimated from {treated} treated and {others} never treated units over {periods} periods; "
        f"{inference.en} (clusters: {clusters}, of them treated: {hit}).",
        f"Estimado con {treated} unidades tratadas y {others} nunca tratadas en {periods} periodos; "
        f"{inference.es} (conglomerados: {clusters}, de ellos tratados: {hit}).",
    )


def counted_in_words(weights: Weights, *, then: Text) -> Text:
    """What each unit counts, where they do not count alike; then the rest of the sentence."""
    if weights == "none":
        return then
    return Text(f"each counts its exposure, {then.en}", f"cada una cuenta según su exposición, {then.es}")


def treated_mean(panel: Panel, *, horizon: int | None, weights: NDArray[np.float64] | None = None) -> float:
    """The mean outcome over the treated cells that enter an effect.

    Args:
        panel: The data.
        horizon: How many periods from the first treated one enter; all if None.
        weights: What each cell counts, shape (units, periods), or each unit, shape (units,); all alike if not given.
    """
    if weights is not None and weights.ndim == 1:
        weights = np.broadcast_to(weights[:, None], panel.outcome.shape)
    cells = panel.under_treatment()
    if horizon is not None:
        for row in panel.treated:
            cells[row, (panel.first_treated[row] or 0) + horizon :] = False
    cells &= ~np.isnan(panel.outcome)
    return float(np.average(panel.outcome[cells], weights=None if weights is None else weights[cells]))
