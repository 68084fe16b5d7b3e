"""Both sides sign a contract's digest in the record between them, and only then can it be frozen there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.evaluation.making import changed
from tests.record.conftest import Side, make_pair, meet

from acuerdo.core.errors import CheckFailed
from acuerdo.evaluation.answers import Evaluation
from acuerdo.evaluation.load import CONTRACTS, load
from acuerdo.evaluation.signatures import signatures
from acuerdo.record.answers import Record
from acuerdo.workspace import Workspace

DAY = date(2026, 1, 1)
TITLE = {"en": "Leads and lags", "es": "Adelantos y rezagos"}
pytest.importorskip("scipy")


@pytest.fixture
def sides(tmp_path: Path) -> Iterator[tuple[Side, Side]]:
    us, mx = make_pair(tmp_path)
    yield us, mx
    us.node.close()
    mx.node.close()


@pytest.fixture
def mine(tmp_path: Path) -> str:
    source = CONTRACTS.file("seizures_and_overdose_deaths")
    return str(changed(tmp_path, source, plan__trial={"draws": 20}, plan__robustness={}))


def terms(path: str) -> dict[str, Any]:
    contract = load(Path(path))
    return {"contract": contract.id, "terms": contract.digest, "title": TITLE}


def desk_of(folder: Path, tmp_path: Path) -> Evaluation:
    return Evaluation(Workspace.open(tmp_path / "store").store, record=Record(folder))


def test_where_no_record_is_kept_nobody_has_signed(tmp_path: Path, mine: str) -> None:
    one = desk_of(tmp_path / "nowhere", tmp_path).answered(mine)
    assert (one.signatures.state, one.signatures.sides) == ("no_record", ())


def test_where_a_record_is_kept_a_contract_is_frozen_only_with_both_signatures(
    sides: tuple[Side, Side], tmp_path: Path, mine: str
) -> None:
    us, mx = sides
    desk_of(tmp_path / "us", tmp_path).calibrate(mine, on=DAY)

    def seen() -> Any:
        return desk_of(tmp_path / "us", tmp_path).answered(mine).signatures

    assert seen().state == "nobody"
    with pytest.raises(CheckFailed, match="acuerdo propose evaluation_contract contract=seizures") as caught:
        desk_of(tmp_path / "us", tmp_path).freeze(mine, on=DAY)
    assert "accept evaluation_contract:seizures_and_overdose_deaths" in caught.value.render("es")
    us.sign(us.desk.propose("evaluation_contract", terms(mine), under="version 1"))
    assert (seen().state, seen().sides) == ("one_side", ("us",))
    meet(us, mx)
    mx.sign(mx.desk.accept("evaluation_contract:seizures_and_overdose_deaths"))
    meet(us, mx)
    assert (seen().state, seen().sides) == ("both", ("mx", "us"))
    desk_of(tmp_path / "us", tmp_path).freeze(mine, on=DAY)
    assert desk_of(tmp_path / "us", tmp_path).answered(mine).state == "frozen"


def test_signatures_under_other_words_do_not_count(
    sides: tuple[Side, Side], tmp_path: Path, mine: str
) -> None:
    us, mx = sides
    us.sign(us.desk.propose("evaluation_contract", terms(mine), under="version 1"))
    meet(us, mx)
    reserved = {"en": "Without the annex.", "es": "Sin el anexo."}
    mx.sign(mx.desk.accept("evaluation_contract:seizures_and_overdose_deaths", reservation=reserved))
    meet(us, mx)
    assert signatures(Record(tmp_path / "us").known(), load(Path(mine))).state == "reserved"
    path = Path(mine)
    words = path.read_text("utf-8").replace("smallest_effect: 3", "smallest_effect: 4")
    path.write_text(words, encoding="utf-8")
    assert signatures(Record(tmp_path / "us").known(), load(path)).state == "nobody"


def test_what_is_published_knows_only_public_signatures(
    sides: tuple[Side, Side], tmp_path: Path, mine: str
) -> None:
    us, _ = sides
    us.sign(us.desk.propose("evaluation_contract", terms(mine), under="version 1"))
    record = Record(tmp_path / "us")
    assert signatures(record.known(), load(Path(mine))).state == "one_side"
    assert signatures(record.known(public=True), load(Path(mine))).state == "nobody"
