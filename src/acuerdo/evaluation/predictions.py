"""Scores what each side predicted: a track record, of predictions declared in public only.

Reference:
    Brier (1950), Verification of forecasts expressed in terms of probability.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, final

from acuerdo.evaluation.contract import Contract
from acuerdo.evaluation.ruling import Verdict

_CAME_TRUE: Final[dict[Verdict, float]] = {"supported": 1.0, "refuted": 0.0}
"""Only a verdict that decides scores: an inconclusive, void or impossible run says nothing about a prediction."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The track record of one side.

    Attributes:
        side: Whose.
        stated: Contracts for which it declared a probability.
        scored: Those of them that were decided.
        brier: Mean squared distance between the probability and what came out: 0 is perfect, 0.25 is a coin;
            None where nothing was scored.
    """

    side: str
    stated: int
    scored: int
    brier: float | None


def brier(prediction: float, verdict: Verdict) -> float | None:
    """The score of one prediction; None where the verdict decides nothing.

    >>> brier(0.75, "supported")
    0.0625
    """
    came = _CAME_TRUE.get(verdict)
    return None if came is None else (prediction - came) ** 2


def track_records(contracts: Iterable[Contract], verdicts: Mapping[str, Verdict]) -> tuple[Record, ...]:
    """The record of every side that took a position on some contract, in order of side."""
    stated: dict[str, list[float | None]] = {}
    for contract in contracts:
        for side, position in contract.positions.items():
            scores = stated.setdefault(side, [])
            if position.prediction is not None:
                verdict = verdicts.get(contract.id, "void")
                scores.append(brier(float(position.prediction), verdict))
    return tuple(_record(side, scores) for side, scores in sorted(stated.items()))


def _record(side: str, scores: list[float | None]) -> Record:
    known = [one for one in scores if one is not None]
    mean = sum(known) / len(known) if known else None
    return Record(side=side, stated=len(scores), scored=len(known), brier=mean)
