"""Whether a panel can be answered at all, looked at before anything is computed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.text import Text
from acuerdo.evaluation.differences.settings import Weights
from acuerdo.evaluation.method import CONSTANT, OutcomeCode, Refusal, varies
from acuerdo.evaluation.naming import some
from acuerdo.evaluation.panel import Panel

FEWEST_TREATED_CLUSTERS = 2
"""With one treated cluster a clustered standard error is far too small (Conley and Taber 2011)."""
_NO_EXPOSURE = Problem(
    what=Text(
        "Cells are to be weighted by the exposure, and the panel has none.",
        "Las celdas han de ponderarse por la exposición y el panel no la tiene.",
    ),
    fix=Text(
        "Name its column, exposure=…, or set weights to 'none'.",
        "Nombre su columna, exposure=…, o deje weights en «none».",
    ),
)


def clusters_of(panel: Panel) -> tuple[str, ...]:
    """The cluster of each unit; the unit itself where none is given."""
    return panel.clusters or panel.units


def refusal_of(
    panel: Panel, *, fewest_clusters: int, gaps: bool = False, ends: bool = False
) -> Refusal | None:
    """The first reason why a difference-in-differences on this panel has no answer; None if there is none.

    Args:
        panel: The data.
        fewest_clusters: The least number of clusters.
        gaps: Whether the method can do with single missing cells.
        ends: Whether the method is for treatments that end.

    Raises:
        CheckFailed: If no unit is treated.
    """
    require_treated(panel)
    return (
        _incomplete(panel, gaps=gaps)
        or (None if varies(panel.outcome) else CONSTANT)
        or (None if ends else _ending(panel))
        or _too_few_clusters(panel, fewest_clusters)
    )


def require_treated(panel: Panel) -> None:
    """Refuses a panel without treatment.

    Raises:
        CheckFailed: If no unit is treated.
    """
    if not panel.treated:
        raise CheckFailed(
            Problem(
                what=Text(
                    "No unit of the panel is treated.", "Ninguna unidad del panel recibe el tratamiento."
                ),
                why=Text(
                    "The method compares treated with untreated units.",
                    "El método compara unidades tratadas con no tratadas.",
                ),
                fix=Text(
                    "Give the first treated period of each treated unit.",
                    "Indique el primer periodo tratado de cada unidad tratada.",
                ),
            )
        )


def require_exposure(panel: Panel) -> NDArray[np.float64]:
    """The exposure, by which cells are to be weighted.

    Raises:
        CheckFailed: If there is none, or none for a cell with an outcome.
    """
    if panel.exposure is None:
        raise CheckFailed(_NO_EXPOSURE)
    missing = unexposed(panel)
    if missing is not None:
        raise CheckFailed(missing)
    return panel.exposure


def cell_weights(panel: Panel, weights: Weights) -> NDArray[np.float64] | None:
    """What each cell counts, shape (units, periods); None where all count alike.

    Raises:
        CheckFailed: See :func:`require_exposure`.
    """
    return None if weights == "none" else require_exposure(panel)


def unit_weights(panel: Panel, weights: Weights) -> NDArray[np.float64] | None:
    """What each unit counts in every period: its exposure in the first; shape (units,), None where all count alike.

    Raises:
        CheckFailed: See :func:`require_exposure`.
    """
    cells = cell_weights(panel, weights)
    return None if cells is None else cells[:, 0]


def unexposed(panel: Panel) -> Problem | None:
    """What is wrong where an exposure is given, but not for every cell with an outcome; None if nothing is."""
    if panel.exposure is None or not (np.isnan(panel.exposure) & ~np.isnan(panel.outcome)).any():
        return None
    return Problem(
        what=Text(
            "The exposure is missing where there is an outcome.",
            "Falta la exposición donde hay un resultado.",
        ),
        fix=Text("Complete the population.", "Complete la población."),
    )


def treated_clusters(panel: Panel) -> int:
    """How many clusters hold a treated unit."""
    groups = clusters_of(panel)
    return len({groups[row] for row in panel.treated})


def vanishing(panel: Panel) -> tuple[str, ...]:
    """Units that are missing from the first period on, or up to the last."""
    missing = np.isnan(panel.outcome)
    return tuple(panel.units[row] for row in np.flatnonzero(missing[:, 0] | missing[:, -1]))


def _incomplete(panel: Panel, *, gaps: bool) -> Refusal | None:
    gone = vanishing(panel)
    if gone:
        return Refusal(
            code=OutcomeCode.UNITS_VANISH,
            words=Text(
                f"Units come late or leave early: {some(gone)}. What they would have shown is not known, so there "
                "is no estimate; shorten the window or leave them out, and say so.",
                f"Hay unidades que llegan tarde o se van antes: {some(gone)}. No se sabe qué habrían mostrado, "
                "así que no hay estimación; acorte la ventana o exclúyalas, y dígalo.",
            ),
        )
    missing = int(np.isnan(panel.outcome).sum())
    if missing and not gaps:
        return Refusal(
            code=OutcomeCode.MISSING_OUTCOME,
            words=Text(
                f"Cells without an outcome: {missing}. This method needs all of them; missing is not zero.",
                f"Celdas sin resultado: {missing}. Este método las requiere todas; lo que falta no es cero.",
            ),
        )
    return None


def _ending(panel: Panel) -> Refusal | None:
    ending = [
        name for name, last in zip(panel.units, panel.last_treated or (), strict=False) if last is not None
    ]
    if not ending:
        return None
    return Refusal(
        code=OutcomeCode.NOT_IDENTIFIED,
        words=Text(
            f"The treatment ends in {some(ending)}, and this method takes it to last. "
            "'de_chaisemartin_dhaultfoeuille' is for treatments that end.",
            f"El tratamiento termina en {some(ending)}, y este método supone que dura. "
            "«de_chaisemartin_dhaultfoeuille» es para tratamientos que terminan.",
        ),
    )


def _too_few_clusters(panel: Panel, fewest: int) -> Refusal | None:
    count = len(set(clusters_of(panel)))
    if count >= fewest:
        return None
    return Refusal(
        code=OutcomeCode.TOO_FEW_CLUSTERS,
        words=Text(
            f"{count} clusters, fewer than the {fewest} that the settings ask for: a standard error from so few "
            "would be far too small. A synthetic control with placebos can do with fewer.",
            f"{count} conglomerados, menos que los {fewest} que piden los ajustes: un error estándar con tan pocos "
            "sería demasiado pequeño. Un control sintético con placebos admite menos.",
        ),
    )
