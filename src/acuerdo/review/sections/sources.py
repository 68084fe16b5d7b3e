"""Every source, and every published file that the review rests on, with its publisher, licence, date and hash."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from acuerdo.core.text import same
from acuerdo.review.dossier import Dossier, public_on
from acuerdo.review.entries import anchor
from acuerdo.review.page import Code, Column, Page, Short, Table
from acuerdo.review.wording import say

if TYPE_CHECKING:
    from acuerdo.data.release import Release


def pages(dossier: Dossier) -> Iterator[Page]:
    """The page of sources."""
    with_files = [key for key in dossier.sources if dossier.releases_of(key)]
    yield Page(
        kind="sources",
        path="sources",
        title=say("sources.title"),
        summary=say("sources.summary", sources=len(with_files), files=len(dossier.releases), day=dossier.day),
        content={"sources": [_source(dossier, key) for key in with_files]},
    )


def _source(dossier: Dossier, key: str) -> dict[str, Any]:
    source = dossier.sources[key]
    about = source.about
    files = dossier.releases_of(key)
    return {
        "id": key,
        "title": about.title,
        "publisher": about.publisher,
        "carrier": about.carrier,
        "licence": about.licence.name,
        "licence_url": about.licence.url,
        "landing_page": about.landing_page,
        "schedule": about.schedule,
        "series": [
            {
                "id": Code(one.id),
                "title": one.title,
                "definition": dossier.as_written(one.definition) or say("value.later"),
            }
            for one in source.series
        ],
        "caveats": [one for one in about.caveats if dossier.as_written(one)],
        "files": Table(
            caption=say("sources.files_caption", name=about.title),
            columns=tuple(
                Column(column, say(f"sources.{column}"), column == "rows")
                for column in ("file", "published", "covers", "rows", "retrieved", "hash")
            ),
            rows=[_file(dossier, one) for one in files],
            stacks=True,
        ),
    }


def _file(dossier: Dossier, one: Release) -> dict[str, Any]:
    name = same(one.name)
    kinds = {"cited": one.name.endswith(".yaml"), "extract": one.extract}
    notes = tuple(say(f"sources.{kind}") for kind, holds in kinds.items() if holds)
    seen = one.retrieved if one.retrieved and one.retrieved <= dossier.day else None
    return {
        "id": anchor(one.sha256),
        "file": (name, *notes) if notes else name,
        "published": (Short(public_on(one, dossier.day)), one.published.basis.label),
        "covers": (Short(one.first), Short(min(one.last, dossier.day))),
        "rows": one.rows,
        "retrieved": Short(seen) if seen else None,
        "hash": Code(one.sha256),
    }
