"""A figure and its files, as an auditor takes them: by eye, and by a program."""

from __future__ import annotations

import json

import pytest

from acuerdo.cli.app import run


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACUERDO_LANG", "en")


def test_a_program_finds_the_file_of_every_value_with_its_fingerprint(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(("trace", "mx_homicide_rate", "2020", "--json")) == 0
    found = json.loads(capsys.readouterr().out)
    files = {one["release"]: one for one in found["files"]}
    assert {one["release"] for one in found["inputs"]} == files.keys()
    assert all(len(one["sha256"]) == 64 for one in files.values())
    population = next(one for one in files.values() if one["source"] == "conapo_population_municipal")
    assert population["carrier"].startswith("github.com/lapanquecita")
    assert population["basis"] == "retrieved"


def test_a_reader_is_told_who_republished_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(("trace", "mx_homicide_victims", "2020", "--place", "Chihuahua")) == 0
    told = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert told.count("without reservation") == 1, "that of the figure; the rows stand in a grid"
    assert any(line.startswith("As republished by github.com/") for line in told)
    assert any(line.startswith("SHA-256 of the file, unpacked: 8c0589a7") for line in told)
