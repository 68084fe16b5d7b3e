"""What a thing rests on: the sources of a framework, an indicator or a data set."""

from __future__ import annotations

from acuerdo.core.citation import Citation
from acuerdo.core.errors import not_found
from acuerdo.core.text import Text
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
    chosen = catalog()[indicator_id]
    named = dict.fromkeys(series_id.partition(".")[0] for series_id in input_series(chosen))
    own = tuple(one.citation() for one in chosen.references.values())
    return (*(source(source_id).about.citation for source_id in named), *own)
