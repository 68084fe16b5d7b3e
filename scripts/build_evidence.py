"""Builds the packaged evidence from the publishers' files: the part of each that the indicators rest on.

Every release keeps the fingerprint of the whole file, its publisher, its licence and its day of publication. Only
sources whose terms allow it are packed, and no source holds anything about a named person. The same files give the
same bytes.

    python scripts/build_evidence.py --data ../shared/data
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from acuerdo.core.errors import AcuerdoError
from acuerdo.data.cited_figures import packaged_files
from acuerdo.data.ingest import ingest
from acuerdo.data.observations import coverage_of
from acuerdo.data.recognise import sources
from acuerdo.data.release import Release
from acuerdo.data.sql import literal, parquet
from acuerdo.data.store import OBSERVATION, Store, session
from acuerdo.indicators.load import catalog
from acuerdo.indicators.recipe import Selection, selections
from acuerdo.indicators.setting import input_series

ROOT = Path(__file__).resolve().parents[1]
EVIDENCE = ROOT / "src" / "acuerdo" / "evidence"
MOST_BYTES = 8_000_000
# Notes; and files of R, which only an optional library reads: what one of them holds lies there as text too
PASSED_OVER = (".md", ".rda")

# What is packed of the larger sources besides the two countries; of the others, all of it.
KEEP: Mapping[str, str] = {
    "conapo_population_municipal": "breakdown = '' AND period BETWEEN '1990' AND '2027'",
    "conapo_population_state": "period BETWEEN '1990' AND '2040'",
    "inegi_homicides_registration": "length(place) <= 5 AND NOT ends_with(series, '_month')",
    "rnpdno_missing": "length(place) = 8",
}
# Sources whose tables are wide in labels: only those that some indicator uses.
ONLY_USED_LABELS = ("sesnsp_investigations", "sesnsp_victims")
# No indicator rests on these; claims, data health and the revision charts do.
BESIDE_THE_INDICATORS = (
    "conapo_population_state",
    "inegi_homicides_registration",
    "inegi_homicides_state_month",
)


def main() -> None:
    """Ingests everything into a scratch store, packs a part of each release, and puts the result in place."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--out", type=Path, default=EVIDENCE)
    arguments = parser.parse_args()
    files = [*sorted(_files(arguments.data)), *packaged_files()]
    with tempfile.TemporaryDirectory() as folder:
        whole, packed = Store(Path(folder) / "whole"), Store(Path(folder) / "packed")
        _ingest(files, whole)
        for release in whole.releases():
            if release.source in packed_sources():
                pack(release, packed)
        size = _report(packed)
        if size > MOST_BYTES:
            sys.exit(f"{size:,} bytes are more than the {MOST_BYTES:,} allowed")
        shutil.rmtree(arguments.out / "releases", ignore_errors=True)
        shutil.copytree(packed.roots[0] / "releases", arguments.out / "releases")


def packed_sources() -> set[str]:
    """The sources that are of use and may be packed."""
    used = {series.partition(".")[0] for one in catalog().values() for series in input_series(one)}
    return {one for one in used | {*BESIDE_THE_INDICATORS} if sources()[one].about.licence.open}


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        sys.exit(f"{folder} is not a folder; name the one with the publishers' files: --data FOLDER")
    return (path for path in folder.rglob("*") if path.is_file() and path.suffix not in PASSED_OVER)


def _ingest(files: list[Path], store: Store) -> None:
    """Ingests what a source knows, and says what none does."""
    refused: list[str] = []
    for path in files:
        try:
            done = ingest(path, store)
        except AcuerdoError as error:
            refused.append(f"  {path.name}: {error.problems[0].what.en.partition('. ')[0]}")
        else:
            print(f"{done.release.id}  {done.release.rows:,} rows  {path.name}")
    print(f"{len(refused)} files are not of a known source or were refused:", *refused, sep="\n")


def pack(release: Release, store: Store) -> None:
    """Stores the part of a release that is packed; nothing if no row of it is."""
    condition, whole = _condition(release.source), parquet([release.path] if release.path else [])
    with session() as connection:
        connection.execute("SET threads = 1")
        connection.execute(f"CREATE TABLE part AS SELECT {OBSERVATION} FROM {whole} WHERE {condition}")
        coverage = coverage_of(connection, "part")
        days = connection.execute("SELECT DISTINCT known_from FROM part ORDER BY known_from").fetchall()
        if coverage:
            part = replace(
                release, coverage=coverage, vintages=tuple(day for (day,) in days), extract=True, path=None
            )
            store.add(part, connection=connection, table="part")


def _condition(source: str) -> str:
    parts = ["left(place, 2) IN ('MX', 'US')", KEEP.get(source, "true")]
    if source in ONLY_USED_LABELS:
        parts.append(" OR ".join(sorted({_uses(leaf) for leaf in _leaves(source)})) or "false")
    return " AND ".join(f"({part})" for part in parts)


def _leaves(source: str) -> Iterator[Selection]:
    for indicator in catalog().values():
        for leaf in selections(indicator.recipe):
            if any(one.startswith(f"{source}.") for one in leaf.series_ids):
                yield leaf


def _uses(leaf: Selection) -> str:
    """The condition on the rows of a selection."""
    series = " OR ".join(f"series = {literal(one)}" for one in leaf.series_ids)
    labels = (
        " OR ".join(f"contains(';' || breakdown || ';', {literal(f';{key}={label};')})" for label in labels)
        for key, labels in (
            (key, (given,) if isinstance(given, str) else given) for key, given in sorted(leaf.where.items())
        )
    )
    return " AND ".join(f"({part})" for part in (series, *labels))


def _report(store: Store) -> int:
    by_source: dict[str, int] = {}
    for release in store.releases():
        if release.path:
            by_source[release.source] = by_source.get(release.source, 0) + release.path.stat().st_size
    for source, size in by_source.items():
        print(f"{size:>10,}  {source}")
    print(f"{sum(by_source.values()):>10,}  in all")
    return sum(by_source.values())


if __name__ == "__main__":
    main()
