"""The interface's words: the same in both languages, all of them used, none missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from acuerdo.core.errors import NotFound
from acuerdo.review import wording
from acuerdo.review.charts import ink
from acuerdo.review.wording import faults, placeholders, say, word, words

REVIEW = Path(wording.__file__).parent


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    assert faults({"en": words("en"), "es": words("es")}) == []


@pytest.mark.parametrize(
    ("english", "spanish", "found"),
    [
        ({"a": "One"}, {}, "es"),
        ({}, {"a": "Uno"}, "en"),
        ({"a": "One"}, {"a": " "}, "es"),
        ({"a": "{n} days"}, {"a": "{m} días"}, "es"),
    ],
)
def test_a_difference_is_a_fault(english: dict[str, str], spanish: dict[str, str], found: str) -> None:
    assert [lang for lang, _, _ in faults({"en": english, "es": spanish})] == [found]


def test_an_unknown_key_fails_and_names_the_nearest() -> None:
    with pytest.raises(NotFound) as caught:
        word("en", "chart.tabel")
    assert "chart.table" in caught.value.problems[0].nearest


def test_one_has_its_own_words() -> None:
    assert say("timing.late_by", n=1).en == "one day late"
    assert say("timing.late_by", n=13).es == "13 días de retraso"


def test_every_key_that_is_asked_for_is_there_and_every_key_is_used() -> None:
    files = [*REVIEW.rglob("*.py"), *REVIEW.rglob("*.html")]
    source = "\n".join(path.read_text("utf-8") for path in files)
    asked = set(re.findall(r"""(?:\bw|\bsay|\bword)\(\s*(?:lang,\s*)?"([a-z_]+\.[a-z_]+)\"""", source))
    assert asked - words("en").keys() == set()
    groups = set(re.findall(r'f"([a-z_]+\.[a-z_]*)\{', source))
    named = set(re.findall(r'"([a-z_]+\.[a-z_]+)"', source))
    unused = {
        key
        for key in words("en")
        if key.removesuffix("_one") not in asked | named
        and not any(key.startswith(group) for group in groups)
    }
    assert unused == set()


def test_placeholders_are_names() -> None:
    assert placeholders("{n} of {total}") == {"n", "total"}


def test_the_inks_are_those_of_the_style_sheet() -> None:
    style = (REVIEW / "assets" / "style.css").read_text("utf-8")
    inks = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", style))
    assert inks["paper"] == ink.PAPER
    assert inks["ink"] == ink.INK
    assert inks["muted"] == ink.MUTED
    assert inks["hairline"] == ink.HAIRLINE
    assert inks["accent"] == ink.ACCENT
    assert [inks["blue"], inks["orange"], inks["green"]] == list(ink.CATEGORIES[:3])


def contrast(one: str, other: str) -> float:
    """Contrast of two colours (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", [*ink.CATEGORIES, ink.INK, ink.MUTED, ink.ACCENT])
def test_words_in_colour_can_be_read(colour: str) -> None:
    assert contrast(colour, ink.PAPER) >= 4.5
