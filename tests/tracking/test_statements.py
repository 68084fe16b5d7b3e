"""Statements files: what was released stays; a file written wrongly says where and why."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

from acuerdo.core.errors import SpecProblems
from acuerdo.spec.load import load_text
from acuerdo.tracking import coder as coder_module
from acuerdo.tracking import statement as statement_module
from acuerdo.tracking.codebook import CODEBOOK, Codebook, codebook
from acuerdo.tracking.coder import CODINGS, CoderFile
from acuerdo.tracking.ledger import LEDGER, changed, digests, released, unreleased
from acuerdo.tracking.statement import STATEMENTS, StatementFile, load_statements, references, statements

ROOT = Path(__file__).resolve().parents[2]
NAMES = tuple(STATEMENTS.files())


def git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def last_release() -> str:
    """The ledger as last released: of the last tag, or else of the last commit."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is not a clone, so the last release is not known")
    path = "src/acuerdo/statements/released.ledger"
    point = (git("tag", "--sort=-creatordate").splitlines() or ["HEAD"])[0]
    if not git("ls-tree", point, path):
        pytest.skip("no ledger was released yet")
    return git("show", f"{point}:{path}")


def test_what_was_released_is_said_in_the_same_words() -> None:
    assert changed() == ()


def test_every_statement_is_in_the_ledger() -> None:
    assert unreleased() == ()
    assert set(digests()) <= set(released())


def test_the_ledger_only_grows() -> None:
    assert LEDGER.file("released").read_text("utf-8").startswith(last_release())


def test_a_changed_word_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from acuerdo.tracking import ledger

    file = load_statements("us_mx_merida_2010")
    one = file.statements["deliveries_2010"]
    other = one.model_copy(update={"side": "us"})
    edited = file.model_copy(update={"statements": type(file.statements)({one.id: other})})
    real = load_statements
    monkeypatch.setattr(ledger, "load_statements", lambda name: edited if name == file.id else real(name))
    assert changed() == ("us_mx_merida deliveries_2010",)


def test_a_removed_statement_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from acuerdo.tracking import ledger

    file = load_statements("us_mx_merida_2010")
    emptied = file.model_copy(update={"statements": type(file.statements)()})
    real = load_statements
    monkeypatch.setattr(ledger, "load_statements", lambda name: emptied if name == file.id else real(name))
    assert changed() == ("us_mx_merida deliveries_2010",)


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_is_not_seen_before_its_source_is_dated(name: str) -> None:
    file = load_statements(name)
    known = references(file.framework)
    for one in file.statements.values():
        dates = [found for key in one.sources if (found := known[key].date)]
        accessed = [found for key in one.sources if (found := known[key].accessed)]
        if dates:
            assert min(when.start for when in dates) <= one.first_seen.end, one.id
        else:
            # No source shows a date: it counts from the day on which it is known to have been seen.
            assert one.first_seen.end == min(accessed), one.id


def test_ids_of_statements_and_keys_of_sources_mean_one_thing_each() -> None:
    for framework in {load_statements(name).framework for name in NAMES}:
        files = [file for name in NAMES if (file := load_statements(name)).framework == framework]
        assert len(statements(framework)) == sum(len(file.statements) for file in files)
        cited = [(key, one) for file in files for key, one in file.references.items()]
        assert len(dict(cited)) == len(set(cited))


def wrong(text: str, *changes: tuple[str, str]) -> list[str]:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(SpecProblems) as caught:
        load_text(text, StatementFile, name="file.yaml", check=statement_module._faults)
    return [f"{one.where} {one.what.en} {' '.join(one.nearest)}" for one in caught.value.problems]


def test_a_wrong_file_says_everything_that_is_wrong_at_once() -> None:
    text = STATEMENTS.file("us_mx_merida_2010").read_text("utf-8")
    line = {key: number for number, key in enumerate(map(str.strip, text.splitlines()), 1)}
    found = wrong(
        text, ("- package_2007", "- packge_2007"), ("- S62", "- S6222"), ("year: 2010", "year: 2011")
    )
    assert len(found) == 4
    assert any(f"file.yaml:{line['- package_2007']}:" in one and "package_2007" in one for one in found)
    assert any(f"file.yaml:{line['- S62']}:" in one and "S62" in one for one in found)
    assert any("another year" in one for one in found)
    assert any("framework and the year" in one for one in found)


def test_a_statement_cannot_be_seen_before_it_was_said() -> None:
    text = STATEMENTS.file("us_mx_merida_2010").read_text("utf-8")
    found = wrong(text, ("said_on: 2010-07-21", "said_on: 2010-12-01"))
    assert any("before it is said" in one for one in found)


def test_a_coder_must_judge_everything_and_nothing_else() -> None:
    data = yaml.safe_load(CODINGS.file("acuerdo").read_text("utf-8"))
    data["coded_on"] = str(data["coded_on"])
    readings = data["readings"]["us_mx_merida"]
    del readings["merida_dead"]
    readings["deliveries_2010"]["no_such_promise"] = {"finding": "done"}
    del data["judged"]["us_mx_merida"]["package_2007"]
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    with pytest.raises(SpecProblems) as caught:
        load_text(text, CoderFile, name="coder.yaml", check=coder_module._faults)
    told = " ".join(one.what.en for one in caught.value.problems)
    assert len(caught.value.problems) == 3
    for name in ("merida_dead", "no_such_promise", "package_2007"):
        assert name in told


def test_another_version_of_the_codebook_is_refused() -> None:
    text = CODINGS.file("acuerdo").read_text("utf-8").replace("codebook: 2", "codebook: 7")
    with pytest.raises(SpecProblems, match="version 2"):
        load_text(text, CoderFile, name="coder.yaml", check=coder_module._faults)


def test_every_code_has_a_rule_and_two_examples_in_both_languages() -> None:
    for axis in codebook().axes.values():
        for one in axis.codes.values():
            assert len(one.examples) >= 2
            assert all(text.en and text.es for text in (one.title, one.rule, *one.examples))


def test_the_codebook_lists_exactly_the_codes_that_can_be_given() -> None:
    from typing import get_args

    from acuerdo.spec.library import framework
    from acuerdo.spec.sides import obliged_sides
    from acuerdo.tracking import codebook as book

    bicentennial = framework("us_mx_bicentennial")
    given = {
        "finding": get_args(book.Finding),
        "level": (*get_args(book.LevelCode), "reversed"),
        "timeliness": get_args(book.Timeliness),
        "correspondence": get_args(book.Correspondence),
        "works": get_args(book.Works),
        "obliged": (
            "us",
            "mx",
            *(key for key in obliged_sides(bicentennial) if key not in bicentennial.parties),
        ),
        "nature": get_args(book.Nature),
        "verifiable": get_args(book.Verifiable),
        "potential": get_args(book.Potential),
    }
    assert {key: set(axis.codes) for key, axis in codebook().axes.items()} == {
        key: set(codes) for key, codes in given.items()
    }


def test_the_codebook_loads_strictly() -> None:
    text = CODEBOOK.read_text("utf-8").replace("raises_to: 3", "raises_to: 4", 1)
    with pytest.raises(SpecProblems):
        load_text(text, Codebook, name="codebook.yaml")
