from pathlib import Path

import pytest

from acuerdo.core.errors import NotFound, UsageError
from acuerdo.workspace import DEFAULT_STORE, STORE_VARIABLE, Workspace


def test_all_is_well_with_what_ships() -> None:
    assert Workspace.open().check() == ()


def test_the_users_store_is_where_they_say_and_nothing_is_created_by_looking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(STORE_VARIABLE, raising=False)
    assert Workspace.open().store.roots[0] == Path(DEFAULT_STORE)
    monkeypatch.setenv(STORE_VARIABLE, "elsewhere")
    workspace = Workspace.open()
    assert workspace.store.roots[0] == Path("elsewhere")
    assert workspace.releases()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("us_mx_bicentennial:S1", "S1"),
        ("sesnsp_victims", "sesnsp_victims"),
        ("mx_homicide_rate", "conapo"),
    ],
)
def test_a_thing_is_cited_by_what_it_rests_on(given: str, expected: str) -> None:
    assert any(one.key.startswith(expected) for one in Workspace.open().cite(given))


def test_a_figure_known_from_print_alone_is_cited_by_the_pages_that_print_it() -> None:
    cited = {one.key: one.publisher for one in Workspace.open().cite("mx_homicide_deaths")}
    assert cited["S45"] == "Crónica"
    assert cited["inegi_homicides_national"]
    assert "published_figures" not in cited


@pytest.mark.parametrize("given", ["us_mx_bicentennial:S999", "mx_homicide_ratee", "nothing"])
def test_what_cannot_be_cited_is_told_with_the_nearest_names(given: str) -> None:
    with pytest.raises(NotFound):
        Workspace.open().cite(given)


def test_a_series_that_no_source_has_names_the_nearest() -> None:
    with pytest.raises(NotFound) as caught:
        Workspace.open().observations("sesnsp_victims.victim")
    assert "sesnsp_victims.victims" in caught.value.problems[0].nearest


def test_first_release_and_revisions_tell_one_story() -> None:
    workspace = Workspace.open()
    first = {
        (row["place"], row["breakdown"], row["period"]): row["value"]
        for row in workspace.first_release("sesnsp_victims.victims")
    }
    firsts = [row for row in workspace.revisions("sesnsp_victims.victims") if row["change"] == "first"]
    assert {(row["place"], row["breakdown"], row["period"]): row["value"] for row in firsts} == first


def test_a_folder_may_be_given_as_text(tmp_path: Path) -> None:
    assert Workspace.open(str(tmp_path)).store.roots[0] == tmp_path


def test_a_notebook_writes_days_and_periods_as_text() -> None:
    workspace = Workspace.open()
    series = workspace.series("mx_homicide_deaths", as_of="2024-01-01")
    found = series.at("MX", "2022")
    assert found is not None
    assert (found.value, repr(series).count("\n")) == (32223.0, 0)
    (row,) = [one for one in series.records() if one["period"] == "2022"]
    assert (row["value"], row["status"], row["unit"]) == (32223.0, "provisional", "deaths")
    assert workspace.trace("mx_homicide_deaths", place="MX", period="2022", as_of="2024-01-01").value == found
    with pytest.raises(UsageError):
        workspace.series("mx_homicide_deaths", as_of="2024")
