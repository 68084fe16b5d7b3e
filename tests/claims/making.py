"""Claims and grounds made for a test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from tests.indicators.given import store_of

from acuerdo.claims.checking import Checked, check_claims
from acuerdo.claims.claim import ClaimText
from acuerdo.claims.faults import faults_of
from acuerdo.spec.load import load_text

SAID = date(2021, 10, 15)


def text_of(check: Mapping[str, Any], *, quote: str, said: date = SAID) -> ClaimText:
    """A text with one claim."""
    document = {
        "id": "made",
        "title": "Made for a test",
        "about": {"en": "A text", "es": "Un texto"},
        "publisher": "test",
        "date": said,
        "language": "en",
        "claims": {
            "it": {
                "quote": quote,
                "translation": "traducción",
                "subject": {"en": "Something", "es": "Algo"},
                "speaker": {"en": "Somebody", "es": "Alguien"},
                "paragraph": 1,
                "check": dict(check),
            }
        },
    }
    shown = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
    return load_text(shown, ClaimText, name="made.yaml", check=faults_of)


def checked(
    root: Path,
    figures: Iterable[Mapping[str, Any]],
    check: Mapping[str, Any],
    *,
    quote: str,
    said: date = SAID,
) -> Checked:
    """The claim on a store that holds only these observations."""
    text = text_of(check, quote=quote, said=said)
    (found,) = check_claims(store_of(root, figures), {"made:it": (text, text.claims["it"])})
    return found


DEATHS = "published_figures.mx_homicide_deaths_inegi"


def deaths(
    values: Mapping[Any, float | None], *, known_from: date = date(2021, 1, 1)
) -> list[dict[str, Any]]:
    """Homicide deaths of Mexico by year."""
    return [
        {"series": DEATHS, "place": "MX", "period": str(year), "value": value, "known_from": known_from}
        for year, value in values.items()
    ]
