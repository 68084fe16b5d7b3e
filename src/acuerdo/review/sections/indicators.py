"""The list of indicators, by what they speak to."""

from __future__ import annotations

from collections.abc import Iterator

from acuerdo.indicators.indicator import KINDS, IndicatorKind
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import indicator_table
from acuerdo.review.page import Page
from acuerdo.review.reading import KINDS_IN_ORDER, Reading
from acuerdo.review.wording import say


def pages(dossier: Dossier) -> Iterator[Page]:
    """The list of all indicators of the review."""
    readings = list(dossier.readings.values())
    groups: dict[IndicatorKind, list[Reading]] = {
        kind: [one for one in readings if one.indicator.kind == kind] for kind in KINDS_IN_ORDER
    }
    known, outcomes = sum(one.known for one in readings), len(groups["outcome"])
    yield Page(
        kind="indicators",
        path="indicators/index",
        title=say("indicators.title"),
        summary=say("indicators.summary", n=len(readings), known=known, outcomes=outcomes),
        content={
            "groups": [
                {"id": kind, "title": say(f"indicators.{kind}"), "lede": say(f"indicators.{kind}_lede"),
                 "table": indicator_table(found, say("indicators.caption", kind=KINDS[kind]))}
                for kind, found in groups.items()
                if found
            ],
        },
    )  # fmt: skip
