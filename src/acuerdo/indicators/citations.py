"""What a thing rests on: the sources of a framework, an indicator or a data set."""

from __future__ import annotations

from acuerdo.core.citation import Citation
from acuerdo.core.errors import not_found
from acuerdo.core.text import Text
from acuerdo.data.cited_figures import SOURCE_ID, figures_of
from acuerdo.data.recognise import source, sources
from acuerdo.indicators.load import catalog
from acuerdo.indicators.setting import input_series
from acuerdo.spec.library import frameworks

_CITABLE = Text(
    "a framework, an indicator, a source or one of their parts",
    "un marco, un indicador, una fuente o una de sus partes",
)
_REFERENCE = Text("a reference", "una referencia")


def citations(given: str) -> tuple[Citation, ...]:
    """The citations of a framework, one of its references, an indicator or a source.

    Args:
        given: An id, or ``framework:reference``.

    Raises:
        NotFound: If the id is none of these; names the nearest.
    """
    framework_id, _, key = given.partition(":")
    if framework_id in frameworks():
        return _of_framework(framework_id, key)
    if given in sources():
        return (source(given).about.citation,)
    if given in catalog():
        return _of_indicator(given)
    raise not_found(_CITABLE, given, known=[*frameworks(), *catalog(), *sources()])


def _of_framework(framework_id: str, key: str) -> tuple[Citation, ...]:
    references = {one.id: one.citation() for one in frameworks()[framework_id].references.values()}
    if key and key not in references:
        raise not_found(_REFERENCE, key, known=references)
    return (references[key],) if key else tuple(references.values())


def _of_indicator(indicator_id: str) -> tuple[Citation, ...]:
    """Of figures that are known only as somebody printed them, the pages that print them."""
    chosen = catalog()[indicator_id]
    series = input_series(chosen)
    files = dict.fromkeys(one.partition(".")[0] for one in series)
    pages = dict.fromkeys(page for one in series for _, page in figures_of(one))
    return (
        *(source(one).about.citation for one in files if one != SOURCE_ID),
        *(one.citation() for one in (*pages, *chosen.references.values())),
    )
