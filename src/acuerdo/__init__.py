"""Keeps the evidence of an agreement between two governments."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

__version__ = "0.1.0"


def evaluate(contract: str | Path, *, store: Path | None = None) -> Any:
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
