"""What must hold of every framework's content: cited, bilingual, quoted as published, nothing recalled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from acuerdo.spec.library import check_library
from acuerdo.spec.model import Framework

# Rows of the appropriations table that was recalled and never seen; none may have slipped in.
RECALLED_AMOUNTS = {
    263.5, 116.5, 406.0, 299.0, 379.3, 365.0, 143.0, 117.0, 281.8, 248.5, 33.3, 222.2, 190.1, 32.1, 194.2, 148.1,
    46.1, 143.6, 110.0, 33.6, 139.0, 39.0, 130.9, 40.9, 152.6, 162.0, 158.0, 159.0,
}  # fmt: skip
RECALLED_NAMES = ("Consultative Group", "Grupo Consultivo", "Oficina Bilateral de Seguimiento", "R45199")
PERSONS = (
    "Blinken", "Mayorkas", "Garland", "Adeyemo", "López Obrador", "Ebrard", "Sandoval", "Ojeda", "Rosa Icela",
    "Sherwood", "Sheinbaum", "Rubio", "De la Fuente", "Trump", "Biden", "Harris", "Sullivan", "Zeya", "Bárcena",
    "Calderón", "Caro Quintero", "Treviño", "Rivas", "Wayne", "Seelke",
)  # fmt: skip
ENGLISH = re.compile(r"\b(the|and|with|from|which|was|were|of the)\b")
SPANISH = re.compile(r"\b(el|los|las|del|para|que|fue|según|y)\b")


def parts(value: Any, trail: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping inside a framework as written to a file, with where it stands."""
    if isinstance(value, Mapping):
        yield trail, dict(value)
        for key, part in value.items():
            yield from parts(part, f"{trail}.{key}")
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            yield from parts(part, f"{trail}[{number}]")


def texts(framework: Framework) -> Iterator[tuple[str, str, str]]:
    for trail, part in parts(framework.model_dump(exclude_none=True)):
        if set(part) == {"en", "es"}:
            yield trail, part["en"], part["es"]


def quoted_spans(text: str) -> list[str]:
    return re.findall(r'"([^"]{6,})"', text)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'"})))


def test_the_library_has_no_fault() -> None:
    assert check_library() == ()


def test_sixty_commitments_and_dated_decisions(all_frameworks: Mapping[str, Framework]) -> None:
    commitments = {key: len(one.commitments) for key, one in all_frameworks.items()}
    decisions = sum(
        len(meeting.decisions) for one in all_frameworks.values() for meeting in one.meetings.values()
    )
    assert sum(commitments.values()) >= 60
    assert sum(commitments.values()) + decisions >= 130
    assert min(commitments.values()) >= 10


def test_every_reference_is_cited_and_every_citation_has_one(all_frameworks: Mapping[str, Framework]) -> None:
    for framework in all_frameworks.values():
        cited = {
            key
            for _, part in parts(framework.model_dump(exclude_none=True))
            for key in part.get("sources", ())
            if isinstance(key, str)
        }
        assert cited == set(framework.references)


def test_a_source_is_described_the_same_in_every_file(all_frameworks: Mapping[str, Framework]) -> None:
    seen: dict[str, Any] = {}
    for framework in all_frameworks.values():
        for key, reference in framework.references.items():
            assert seen.setdefault(key, reference) == reference


def test_addresses_are_whole_and_days_of_reading_stated(all_frameworks: Mapping[str, Framework]) -> None:
    for framework in all_frameworks.values():
        for reference in framework.references.values():
            assert reference.accessed is not None
            assert reference.url is None or re.fullmatch(r"https://[^\s…]+", reference.url)


def test_each_side_is_in_its_own_language(all_frameworks: Mapping[str, Framework]) -> None:
    for framework in all_frameworks.values():
        for trail, en, es in texts(framework):
            own_es = re.sub(r"«[^»]*»", "", es)
            own_en = re.sub(r'"[^"]*"', "", en)
            assert not ENGLISH.search(own_es), (framework.id, trail, es)
            assert not SPANISH.search(own_en), (framework.id, trail, en)


def test_quotes_have_a_translation_in_the_other_language(all_frameworks: Mapping[str, Framework]) -> None:
    for framework in all_frameworks.values():
        for commitment in framework.commitments.values():
            if commitment.wording is not None:
                own, other = (ENGLISH, SPANISH) if commitment.wording.language == "en" else (SPANISH, ENGLISH)
                assert not other.search(commitment.wording.words)
                assert not own.search(commitment.wording.translation)
                assert commitment.wording.translated_by == "ours"


def test_quotes_from_the_articles_are_verbatim(
    all_frameworks: Mapping[str, Framework], articles: Mapping[str, str]
) -> None:
    bodies = {key: plain(text) for key, text in articles.items()}
    checked = 0
    for framework in all_frameworks.values():
        for trail, part in parts(framework.model_dump(exclude_none=True)):
            cited = part.get("sources", ())
            if not cited or not set(cited) <= set(bodies):
                continue
            own = [part[name]["en"] for name in ("text", "note", "title") if "en" in part.get(name, {})]
            spans = [span for text in own for span in quoted_spans(text)]
            spans += [part["wording"]["words"]] if "wording" in part else []
            for span in spans:
                assert any(plain(span).strip(".") in bodies[key] for key in cited), (
                    framework.id,
                    trail,
                    span,
                )
                checked += 1
    assert checked >= 8


def test_articles_are_cited_under_their_own_titles(
    all_frameworks: Mapping[str, Framework], articles: Mapping[str, str]
) -> None:
    for framework in all_frameworks.values():
        for key, reference in framework.references.items():
            if key in articles and not reference.title.startswith("["):
                assert plain(reference.title) in plain(articles[key])


def test_nothing_recalled_has_slipped_in(all_frameworks: Mapping[str, Framework]) -> None:
    for framework in all_frameworks.values():
        amounts = {float(line.amount) for line in framework.money.values()}
        amounts |= {
            float(one.quantity.value) for one in framework.figures.values() if "usd" in one.quantity.unit
        }
        assert not amounts & RECALLED_AMOUNTS
        assert all(line.account != "ESF" for line in framework.money.values())
        for trail, en, es in texts(framework):
            assert not any(name in en or name in es for name in RECALLED_NAMES), (framework.id, trail)


def test_offices_are_named_and_not_persons(all_frameworks: Mapping[str, Framework]) -> None:
    for framework in all_frameworks.values():
        for trail, en, es in texts(framework):
            assert not any(
                re.search(rf"\b{name}\b", en) or re.search(rf"\b{name}\b", es) for name in PERSONS
            ), trail


def test_every_launch_objective_has_a_commitment(bicentennial: Framework) -> None:
    launch = {key for goal in bicentennial.goals.values() for key in goal.objectives}
    assert launch <= {key for one in bicentennial.commitments.values() for key in one.objectives}


def test_which_framework_followed_which(
    bicentennial: Framework, merida: Framework, implementation_group: Framework
) -> None:
    both = (*bicentennial.predecessors.values(), *implementation_group.predecessors.values())
    natures = {one.framework: one.nature for one in both}
    assert natures == {"us_mx_merida": "replaced", "us_mx_bicentennial": "not_stated"}
    assert not merida.predecessors


def test_crosswalk_covers_what_it_should(bicentennial: Framework, implementation_group: Framework) -> None:
    launch = {key for goal in bicentennial.goals.values() for key in goal.objectives}
    assert launch <= {line.here for line in bicentennial.crosswalk.values()}
    assert set(implementation_group.goals) <= {line.here for line in implementation_group.crosswalk.values()}
    there = {line.there for line in implementation_group.crosswalk.values()}
    assert {item.partition(":")[0] for item in there} == {"us_mx_bicentennial", "us_mx_merida"}
    # What the group did not take up: safe communities, homicides, trafficking in persons.
    assert launch - {item.partition(":")[2] for item in there} == {"launch_1b", "launch_1c", "launch_2d"}


@pytest.mark.parametrize("objective", ["launch_1a", "launch_2b"])
def test_only_what_a_source_states_is_marked_stated(bicentennial: Framework, objective: str) -> None:
    stated = {line.here: line for line in bicentennial.crosswalk.values() if line.judged_by == "stated"}
    assert set(stated) == {"launch_1a", "launch_2b"}
    assert "S76" in stated[objective].sources


def test_titles_of_ours_are_in_both_languages(all_frameworks: Mapping[str, Framework]) -> None:
    for framework in all_frameworks.values():
        for key, reference in framework.references.items():
            ours = reference.title.startswith("[") and "GAO-10-837" not in reference.title
            assert (reference.title_es is not None) == ours, (framework.id, key)
