"""What the commands of mechanism models tell a reader, and what the tutorial prints of it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from acuerdo.cli.app import run
from acuerdo.cli.entries.comparison import comparison_facts, failed_fact, naming
from acuerdo.core.text import LANGS, percent
from acuerdo.foresight.answers import Foresight
from acuerdo.foresight.asking import Question
from acuerdo.foresight.identified.comparing import Comparison
from acuerdo.foresight.kept import comparison
from acuerdo.foresight.library import models
from acuerdo.foresight.playbook import plays

ROOT = Path(__file__).resolve().parents[2]
QUICK = "southbound_inspection --model arms_flow"


def told(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    code = run(words)
    out, err = capsys.readouterr()
    assert code == 0, err
    return out


@pytest.mark.parametrize("page", ["ask-a-policy-question.md", "ask-a-policy-question.es.md"])
def test_the_tutorial_prints_what_the_commands_print(
    page: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each block of text stands, line for line, in what the command above it prints on a screen of 100 columns."""
    pytest.importorskip("SALib")
    monkeypatch.setenv("COLUMNS", "100")
    text = (ROOT / "docs" / "tutorials" / page).read_text("utf-8")
    blocks = re.findall(r"```(console|text)\n(.*?)```", text, re.DOTALL)
    shown = [
        (blocks[place - 1][1].strip().splitlines()[-1], block)
        for place, (kind, block) in enumerate(blocks)
        if kind == "text"
    ]
    assert len(shown) == 2
    for command, block in shown:
        assert QUICK in command
        assert block in told(command.split()[1:], capsys)


@pytest.mark.parametrize("lang", LANGS)
def test_every_model_and_every_scenario_is_listed_with_its_title(
    lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(told(["models", "--json", "--lang", lang], capsys))
    assert {one["id"] for one in found["models"]} == set(models())
    assert {one["id"]: one["models"] for one in found["scenarios"]} == {
        name: ", ".join(one.acts_on) or None for name, one in plays().items()
    }
    assert all(one["title"] for one in (*found["models"], *found["scenarios"]))


@pytest.mark.parametrize("name", sorted(models()))
@pytest.mark.parametrize("lang", LANGS)
def test_a_model_tells_equations_letters_and_sources(
    name: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    one = models()[name]
    found: dict[str, Any] = json.loads(told(["model", name, "--json", "--lang", lang], capsys))
    assert all(row["right"][0] in "=←" for row in found["equations"])
    assert len(found["parameters"]) == len(one.parameters)
    fixed = found.get("fixed", [])
    assert {row["name"] for row in fixed} == {each.name for each in (*one.constants, *one.inputs)}
    letters = [row["letter"] for row in (*found["letters"], *found["parameters"], *fixed, *found["levers"])]
    assert len(set(letters)) == len(letters)
    assert all(row["reproduced"] == "✓" for row in found["published"])


@pytest.mark.parametrize("lang", LANGS)
def test_a_comparison_says_what_is_done_on_whose_word_and_over_what(
    lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["simulate", *QUICK.split(), "--draws", "20", "--lang", lang]
    out = told(words, capsys)
    wanted = {
        "en": ("January 1, 2027", "(assumed)", "all declared values", "Of 8 assumptions, 4 rest on", "firearms"),
        "es": ("1 de enero de 2027", "(supuesto)", "los valores declarados", "De 8 supuestos, 4 no", "armas"),
    }[lang]  # fmt: skip
    plain = " ".join(out.split())
    assert all(each in plain for each in wanted), plain
    assert "southbound_inspection" in plain
    assert plays()["southbound_inspection"].title.in_(lang) in plain  # type: ignore[arg-type]


@pytest.fixture
def found() -> Comparison:
    """The kept comparison of every policy against violence, which the page and the command tell alike."""
    kept_one = comparison("cartel_recruitment")
    assert kept_one is not None
    return kept_one


def test_how_often_one_policy_gives_less_than_another_is_told(found: Comparison) -> None:
    facts = dict(comparison_facts(Foresight(), Question(model=found.model, scenarios=found.scenarios), found))
    table: Any = next(value for column, value in facts.items() if column.key == "cartel_recruitment.duels")
    told = {(one.code, other.code): chance for _, one, other, chance in table.rows}
    duel = next(one for one in found.duels if one.one != found.base)
    assert told[duel.one, duel.other] == percent(duel.chance)
    assert all(found.base not in pair for pair in told)


def test_draws_left_out_are_told_by_scenario(found: Comparison) -> None:
    how = naming(Foresight(), found)
    arm = found.arms[-1]
    failing = replace(found, arms=(*found.arms[:-1], replace(arm, failed=7)))
    before = sum(one.failed for one in found.arms) - arm.failed
    _, told = failed_fact(how, failing)
    assert told.code == f"{before + 7}/{sum(one.count for one in found.arms)}"
    title = plays()[arm.scenario].title
    for lang in LANGS:
        assert f"{title.in_(lang)}: " in told.label.in_(lang)
    none = replace(found, arms=tuple(replace(one, failed=0) for one in found.arms))
    assert failed_fact(how, none)[1].label.en == failed_fact(how, none)[1].code


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["simulate"], "Nombre al menos un escenario"),
        (["simulate", "baseline"], "Nombre al menos un escenario"),
        (["simulate", *QUICK.split(), "--draws", "0"], "0 sorteos no dan respuesta"),
        (["simulate", "treatment_first", "--model", "arms_flow"], "Dé a --model uno en que actúen: overdose"),
        (["simulate", "southbound_inspectoin"], "¿Quiso decir southbound_inspection?"),
        (["sensitivity", "southbound_inspection"], "Dé a --model uno de: arms_flow, cartel_recruitment"),
        # It acts in one model only, so what is wrong is told of that
        (["sensitivity", "treatment_first", "--sample", "10"], "10 no es potencia de dos"),
        (["sensitivity", "southbound_inspectoin"], "¿Quiso decir southbound_inspection?"),
    ],
)
def test_a_wrong_question_is_told_what_to_give(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*words, "--lang", "es"]) in {2, 3}
    assert said in capsys.readouterr().err
