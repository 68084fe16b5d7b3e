"""How the review is made: what counts as known, as a change, as kept, as measured."""

from __future__ import annotations

from collections.abc import Iterator

from acuerdo.indicators.indicator import KINDS
from acuerdo.review.dossier import Dossier
from acuerdo.review.page import Page
from acuerdo.review.wording import say
from acuerdo.tracking.codebook import codebook

_PARTS = (
    "known",
    "vintages",
    "missing",
    "baselines",
    "rivals",
    "timing",
    "kinds",
    "places",
    "absence",
    "machines",
    "cite",
)


def pages(dossier: Dossier) -> Iterator[Page]:
    """The page on method."""
    yield Page(
        kind="method",
        path="method",
        title=say("method.title"),
        summary=say("method.summary"),
        content={
            "parts": [
                {
                    "id": part,
                    "title": say(f"method.{part}_title"),
                    "text": say(f"method.{part}", day=dossier.day),
                }
                for part in _PARTS
            ],
            "kinds": tuple(KINDS.items()),
            "timings": tuple(codebook().axes["timeliness"].codes.values()),
        },
    )
