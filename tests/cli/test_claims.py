"""The commands about public claims."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from acuerdo.claims.verdict import VERDICTS
from acuerdo.cli.app import run
from acuerdo.cli.commands.claims import VerdictId
from acuerdo.workspace import EVIDENCE

Call = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.skipif(
    not (EVIDENCE / "releases").is_dir(), reason="this checkout has no packaged evidence"
)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, store_path: Path) -> Call:
    monkeypatch.setenv("ACUERDO_STORE", str(store_path))
    monkeypatch.setenv("ACUERDO_LANG", "en")

    def run_here(*words: str) -> tuple[int, str, str]:
        code = run(words)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run_here


def test_the_verdicts_offered_are_the_verdicts_there_are() -> None:
    assert set(get_args(VerdictId)) == set(VERDICTS)


def test_claims_of_one_text_as_csv(call: Call) -> None:
    code, out, _ = call("claims", "--source", "wayne_2021", "--csv", "--lang", "es")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert {row["id"].partition(":")[0] for row in rows} == {"wayne_2021"}
    assert {row["id"]: row["verdict"] for row in rows}["wayne_2021:rule_of_law_rank"] == "does_not_hold"


def test_claims_by_verdict(call: Call) -> None:
    rows = json.loads(call("claims", "--verdict", "held_then", "--json")[1])
    assert {row["verdict"] for row in rows} == {"held_then"}
    assert "statistics_offices:homicides_2018" in {row["id"] for row in rows}


def test_one_claim_shows_both_days(call: Call) -> None:
    code, out, _ = call("claim", "homicides_2018", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["then"][0]["told"] == "35,964 deaths in 2018"
    assert told["now"][0]["told"] == "36,685 deaths in 2018"


def test_an_unknown_claim_or_text_names_the_nearest(call: Call) -> None:
    code, _, err = call("claim", "wayne_2021:rule_of_law_rnk")
    assert (code, "wayne_2021:rule_of_law_rank" in err) == (3, True)
    code, _, err = call("claims", "--source", "wayne_2020")
    assert (code, "wayne_2021" in err) == (3, True)


def test_a_proposal_is_written_only_when_told_and_never_over_a_file(call: Call, tmp_path: Path) -> None:
    words = "homicides more than doubled since 2008"
    code, out, _ = call("check-claim", words)
    assert code == 0
    assert "mx_homicide_deaths" in out
    assert list(tmp_path.iterdir()) == []
    file = tmp_path / "mine.yaml"
    assert call("check-claim", words, "--write", str(file))[0] == 0
    assert "ratio:" in file.read_text("utf-8")
    code, _, err = call("check-claim", words, "--write", str(file))
    assert (code, "nothing was written" in err) == (2, True)


def test_words_without_a_check_are_refused(call: Call) -> None:
    code, _, err = call("check-claim", "the sky is blue", "--lang", "es")
    assert (code, "No se distingue ninguna comprobación" in err) == (2, True)
