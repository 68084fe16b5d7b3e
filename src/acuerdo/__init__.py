"""Keeps the evidence of an agreement between two governments."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

__version__ = "0.1.0"


def evaluate(contract: str | Path, *, store: str | Path | None = None) -> Any:
    """The answer of an evaluation contract; writes nothing.

    Args:
        contract: Id of a contract that comes with the software, or the path of a ``.yaml``.
        store: The folder of a store of published files; ``.acuerdo`` here, together with the packaged evidence, if
            none is given.

    Returns:
        An :class:`acuerdo.core.result.Result`: ``.answer["verdict"]``, ``.answer["effect"]``, ``.inputs``.

    Raises:
        NotFound: If there is no such contract.
        SpecProblems: If its file is wrong.
        MissingExtra: If ``acuerdo[evaluation]`` is not installed.
    """
    # Here, because every start of the command line reads this module
    import datetime
    import importlib

    # By name, because this module lies beneath all layers and may import none of them
    workspace = importlib.import_module("acuerdo.workspace").Workspace.open(store)
    today = datetime.datetime.now(tz=datetime.UTC).date()
    return workspace.evaluation.run(str(contract), on=today, keep=False)


def estimate(
    data: Any, method: str, /, *, settings: Mapping[str, Any] | None = None, seed: int = 0, **columns: Any
) -> Any:
    """What one method finds on a data frame, without a contract.

    Args:
        data: A pandas or polars data frame, one row per unit and period; or an
            :class:`acuerdo.evaluation.panel.Panel`.
        method: Id of a method: ``"synthetic_control"``; ``docs/reference/methods.md`` has all.
        settings: Of the method; what is left out keeps its default.
        seed: For whatever is drawn; the same seed gives the same bytes.
        columns: Which column means what: ``unit``, ``period``, ``outcome``, ``treated`` or ``first_treated``,
            ``exposure``, ``predictors``, ``coordinates``, ``cluster``; see
            :class:`acuerdo.evaluation.panel_columns.Columns`.

    Returns:
        An :class:`acuerdo.evaluation.method.Finding`; ``print`` it, or read ``.estimate``, ``.weights``, ``.parts``.

    Raises:
        NotFound: If there is no such method, column, unit or period.
        UsageError: If a setting or the name of a part of a panel is wrong.
        CheckFailed: If the table is not a panel that the method can take.
        MissingExtra: If ``acuerdo[evaluation]`` is not installed.
    """
    import importlib

    alone = importlib.import_module("acuerdo.evaluation.alone")
    return alone.estimate(data, method, settings=settings, seed=seed, **columns)
