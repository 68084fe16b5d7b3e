"""The pages of the questions: what a reader must find on each, in both languages."""

from __future__ import annotations

import pytest

from acuerdo.core.text import LANGS
from acuerdo.evaluation.load import contracts
from acuerdo.review.answered import sentence, verdict
from acuerdo.review.courses import against, cloud, curve
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
