"""The answer about several treated units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from acuerdo.core.estimate import Estimate
from acuerdo.core.text import Text
from acuerdo.evaluation.method import AbstractMethod, Finding, OutcomeCode, Path, Refusal, refused
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.synthetic.pooled import PooledGaps, placebo_sets, pooled_gaps
from acuerdo.evaluation.synthetic.pooled_case import AbstractPooledSettings, PooledCase
from acuerdo.evaluation.synthetic.wording import ALMOST_OVERFITTED, NO_INTERVAL, left_out, perfect_placebos

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DRAWN_PLACEBOS = 100


def pooled_answer(
    method: AbstractMethod[Any], panel: Panel, *, case: PooledCase | Refusal, settings: AbstractPooledSettings,
    seed: int,
) -> Finding:  # fmt: skip
    """The finding of one case, or why there is none."""
    if isinstance(case, Refusal):
        return refused(method, case.code, panel=panel, words=case.words)
    sets = placebo_sets(case.staggered, draws=settings.sets, random=np.random.default_rng(seed))
    found = pooled_gaps(case.staggered, sets, alternative=settings.alternative)
    if found.perfect[0].any():
        words = _overfitted([case.units[row] for row in case.staggered.treated[found.perfect[0]]])
        return refused(method, OutcomeCode.OVERFITTED, panel=panel, words=words)
    return _finding(method, panel, case=case, settings=settings, found=found)


def _finding(
    method: AbstractMethod[Any], panel: Panel, *, case: PooledCase, settings: AbstractPooledSettings,
    found: PooledGaps,
) -> Finding:  # fmt: skip
    staggered = case.staggered
    ends = found.interval(settings.level)
    value = float(found.after[0].mean())
    counterfactual = _event_time(case, found)[1][found.before :].mean()
    size = len(staggered.treated)
    low, high = ends or (None, None)
    return Finding(
        estimate=Estimate(
            value=value, low=low, high=high, level=settings.level, unit=panel.measure, method=method.id,
            outcome=_estimated(found),
        ),
        p_value=found.p_value,
        counterfactual=float(counterfactual),
        path=_path(case, found),
        placebo_gaps={
            f"set {number}": found.gaps[number].mean(axis=0)
            for number in range(1, min(len(found.gaps), _DRAWN_PLACEBOS + 1))
        },
        parts=_parts(method.id, panel, case=case, found=found),
        weights=_weights(case, found),
        diagnostics={
            "pre_rmspe": float(np.sqrt(np.mean(found.gaps[0].mean(axis=0)[: found.before] ** 2))),
            "worst_unit_rmspe": float(found.misfits[0].max()),
            "treated": size,
            "donors": len(case.units) - size,
            "placebo_sets": len(found.gaps) - 1,
            "least_p_value": 1 / len(found.gaps),
            "periods_after": staggered.horizon,
        },
        warnings=_warnings(case, settings, gaps=found, has_interval=ends is not None),
    )  # fmt: skip


def _estimated(found: PooledGaps) -> Text:
    """How the estimate was reached."""
    sets, size, _ = found.gaps.shape
    standing = round(found.p_value * sets)
    return Text(
        f"Estimated for {size} treated units; {standing} of {sets} sets of as many units, theirs among them, stand "
        "out as far.",
        f"Estimado para {size} unidades tratadas; {standing} de {sets} conjuntos de otras tantas unidades, el suyo "
        "incluido, sobresalen tanto.",
    )


def _event_time(case: PooledCase, found: PooledGaps) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean outcome of the treated by time since treatment, and of their synthetic selves."""
    staggered = case.staggered
    actual = np.mean(
        [
            staggered.outcomes[row, start - found.before : start + staggered.horizon]
            for row, start in zip(staggered.treated, staggered.starts, strict=True)
        ],
        axis=0,
    )
    return actual, actual - found.gaps[0].mean(axis=0)


def _path(case: PooledCase, found: PooledGaps) -> Path:
    actual, counterfactual = _event_time(case, found)
    times = tuple(range(-found.before, case.staggered.horizon))
    return Path(
        periods=(), actual=actual, counterfactual=counterfactual, start=found.before, event_time=times
    )


def _parts(method: str, panel: Panel, *, case: PooledCase, found: PooledGaps) -> Mapping[str, Estimate]:
    parts: dict[str, Estimate] = {}
    for number, row in enumerate(case.staggered.treated):
        misfit = float(found.misfits[0, number])
        words = Text(
            f"Root mean squared misfit before the treatment: {misfit:.3g}.",
            f"Raíz del desajuste cuadrático medio antes del tratamiento: {misfit:.3g}.",
        )
        effect = float(found.after[0, number])
        parts[case.units[row]] = Estimate(value=effect, unit=panel.measure, method=method, outcome=words)
    return parts


def _weights(case: PooledCase, found: PooledGaps) -> Mapping[str, float]:
    """Mean weight of each donor over the treated units."""
    mean = found.weights[0].mean(axis=0)
    return {case.units[row]: float(mean[row]) for row in np.flatnonzero(mean > 0)}


def _overfitted(units: list[str]) -> Text:
    names = ", ".join(units)
    return Text(
        f"A mixture of donors matches every period before the treatment without error for: {names}. Too many donors "
        "for too few periods; what that says of later periods cannot be judged.",
        f"Una mezcla de donantes iguala sin error todos los periodos previos de: {names}. Demasiados donantes para "
        "tan pocos periodos; lo que diga de los posteriores no puede juzgarse.",
    )


def _warnings(
    case: PooledCase, settings: AbstractPooledSettings, *, gaps: PooledGaps, has_interval: bool
) -> tuple[Text, ...]:
    found: list[Text] = []
    horizon = case.staggered.horizon
    if settings.horizon is not None and horizon < settings.horizon:
        found.append(
            Text(
                f"Only {horizon} periods count: the last treated unit has no more.",
                f"Solo cuentan {horizon} periodos: la última unidad tratada no tiene más.",
            )
        )
    if case.dropped:
        found.append(left_out(case.dropped))
    if not has_interval:
        found.append(NO_INTERVAL)
    if len(case.units) - len(case.staggered.treated) >= case.staggered.starts.min():
        found.append(ALMOST_OVERFITTED)
    perfect = int(gaps.perfect.any(axis=1).sum())
    if perfect:
        found.append(perfect_placebos(perfect, len(gaps.perfect)))
    return tuple(found)
