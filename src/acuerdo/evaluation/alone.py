"""One method on one table, without a contract: for a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from numbers import Integral
from typing import TYPE_CHECKING, Any, Final, Unpack

from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Text
from acuerdo.evaluation.library import method, settings_of
from acuerdo.evaluation.method import Finding
from acuerdo.evaluation.panel import Panel
from acuerdo.spec.fault import LineMap, problems

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

    from acuerdo.evaluation.panel_columns import Columns


def estimate(
    data: Panel | IntoDataFrame,
    method_id: str,
    /,
    *,
    settings: Mapping[str, Any] | None = None,
    seed: int = 0,
    **columns: Unpack[Columns],
) -> Finding:
    """What one method finds; see :func:`acuerdo.estimate`."""
    _require_readable(data, settings, seed=seed, columns=columns)
    chosen = method(str(method_id))
    checked, wrong = settings_of(chosen, settings or {})
    if checked is None:
        found = problems(wrong, name=chosen.id, lines=LineMap({}, {}, {}))
        # A mapping has no lines to point to
        raise UsageError([replace(one, where=f"{chosen.id}, settings") for one in found])
    panel = data if isinstance(data, Panel) else Panel.from_frame(data, **columns)
    return chosen.run(panel, settings=checked, seed=seed)


def _require_readable(data: Any, settings: Any, *, seed: Any, columns: Mapping[str, Any]) -> None:
    """Refuses what is no setting, no seed, or told of a panel that already has it.

    Raises:
        UsageError: Lists everything that is wrong.
    """
    wrong: list[Problem] = []
    if settings is not None and not isinstance(settings, Mapping):
        wrong.append(_NO_SETTINGS)
    if not isinstance(seed, Integral) or seed < 0:
        wrong.append(_NO_SEED)
    if isinstance(data, Panel) and columns:
        wrong.append(_told_twice(", ".join(columns)))
    if wrong:
        raise UsageError(wrong)


_NO_SETTINGS: Final = Problem(
    what=Text("The settings are no mapping.", "Los ajustes no son un diccionario."),
    fix=Text(
        'Write, for example, settings={"level": 0.9}.', 'Escriba, por ejemplo, settings={"level": 0.9}.'
    ),
)
_NO_SEED: Final = Problem(
    what=Text("The seed is not a whole number from 0 on.", "La semilla no es un entero desde 0."),
    fix=Text("Write, for example, seed=1.", "Escriba, por ejemplo, seed=1."),
)


def _told_twice(names: str) -> Problem:
    return Problem(
        what=Text(
            f"A panel already says what its parts are; these are told again: {names}.",
            f"Un panel ya dice cuáles son sus partes; estas se indican otra vez: {names}.",
        ),
        fix=Text("Leave them out, or give the data frame.", "Quítelas, o dé el data frame."),
    )
