"""Settings that every difference-in-differences has."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from acuerdo.evaluation.method import AbstractSettings

Inference = Literal["clustered", "spatial", "wild"]
Weights = Literal["none", "exposure"]
"""What each cell or unit counts."""


class AbstractDifferencesSettings(AbstractSettings):
    """What every difference-in-differences can be told.

    Attributes:
        fewest_clusters: With fewer clusters than this there is no answer.
        anticipation: Periods before the first treated one in which the treatment may already work; the period
            before those is what is compared with.
    """

    fewest_clusters: Annotated[int, Field(ge=5)] = 10
    anticipation: Annotated[int, Field(ge=0)] = 0


class AbstractWeightedSettings(AbstractDifferencesSettings):
    """What a difference-in-differences can be told in which units need not count alike.

    Attributes:
        weights: ``none``: all units count alike. ``exposure``: each counts its exposure (population), so that the
            effect is that on the mean person; a regression takes the exposure of each cell, a comparison cohort by
            cohort that of the first period, which no treatment has touched.
    """

    weights: Weights = "none"
