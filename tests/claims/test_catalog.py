"""The claims that come with the software."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from acuerdo.claims.check import KINDS
from acuerdo.claims.claim import Claim, ClaimText
from acuerdo.claims.load import all_claims, claim_texts, find
from acuerdo.core.errors import NotFound
from acuerdo.core.text import LANGS
from acuerdo.workspace import EVIDENCE, Workspace

ARTICLES = {
    "courthouse_news_2021": "000",
    "foreign_policy_2021": "001",
    "wayne_2021": "002",
    "lse_2021": "003",
    "pacific_council_2019": "004",
}
EVERY = [(text, claim) for text, claim in all_claims().values()]


@pytest.fixture(scope="session")
def articles(real_data: Path) -> dict[str, list[str]]:
    """The paragraphs of the five articles, white space made plain."""
    folder = real_data.parent / "reference" / "articles"
    if not folder.is_dir():
        pytest.skip(f"the articles are not at {folder}")
    found = {path.name[:3]: path.read_text("utf-8") for path in folder.glob("*.txt")}
    return {
        key: [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        for key, text in found.items()
    }


def test_there_are_enough_and_from_all_five_articles() -> None:
    assert len(EVERY) >= 110
    assert set(ARTICLES) < set(claim_texts())
    assert sum(text.id in ARTICLES for text, _ in EVERY) >= 74


def test_every_kind_of_check_is_used() -> None:
    used = {claim.check.kind for _, claim in EVERY}
    assert used == set(KINDS)


def test_quotes_of_the_articles_are_word_for_word_and_where_they_are_said_to_be(
    articles: dict[str, list[str]],
) -> None:
    wrong = []
    for text, claim in EVERY:
        if text.id not in ARTICLES:
            continue
        paragraphs = articles[ARTICLES[text.id]]
        assert claim.paragraph is not None, claim.id
        if claim.quote not in paragraphs[claim.paragraph - 1]:
            wrong.append(f"{text.id}:{claim.id}")
    assert wrong == []


@pytest.mark.parametrize(("text", "claim"), EVERY, ids=lambda one: one.id)
def test_a_translation_is_another_language(text: ClaimText, claim: Claim) -> None:
    only_figures = not re.search(r"[a-záéíóúñ]{3}", claim.quote.casefold())
    assert only_figures or claim.translation != claim.quote


def test_a_claim_is_found_by_its_last_part_where_that_is_enough() -> None:
    full, text, claim = find("rule_of_law_rank")
    assert (full, text.id, claim.id) == ("wayne_2021:rule_of_law_rank", "wayne_2021", "rule_of_law_rank")
    assert find(full)[0] == full


def test_an_unknown_claim_names_the_nearest() -> None:
    with pytest.raises(NotFound) as caught:
        find("wayne_2021:rule_of_law_rnk")
    assert caught.value.problems[0].nearest[0] == "wayne_2021:rule_of_law_rank"


def rows_of_the_facts(facts: str) -> list[tuple[str, str]]:
    """The numbered claims of section 6: the article they are from, and the words that are quoted of them."""
    section = facts.split("\n## 6.", 1)[1].split("\n## 7.", 1)[0]
    found: list[tuple[str, str]] = []
    article = ""
    for line in section.splitlines():
        if head := re.match(r"### (\d{3})_", line):
            article = head.group(1)
        elif row := re.match(r"\| \d+ \| (.+?) \| ", line):
            found.append((article, row.group(1)))
    return found


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}|\d+", text.casefold().replace("’", "'")))


def test_all_claims_that_the_facts_list_are_here(real_data: Path) -> None:
    file = real_data.parent / "reference" / "facts.md"
    if not file.is_file():
        pytest.skip(f"the facts are not at {file}")
    rows = rows_of_the_facts(file.read_text("utf-8"))
    assert len(rows) == 74
    names = {number: name for name, number in ARTICLES.items()}
    lacking = []
    for article, quoted in rows:
        asked = words_of(quoted)
        shared = [
            len(asked & words_of(claim.quote)) / len(asked)
            for text, claim in EVERY
            if text.id == names[article]
        ]
        if max(shared) < 0.5:
            lacking.append((article, quoted, max(shared)))
    assert lacking == []


@pytest.mark.parametrize(
    ("key", "told", "series", "period"),
    [
        ("fighting_among_groups", "36,773", "published_figures.mx_homicide_deaths_inegi", "2020"),
        ("fighting_among_groups", "15,184", "ucdp_events.deaths_best", "2020"),
        ("troops_125000", "81,377", "published_figures.mx_deployed_by_force", "2018"),
        ("troops_125000", "117,897", "published_figures.mx_deployed_by_force", "2021-04-21"),
    ],
)
def test_a_figure_in_a_reason_is_that_of_the_stored_file(
    key: str, told: str, series: str, period: str
) -> None:
    _, _, claim = find(key)
    assert claim.check.not_checkable is not None
    assert all(told in claim.check.not_checkable.reason.in_(lang) for lang in LANGS)
    counted = [
        one["value"]
        for one in Workspace.open(EVIDENCE).observations(series)
        if one["period"].startswith(period)
        and one["breakdown"] not in {"force=Guardia Nacional", "type=one-sided"}
    ]
    assert f"{sum(counted):,.0f}" == told
