"""One method on one table, without a contract: for a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Unpack

from acuerdo.core.errors import UsageError
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
    chosen = method(method_id)
    checked, wrong = settings_of(chosen, settings or {})
    if checked is None:
        found = problems(wrong, name=chosen.id, lines=LineMap({}, {}, {}))
        # A mapping has no lines to point to
        raise UsageError([replace(one, where=f"{chosen.id}, settings") for one in found])
    panel = data if isinstance(data, Panel) else Panel.from_frame(data, **columns)
    return chosen.run(panel, settings=checked, seed=seed)
