"""OFAC's list: counts by programme and country, with a day, and nothing about anybody."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import IngestRefused
from acuerdo.data.ingest import Origin, ingest
from acuerdo.data.store import Store

ID = "ofac_sdn"
NULLS = ",".join(["-0- "] * 7)
SOMEBODY = '37,"SOMEBODY","individual","SDNTK] [ILLICIT-DRUGS-EO14059",'
LINES = (
    f'36,"AIRLINE",-0- ,"CUBA",{NULLS},-0- ',
    (
        f'37,"SOMEBODY","individual","SDNTK] [ILLICIT-DRUGS-EO14059",{NULLS},'
        '"DOB 1970; nationality Mexico; R.F.C. X (Mexico)."'
    ),
    f'38,"SOMEBODY ELSE","individual","SDNTK",{NULLS},"citizen Colombia; alt. citizen Mexico."',
)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "sdn_2024-05-03.csv"
    path.write_bytes("\r\n".join((*LINES, "\x1a")).encode("latin-1"))
    return path


def test_counts_by_programme_and_country(read: Any, listed: Path) -> None:
    reading = read(ID, listed)
    assert reading.rows("SELECT series, place, breakdown, period, value FROM observed ORDER BY ALL") == [
        (f"{ID}.entries", "US", "", "2024-05-03", 3),
        (f"{ID}.entries", "US", "program=CUBA", "2024-05-03", 1),
        (f"{ID}.entries", "US", "program=ILLICIT-DRUGS-EO14059", "2024-05-03", 1),
        (f"{ID}.entries", "US", "program=SDNTK", "2024-05-03", 2),
        (f"{ID}.mentions", "MX", "", "2024-05-03", 2),
        (f"{ID}.mentions", "MX", "program=ILLICIT-DRUGS-EO14059", "2024-05-03", 1),
        (f"{ID}.mentions", "MX", "program=SDNTK", "2024-05-03", 2),
        (f"{ID}.nationals", "CO", "", "2024-05-03", 1),
        (f"{ID}.nationals", "CO", "program=SDNTK", "2024-05-03", 1),
        (f"{ID}.nationals", "MX", "", "2024-05-03", 2),
        (f"{ID}.nationals", "MX", "program=ILLICIT-DRUGS-EO14059", "2024-05-03", 1),
        (f"{ID}.nationals", "MX", "program=SDNTK", "2024-05-03", 2),
    ]
    assert reading.parsed.published.basis == "retrieved"


def test_no_name_reaches_the_store(tmp_path: Path, listed: Path) -> None:
    ingested = ingest(listed, Store(tmp_path / "store"))
    assert ingested.release.path is not None
    stored = ingested.release.path.read_bytes()
    assert b"SOMEBODY" not in stored
    assert b"AIRLINE" not in stored


def test_a_list_without_a_day_is_refused_until_the_user_gives_one(tmp_path: Path, listed: Path) -> None:
    unnamed = listed.rename(tmp_path / "sdn.csv")
    store = Store(tmp_path / "store")
    with pytest.raises(IngestRefused, match="does not say of what day it is"):
        ingest(unnamed, store)
    release = ingest(unnamed, store, origin=Origin(published=date(2024, 5, 3))).release
    assert (str(release.published.on), release.published.basis) == ("2024-05-03", "stated")


def test_a_list_cut_off_in_a_row_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sdn_2024-05-03.csv"
    path.write_bytes("\r\n".join(LINES).encode("latin-1")[:-150])
    with pytest.raises(IngestRefused, match="twelve cells"):
        ingest(path, Store(tmp_path / "store"))


@pytest.mark.real_data
def test_the_two_dated_lists(read: Any, real_data: Path) -> None:
    earlier, later = (
        read(ID, real_data / "sanctions" / f"ofac_sdn_{day}.csv.xz") for day in ("2021-08-18", "2024-05-03")
    )
    count = f"series = '{ID}.entries' AND breakdown = '{{}}'"
    # The file has 14,966 lines; the last is the control character that ends it
    assert later.total(count.format("")) == 14_965
    assert earlier.total(count.format("")) == 9_083
    assert later.total(count.format("program=SDNTK")) == 1_439
    assert later.total(count.format("program=ILLICIT-DRUGS-EO14059")) == 293
    assert earlier.total(count.format("program=SDNTK")) == 1_770
    mentions = f"series = '{ID}.mentions' AND breakdown = '{{}}'"
    # In each file one more line has MEXICO, in capitals, in the name of a company
    assert later.total(mentions.format("")) == 794
    assert earlier.total(mentions.format("program=SDNTK")) == 637
