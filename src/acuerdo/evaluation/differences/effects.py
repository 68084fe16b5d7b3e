"""What an estimator of a library gives: the effect and its parts, each with its uncertainty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

from acuerdo.evaluation.inference.interval import Uncertain


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """The effects.

    Attributes:
        overall: The mean over treated cells.
        parts: By time since treatment.
    """

    overall: Uncertain
    parts: Mapping[str, Uncertain]
