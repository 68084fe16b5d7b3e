"""The pages of the questions: what a reader must find on each, in both languages."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from acuerdo.core.text import LANGS
from acuerdo.evaluation.answers import Answered
from acuerdo.evaluation.load import contracts
from acuerdo.evaluation.sizes import powers, sizes
from acuerdo.review import fixed
from acuerdo.review.answered import grade, sentence, verdict
from acuerdo.review.courses import against, cloud, curve
from acuerdo.review.sections import what_not_to_sign
from acuerdo.review.wording import word
from acuerdo.workspace import Workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace.open(tmp_path_factory.mktemp("empty"))


@pytest.mark.parametrize("contract_id", sorted(contracts()))
def test_the_answer_stands_in_one_sentence_that_begins_with_its_verdict(
    contract_id: str, workspace: Workspace
) -> None:
    one = workspace.evaluation.answered(contract_id)
    for lang in LANGS:
        told, state = sentence(one).in_(lang), verdict(one).text.in_(lang)
        assert told.lower().startswith(state.split()[0].lower())
        assert len(told) < 700


def test_a_void_answer_states_no_effect(workspace: Workspace) -> None:
    void = [
        one
        for one in workspace.evaluation.every()
        if one.result is not None and one.result.answer["verdict"] == "void"
    ]
    assert void
    for one in void:
        assert "more than without it" not in sentence(one).en
        assert "less than without it" not in sentence(one).en


def test_an_effect_that_was_not_found_is_told_with_what_would_have_been(workspace: Workspace) -> None:
    told = {one.contract.id: sentence(one) for one in workspace.evaluation.every()}
    for one in workspace.evaluation.every():
        measured = one.calibration.answer["power"] if one.calibration else {}
        silent = one.result is not None and one.result.answer["verdict"] == "inconclusive" and bool(measured)
        assert ("80 times in 100" in told[one.contract.id].en) is silent, one.contract.id
        assert ("80 veces de cada 100" in told[one.contract.id].es) is silent, one.contract.id
    assert "only from 42.3% on" in told["bicentennial_and_homicides"].en
    assert "hasta 100\N{NO-BREAK SPACE}%, se ve" in told["search_commissions_and_missing_persons"].es


def test_a_sentence_tells_who_disagrees_and_that_no_cause_is_claimed(workspace: Workspace) -> None:
    told = {one.contract.id: sentence(one) for one in workspace.evaluation.every()}
    joint = told["joint_operations_and_homicides"]
    assert "One of 7 other defensible choices gives another answer: Group-time effects" in joint.en
    assert "before anything had begun" in joint.en
    assert "Una de otras 7 elecciones defendibles da otra respuesta" in joint.es
    assert "No cause is claimed" in told["merida_start_and_homicides"].en
    assert "No se afirma causa" in told["merida_start_and_homicides"].es
    assert "than without it" not in told["merida_start_and_homicides"].en
    assert "the test does not reject (p = 0.40)" in told["bicentennial_and_fentanyl_seizures"].en
    assert "What is counted: the number of months" in told["seizures_and_overdose_deaths"].en


def test_a_page_and_the_table_say_the_same_of_certainty(workspace: Workspace) -> None:
    for one in workspace.evaluation.every():
        rated = one.result is not None and one.result.answer.get("certainty") is not None
        assert (grade(one).en == "not rated") is not rated
        if one.result is not None and one.result.answer["verdict"] in {"void", "not_evaluable"}:
            assert not rated
            assert "certainty" not in sentence(one).en


def test_shares_are_written_as_each_language_writes_them(workspace: Workspace) -> None:
    for one in workspace.evaluation.every():
        kept = [] if one.result is None else [one.result.answer["because"], *steps_of(one)]
        for words in kept:
            assert re.search(r"\d[ \u00a0]%", words["en"]) is None
            assert re.search(r"\d %|\d%", words["es"]) is None


def steps_of(one: Answered) -> list[dict[str, str]]:
    sure = one.result.answer.get("certainty") if one.result else None
    return [step["why"] for step in (sure or {}).get("steps", ())]


# Everything that a contract must fix, by the heading under which its page says so
SAID = (
    "population", "contrast", "outcome", "series", "transform", "definition", "window", "horizon", "cut_off",
    "known_on", "revisions", "who", "spillover", "method", "settings", "hypothesis", "rule", "smallest", "margin",
    "level", "void_if", "version", "deviations",
)  # fmt: skip
OF_TREATMENT = ("treatment", "treated", "disputed", "disputed_share", "anticipation")


@pytest.mark.parametrize("contract_id", sorted(key for key, one in contracts().items() if one.plan))
def test_a_page_says_everything_that_its_contract_fixes(contract_id: str) -> None:
    plan = contracts()[contract_id].plan
    assert plan is not None
    rows = [
        *fixed.asked(plan),
        *fixed.compared(plan),
        *fixed.decided(plan),
        *fixed.changed(contracts()[contract_id]),
    ]
    said = {name.en for name, value in rows if value not in (None, [], ())}
    wanted = SAID + (OF_TREATMENT if plan.treatment else ())
    assert [key for key in wanted if word("en", f"evaluation.{key}") not in said] == []


def test_the_page_of_what_not_to_sign_shows_every_rule_and_not_in_an_earlier_review() -> None:
    now, earlier = SimpleNamespace(evaluations=["a question"]), SimpleNamespace(evaluations=[])
    (page,) = what_not_to_sign.pages(now)  # pyright: ignore[reportArgumentType]
    assert [row["rule"] for row in page.content["sizes"].rows] == [one.label for one in sizes()]
    assert [row["rule"] for row in page.content["powers"].rows] == [one.label for one in powers()]
    assert [*what_not_to_sign.pages(earlier)] == []  # pyright: ignore[reportArgumentType]
    picture = page.content["picture"]
    for lang in LANGS:
        assert picture.draw(lang, "narrow").width == 358


def test_only_the_signed_choice_is_in_colour(workspace: Workspace) -> None:
    from acuerdo.review.charts.ink import ACCENT

    for one in workspace.evaluation.every():
        figure = curve(one)
        if figure is None:
            continue
        svg = figure.draw("en", "wide").order
        assert svg.count(f'fill="{ACCENT}"') == 2, "its name and its dot"


def test_a_design_with_placebos_shows_them(workspace: Workspace) -> None:
    one = workspace.evaluation.answered("sinaloa_split_and_homicides")
    course, gaps = against(one), cloud(one)
    assert course is not None
    assert gaps is not None
    for size in ("wide", "narrow"):
        for lang in LANGS:
            drawing = gaps.draw(lang, size)
            assert drawing.width <= (760 if size == "wide" else 358)
            assert drawing.order.count("<path") == 28
