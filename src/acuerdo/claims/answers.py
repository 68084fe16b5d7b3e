"""What can be asked about public claims, on one store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import final

from acuerdo.claims.checking import Checked, check_claims
from acuerdo.claims.claim import Claim, ClaimText
from acuerdo.claims.load import all_claims, find
from acuerdo.claims.propose import Proposal, tried
from acuerdo.core.text import Lang
from acuerdo.data.store import Store
from acuerdo.indicators.load import catalog, indicator


@final
class Claims:
    """The claims that come with the software, checked against a store.

    Attributes:
        store: Where the published files lie.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @staticmethod
    def all() -> Mapping[str, tuple[ClaimText, Claim]]:
        """Every claim with the text that it stands in, by ``text:claim``."""
        return all_claims()

    def check(self, *ids: str, as_of: date | None = None) -> tuple[Checked, ...]:
        """Claims with their verdicts; all of them if no id is given.

        Args:
            ids: Ids of claims, or their last parts.
            as_of: The day that counts as now.

        Raises:
            NotFound: If there is no claim of an id; names the nearest.
        """
        wanted = {key: (text, claim) for key, text, claim in map(find, ids)} if ids else all_claims()
        return check_claims(self.store, wanted, as_of=as_of)

    def propose(
        self, words: str, lang: Lang, *, said: date, indicator_id: str | None = None
    ) -> tuple[Proposal, Checked]:
        """The check that some words suggest, and what it gives.

        Args:
            words: The claim.
            lang: Their language.
            said: The day on which they were said.
            indicator_id: The indicator to use; found by the words, if not given.

        Raises:
            UsageError: If no check fits the words.
            NotFound: If there is no such indicator.
        """
        known = {indicator_id: indicator(indicator_id)} if indicator_id else catalog()
        return tried(self.store, words, catalog=known, lang=lang, said=said)
