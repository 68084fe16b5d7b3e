"""ClaimReview, as schema.org defines it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from acuerdo.claims.checking import Checked
from acuerdo.claims.claim_review import claim_review
from acuerdo.core.text import LANGS


def test_every_claim_becomes_a_review_with_all_that_readers_of_it_need(
    checked: Mapping[str, Checked],
) -> None:
    for one in checked.values():
        for lang in LANGS:
            found = json.loads(json.dumps(claim_review(one, lang=lang, url="https://example.org/claim")))
            assert found["@type"] == "ClaimReview"
            assert found["url"] == "https://example.org/claim"
            assert found["claimReviewed"].endswith(one.claim.quote)
            assert any(letter.isalpha() for letter in found["claimReviewed"])
            assert found["itemReviewed"]["author"]["@type"] in {"Person", "Organization"}
            assert not found["itemReviewed"]["author"]["name"].startswith(("The author", "The reporter"))
            assert set(found["reviewRating"]) >= {"@type", "alternateName"}
            assert found["itemReviewed"]["@type"] == "Claim"
            # As exactly as it is known: no day is made of a year, and none of nothing
            assert found["itemReviewed"].get("datePublished") == (one.dated and one.dated.code)
            assert found["reviewRating"]["alternateName"] == one.verdict.in_(lang)
            assert found["reviewBody"] == one.sentence.in_(lang)


def test_what_cannot_be_checked_has_no_number(checked: Mapping[str, Checked]) -> None:
    ratings = {
        one.outcome.verdict: claim_review(one, lang="en")["reviewRating"].get("ratingValue")
        for one in checked.values()
    }
    assert ratings["cannot_be_checked"] is None
    assert (ratings["does_not_hold"], ratings["depends"], ratings["holds"]) == (1, 3, 5)
