import pytest

from acuerdo.core.text import IncompleteTextError, Text, same


@pytest.mark.parametrize(("en", "es"), [("three", ""), ("", "tres"), ("three", "   ")])
def test_a_text_with_one_language_is_refused(en: str, es: str):
    with pytest.raises(IncompleteTextError, match="both languages"):
        Text(en, es)


def test_each_language_is_given_when_asked_for():
    text = Text("agreement", "acuerdo")
    assert (text.in_("en"), text.in_("es")) == ("agreement", "acuerdo")
    assert same("FY2021").in_("es") == "FY2021"
