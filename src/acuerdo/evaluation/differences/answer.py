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
from acuerdo.evaluation.differences.admission import clusters_of, treated_clusters
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
    """

    unit: Unit
    method: str
    level: float
    words: Text

    def estimate(self, found: Uncertain) -> Estimate:
        """One number as an estimate."""
        return Estimate(
            value=found.value,
            low=found.low,
            high=found.high,
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
        return Finding(
            estimate=self.estimate(found),
            p_value=found.p_value,
            counterfactual=counterfactual,
            path=path,
            parts={name: self.estimate(one) for name, one in parts.items()},
            diagnostics={"standard_error": found.standard_error, **diagnostics},
            warnings=warnings,
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


def treated_mean(panel: Panel, *, horizon: int | None, weights: NDArray[np.float64] | None = None) -> float:
    """The mean outcome over the treated cells that enter an effect; each counts its weight, if weights are given."""
    cells = panel.under_treatment()
    if horizon is not None:
        for row in panel.treated:
            cells[row, (panel.first_treated[row] or 0) + horizon :] = False
    cells &= ~np.isnan(panel.outcome)
    return float(np.average(panel.outcome[cells], weights=None if weights is None else weights[cells]))
