"""Settings that every difference-in-differences has."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from acuerdo.evaluation.method import AbstractSettings

Inference = Literal["clustered", "spatial", "wild"]
Weights = Literal["none", "exposure"]


class AbstractDifferencesSettings(AbstractSettings):
    """What every difference-in-differences can be told.

    Attributes:
        fewest_clusters: With fewer clusters than this there is no answer.
        anticipation: Periods before the first treated one in which the treatment may already work; the period
            before those is what is compared with.
    """

    fewest_clusters: Annotated[int, Field(ge=5)] = 10
    anticipation: Annotated[int, Field(ge=0)] = 0
