"""``acuerdo status``, ``overdue`` and ``calendar``, as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from acuerdo.cli.app import run

Capture = pytest.CaptureFixture[str]
DAY = ("--as-of", "2026-11-22")


def rows(capsys: Capture, *words: str) -> list[dict[str, object]]:
    assert run([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_all_frameworks_are_counted(capsys: Capture) -> None:
    found = rows(capsys, "status", *DAY)
    assert sum(int(str(one["promises"])) for one in found) == 103 + 38
    for one in found:
        levels = ("complete", "intermediate", "minimal", "not_initiated", "no_evidence")
        assert sum(int(str(one[level])) for level in levels) == one["promises"]
    [plan] = [
        one for one in found if (one["framework"], one["kind"]) == ("us_mx_bicentennial", "commitments")
    ]
    assert (plan["promises"], plan["no_evidence"]) == (64, 37)
    # 5 × 3 + 8 × 2 + 14 × 1 of 27 × 3
    assert plan["kroc_score"] == pytest.approx(45 / 81 * 100)


def test_a_promise_is_told_with_its_statements(capsys: Capture) -> None:
    assert run(["status", "us_mx_bicentennial:launch_annual_plan", *DAY, "--lang", "es", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["level"], told["timeliness"]) == ("3 completo", "con 13 días de retraso")
    assert [one["sources"] for one in told["statements"]] == ["S19", "S13"]


def test_what_was_public_on_a_day_is_all_that_counts(capsys: Capture) -> None:
    found = rows(capsys, "status", "us_mx_bicentennial", "--as-of", "2022-04-26")
    [memorandum] = [one for one in found if one["id"] == "launch_mou_addictions"]
    assert memorandum["level"] == "no evidence"
    assert not any(one["id"] == "benchmarks_2022" for one in found)


def test_the_two_governments_side_by_side(capsys: Capture) -> None:
    found = rows(capsys, "status", "us_mx_bicentennial", "--sides", *DAY)
    assert 0.8 < float(str(found[0]["alpha"])) < 1
    [commission] = [one for one in found if one["of"] == "mx_commission"]
    assert (commission["us"], commission["mx"]) == ("2 intermediate", "3 complete")


def test_sides_need_one_framework(capsys: Capture) -> None:
    assert run(["status", "--sides"]) != 0
    assert "us_mx_bicentennial --sides" in capsys.readouterr().err


def test_an_unknown_promise_is_answered_with_the_nearest(capsys: Capture) -> None:
    assert run(["status", "us_mx_merida:packge_2007"]) != 0
    assert "package_2007" in capsys.readouterr().err


def test_overdue_comes_with_its_days(capsys: Capture) -> None:
    found = rows(capsys, "overdue", "--late", *DAY)
    assert [(one["id"], one["days"]) for one in found] == [
        ("border_infrastructure_mx", 691),
        ("launch_annual_cabinet_meeting", 691),
        ("hold_ministerial", 267),
        ("launch_annual_plan", 13),
    ]


def test_the_calendar_is_written_with_its_own_line_ends(capsys: Capture, tmp_path: Path) -> None:
    out = tmp_path / "agreement.ics"
    assert run(["calendar", "us_mx_bicentennial", *DAY, "--out", str(out)]) == 0
    assert out.read_bytes().startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert out.read_bytes().count(b"BEGIN:VEVENT") == len(
        rows(capsys_cleared(capsys), "calendar", "us_mx_bicentennial", *DAY)
    )


def capsys_cleared(capsys: Capture) -> Capture:
    capsys.readouterr()
    return capsys


def test_the_calendar_tells_how_likely_a_deadline_is_met(capsys: Capture) -> None:
    every = rows(capsys, "calendar", "--as-of", "2026-02-01")
    [ministerial] = [one for one in every if one["id"] == "hold_ministerial"]
    low, chance, high = (float(str(ministerial[f"probability{end}"])) for end in ("_low", "", "_high"))
    assert 0 < low < chance < high < 50
    assert ministerial["in_time"] == f"{chance:.0f}% ({low:.0f}–{high:.0f})"
    assert all(one["probability"] is None for one in every if one["done"])
    early = rows(capsys_cleared(capsys), "calendar", "us_mx_bicentennial", "--as-of", "2022-06-30")
    assert {one["in_time"] for one in early if one["timeliness"] == "not due"} == {"cannot tell yet"}


def test_a_promise_tells_whether_it_will_be_done_in_time(capsys: Capture) -> None:
    assert run(["status", "us_mx_bicentennial:border_infrastructure_mx", *DAY, "--json"]) == 0
    [told] = json.loads(capsys.readouterr().out)["prospect"]
    assert told.startswith("The deadline passed on December 31, 2024")


def test_a_second_coder_is_held_against_the_first(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    from acuerdo.tracking import coding
    from acuerdo.tracking.coder import Reading

    read = coding.coder("acuerdo")
    readings = {key: dict(one) for key, one in read.readings["us_mx_bicentennial"].items()}
    readings["action_plan_us"]["launch_evaluate_impact"] = Reading(finding="part_done")
    other = read.model_copy(
        update={"id": "other", "readings": {**read.readings, "us_mx_bicentennial": readings}}
    )
    monkeypatch.setattr(coding, "coder", lambda name: {"acuerdo": read, "other": other}[name])
    whole, *goals, differing = rows(capsys, "status", "us_mx_bicentennial", "--against", "other", *DAY)
    assert differing["of"] == "launch_evaluate_impact"
    assert (differing["first"], differing["other"]) == ("1 minimal", "2 intermediate")
    assert 0.9 < float(str(whole["alpha"])) < 1
    assert len(goals) == 4


@pytest.mark.parametrize("words", [["--sides"], ["us_mx_bicentennial", "--sides", "--against", "other"]])
def test_two_accounts_are_of_one_framework(capsys: Capture, words: list[str]) -> None:
    assert run(["status", *words]) == 2
    assert "us_mx_bicentennial --sides" in capsys.readouterr().err


def test_a_coder_who_is_not_known(capsys: Capture) -> None:
    assert run(["status", "us_mx_bicentennial", "--against", "acuerdos"]) == 3
    assert "acuerdo" in capsys.readouterr().err
