"""Runs a contract again, and says what changed in its answer and why: the software, or the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, final

import numpy as np

from acuerdo.evaluation import kept
from acuerdo.evaluation.assembling import assemble
from acuerdo.evaluation.reader import OutcomeReader
from acuerdo.evaluation.running import run

if TYPE_CHECKING:
    from acuerdo.core.result import Result
    from acuerdo.data.store import Store
    from acuerdo.evaluation.contract import Contract, Plan


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One line of an answer, then and now."""

    what: str
    then: object
    now: object


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Rerun:
    """What came of running again.

    Attributes:
        inputs: Names of the inputs that are not what they were under the signed vintage.
        software: Lines that differ with the signed data: only the software can be why.
        data: Lines that differ once everything published since is used: only the data can be why.
        new_files: Files published or brought in since.
        cells: How many cells of the outcome differ between the two vintages.
        largest: The largest relative difference among them; None where none differs.
        latest: The answer on the newest data.
    """

    inputs: tuple[str, ...]
    software: tuple[Difference, ...]
    data: tuple[Difference, ...]
    new_files: tuple[str, ...]
    cells: int
    largest: float | None
    latest: Result


def rerun(contract: Contract, store: Store, *, earlier: Result, calibration: Result | None) -> Rerun:
    """The contract once on the signed vintage and once on everything that is known now.

    Args:
        earlier: The kept answer.
        calibration: The kept calibration.

    Raises:
        CheckFailed: If the data do not carry the plan.
    """
    signed = run(contract, store, calibration=calibration)
    latest = run(contract, store, calibration=calibration, known_on=date.max) if contract.plan else signed
    cells, largest = _moved(contract.plan, store) if contract.plan else (0, None)
    return Rerun(
        inputs=kept.changed(earlier, signed.inputs),
        software=differences(earlier.answer, signed.answer),
        data=differences(signed.answer, latest.answer),
        new_files=tuple(name for name in latest.inputs if name not in signed.inputs),
        cells=cells,
        largest=largest,
        latest=latest,
    )


def differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Difference, ...]:
    """The lines of two answers that a reader would act on, where they differ."""
    before, after = _lines(then), _lines(now)
    return tuple(
        Difference(what=name, then=before.get(name), now=after.get(name))
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    )


def _lines(answer: Mapping[str, Any]) -> dict[str, object]:
    effect = answer.get("effect") or {}
    found = {"verdict": answer.get("verdict"), **{name: effect.get(name) for name in effect}}
    found["certainty"] = (answer.get("certainty") or {}).get("grade")
    for one in answer.get("robustness", ()):
        found[f"robustness.{one['id']}"] = (one["effect"] or {}).get("value")
    return found


def _moved(plan: Plan, store: Store) -> tuple[int, float | None]:
    """How many cells of the outcome were revised, and by how much at most."""
    signed = assemble(plan, OutcomeReader(store, known_on=plan.data.known_on, cut_off=None)).outcome
    latest = assemble(plan, OutcomeReader(store, known_on=date.max, cut_off=None)).outcome
    if signed.shape != latest.shape:
        return abs(signed.size - latest.size), None
    gap = np.abs(latest - signed)
    moved = gap > 0
    if not moved.any():
        return 0, None
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(signed != 0, gap / np.abs(signed), np.nan)[moved]
    known = ratio[~np.isnan(ratio)]
    return int(moved.sum()), float(known.max()) if known.size else None
