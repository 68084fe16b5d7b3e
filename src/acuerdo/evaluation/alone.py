"""One method on one table, without a contract: for a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Unpack

from pydantic import ValidationError

from acuerdo.core.errors import UsageError
from acuerdo.evaluation.library import method
from acuerdo.evaluation.method import Finding
from acuerdo.evaluation.panel import Panel
from acuerdo.spec.fault import LineMap, problems
from acuerdo.spec.survey import survey
from acuerdo.spec.validation import validation_faults

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

    from acuerdo.evaluation.method import AbstractMethod, AbstractSettings
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
    chosen = method(method_id)
    checked = _checked(chosen, dict(settings or {}))
    panel = data if isinstance(data, Panel) else Panel.from_frame(data, **columns)
    return chosen.run(panel, settings=checked, seed=seed)


def _checked(chosen: AbstractMethod[Any], given: dict[str, Any]) -> AbstractSettings:
    try:
        return chosen.settings.model_validate(given, strict=False)
    except ValidationError as error:
        faults = validation_faults(error, survey(chosen.settings, given), data=given)
        found = problems(faults, name=chosen.id, lines=LineMap({}, {}, {}))
        # A mapping has no lines to point to
        raise UsageError([replace(one, where=f"{chosen.id}, settings") for one in found]) from error
