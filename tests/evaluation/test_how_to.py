"""The page on using a method alone runs as it is printed."""

from __future__ import annotations

import doctest
import re
import shutil
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[2] / "docs" / "how-to"
FILES = ("california_prop99_packs.csv.gz", "smoking_prop99_full.dta.gz", "mpdta.csv.gz")


def code(name: str) -> str:
    """What stands between the fences, with a blank line where each ends."""
    blocks = re.findall(r"^```python\n(.*?)^```", (PAGES / name).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return "\n".join(blocks)


def test_both_languages_show_the_same_code() -> None:
    assert code("use-a-method-alone.md") == code("use-a-method-alone.es.md")


@pytest.mark.slow
@pytest.mark.real_data
def test_the_page_says_what_happens(
    real_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("statsmodels")
    for name in FILES:
        shutil.copyfile(real_data / "causal_canon" / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    page = doctest.DocTestParser().get_doctest(
        code("use-a-method-alone.md"), {}, "use-a-method-alone", None, 0
    )
    failed, tried = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(page)
    assert tried > 40
    assert failed == 0, capsys.readouterr().out
