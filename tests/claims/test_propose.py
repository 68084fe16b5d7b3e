"""From words to a check, by rules over the catalog in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from acuerdo.claims.claim import ClaimText
from acuerdo.claims.faults import faults_of
from acuerdo.claims.propose import Proposal, propose
from acuerdo.core.errors import UsageError
from acuerdo.core.period import Period
from acuerdo.core.text import Lang
from acuerdo.indicators.load import catalog
from acuerdo.spec.load import load_text


def proposal(words: str, *, lang: Lang = "en", latest: str | None = "2024") -> Proposal:
    newest = Period.parse(latest) if latest else None
    return propose(words, catalog=catalog(), lang=lang, said=date(2026, 1, 2), latest=lambda _: newest)


@pytest.mark.parametrize(
    ("words", "lang", "kind", "indicator", "body"),
    [
        (
            "homicides more than doubled since 2008",
            "en",
            "ratio",
            "mx_homicide_deaths",
            {"since": "2008", "until": "2024", "written": "more than doubled"},
        ),
        (
            "los homicidios se han más que duplicado desde 2008",
            "es",
            "ratio",
            "mx_homicide_deaths",
            {"since": "2008", "until": "2024", "written": "más que duplicado"},
        ),
        (
            "los homicidios subieron más del doble desde 2007",
            "es",
            "ratio",
            "mx_homicide_deaths",
            {"since": "2007", "until": "2024", "written": "más del doble"},
        ),
        (
            "los homicidios casi se duplicaron desde 2008",
            "es",
            "ratio",
            "mx_homicide_deaths",
            {"since": "2008", "until": "2024", "written": "casi se duplicaron"},
        ),
        (
            "hubo más de 36,000 homicidios en 2020",
            "es",
            "value",
            "mx_homicide_deaths",
            {"at": "2020", "written": "más de 36,000"},
        ),
        ("overdose deaths reached a record in 2021", "en", "record", "us_overdose_deaths", {"at": ["2021"]}),
        (
            "la tasa de homicidios bajó de 2018 a 2023",
            "es",
            "trend",
            "mx_homicide_rate",
            {"since": "2018", "until": "2023", "direction": "down"},
        ),
        (
            "extraditions fell 18 percent from 2018 to 2019",
            "en",
            "change",
            "mx_extraditions",
            {"since": "2018", "until": "2019", "direction": "down", "written": "18 percent"},
        ),
    ],
)
def test_words_become_a_check(
    words: str, lang: Lang, kind: str, indicator: str, body: dict[str, object]
) -> None:
    found = proposal(words, lang=lang)
    assert (found.kind, found.indicator) == (kind, indicator)
    ((_, check),) = found.text.claims["claim"].check.given
    given = check.model_dump(mode="json", exclude_defaults=True)
    assert {name: given[name] for name in body} == body


def test_a_fiscal_year_is_counted_as_one() -> None:
    found = proposal("seizures of heroin have continued to fall since 2021", latest="FY2025")
    ((_, check),) = found.text.claims["claim"].check.given
    assert (found.indicator, str(check.since), str(check.until)) == ("us_heroin_seized", "FY2021", "FY2025")


def test_what_is_proposed_can_be_read_back() -> None:
    found = proposal("homicides more than doubled since 2008")
    assert load_text(found.yaml, ClaimText, name="proposal.yaml", check=faults_of) == found.text


@pytest.mark.parametrize("words", ["the sky is blue", "homicides", ""])
def test_words_without_a_check_say_what_is_lacking(words: str) -> None:
    with pytest.raises(UsageError) as caught:
        proposal(words)
    assert "what is counted" not in caught.value.render("es")
    assert caught.value.problems[0].fix is not None
