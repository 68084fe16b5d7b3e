"""Every fault that a file of claims can have: one wrong file each, with its message in both languages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from acuerdo.claims.load import load
from acuerdo.core.errors import SpecProblems
from acuerdo.core.text import LANGS, Lang

WRONG = Path(__file__).with_name("wrong")
REFRESH = os.environ.get("ACUERDO_REFRESH_GOLDEN") == "1"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", sorted(path.stem for path in WRONG.glob("*.yaml")))
def test_each_wrong_file_gives_its_message(name: str, lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(WRONG)
    with pytest.raises(SpecProblems) as caught:
        load(Path(f"{name}.yaml"))
    golden = WRONG / f"{name}.{lang}.txt"
    rendered = caught.value.render(lang) + "\n"
    if REFRESH:
        golden.write_text(rendered, encoding="utf-8")
    assert len(caught.value.problems) == 1, rendered
    assert rendered == golden.read_text("utf-8")


def test_all_faults_of_a_file_come_at_once(tmp_path: Path) -> None:
    lines = [
        (WRONG / f"{name}.yaml").read_text("utf-8").partition("claims:\n")[2].replace("  it:", f"  {name}:")
        for name in ("no_number", "indicator_unknown", "event_unknown", "periods_crossed")
    ]
    head = (WRONG / "no_number.yaml").read_text("utf-8").partition("claims:\n")[0]
    file = tmp_path / "all.yaml"
    file.write_text(head.replace("no_number", "all") + "claims:\n" + "".join(lines), encoding="utf-8")
    with pytest.raises(SpecProblems) as caught:
        load(file)
    assert len(caught.value.problems) == 4
    assert all(problem.where.count(":") >= 2 for problem in caught.value.problems)
