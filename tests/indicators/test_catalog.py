"""What every indicator of the catalog must say, and what its loader refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from acuerdo.core.errors import SpecProblems
from acuerdo.indicators.attributes import ATTRIBUTES, Attributes
from acuerdo.indicators.coverage import objectives_of
from acuerdo.indicators.load import FOLDER, catalog, indicator, load
from acuerdo.indicators.recipe import VERBS, Recipe, Selection, operands, selections
from acuerdo.spec.library import FRAMEWORKS
from acuerdo.spec.load import load_document
from acuerdo.spec.model import Framework

LAUNCH = [f"launch_{code}" for code in ("1a", "1b", "1c", "2a", "2b", "2c", "2d", "3a", "3b")]


def frameworks() -> dict[str, Framework]:
    return {name: load_document(path, Framework) for name, path in FRAMEWORKS.files().items()}


def test_at_least_thirty_five_and_every_launch_objective_served() -> None:
    links = [link for one in catalog().values() for link in one.objectives]
    assert len(catalog()) >= 35
    assert {f"us_mx_bicentennial:{one}" for one in LAUNCH} <= set(links)


def test_links_point_to_objectives_that_exist() -> None:
    known = {
        f"{name}:{one.id}" for name, framework in frameworks().items() for one in objectives_of(framework)
    }
    assert {link for one in catalog().values() for link in one.objectives} <= known


def test_objectives_without_an_outcome_are_a_finding() -> None:
    served = {link for one in catalog().values() if one.kind == "outcome" for link in one.objectives}
    assert [one for one in LAUNCH if f"us_mx_bicentennial:{one}" not in served] == ["launch_2a", "launch_2d"]


def test_all_nine_attributes_are_answered_in_both_languages() -> None:
    for one in catalog().values():
        assert list(one.answers) == list(ATTRIBUTES), one.id
        assert one.answers["measurable_target"].met == "no", one.id


def test_rivals_know_one_another() -> None:
    one_sided = {
        (one.id, rival)
        for one in catalog().values()
        for rival in one.rivals
        if one.id not in catalog()[rival].rivals and catalog()[rival].unit == one.unit
    }
    assert one_sided == set()


def test_every_verb_is_in_use() -> None:
    def used(expression: Selection | Recipe) -> set[str]:
        own = {verb for verb, _ in expression.steps} if isinstance(expression, Recipe) else set[str]()
        return own.union(*(used(one) for one in operands(expression)))

    assert set[str]().union(*(used(one.recipe) for one in catalog().values())) == set(VERBS)


def test_rates_use_the_population_of_conapo_and_never_the_files_own() -> None:
    recipes = [
        one.recipe for one in catalog().values() if one.country == "MX" and isinstance(one.recipe, Recipe)
    ]
    rates = [one.rate for one in recipes if one.rate is not None]
    people = {series for one in rates for leaf in selections(one.per) for series in leaf.series_ids}
    assert len(rates) >= 3
    assert people == {"conapo_population_municipal.inhabitants"}


def wrong(folder: Path, *changes: tuple[str, str]) -> str:
    """The messages for a copy of an indicator with some text replaced."""
    text = FOLDER.file("us_fentanyl_seized").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "us_fentanyl_seized.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(SpecProblems) as caught:
        load(path)
    assert caught.value.render("es") != caught.value.render("en")
    return caught.value.render("en")


def test_an_ambiguous_indicator_names_its_companion(tmp_path: Path) -> None:
    said = wrong(tmp_path, ("companion: us_synthetic_opioid_deaths\n", ""))
    assert "us_fentanyl_seized.yaml:8:12: An ambiguous indicator names its companion" in said


def test_another_baseline_or_a_reason_for_none(tmp_path: Path) -> None:
    text = FOLDER.file("us_fentanyl_seized").read_text("utf-8")
    others = text[text.index("other_baselines:") : text.index("rivals:")]
    assert "another defensible baseline" in wrong(tmp_path, (others, ""))


def test_a_shared_answer_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    said = wrong(tmp_path, ("measurable_target: none_published", "measurable_target: none_publised"))
    assert "Did you mean none_published?" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("unit: pounds", "unit: puonds", "puonds"),
        ("kind: output", "kind: result", "result"),
        ("country: US", "country: US\ncolour: red", "colour"),
    ],
)
def test_faults_of_form(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert said in wrong(tmp_path, (old, new))


def test_every_fault_at_once(tmp_path: Path) -> None:
    said = wrong(
        tmp_path,
        ("companion: us_synthetic_opioid_deaths\n", ""),
        ("measurable_target: none_published", "measurable_target: nothing_like_it"),
    )
    assert "companion" in said
    assert "nothing_like_it" in said


def test_attributes_are_those_of_the_reference() -> None:
    assert len(ATTRIBUTES) == 9
    assert tuple(ATTRIBUTES) == tuple(Attributes.model_fields)
    assert indicator("mx_homicide_deaths").attributes_met < 9
