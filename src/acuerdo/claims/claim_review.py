"""A checked claim as ClaimReview, the form in which search engines and fact-checking tools read verdicts.

Reference:
    https://schema.org/ClaimReview
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from acuerdo.claims.checking import Checked
from acuerdo.claims.claim import Claim, ClaimText
from acuerdo.claims.verdict import Verdict
from acuerdo.core.period import Period
from acuerdo.core.text import Lang

_BEST: Final = 5
_WORST: Final = 1
_RATINGS: Final[dict[Verdict, int]] = {
    "holds": 5,
    "holds_now": 4,
    "depends": 3,
    "held_then": 2,
    "does_not_hold": 1,
}
"""On a scale of 1 to 5; what cannot be checked has no number."""


def claim_review(
    checked: Checked, *, lang: Lang, url: str = "", publisher: str = "Acuerdo", published: date | None = None
) -> dict[str, Any]:
    """The JSON-LD of one checked claim.

    Args:
        checked: The claim with its verdict.
        lang: Language of the verdict; the quote keeps its own.
        url: Address of the claim's page, if it has one.
        publisher: Who publishes the verdict.
        published: Day on which the verdict is published.
    """
    text, claim, verdict = checked.text, checked.claim, checked.outcome.verdict
    read_in = [text.references[key].url for key in claim.sources]
    url_of_text = next((one for one in (text.url, *read_in) if one), None)
    appearance: dict[str, Any] = {
        "@type": "CreativeWork",
        "name": text.title,
        **({"publisher": {"@type": "Organization", "name": text.publisher}} if text.publisher else {}),
        **_published(text.date if text.seen == "text" else checked.dated),
        **({"url": url_of_text} if url_of_text else {}),
    }
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": checked.verdict.in_(lang)}
    if verdict in _RATINGS:
        rating |= {"ratingValue": _RATINGS[verdict], "bestRating": _BEST, "worstRating": _WORST}
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        **({"url": url} if url else {}),
        **({"datePublished": published.isoformat()} if published else {}),
        "inLanguage": lang,
        "claimReviewed": claim.quote
        if claim.subject is None
        else f"{claim.subject.in_(lang)}: {claim.quote}",
        "author": {"@type": "Organization", "name": publisher},
        "reviewBody": checked.sentence.in_(lang),
        "reviewRating": rating,
        "itemReviewed": {
            "@type": "Claim",
            "author": _speaker(text, claim, lang=lang),
            **_published(checked.dated),
            "appearance": appearance,
        },
    }


def _published(when: Period | None) -> dict[str, str]:
    """A date as exactly as it is known, which ISO 8601 writes as its code."""
    return {} if when is None else {"datePublished": when.code}


def _speaker(text: ClaimText, claim: Claim, *, lang: Lang) -> dict[str, str]:
    """Who said it; of an author who is not named, whoever published the text."""
    if claim.voice != "author":
        return {"@type": claim.voice.capitalize(), "name": claim.speaker.in_(lang)}
    if text.author is None:
        return {"@type": "Organization", "name": text.by.in_(lang)}
    return {"@type": "Person", "name": text.author}
