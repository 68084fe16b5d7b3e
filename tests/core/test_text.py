import pytest

from acuerdo.core.text import IncompleteTextError, Text, language_from_environment, same


@pytest.mark.parametrize(("en", "es"), [("three", ""), ("", "tres"), ("three", "   ")])
def test_a_text_with_one_language_is_refused(en: str, es: str):
    with pytest.raises(IncompleteTextError, match="both languages"):
        Text(en, es)


def test_each_language_is_given_when_asked_for():
    text = Text("agreement", "acuerdo")
    assert (text.in_("en"), text.in_("es")) == ("agreement", "acuerdo")
    assert same("FY2021").in_("es") == "FY2021"


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
