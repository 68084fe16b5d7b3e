"""A reader's own model: one file in a folder of their own, and what is told when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.foresight.test_run import REDUCE, same_bytes

from acuerdo.cli.app import run as call
from acuerdo.core.errors import AcuerdoError
from acuerdo.core.plugins import OWN, Folder
from acuerdo.core.text import same
from acuerdo.foresight import playbook
from acuerdo.foresight.answers import Foresight
from acuerdo.foresight.draws import Draws
from acuerdo.foresight.executors import Processes, Serial
from acuerdo.foresight.library import model
from acuerdo.foresight.run import Setup, simulate
from acuerdo.foresight.study import study

MODEL = '''\
"""Susceptible, infected, recovered."""

from datetime import date

from acuerdo.core.text import Text
from acuerdo.foresight.declaring import figure, share
from acuerdo.foresight.model import Balance, Model, Outcome, State
from acuerdo.foresight.study import Study


def equations(m):
    susceptible, infected = m["susceptible"], m["infected"]
    m.start("susceptible", m["people"])
    m.start("infected", m["infected_at_start"])
    m.start("recovered", 0.0)
    rate = m["contacts"] * (1.0 - m["distance"]) * infected / m["people"]
    catching = m.flow("catching", rate * susceptible, out_of="susceptible", into="infected")
    m.flow("recovering", infected / m["illness"], out_of="infected", into="recovered")
    m.outcome("infected", infected)
    m.outcome("catching", catching)


MODEL = Model(
    id="contagion", title=Text("Contagion", "Contagio"), summary=Text("Three groups.", "Tres grupos."),
    time_unit="week", starts=date(2024, 1, 1), span=52.0, report_every=1.0, longest_step=2.0,
    states=tuple(
        State(name=name, title=Text(en, es), unit="person")
        for name, en, es in (
            ("susceptible", "Susceptible", "Susceptibles"), ("infected", "Infected", "Infectados"),
            ("recovered", "Recovered", "Recuperados"),
        )
    ),
    parameters=(
        figure("people", Text("People", "Personas"), spread=(1e6, 9e5, 1.1e6), unit="person"),
        figure("infected_at_start", Text("Ill at first", "Enfermos al inicio"), spread=(100, 90, 110), unit="person"),
        figure("contacts", Text("Contacts", "Contactos"), spread=(2.5, 2.4, 2.6), unit="1/week"),
        figure("illness", Text("Time ill", "Tiempo enfermo"), spread=(1.0, 0.9, 1.1), unit="week"),
    ),
    levers=(
        share("distance", Text("Contacts avoided", "Contactos evitados"), evidence=Text("Assumed.", "Supuesto."),
              objectives=("us_mx_bicentennial:launch_1a",)),
    ),
    outcomes=(
        Outcome(name="infected", title=Text("Infected", "Infectados"), unit="person", direction="down"),
        Outcome(name="catching", title=Text("Infected a week", "Contagios"), unit="person/week", direction="down"),
    ),
    balances=(Balance(states=("susceptible", "infected", "recovered")),),
    equations=equations, references=(),
)
STUDY = Study(model="contagion", outcome="infected", span=6.0, compared=6.0)
'''
SCENARIO = """\
id: stay_apart
title: {en: Staying apart, es: Guardar distancia}
about: {en: Fewer contacts from February on., es: Menos contactos desde febrero.}
models:
  contagion:
    levers:
      distance:
        value: 0.3
        since: 2024-02-01
        evidence: {en: Assumed., es: Supuesto.}
        source: assumed
"""
WRONG = [
    ("MODEL = Model(", "MODEL = Model((", r"contagion.py:23: This file cannot be run: SyntaxError"),
    ("spread=(1.0, 0.9, 1.1)", "spread=(1.0, 0.9)", r"contagion.py:\d+: This file cannot be run: ValueError"),
    ("MODEL = Model(", "OTHER = Model(", r"defines no MODEL = Model\(id='contagion'"),
    ('id="contagion"', 'id="contagon"', r"defines no MODEL = Model\(id='contagion'"),
    ('m["illness"]', 'm["ilness"]', r"(?s)'ilness' is not a quantity.*Did you mean illness"),
    ('unit="1/week"', 'unit="1/year"', r"person / year meets person / week"),
    ('1.1), unit="week"', '1.1), unit="week", source="nobody"', r"'illness' has no source"),
    ('into="recovered"', 'into=""', r"What enters and leaves susceptible, infected, recovered does not add up"),
    ('out_of="infected"', 'out_of="susceptible"', r"'susceptible' falls below zero in 32"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The models' folder of one's own content, with a scenario beside it; what was read is forgotten afterwards."""
    folder, scenarios = tmp_path / "own/foresight/models", tmp_path / "own/foresight/scenarios"
    folder.mkdir(parents=True)
    scenarios.mkdir()
    (folder / "contagion.py").write_text(MODEL, encoding="utf-8")
    (scenarios / "stay_apart.yaml").write_text(SCENARIO, encoding="utf-8")
    monkeypatch.setenv(OWN, str(tmp_path / "own"))
    monkeypatch.setenv("ACUERDO_STORE", str(tmp_path))
    playbook.plays.cache_clear()
    yield folder
    playbook.plays.cache_clear()
    playbook.play.cache_clear()


def test_it_is_found_asked_and_answered(capsys) -> None:
    assert "contagion" in Foresight.models()
    assert study("contagion").compared == 6.0
    assert call(["model", "contagion"]) == 0
    told = capsys.readouterr().out
    assert "= contacts · (1 − distance) · infected · susceptible / people" in told
    assert "= infected_at_start" in told
    assert call(["models"]) == 0
    assert "stay_apart" in capsys.readouterr().out
    found = Foresight.compare("stay_apart", model="contagion", draws=20)
    (change,) = (arm.change for arm in found.arms if arm.change is not None)
    assert change.high < 0.0
    assert found.arms[0].failed == 0


def test_its_processes_find_it_too() -> None:
    one, draws = model("contagion"), Draws(count=5000)
    runs = [
        simulate(
            one, draws=draws, reduce=REDUCE, setup=Setup(backend="numpy", executor=where, every=4.0, step=1.0)
        )
        for where in (Serial(), Processes(2))
    ]
    end = runs[0].kept("baseline", "infected", "end")
    assert runs[0].failed("baseline") == 0
    assert (end >= 0.0).all()
    assert same_bytes(*runs)


@pytest.mark.parametrize(("old", "new", "said"), WRONG, ids=[new for _, new, _ in WRONG])
def test_what_is_wrong_is_told(own: Path, old: str, new: str, said: str) -> None:
    assert old in MODEL
    (own / "contagion.py").write_text(MODEL.replace(old, new), encoding="utf-8")
    with pytest.raises(AcuerdoError, match=said) as caught:
        model("contagion")
    for problem in caught.value.problems:
        assert problem.what.en != problem.what.es


def test_a_name_that_is_taken_and_a_folder_that_is_not_there_are_told(own: Path, monkeypatch) -> None:
    (own / "overdose.py").write_text("MODEL = None\n", encoding="utf-8")
    with pytest.raises(AcuerdoError, match="Two files claim the id 'overdose'"):
        model("contagion")
    monkeypatch.setenv(OWN, str(own / "nowhere"))
    with pytest.raises(AcuerdoError, match="ACUERDO_CONTENT names a folder that is not there"):
        model("overdose")


def test_without_the_variable_there_is_the_package_alone(monkeypatch) -> None:
    monkeypatch.delenv(OWN)
    folder = Folder("foresight/models", suffixes=(".py",), kind=same("model"))
    assert "contagion" not in folder.files()
    assert not folder.is_own("overdose")
