"""What can be wrong with a panel; everything is told at once."""

# ruff: noqa: D102 - the members of Cells are described where the panel is

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

import numpy as np

from acuerdo.core.errors import Problem
from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.evaluation.naming import some

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Squares beyond these soon leave the numbers that a computer can hold
_LEAST, _GREATEST = 1e-100, 1e100


class Cells(Protocol):
    """What of a panel is looked at; see :class:`acuerdo.evaluation.panel.Panel`."""

    @property
    def outcome(self) -> NDArray[np.float64]: ...
    @property
    def units(self) -> tuple[str, ...]: ...
    @property
    def periods(self) -> tuple[Period, ...]: ...
    @property
    def first_treated(self) -> tuple[int | None, ...]: ...
    @property
    def last_treated(self) -> tuple[int | None, ...] | None: ...
    @property
    def exposure(self) -> NDArray[np.float64] | None: ...
    @property
    def predictors(self) -> Mapping[str, NDArray[np.float64]]: ...
    @property
    def coordinates(self) -> NDArray[np.float64] | None: ...
    @property
    def clusters(self) -> tuple[str, ...] | None: ...


def faults_of(panel: Cells) -> list[Problem]:
    """Every problem of a panel; what depends on its shape is looked at only where the shape is right."""
    return list(_shape(panel)) or [
        *_names(panel),
        *_values(panel),
        *_exposure(panel),
        *_places(panel),
        *_treatment(panel),
    ]


def _shape(panel: Cells) -> Iterator[Problem]:
    count, width = len(panel.units), len(panel.periods)
    if not count or not width:
        yield Problem(what=Text("The panel is empty.", "El panel está vacío."))
        return
    wanted: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
        "outcome": (panel.outcome.shape, (count, width)),
        "first_treated": ((len(panel.first_treated),), (count,)),
    }
    if panel.last_treated is not None:
        wanted["last_treated"] = ((len(panel.last_treated),), (count,))
    if panel.exposure is not None:
        wanted["exposure"] = (panel.exposure.shape, (count, width))
    if panel.coordinates is not None:
        wanted["coordinates"] = (panel.coordinates.shape, (count, 2))
    if panel.clusters is not None:
        wanted["clusters"] = ((len(panel.clusters),), (count,))
    wanted |= {name: (values.shape, (count,)) for name, values in panel.predictors.items()}
    for name, (given, right) in wanted.items():
        if given != right:
            yield Problem(
                what=Text(
                    f"'{name}' has the shape {given}; the panel needs {right}.",
                    f"«{name}» tiene la forma {given}; el panel requiere {right}.",
                )
            )


def _names(panel: Cells) -> Iterator[Problem]:
    twice = sorted(name for name, times in Counter(panel.units).items() if times > 1)
    if twice:
        yield Problem(
            what=Text(
                f"Units stand more than once: {some(twice)}.",
                f"Hay unidades repetidas: {some(twice)}.",
            ),
            fix=Text("Keep one row for each.", "Deje una sola fila por unidad."),
        )
    kinds = {one.kind for one in panel.periods}
    if len(kinds) > 1:
        named_en = ", ".join(sorted(kind.label.en for kind in kinds))
        named_es = ", ".join(sorted(kind.label.es for kind in kinds))
        yield Problem(
            what=Text(
                f"Periods of several kinds stand together: {named_en}.",
                f"Hay periodos de varios tipos juntos: {named_es}.",
            )
        )
        return
    for before, after in zip(panel.periods, panel.periods[1:], strict=False):
        if before.shift(1) != after:
            yield Problem(
                what=Text(
                    f"After {before.code} comes {after.code}; the periods of a panel follow one another.",
                    f"A {before.code} le sigue {after.code}; los periodos de un panel son consecutivos.",
                ),
                fix=Text(
                    "Keep the periods between and leave the outcome missing.",
                    "Conserve los periodos intermedios y deje el resultado como faltante.",
                ),
            )
            return


def _values(panel: Cells) -> Iterator[Problem]:
    if np.isinf(panel.outcome).any():
        yield Problem(
            what=Text(
                "An outcome is infinite: most likely a division by zero.",
                "Un resultado es infinito: probablemente una división entre cero.",
            )
        )
    elif not _can_be_squared(panel.outcome):
        yield Problem(
            what=Text(
                "The outcomes are too great or too small to be computed with.",
                "Los resultados son demasiado grandes o demasiado pequeños para hacer cálculos.",
            ),
            fix=Text("State them in another unit.", "Expréselos en otra unidad."),
        )
    empty = [panel.units[row] for row in np.flatnonzero(np.isnan(panel.outcome).all(axis=1))]
    if empty:
        yield Problem(
            what=Text(
                f"Units without a single value: {some(empty)}.",
                f"Hay unidades sin un solo valor: {some(empty)}.",
            ),
            fix=Text("Leave them out, and say so.", "Exclúyalas y dígalo."),
        )


def _exposure(panel: Cells) -> Iterator[Problem]:
    if panel.exposure is None:
        return
    wrong = ~np.isnan(panel.exposure) & ~(panel.exposure > 0)
    rows = [panel.units[row] for row in np.flatnonzero(wrong.any(axis=1))]
    if rows:
        yield Problem(
            what=Text(
                f"The exposure is zero or negative: {some(rows)}.",
                f"La exposición es cero o negativa: {some(rows)}.",
            ),
            why=Text(
                "A count over a population of zero has no rate.",
                "Un conteo sobre una población de cero no tiene tasa.",
            ),
            fix=Text(
                "Correct the population, or leave the unit out.",
                "Corrija la población o excluya la unidad.",
            ),
        )


def _can_be_squared(outcome: NDArray[np.float64]) -> bool:
    greatest = float(np.nanmax(np.abs(outcome), initial=0.0))
    return not greatest or _LEAST < greatest < _GREATEST


def _places(panel: Cells) -> Iterator[Problem]:
    if panel.coordinates is None:
        return
    lat, lon = np.abs(np.nan_to_num(panel.coordinates)).T
    off = [panel.units[row] for row in np.flatnonzero((lat > 90) | (lon > 360))]
    if off:
        yield Problem(
            what=Text(
                f"Coordinates that lie nowhere on Earth: {some(off)}.",
                f"Coordenadas que no están en la Tierra: {some(off)}.",
            ),
            fix=Text(
                "Give latitude first, then longitude, both in degrees.",
                "Indique primero la latitud y luego la longitud, ambas en grados.",
            ),
        )


def _treatment(panel: Cells) -> Iterator[Problem]:
    width = len(panel.periods)
    early = [
        name
        for name, first in zip(panel.units, panel.first_treated, strict=True)
        if first is not None and first < 1
    ]
    if early:
        yield Problem(
            what=Text(
                f"Treated in or before the first period, {panel.periods[0].code}: {some(early)}.",
                f"Tratadas en el primer periodo, {panel.periods[0].code}, o antes: {some(early)}.",
            ),
            why=Text(
                "Without a period before the treatment there is nothing to compare with.",
                "Sin un periodo anterior al tratamiento no hay con qué comparar.",
            ),
            fix=Text("Begin the panel earlier, or leave them out.", "Empiece antes el panel o exclúyalas."),
        )
    late = [
        name for name, first in zip(panel.units, panel.first_treated, strict=True) if (first or 0) >= width
    ]
    if late:
        yield Problem(
            what=Text(
                f"Treated after the last period, {panel.periods[-1].code}: {some(late)}.",
                f"Tratadas después del último periodo, {panel.periods[-1].code}: {some(late)}.",
            ),
            fix=Text(
                "Give None: within the panel they are not treated.", "Indique None: en el panel no se tratan."
            ),
        )
    yield from _ends(panel)


def _ends(panel: Cells) -> Iterator[Problem]:
    for name, first, last in zip(
        panel.units, panel.first_treated, panel.last_treated or panel.first_treated, strict=True
    ):
        if last is not None and (first is None or last < first):
            yield Problem(
                what=Text(
                    f"The treatment of {name} ends before it begins.",
                    f"El tratamiento de {name} termina antes de empezar.",
                )
            )
