"""The catalog: every indicator, read from its own file. Touches no data and imports no array library."""

from __future__ import annotations

from collections.abc import Mapping

from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text
from acuerdo.indicators.indicator import Indicator

FOLDER = Folder("indicators/catalog", suffixes=(".yaml",), kind=Text("an indicator", "un indicador"))


def catalog() -> Mapping[str, Indicator]:
    """Every indicator by id, in order of id.

    Raises:
        SpecProblems: If a file does not say what it must; lists every problem of every file.
    """
    raise NotImplementedError


def indicator(indicator_id: str) -> Indicator:
    """One indicator of the catalog.

    Raises:
        NotFound: If there is none of that id; names the nearest.
        SpecProblems: If its file does not say what it must.
    """
    raise NotImplementedError
