"""What a method on one series gives back, with the warning that belongs to every such design."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.text import Text
from acuerdo.evaluation.method import Path
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.series.single import Single

Array = NDArray[np.float64]

NEVER_ALONE: Final = Text(
    "A single series credits the treatment with whatever else happened at the time. On series of homicides this family "
    "of methods finds an effect where there is none far more often than it says. Never the only design.",
    "Una sola serie atribuye al tratamiento todo lo demás que ocurrió entonces. En series de homicidios, esta familia "
    "de métodos encuentra un efecto donde no lo hay mucho más seguido de lo que declara. Nunca como único diseño.",
)


def series_in_words(single: Single, *, inference: Text) -> Text:
    """What an estimate on one series rests on."""
    after = single.end - single.start
    several_en = "" if single.total == 1 else f" The series is the mean of {single.total} units."
    several_es = "" if single.total == 1 else f" La serie es el promedio de {single.total} unidades."
    return Text(
        f"Estimated from one series, {single.start} periods before and {after} after; {inference.en}.{several_en}",
        f"Estimado con una serie, {single.start} periodos antes y {after} después; {inference.es}.{several_es}",
    )


def path_of(
    panel: Panel,
    single: Single,
    *,
    counterfactual: Array,
    low: Array | None = None,
    high: Array | None = None,
) -> Path:
    """Actual and counterfactual over the periods; the counterfactual before the treatment is the fit."""
    return Path(
        periods=panel.periods[: single.end],
        actual=single.values[: single.end],
        counterfactual=counterfactual[: single.end],
        start=single.start,
        low=None if low is None else low[: single.end],
        high=None if high is None else high[: single.end],
        label=single.label,
    )
