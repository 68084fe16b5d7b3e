from datetime import date
from pathlib import Path

import pytest

from acuerdo.core.errors import UsageError
from acuerdo.data.batch import ingest_all
from acuerdo.data.store import Store


def test_every_path_that_is_not_there_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        ingest_all([tmp_path / "one.csv", tmp_path / "two.csv"], Store(tmp_path / "store"))
    assert [Path(problem.where).name for problem in caught.value.problems] == ["one.csv", "two.csv"]
    assert not (tmp_path / "store").exists()


def test_a_refused_file_stops_no_other_and_is_counted_along(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for name in ("b.csv", "a.csv", ".hidden"):
        (folder / name).write_text("nothing,that,is,known\n1,2,3,4\n", "utf-8")
    seen: list[tuple[str, int, int]] = []
    outcomes = ingest_all(
        [folder, folder / "a.csv"],
        Store(tmp_path / "store"),
        published=date(2024, 1, 1),
        advance=lambda name, done, total: seen.append((name, done, total)),
    )
    assert [one.path.name for one in outcomes] == ["a.csv", "b.csv"]
    assert all(one.refused and one.ingested is None for one in outcomes)
    assert seen == [("a.csv", 0, 2), ("b.csv", 1, 2)]
