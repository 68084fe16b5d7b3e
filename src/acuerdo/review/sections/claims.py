"""What was said in public about the cooperation and its results, with the verdict on each claim."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from acuerdo.claims.claim_review import claim_review
from acuerdo.core.text import LANGS, Lang, Text
from acuerdo.review.answered import bearing_on
from acuerdo.review.dossier import Dossier
from acuerdo.review.page import Link, Page, State, Table, headed
from acuerdo.review.said import pictured, vintages
from acuerdo.review.verdicts import as_of_then, briefly, link, path, tally, told, verdict, when
from acuerdo.review.wording import say

if TYPE_CHECKING:
    from acuerdo.claims.checking import Checked
    from acuerdo.claims.reading import Reading
    from acuerdo.claims.verdict import Finding
    from acuerdo.spec.source import Reference

_INDEX = "claims/index"
_ANSWERS: Final = {True: ("kept", "yes"), False: ("not_held", "no"), None: ("no_evidence", "unknown")}


def pages(dossier: Dossier) -> Iterator[Page]:
    """The page of all claims, and one for each."""
    texts = dict.fromkeys(one.text.id for one in dossier.claims)
    by_text = {key: [one for one in dossier.claims if one.text.id == key] for key in texts}
    yield Page(
        kind="claims",
        path=_INDEX,
        title=say("claims.title"),
        summary=say("claims.summary", n=len(dossier.claims), texts=len(by_text)),
        content={
            "tally": tally(dossier),
            "texts": [_text(dossier, found) for found in by_text.values()],
        },
    )
    yield from (_page(dossier, one) for one in dossier.claims)


def _title(dossier: Dossier, one: Checked) -> Text:
    """The title of the text; a collection of ours that reaches into later years goes by what it is."""
    return as_of_then(dossier, one.text.shown_title, instead=say("claims.collection", name=one.text.by))


def _text(dossier: Dossier, found: list[Checked]) -> dict[str, Any]:
    text = found[0].text
    title = _title(dossier, found[0])
    return {
        "id": text.id,
        "title": Text(*(title.in_(lang).strip("[]") for lang in LANGS)),
        "about": as_of_then(dossier, text.about, instead=say("claims.later")),
        "publisher": text.publisher,
        "language": text.language,
        "claims": [_entry(dossier, one) for one in found],
    }


def _entry(dossier: Dossier, one: Checked) -> dict[str, Any]:
    bare = one.claim.translation == one.claim.quote
    return {
        "link": link(one),
        "translation": None if bare else one.claim.translation,
        "speaker": one.claim.speaker,
        "said": briefly(one),
        "id": one.outcome.verdict,
        "verdict": verdict(one),
        "sentence": told(dossier, one),
    }


def _page(dossier: Dossier, one: Checked) -> Page:
    claim, text, outcome = one.claim, one.text, one.outcome
    where = say("claims.paragraph", n=claim.paragraph) if claim.paragraph else claim.place
    title = _title(dossier, one)
    sentence = told(dossier, one)
    return Page(
        kind="claim",
        path=path(one),
        title=claim.headline,
        summary=sentence,
        label=say("claims.label", speaker=claim.speaker, day=when(one)),
        parents=(Link(say("claims.title"), _INDEX),),
        content={
            "translation": claim.translation,
            "language": None if claim.subject else text.language,
            "bare": claim.subject is not None,
            "speaker": claim.speaker,
            "said": when(one),
            "text": Text(*(f"{title.in_(lang)}, {text.by.in_(lang)}" for lang in LANGS)),
            "url": text.url,
            "place": where,
            "sources": tuple(_read_in(text.references[key]) for key in claim.sources),
            "check": one.kind,
            "verdict": verdict(one),
            "depends": one.depends_on,
            "contracts": bearing_on(dossier.evaluations, one.id, contract=_contract(one)),
            "note": None
            if claim.note is None
            else as_of_then(dossier, claim.note, instead=say("claims.later")),
            "picture": pictured(dossier, one),
            "vintages": vintages(dossier, one),
            "then": _readings(
                dossier, outcome.then, caption=say("claims.then", day=one.said, occasion=one.occasion)
            ),
            "now": _readings(dossier, outcome.now, caption=say("claims.now")),
            "review": {
                lang: _review(one, lang, title=title, sentence=sentence, day=dossier.day) for lang in LANGS
            },
        },
    )


def _read_in(source: Reference) -> Link | Text:
    """Where a statement was read: a link if its address is known, else in words."""
    words = Text(*(source.citation().text(lang) for lang in LANGS))
    if source.url is None:
        return words
    return Link(Text(*(f"{source.publisher}, {source.shown_title.in_(lang)}" for lang in LANGS)), source.url)


def _review(one: Checked, lang: Lang, *, title: Text, sentence: Text, day: date) -> dict[str, Any]:
    """The claim as ClaimReview, in the words of this page."""
    found = claim_review(one, lang=lang, url=f"{path(one).rpartition('/')[2]}.html", published=day)
    found["itemReviewed"]["appearance"]["name"] = title.in_(lang)
    return found | {"reviewBody": sentence.in_(lang)}


def _readings(dossier: Dossier, finding: Finding, *, caption: Text) -> Table:
    return Table(
        caption=caption,
        columns=headed("claims", "by", "told", "reading", "holds"),
        rows=[_row(dossier, one) for one in finding.readings],
        stacks=True,
    )


def _row(dossier: Dossier, one: Reading) -> dict[str, Any]:
    sign, answer = _ANSWERS[one.holds]
    return {
        "by": one.by or say("claims.the_words"),
        "told": as_of_then(dossier, one.told, instead=say("claims.later")),
        "reading": one.why,
        "holds": State(sign if one.role != "shown" else "pending", say(f"claims.holds_{answer}")),
    }


def _contract(one: Checked) -> str | None:
    """The evaluation contract that a claim of cause points to."""
    return next((body.contract for kind, body in one.claim.check.given if kind == "causal"), None)
