"""Synthetic difference-in-differences (Arkhangelsky and others), with placebo standard errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Final, NamedTuple, final

import numpy as np
from pydantic import Field

from acuerdo.core.citation import Citation
from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.estimate import Estimate
from acuerdo.core.text import Text
from acuerdo.evaluation.method import (
    CONSTANT,
    About,
    AbstractMethod,
    AbstractSettings,
    Finding,
    OutcomeCode,
    Path,
    Refusal,
    refused,
    varies,
)
from acuerdo.evaluation.optional import library
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.synthetic.block_design import Block, Weighted, design_of, placebo_effects
from acuerdo.evaluation.synthetic.case import FEWEST_BEFORE
from acuerdo.evaluation.synthetic.wording import left_out

if TYPE_CHECKING:
    from numpy.typing import NDArray


@final
class Settings(AbstractSettings):
    """What is weighted, and how the doubt is measured.

    Attributes:
        weighted: Units and periods; units alone, which is the authors' synthetic control; or neither, which is
            difference-in-differences.
        draws: Placebo sets that the standard error comes from; with one treated unit every control is one.
    """

    weighted: Weighted = "units_and_periods"
    draws: Annotated[int, Field(ge=50)] = 200


@final
class SyntheticDifferenceInDifferences(AbstractMethod[Settings]):
    """Controls and periods weighted so that the treated ran parallel to them; then differences in differences."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text("Synthetic difference-in-differences", "Diferencias en diferencias sintéticas"),
        design="comparison",
        estimand=Text(
            "The mean effect on the treated over the periods that count.",
            "El efecto medio en los tratados durante los periodos que cuentan.",
        ),
        assumptions=(
            Text(
                "Without the treatment, the treated would have gone on parallel to the weighted controls.",
                "Sin el tratamiento, los tratados habrían seguido en paralelo a los controles ponderados.",
            ),
            Text(
                "All treated units start in one period, and the treatment touches no control.",
                "Todas las unidades tratadas empiezan en un mismo periodo, y el tratamiento no toca a los controles.",
            ),
            Text(
                "The treated are no noisier than the controls: the standard error is theirs.",
                "Los tratados no tienen más ruido que los controles: el error estándar es el de estos.",
            ),
        ),
        breaks=(
            Text(
                "A treated unit more volatile than the controls; a shock that hits the treated alone.",
                "Una unidad tratada más volátil que los controles; un choque que golpea solo a los tratados.",
            ),
        ),
        references=(
            Citation(
                key="arkhangelsky_2021",
                title="Synthetic Difference-in-Differences",
                publisher="American Economic Review",
                kind="article",
                author="Arkhangelsky, Dmitry and Athey, Susan and Hirshberg, David A. and Imbens, Guido W. and "
                "Wager, Stefan",
                date="2021",
                url="https://doi.org/10.1257/aer.20190159",
            ),
        ),
        extras=("evaluation",),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; the placebo sets come from the seed.

        Raises:
            CheckFailed: If no unit is treated, or not all from the same period on.
        """
        sample = _sample(panel, horizon=settings.horizon)
        if isinstance(sample, Refusal):
            return refused(self, sample.code, panel=panel, words=sample.words)
        size = len(panel.treated)
        design = design_of(sample.controls, start=sample.start, treated=size, weighted=settings.weighted)
        effects = placebo_effects(
            design, sample.controls, treated=size, draws=settings.draws, random=np.random.default_rng(seed)
        )
        found = design.estimate(sample.treated, sample.controls)
        error = float(effects.std(ddof=1))
        return _finding(self, panel, sample=sample, found=found, error=error, level=settings.level)


METHOD: Final = SyntheticDifferenceInDifferences()


class _Sample(NamedTuple):
    """The mean of the treated, T values; the controls, J x T; their names; index of the first treated period."""

    treated: NDArray[np.float64]
    controls: NDArray[np.float64]
    names: tuple[str, ...]
    start: int


def _sample(panel: Panel, *, horizon: int | None) -> _Sample | Refusal:
    starts = {panel.first_treated[row] for row in panel.treated}
    if len(starts) != 1:
        raise CheckFailed(_not_one_start(len(starts)))
    start = starts.pop() or 0
    end = len(panel.periods) if horizon is None else min(start + horizon, len(panel.periods))
    finite: NDArray[np.bool_] = np.isfinite(panel.outcome[:, :end])
    complete = np.logical_and.reduce(finite, axis=1)
    controls = [row for row in panel.never_treated if complete[row]]
    if not all(complete[row] for row in panel.treated):
        return Refusal(code=OutcomeCode.MISSING_OUTCOME, words=_MISSING)
    if start < FEWEST_BEFORE:
        return Refusal(code=OutcomeCode.TOO_FEW_PERIODS, words=_TOO_FEW_PERIODS)
    # A placebo needs controls of its own beside as many units as are treated
    if len(controls) < len(panel.treated) + 1:
        lost = len(controls) < len(panel.never_treated)
        code = OutcomeCode.UNITS_VANISH if lost else OutcomeCode.NO_DONORS
        return Refusal(code=code, words=_too_few_controls(len(controls), len(panel.treated)))
    rows = [*panel.treated, *controls]
    if not varies(panel.outcome[rows, :end]):
        return CONSTANT
    return _Sample(
        treated=panel.outcome[list(panel.treated), :end].mean(axis=0),
        controls=panel.outcome[controls, :end],
        names=tuple(panel.units[row] for row in controls),
        start=start,
    )


def _finding(
    method: SyntheticDifferenceInDifferences, panel: Panel, *, sample: _Sample, found: Block, error: float,
    level: float,
) -> Finding:  # fmt: skip
    counterfactual = found.units @ sample.controls + found.level
    student = library("scipy.stats").t(len(sample.names) - 1)
    reach = float(student.ppf(0.5 + level / 2)) * error
    count, size = len(sample.names), len(panel.treated)
    lost = [panel.units[row] for row in panel.never_treated if panel.units[row] not in sample.names]
    return Finding(
        estimate=Estimate(
            value=found.effect,
            low=found.effect - reach,
            high=found.effect + reach,
            level=level,
            unit=panel.measure,
            method=method.id,
            outcome=_estimated(count, size),
        ),
        p_value=float(2 * student.sf(abs(found.effect) / error)) if error > 0 else None,
        counterfactual=float(counterfactual[sample.start :].mean()),
        path=Path(
            periods=panel.periods[: len(sample.treated)],
            actual=sample.treated,
            counterfactual=counterfactual,
            start=sample.start,
            label=panel.units[panel.treated[0]] if size == 1 else "",
        ),
        weights={
            name: float(weight) for name, weight in zip(sample.names, found.units, strict=True) if weight > 0
        },
        diagnostics={
            "standard_error": error,
            "controls": count,
            "treated": size,
            "level_difference": found.level,
        },
        warnings=(left_out(lost),) if lost else (),
    )


def _estimated(controls: int, treated: int) -> Text:
    return Text(
        f"Estimated for {treated} treated units from {controls} controls; the standard error is that of placebo sets.",
        f"Estimado para {treated} unidades tratadas con {controls} controles; el error estándar es el de conjuntos "
        "placebo.",
    )


def _not_one_start(count: int) -> Problem:
    return Problem(
        what=Text(
            f"This method needs treated units that all start in one period; here there are {count} starts.",
            f"Este método requiere unidades tratadas que empiecen en un mismo periodo; aquí hay {count} inicios.",
        ),
        fix=Text(
            "Use pooled_synthetic_control or callaway_santanna for several starts.",
            "Use pooled_synthetic_control o callaway_santanna si hay varios inicios.",
        ),
    )


_MISSING: Final = Text(
    "A value of a treated unit is missing; it is not made up.",
    "Falta un valor de una unidad tratada; no se inventa.",
)
_TOO_FEW_PERIODS: Final = Text(
    f"Fewer than {FEWEST_BEFORE} periods precede the treatment.",
    f"Menos de {FEWEST_BEFORE} periodos preceden al tratamiento.",
)


def _too_few_controls(controls: int, treated: int) -> Text:
    return Text(
        f"{controls} complete controls for {treated} treated units leave nobody to compare a placebo with.",
        f"{controls} controles completos para {treated} unidades tratadas no dejan con quién comparar un placebo.",
    )
