"""What every source plug-in must be, whoever wrote it: complete, in both languages, and sure of its own files."""

from __future__ import annotations

import datetime
import re
import tempfile
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from tests.scripts import script

from acuerdo.core.errors import AcuerdoError
from acuerdo.core.period import Period
from acuerdo.core.place import places
from acuerdo.core.text import Text
from acuerdo.core.unit import UNITS
from acuerdo.data.cited_figures import packaged_files
from acuerdo.data.ingest import ingest
from acuerdo.data.recognise import SOURCES, source, sources
from acuerdo.data.release import Release
from acuerdo.data.sample import sample
from acuerdo.data.source import AbstractSource, Format, Sample
from acuerdo.data.sql import parquet
from acuerdo.data.store import Store, session
from acuerdo.data.unpack import Unpacked, unpack
from acuerdo.workspace import EVIDENCE

IDS = tuple(SOURCES.files())
# Of these files no row is packed: the monthly triangles of some states
UNPACKED = "mx_homicides/inegi_mun_month_x_registration_1990-2008/"
# What comes with the software, by source
PACKED = {
    source_id: tuple(releases)
    for source_id, releases in groupby(Store(EVIDENCE).releases(), key=lambda one: one.source)
}
DATA_SUFFIXES = {".bz2", ".csv", ".gz", ".parquet", ".rda", ".xlsx", ".xz"}
# Families of files and whose they are; what is not listed may be anybody's, but only one's
OWNERS = {
    "mx_homicides/gargiulo_muni_month*": "inegi_homicides_municipal_month",
    "mx_homicides/gargiulo_state_month*": "inegi_homicides_state_month",
    "mx_homicides/national_INEGI*": "inegi_homicides_national",
    "mx_homicides/inegi_mun_year*": "inegi_homicides_registration",
    "mx_homicides/inegi_mun_month*/*": "inegi_homicides_registration",
    "mx_homicides/daily_preliminary*": "sspc_daily",
    "mx_homicides/gallebot*/*": "inegi_homicides_age_sex",
    "mx_population/conapo_state_sex*": "conapo_population_state",
    "mx_population/conapo_municipal*": "conapo_population_municipal",
    "mx_crime_sesnsp/raw_state_vintages*/*": "sesnsp_investigations",
    "mx_crime_sesnsp/victims_state_vintages/*": "sesnsp_victims",
    "mx_crime_sesnsp/db_victimas*": "sesnsp_victims",
    "mx_missing/rnpdno_panel*": "rnpdno_missing",
    "conflict_events/UCDP*.csv.xz": "ucdp_events",
    "conflict_events/CIDE_PPD_All*": "cide_ppd_events",
    "us_border_seizures/nationwide-drugs*": "cbp_drug_seizures",
    "us_border_seizures/amo-drug-seizures*": "cbp_air_marine_seizures",
    "us_border_seizures/cbp-nationwide-encounters*": "cbp_encounters",
    "us_border_seizures/usbp_monthly*": "usbp_apprehensions",
    "us_nflis/NFLIS*": "dea_nflis",
    "us_overdose/VSRR_provisional*": "cdc_vsrr",
    "us_overdose/NCHS_drug_poisoning*": "nchs_overdose_deaths",
    "us_overdose/NCHS_drug_overdose_death_rates*": "nchs_overdose_rates",
    "aid/us_foreign_aid*": "foreign_assistance",
    "sanctions/ofac_sdn*": "ofac_sdn",
    "indices/global_oc_index*": "gitoc_index",
    "indices/WGI_rule_of_law*": "wgi_rule_of_law",
}  # fmt: skip


def texts(value: Any) -> list[Text]:
    """Every bilingual text of a source's facts."""
    if isinstance(value, Text):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in texts(item)]
    names = getattr(value, "__dataclass_fields__", {})
    return [text for name in names for text in texts(getattr(value, name))]


@pytest.fixture(params=IDS)
def plugin(request: pytest.FixtureRequest) -> tuple[str, AbstractSource]:
    return request.param, source(request.param)


def test_it_is_one_final_class_deriving_the_abstract_one(plugin: tuple[str, AbstractSource]) -> None:
    _, one = plugin
    assert isinstance(one, AbstractSource)
    assert type(one).__mro__[1] is AbstractSource
    assert getattr(type(one), "__final__", False), "the class is decorated with @final"


def test_its_series_are_its_own_and_unique(plugin: tuple[str, AbstractSource]) -> None:
    name, one = plugin
    assert one.series
    assert all(re.fullmatch(rf"{name}\.[a-z][a-z0-9_]*", series.id) for series in one.series)
    everywhere = [series.id for other in sources().values() for series in other.series]
    assert len(everywhere) == len(set(everywhere))


def test_its_units_are_known(plugin: tuple[str, AbstractSource]) -> None:
    assert {series.unit for series in plugin[1].series} <= UNITS.keys()


def test_it_says_who_publishes_what_under_which_terms(plugin: tuple[str, AbstractSource]) -> None:
    about = plugin[1].about
    assert about.licence.id
    assert about.citation.key
    assert about.citation.title
    assert about.citation.publisher
    assert about.caveats, "every data set has something that its user must know"
    assert about.encoding in {"utf-8", "latin-1"}
    addresses = (about.landing_page, about.download, about.licence.url, about.citation.url)
    assert all(re.match(r"https?://[^\s]+\.[^\s]+$", address) for address in addresses if address)


def test_its_words_differ_between_the_languages(plugin: tuple[str, AbstractSource]) -> None:
    """A sentence that reads alike in English and in Spanish has not been translated; a proper name may."""
    _, one = plugin
    sentences = [text for text in texts((one.about, one.series)) if len(text.en.split()) > 8]
    assert sentences
    assert [text.en for text in sentences if text.en == text.es] == []
    spanish = " ".join(text.es for text in sentences)
    assert re.search(r"[áéíóúñ]", spanish), "Spanish is written with its accents"


@pytest.mark.parametrize(
    "other",
    [
        Sample(format=Format.TEXT),
        Sample(format=Format.TEXT, lines=("",)),
        Sample(format=Format.TEXT, lines=("<!DOCTYPE html>", "<html><body>404</body></html>")),
        Sample(format=Format.TEXT, lines=("a,b,c", "1,2,3")),
        Sample(format=Format.PARQUET, columns=("a", "b")),
        Sample(format=Format.RDA, columns=("mtcars",)),
        Sample(format=Format.XLSX, sheets={"Sheet1": (("a", "b"), ("1", "2"))}),
        Sample(format=Format.XLSX, sheets={"Empty": ()}),
    ],
    ids=[
        "nothing",
        "blank",
        "web page",
        "any table",
        "any parquet",
        "an R object",
        "any workbook",
        "empty sheet",
    ],
)
def test_it_does_not_claim_what_is_not_its(plugin: tuple[str, AbstractSource], other: Sample) -> None:
    assert not plugin[1].recognises(other)


@pytest.fixture(scope="session")
def samples(real_data: Path) -> dict[str, tuple[Unpacked, Sample]]:
    """Every real data file: its fingerprint and size when unpacked, and its beginning."""
    found: dict[str, tuple[Unpacked, Sample]] = {}
    for path in sorted(real_data.rglob("*")):
        if path.suffix not in DATA_SUFFIXES:
            continue
        with tempfile.TemporaryDirectory() as scratch:
            try:
                unpacked = unpack(path, Path(scratch))
                found[path.relative_to(real_data).as_posix()] = (unpacked, sample(unpacked))
            except AcuerdoError:
                continue
    return found


@pytest.fixture(scope="session")
def claims(samples: dict[str, tuple[Unpacked, Sample]]) -> dict[str, set[str]]:
    """Which sources claim each file."""
    return {
        name: {source_id for source_id, one in sources().items() if one.recognises(beginning)}
        for name, (_, beginning) in samples.items()
    }


@pytest.mark.real_data
@pytest.mark.slow
def test_no_file_is_claimed_twice(claims: dict[str, set[str]]) -> None:
    assert {name: owners for name, owners in claims.items() if len(owners) > 1} == {}


@pytest.mark.real_data
@pytest.mark.slow
@pytest.mark.parametrize(("family", "owner"), OWNERS.items(), ids=OWNERS.values())
def test_each_family_is_claimed_by_its_source(
    family: str, owner: str, claims: dict[str, set[str]], real_data: Path
) -> None:
    names = [path.relative_to(real_data).as_posix() for path in real_data.glob(family)]
    assert names
    assert {name: claims[name] for name in names} == {name: {owner} for name in names}


@pytest.mark.real_data
@pytest.mark.slow
@pytest.mark.parametrize("source_id", IDS)
def test_it_reads_its_smallest_real_file(
    source_id: str,
    samples: dict[str, tuple[Unpacked, Sample]],
    claims: dict[str, set[str]],
    real_data: Path,
    tmp_path: Path,
) -> None:
    mine = [name for name, owners in claims.items() if source_id in owners]
    if not mine:
        pytest.skip(f"no real file of {source_id} here")
    name = min(mine, key=lambda one: (one.startswith(UNPACKED), samples[one][0].bytes))
    release = ingest(real_data / name, Store(tmp_path)).release
    assert release.path is not None
    with session() as connection:
        stored = parquet([release.path])
        rows = connection.execute(f"SELECT DISTINCT place, period FROM {stored}").fetchall()
        breakdowns = connection.execute(
            f"SELECT DISTINCT breakdown FROM {stored} WHERE breakdown <> ''"
        ).fetchall()
    assert {place for place, _ in rows} <= places().keys()
    assert all(Period.parse(period) for _, period in rows)
    assert [text for (text,) in breakdowns if not well_formed(text)] == []
    assert datetime.date(1990, 1, 1) < release.published.on < datetime.date(2100, 1, 1)
    assert release.rows_read > 0
    if source_id in PACKED:
        packed = {one.id for one in PACKED[source_id]}
        assert packed_anew(release, tmp_path) & packed, "make evidence"


@pytest.mark.real_data
@pytest.mark.slow
def test_every_file_of_a_packed_source_is_packed(
    samples: dict[str, tuple[Unpacked, Sample]], claims: dict[str, set[str]]
) -> None:
    passed_over = script("build_evidence").PASSED_OVER
    there = {
        unpacked.sha256
        for name, (unpacked, _) in samples.items()
        if claims[name] & PACKED.keys() and not name.endswith(passed_over) and not name.startswith(UNPACKED)
    }
    cited = {one.sha256 for one in PACKED["published_figures"]}
    assert {one.sha256 for releases in PACKED.values() for one in releases} - cited == there, "make evidence"


def test_the_cited_figures_are_packed_as_they_stand(tmp_path: Path) -> None:
    whole = Store(tmp_path / "whole")
    packed = [packed_anew(ingest(path, whole).release, tmp_path) for path in packaged_files()]
    assert set().union(*packed) == {one.id for one in PACKED["published_figures"]}, "make evidence"


def packed_anew(release: Release, folder: Path) -> set[str]:
    """The name, which stands for the content, of what the script packs of a release."""
    packed = Store(folder / "packed" / release.sha256)
    script("build_evidence").pack(release, packed)
    return {one.id for one in packed.releases()}


def well_formed(breakdown: str) -> bool:
    """``key=label`` joined by semicolons, the keys in order and each once."""
    parts = [part.partition("=") for part in breakdown.split(";")]
    keys = [key for key, _, _ in parts]
    return keys == sorted(set(keys)) and all(
        sign and label and re.fullmatch(r"[a-z_]+", key) for key, sign, label in parts
    )
