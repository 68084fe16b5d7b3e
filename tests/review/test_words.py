"""The interface's words: the same in both languages, all of them used, none missing."""

from __future__ import annotations

import re
from itertools import pairwise
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
    assert say("brief.objectives", n=1).en == "One objective has a public title."
    assert say("brief.objectives", n=13).es == "13 objetivos tienen título público."


def test_every_key_that_is_asked_for_is_there_and_every_key_is_used() -> None:
    files = [*REVIEW.rglob("*.py"), *REVIEW.rglob("*.html")]
    source = "\n".join(path.read_text("utf-8") for path in files)
    asked = set(re.findall(r"""(?:\bw|\bsay|\bword)\(\s*(?:lang,\s*)?"([a-z_]+\.[a-z_]+)\"""", source))
    assert asked - words("en").keys() == set()
    groups = set(re.findall(r'f"([a-z_]+\.[a-z_]*)\{', source))
    groups |= {f"{scope}." for scope in re.findall(r'\bheaded\(\s*"([a-z_]+)"', source)}
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


def papers() -> dict[str, dict[str, str]]:
    """The inks of the style sheet, on light and on dark paper."""
    style = (REVIEW / "assets" / "style.css").read_text("utf-8")
    light, dark = style.split(":root {")[1:3]
    return {
        name: dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", block.partition("}")[0]))
        for name, block in {"light": light, "dark": dark}.items()
    }


def test_the_inks_are_those_of_the_style_sheet() -> None:
    light, dark = papers()["light"], papers()["dark"]
    assert light.items() >= ink.INKS.items()
    assert dark.keys() == light.keys()
    assert len(set(dark.values())) == len(dark)


def test_a_page_names_its_inks(made_site: Path) -> None:
    colours = set(ink.INKS.values())
    for path in (made_site / "en").rglob("*.html"):
        found = re.findall(r"#[0-9a-f]{6}\b", path.read_text("utf-8"))
        assert not colours.intersection(found), path
    assert "var(--blue)" in (made_site / "en" / "index.html").read_text("utf-8")


def contrast(one: str, other: str) -> float:
    """Contrast of two colours (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("paper", ["light", "dark"])
@pytest.mark.parametrize(
    "name", ["blue", "orange", "green", "purple", "wine", "ink", "muted", "soft", "accent"]
)
def test_words_in_colour_can_be_read(name: str, paper: str) -> None:
    inks = papers()[paper]
    assert contrast(inks[name], inks["paper"]) >= 4.5
    if name in {"ink", "muted", "soft"}:
        assert contrast(inks[name], inks["shade"]) >= 4.5


@pytest.mark.parametrize("paper", ["light", "dark"])
def test_classes_of_a_map_go_from_the_paper_to_the_ink(paper: str) -> None:
    inks = papers()[paper]
    steps = [contrast(inks[f"step-{step}"], inks["paper"]) for step in range(1, 6)]
    assert steps == sorted(steps)
    assert all(later / earlier > 1.15 for earlier, later in pairwise(steps))
