"""A series without a row says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from acuerdo.cli.app import run


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("mx_homicide_victims", "--as-of", "2023-08-19"), "was public on 2023-08-19"),
        (("sesnsp_victims.victims", "--as-of", "2023-08-19"), "was public on 2023-08-19"),
        (("mx_homicide_rate", "--place", "Chihuahua"), "none for these places"),
        (("mx_confrontations",), "acuerdo cite mx_confrontations names its sources"),
        (("cide_ppd_events.events",), "acuerdo cite cide_ppd_events names its sources"),
    ],
)
def test_no_row_is_explained(
    words: tuple[str, ...],
    said: str,
    *,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    store_path: Path,
) -> None:
    monkeypatch.setenv("ACUERDO_LANG", "en")
    monkeypatch.setenv("ACUERDO_STORE", str(store_path))
    assert run(("series", *words)) == 0
    assert said in capsys.readouterr().out


def test_what_has_no_breakdown_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACUERDO_LANG", "en")
    assert run(("series", "mx_homicide_victims", "--by", "crime")) != 0
    assert "It has no breakdown." in capsys.readouterr().err
