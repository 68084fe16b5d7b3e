"""Where the answers of a contract are kept, and what they are bound to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

import acuerdo
from acuerdo.core.result import Result
from acuerdo.evaluation.contract import Contract, Plan
from acuerdo.evaluation.outcome import Outcome

if TYPE_CHECKING:
    from acuerdo.data.release import Release
    from acuerdo.evaluation.reader import OutcomeReader

_PACKAGED: Final = Path(__file__).parent
_LIBRARIES: Final = ("numpy", "scipy", "statsmodels", "pandas", "pyfixest", "diff-diff", "ruptures", "esda")


def result_of(contract: Path) -> Path:
    """Where the answer of a contract's file is kept."""
    return _folder(contract) / f"{contract.stem}.json"


def calibration_of(contract: Path) -> Path:
    """Where its calibration is kept."""
    return _folder(contract) / f"{contract.stem}.blind.json"


def across() -> Path:
    """Where the pooling of all answers is kept."""
    return _PACKAGED / "results" / "across.json"


def read(path: Path) -> Result | None:
    """A kept result; None where there is none.

    Raises:
        CheckFailed: If the file is not one.
    """
    return Result.read(path) if path.is_file() else None


def inputs(contract: Contract, reader: OutcomeReader) -> Mapping[str, str]:
    """What an answer rests on: the contract's digest, and the fingerprint of each published file."""
    found = {"contract": contract.digest}
    if contract.plan is not None:
        found |= {one.id: one.sha256 for one in releases(contract.plan, reader)}
    return found


def changed(earlier: Result, now: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the inputs that are not what they were when an answer was kept.

    A published file is known by its own fingerprint: it is the same one where a store holds it whole and where it
    holds the part that comes with the software.
    """
    then, today = _by_fingerprint(earlier.inputs), _by_fingerprint(now)
    return tuple(sorted({(then | today)[one] for one in then.keys() ^ today.keys()}))


def _by_fingerprint(inputs: Mapping[str, str]) -> dict[str, str]:
    return {content: name for name, content in inputs.items()}


def releases(plan: Plan, reader: OutcomeReader) -> Sequence[Release]:
    """The published files that a plan reads, its variants included, in order of id."""
    outcomes: list[Outcome] = [
        plan.outcome, *(one.outcome for one in plan.robustness.values() if one.outcome is not None)
    ]  # fmt: skip
    others = [*plan.predictors.values(), *plan.beside.values()]
    selected = [*(one.of for one in outcomes), *(one.of for one in others)]
    series = {one.series for one in selected} | {one.per.series for one in selected if one.per is not None}
    found = {release.id: release for one in series for release in reader.releases(one)}
    return [found[key] for key in sorted(found)]


def environment() -> dict[str, str]:
    """The software that a run used: ours, and each library that is there."""
    found = {"acuerdo": acuerdo.__version__}
    for name in _LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _folder(contract: Path) -> Path:
    packaged = contract.resolve().parent == _PACKAGED / "contracts"
    return _PACKAGED / "results" if packaged else contract.parent / "results"
