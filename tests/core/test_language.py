import pytest

from acuerdo.core.language import language_from_environment, language_of_call


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"ACUERDO_LANG": "es", "LANG": "en_US.UTF-8"}, "es"),
        ({"LANG": "es_MX.UTF-8"}, "es"),
        ({"LC_ALL": "en_US", "LANG": "es_MX.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_readers_language_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, variables, expected
):
    for name in ("ACUERDO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language_from_environment() == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [(["show", "--lang", "es"], "es"), (["--lang=es"], "es"), (["--lang", "fr"], "en"), (["--lang"], "en")],
)
def test_the_language_asked_for_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch, words, expected):
    monkeypatch.setenv("ACUERDO_LANG", "en")
    assert language_of_call(words) == expected
