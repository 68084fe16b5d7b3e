"""Every page of the review in one list, for a reader without scripts and for one who likes to see all there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from acuerdo.review.finding import GROUPS, group_of
from acuerdo.review.page import Link, Page
from acuerdo.review.wording import say


def pages(found: Sequence[Page]) -> Iterator[Page]:
    """The list of all other pages."""
    groups = {key: [Link(one.title, one.path) for one in found if group_of(one) == key] for key in GROUPS}
    yield Page(
        kind="all_pages",
        path="all-pages",
        title=say("nav.all_pages"),
        summary=say("search.all_summary", n=len(found)),
        content={
            "groups": [
                {"id": key, "title": say(f"search.{key}"), "links": links}
                for key, links in groups.items()
                if links
            ]
        },
    )
