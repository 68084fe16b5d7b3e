"""The documents of the framework, what auditors found, the figures stated, and every reference cited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from acuerdo.core.text import LANGS, Text
from acuerdo.core.unit import UNITS
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import refs, title
from acuerdo.review.page import Amount, Link, Page
from acuerdo.review.wording import say
from acuerdo.spec.meeting import Document
from acuerdo.spec.model import Framework
from acuerdo.spec.quantity import Figure
from acuerdo.spec.source import ABSENCES, SOURCE_KINDS, Reference


def pages(dossier: Dossier) -> Iterator[Page]:
    """The page of documents and references."""
    framework = dossier.framework
    documents = sorted(
        framework.documents.values(), key=lambda one: one.date.start.isoformat() if one.date else "9999"
    )
    yield Page(
        kind="documents",
        path="documents",
        title=say("documents.title"),
        summary=say("documents.summary", documents=len(documents), references=len(framework.references)),
        content={
            "documents": [_document(dossier, one) for one in documents],
            "findings": [
                {"id": one.id, "when": one.date, "auditor": one.auditor, "report": one.report, "text": one.text,
                 "recommendation": one.recommendation, "refs": refs(framework, one.sources)}
                for one in framework.findings.values()
            ],
            "unavailable": [
                {"id": one.id, "what": one.what, "why": ABSENCES[one.why],
                 "said_by": None if dossier.retold else one.said_by, "refs": refs(framework, one.sources)}
                for one in framework.unavailable.values()
            ],
            "figures": [_figure(framework, one) for one in framework.figures.values()],
            "references": [_reference(one) for one in framework.references.values()],
        },
    )  # fmt: skip


def _figure(framework: Framework, one: Figure) -> dict[str, Any]:
    quantity = one.quantity
    return {
        "id": one.id,
        "title": one.title,
        "when": one.stated_on,
        "said_by": one.said_by,
        "value": Amount(float(quantity.value), UNITS[quantity.unit], with_unit=True),
        "bound": None if quantity.bound == "exact" else say(f"bound.{quantity.bound}"),
        "period": quantity.period,
        "note": quantity.note,
        "refs": refs(framework, quantity.sources),
    }


def _document(dossier: Dossier, one: Document) -> dict[str, Any]:
    framework = dossier.framework
    meeting = framework.meetings.get(one.meeting) if one.meeting else None
    return {
        "id": one.id,
        "title": title(framework, one.title),
        "kind": say(f"document.{one.kind}"),
        "when": one.date,
        "covers": (one.covers_from, one.covers_until) if one.covers_from and one.covers_until else None,
        "meeting": Link(meeting.title, f"meetings#{meeting.id}") if meeting else None,
        "note": one.note,
        "refs": refs(framework, one.sources),
    }


def _reference(ref: Reference) -> dict[str, Any]:
    citation = ref.citation()
    return {
        "id": ref.id,
        "title": ref.shown_title,
        "language": None if ref.title_es else ref.language,
        "publisher": Text(
            *(", ".join(part for part in (ref.author or "", ref.publisher) if part) for _ in LANGS)
        ),
        "kind": SOURCE_KINDS[ref.kind],
        "date": ref.date,
        "url": ref.url,
        "page": ref.page,
        "accessed": ref.accessed,
        "note": ref.note,
        "bibtex": citation.bibtex(),
    }
