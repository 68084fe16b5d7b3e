"""What the review that ships says of promises, claims and money, against the same answers asked for directly."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.text import LANGS
from acuerdo.review.dossier import Dossier, gather
from acuerdo.review.page import Page
from acuerdo.review.sections import audit, calendar, claims, commitment, money
from acuerdo.workspace import Workspace

FRAMEWORK = "us_mx_bicentennial"
LEVELS = {"level_3": 3, "level_2": 2, "level_1": 1, "level_0": 0, "level_none": None}
LEVELS_IN_WORDS = ("complete", "intermediate", "minimal", "not_initiated", "no_evidence")
# Quotients of printed numbers.
CLOSE = 1e-9
pytestmark = pytest.mark.slow


def data(folder: Path, path: str) -> dict[str, Any]:
    return json.loads((folder / "data" / f"{path}.json").read_text("utf-8"))["content"]


def html(folder: Path, lang: str, path: str) -> str:
    return (folder / lang / f"{path}.html").read_text("utf-8")


@cache
def day(folder: Path) -> date:
    return date.fromisoformat(json.loads((folder / "review.json").read_text("utf-8"))["day"])


def test_every_promise_has_a_page_with_its_code(shipped: Path) -> None:
    codes = Workspace.open().tracking.codes(FRAMEWORK, as_of=day(shipped))
    assert len(codes) == 90
    for code in codes:
        content = data(shipped, f"commitments/{code.item.id}")
        level = next(row["all"]["state"] for row in content["coding"]["rows"])
        assert LEVELS[level] == code.level, code.item.id
        assert [one["id"] for one in content["statements"]] == list(code.statements), code.item.id


def test_a_promise_of_which_nothing_is_told_is_said_to_be_without_evidence(shipped: Path) -> None:
    codes = Workspace.open().tracking.codes(FRAMEWORK, as_of=day(shipped))
    silent = next(code for code in codes if not code.statements)
    page = html(shipped, "en", f"commitments/{silent.item.id}")
    assert "no evidence" in page
    assert 'class="gap"' in page


def test_statements_keep_their_own_words_and_language(shipped: Path) -> None:
    told = Workspace.open().tracking.statements(FRAMEWORK)
    for code in Workspace.open().tracking.codes(FRAMEWORK, as_of=day(shipped)):
        page = html(shipped, "es", f"commitments/{code.item.id}")
        for key in code.statements:
            wording = told[key].wording
            if wording != "not_seen" and not set(wording.words) & set("&<>'\""):
                assert f'<p lang="{wording.language}"><q>{wording.words}</q></p>' in page


def test_the_grid_counts_what_the_codes_say(shipped: Path) -> None:
    codes = [
        one for one in Workspace.open().tracking.codes(FRAMEWORK, as_of=day(shipped)) if one.item.kind == "commitment"
    ]  # fmt: skip
    grids = data(shipped, "commitments")["grids"]
    for goal, figure in zip(["goal_1", "goal_2", "goal_3", ""], grids, strict=True):
        serving = [one for one in codes if (goal in one.item.goals if goal else not one.item.goals)]
        rows = [row for row in figure["table"]["rows"] if row["on"] == day(shipped).isoformat()]
        found = Counter({level: sum(row[level] for row in rows) for level in LEVELS_IN_WORDS})
        assert found == Counter(one.level_code for one in serving), goal


def test_the_overview_answers_seven_questions(shipped: Path) -> None:
    found = {one["id"]: one for one in data(shipped, "index")["questions"]}
    assert list(found) == ["promised", "done", "changed", "said", "caused", "next", "agreed"]
    codes = [
        one for one in Workspace.open().tracking.codes(FRAMEWORK, as_of=day(shipped)) if one.item.kind == "commitment"
    ]  # fmt: skip
    assert found["promised"]["value"] == len(codes)
    assert found["done"]["value"] == sum(one.level_code == "complete" for one in codes)
    # A commitment that serves several goals stands under each in the picture, and counts once in its caption
    assert f"{len(codes)} commitments" in found["done"]["picture"]["alt"]["en"]
    claims = data(shipped, "claims/index")["tally"]
    assert found["said"]["value"] == next(one["value"] for one in claims if one["id"] == "holds")
    assert {"The Bicentennial Framework and homicides"} <= {
        row["question"]["text"]["en"] for row in found["caused"]["table"]["rows"]
    }
    told = Workspace.open().tracking.codes
    levels = {
        side: {one.item.id: one.level for one in told(FRAMEWORK, as_of=day(shipped), account=side)}
        for side in ("us", "mx")
    }
    both = [
        (levels["us"][one.item.id], levels["mx"][one.item.id])
        for one in codes
        if levels["us"][one.item.id] is not None and levels["mx"][one.item.id] is not None
    ]
    assert found["agreed"]["value"] == sum(us == mx for us, mx in both)
    assert f"of {len(both)} promises" in found["agreed"]["counts"]["en"]
    assert "could not differ" in found["agreed"]["notes"][0]["en"]


def test_the_grid_of_an_earlier_year_holds_only_what_had_been_promised(shipped: Path) -> None:
    rows = data(shipped, "commitments")["grids"][0]["table"]["rows"]
    by_day = Counter({row["on"]: sum(row[level] for level in LEVELS_IN_WORDS) for row in rows})
    first, last = min(by_day), max(by_day)
    assert first == "2021-12-31"
    assert by_day[first] < by_day[last]


def test_the_calendar_file_has_every_deadline(shipped: Path) -> None:
    duties = Workspace.open().tracking.duties(FRAMEWORK, as_of=day(shipped))
    for lang in LANGS:
        raw = (shipped / lang / "calendar.ics").read_bytes()
        assert raw.count(b"BEGIN:VEVENT\r\n") == len(duties) > 0
        assert raw.count(b"\n") == raw.count(b"\r\n")
        assert 'href="calendar.ics"' in html(shipped, lang, "calendar")


def test_the_calendar_tells_what_is_overdue_and_by_how_much(shipped: Path) -> None:
    content = data(shipped, "calendar")
    overdue = {row["what"]["to"]: row["days"] for row in content["overdue"]["rows"]}
    assert overdue["commitments/border_infrastructure_mx"] == (day(shipped) - date(2024, 12, 31)).days
    assert [row["days"] for row in content["slippage"]["rows"]] == [13]
    (rounds,) = content["recurring"]
    assert [row["due"] for row in rounds["rows"]] == ["2021", "2022", "2023", "2024"]


def test_a_deadline_is_told_in_the_same_words_on_every_page_and_never_as_a_failure(shipped: Path) -> None:
    listed = {
        one["id"]: [state["state"] for state in one["states"]]
        for group in data(shipped, "commitments")["groups"]
        for one in group["commitments"]
    }
    own = {key: data(shipped, f"commitments/{key}")["rounds"] for key in listed}
    dated = {key: [row["state"] for row in rounds["rows"]] for key, rounds in own.items() if rounds}
    assert dated == {key: listed[key] for key in dated}
    days = (day(shipped) - date(2024, 12, 31)).days
    assert dated["border_infrastructure_mx"] == [
        {
            "state": "no_evidence",
            "text": {
                "en": f"due {days:,} days ago; no completion on record",
                "es": f"vencido hace {days:,} días; no consta que se cumpliera",
            },
        }
    ]
    assert {state["state"] for states in listed.values() for state in states} == {
        "kept", "late", "no_evidence", "pending", "done",
    }  # fmt: skip


def test_the_audit_page_counts_its_own_cells(shipped: Path) -> None:
    content = data(shipped, "audit")
    signs = Counter(
        cell["state"] for row in content["grid"]["rows"] for key, cell in row.items() if key != "objective"
    )
    asked = Workspace.open().tracking.audit(FRAMEWORK, as_of=day(shipped))
    met = Counter(check.met for one in asked for check in one.checks)
    assert signs == Counter(kept=met["yes"], late=met["partly"], not_held=met["no"])
    assert len(content["mir"]["rows"]) == len(Workspace.open().tracking.mir(FRAMEWORK, as_of=day(shipped)))


def test_the_words_are_set_over_the_figures(shipped: Path) -> None:
    rows = data(shipped, "claims/foreign_policy_2021.homicides_doubled")["picture"]["table"]["rows"]
    (row,) = [row for row in rows if row["period"] == "2020"]
    assert row["told"]["value"] == 2 * 14006
    assert row["value"]["value"] == 36773
    page = html(shipped, "en", "claims/foreign_policy_2021.homicides_doubled")
    assert "“more than doubled”: 28,012" in page


def test_a_running_sum_is_drawn_for_a_sum(shipped: Path) -> None:
    rows = data(shipped, "claims/pacific_council_2019.over_230000")["picture"]["table"]["rows"]
    amounts = [row["value"]["value"] for row in reversed(rows)]
    assert amounts == sorted(amounts)
    (row,) = [row for row in rows if row["period"] == "2018"]
    assert row["value"]["value"] > row["told"]["value"] == 230000


def test_every_publication_of_the_figure_is_listed(shipped: Path) -> None:
    rows = data(shipped, "claims/statistics_offices.homicides_2018")["vintages"]["rows"]
    assert [(row["on"], row["value"]["value"]) for row in rows] == [
        ("2019-07-25", 35964.0),
        ("2023-07-25", 36685.0),
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_each_claim_carries_its_review_for_machines(shipped: Path, lang: str) -> None:
    checked = Workspace.open().claims.check()
    for one in checked:
        page = html(shipped, lang, f"claims/{one.id.replace(':', '.')}")
        found = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
        assert found["@type"] == "ClaimReview"
        assert found["claimReviewed"].endswith(one.claim.quote)
        assert found["reviewRating"]["alternateName"] == one.verdict.in_(lang)  # type: ignore[arg-type]


def test_a_quote_in_another_language_says_which(shipped: Path) -> None:
    path = "claims/wayne_2021.homicides_36500"
    assert '<h1 lang="en">' in html(shipped, "es", path)
    assert "<h1>" in html(shipped, "en", path)


def test_money_shows_three_reports_of_one_total_and_the_share_of_communities(shipped: Path) -> None:
    groups = {one["id"]: one for one in data(shipped, "money")["groups"]}
    merida = groups["us_mx_merida"]
    totals = [[row["amount"]["value"] for row in one["table"]["rows"]] for one in merida["reports"]]
    assert totals == [[1120, 1300], [3100, 3300, 3500]]
    (share,) = merida["communities"]
    rows = share["table"]["rows"]
    assert [row["named"]["value"] for row in rows] == pytest.approx([100 / 3, 50], abs=CLOSE)
    assert [row["found"]["value"] for row in rows] == pytest.approx([100 * 182 / 723] * 2, abs=CLOSE)
    assert groups[FRAMEWORK]["gaps"]
    assert "2.2 years" in html(shipped, "en", "money")


EARLY = date(2022, 6, 1)


@pytest.fixture(scope="module")
def early(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    return gather(Workspace.open(tmp_path_factory.mktemp("early")), FRAMEWORK, as_of=EARLY)


def later_years(value: Any, page: Page) -> list[str]:
    """Words of a page that name a year after that of the day."""
    text = json.dumps(value, default=lambda one: f"{one.en} {one.es}" if hasattr(one, "en") else "")
    return [f"{page.path}: {year}" for year in re.findall(r"\b20\d\d\b", text) if int(year) > EARLY.year]


def test_claims_of_an_earlier_day_name_no_later_year(early: Dossier) -> None:
    due = {f"claims/{one.id.replace(':', '.')}" for one in early.claims if one.claim.check.forecast}
    for page in claims.pages(early):
        if page.path in due or page.kind == "claims":
            continue
        words = {key: page.content[key] for key in ("translation", "text", "note", "review")}
        assert later_years([page.summary, words], page) == []
        assert later_years([row["told"] for row in page.content["now"].rows], page) == []


def test_promises_of_an_earlier_day_know_only_what_was_public(early: Dossier) -> None:
    statements = early.standing.statements
    pages = list(commitment.pages(early))
    assert 0 < len(pages) < 90
    for page in pages:
        for one in page.content["statements"]:
            assert statements[one["id"]].first_seen.end <= EARLY
    (page,) = money.pages(early)
    merida = next(one for one in page.content["groups"] if one["id"] == "us_mx_merida")
    # The third report of the total rests on a source that was dated later.
    assert [len(one.table.rows) for one in merida["reports"]] == [2, 2]
    assert [len(list(found(early))) for found in (calendar.pages, audit.pages)] == [1, 1]
    assert early.standing.through[-1][0] == EARLY
