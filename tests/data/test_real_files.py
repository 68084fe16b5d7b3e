"""The publishers' own files, whole: what each says must come out, and nothing else may be claimed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from acuerdo.core.errors import IngestRefused
from acuerdo.data.asof import as_of, as_published, first_release, revisions, vintages
from acuerdo.data.audit import audit
from acuerdo.data.ingest import ingest
from acuerdo.data.query import rows
from acuerdo.data.recognise import sources
from acuerdo.data.sample import sample
from acuerdo.data.store import Store
from acuerdo.data.unpack import unpack

pytestmark = pytest.mark.real_data
# Files that are tables of something else, or no tables: no source may claim them
FOREIGN = (
    "MANIFEST.tsv", "README.md", "aid/quixt_compiled_country_covariates.csv.gz", "causal_canon/mpdta.csv.gz",
    "boundaries/mx_states.topo.json.gz", "mx_population/municipio_names.csv.gz",
    "recruitment_model/BACRIM2020_Nodes.csv",
    "mx_missing/jaaime_coneval_estatal.csv", "indices/transparency_CPI_1995-2017.csv.gz",
)  # fmt: skip


def test_every_file_belongs_to_one_source_at_most(real_data: Path, tmp_path: Path) -> None:
    among = sources()
    claimed: dict[str, int] = {}
    for path in sorted(real_data.rglob("*")):
        if not path.is_file() or path.suffix == ".rda":
            continue
        try:
            looked_at = sample(unpack(path, tmp_path))
        except IngestRefused:
            continue
        claims = [source_id for source_id, one in among.items() if one.recognises(looked_at)]
        assert len(claims) <= 1, path
        for source_id in claims:
            claimed[source_id] = claimed.get(source_id, 0) + 1
    assert set(claimed) == set(among) - {"published_figures"}
    assert claimed["sesnsp_investigations"] == 9


@pytest.mark.parametrize("name", FOREIGN)
def test_a_foreign_file_is_refused(real_data: Path, store: Store, name: str) -> None:
    with pytest.raises(IngestRefused, match="No source knows this file"):
        ingest(real_data / name, store)
    assert store.releases() == ()


@pytest.mark.slow
def test_the_revision_triangle_of_sesnsp_victims(real_data: Path, store: Store) -> None:
    for path in sorted((real_data / "mx_crime_sesnsp/victims_state_vintages").glob("*.xz")):
        ingest(path, store)
    releases, series = store.releases("sesnsp_victims"), ["sesnsp_victims.victims"]

    def june_2023(sql: str) -> float:
        doloso = rows(sql, breakdown="crime=Homicidio doloso")
        return sum(row["value"] for row in doloso if row["period"] == "2023-06")

    # As printed in the national rows of the nine files, which are not read
    printed = [2538, 2541, 2541, 2542, 2542, 2543, 2544, 2545, 2545]
    days = [one.on for one in vintages(releases, series=series)]
    assert [june_2023(as_of(releases, day, series=series)) for day in days] == printed
    assert june_2023(as_of(releases, days[0] - timedelta(days=1), series=series)) == 0
    assert june_2023(first_release(releases, series=series)) == printed[0]
    assert june_2023(as_published(releases, series=series)) == printed[-1]
    kinds = {row["change"] for row in rows(revisions(releases, series=series))}
    assert kinds == {"first", "same", "revision"}


@pytest.mark.slow
def test_the_correction_of_the_register_still_fits(real_data: Path, store: Store) -> None:
    ingest(real_data / "mx_missing/rnpdno_panel_monthly_counts_muni_2015-2025.parquet", store)
    assert audit(store) == ()
    known = rows(
        as_of(store.releases(), series=["rnpdno_missing.located_alive"]), place="MX-09", breakdown=""
    )
    (december,) = [row for row in known if row["period"] == "2025-12"]
    assert (december["value"], december["status"]) == (None, "M")
    assert december["correction"] == "located_alive_december_2025"
