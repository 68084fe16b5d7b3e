"""A made framework with made figures, and the site of a review of it; and the review of what ships."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from acuerdo.core.period import Period
from acuerdo.core.place import Place, PlaceLevel, children, place
from acuerdo.core.status import Status
from acuerdo.core.text import LANGS, same
from acuerdo.core.unit import unit
from acuerdo.data.release import Coverage, Release
from acuerdo.data.source import Basis, Published
from acuerdo.foresight.library import models
from acuerdo.indicators.load import indicator
from acuerdo.indicators.value import IndicatorSeries, Value
from acuerdo.review import site
from acuerdo.review.charts.press import Press
from acuerdo.review.dossier import Dossier
from acuerdo.review.known import known_on
from acuerdo.review.reading import Reading
from acuerdo.spec.library import load_framework
from acuerdo.workspace import Workspace

FOLDER = Path(__file__).parent
SOURCE = "inegi_homicides_national"
FIRST, SECOND = date(2021, 7, 30), date(2023, 10, 25)
CHROMIUM = Path("/usr/bin/chromium")
# Year: first published, then revised. 2019 was never counted.
PUBLISHED = {2018: (100.0, 100.0), 2020: (90.0, 99.0), 2021: (80.0, 84.0), 2022: (None, 61.5)}


def release(on: date, number: int) -> Release:
    return Release(
        source=SOURCE,
        title=same("Made"),
        publisher=same("Made"),
        licence="none",
        url="",
        published=Published(on, Basis.PRINTED),
        retrieved=date(2024, 1, 2),
        name=f"made-{number}.csv",
        sha256=f"{number}" * 64,
        bytes=10,
        rows_read=4,
        vintages=(on,),
        coverage=(
            Coverage(
                series=f"{SOURCE}.deaths",
                rows=4,
                first=date(2018, 1, 1),
                last=date(on.year - 1, 12, 31),
                total=1,
            ),
        ),
        sequence=number,
    )


RELEASES = (release(FIRST, 1), release(SECOND, 2))


def value(where: Place, year: int, figure: float | None, on: date, *, firm: bool = True) -> Value:
    return Value(
        place=where,
        breakdown="",
        period=Period.year(year),
        value=figure,
        unit=unit("deaths"),
        status=Status.MISSING if figure is None else Status.NORMAL if firm else Status.PROVISIONAL,
        known_from=on,
        releases=tuple(one.id for one in RELEASES if one.published.on == on),
    )


def series(as_of: date) -> IndicatorSeries:
    """The made figures as of a day: one publication, or two."""
    states = children("MX", PlaceLevel.STATE)[:20]
    values: list[Value] = []
    for year, (first, second) in PUBLISHED.items():
        now, on = (second, SECOND) if as_of >= SECOND else (first, FIRST)
        if as_of < FIRST or on.year < year + 1:
            continue
        values.append(value(place("MX"), year, now, on, firm=year < 2022))
        values += [
            value(one, year, None if now is None or number == 3 else now / (number + 2), on)
            for number, one in enumerate(states)
        ]
    return IndicatorSeries(
        indicator="mx_homicide_deaths",
        as_of=as_of,
        unit=unit("deaths"),
        values=tuple(sorted(values, key=lambda one: (one.place.code, one.period))),
    )


def reading(day: date) -> Reading:
    """The made figures under an indicator of the catalog, which gives the words."""
    real = indicator("mx_homicide_deaths")
    own = real.model_copy(update={"objectives": ("made:deaths",), "rivals": ()})
    history = tuple(series(on) for on in (FIRST, SECOND) if on <= day)
    return Reading(indicator=own, series=series(day), history=history, launched=date(2020, 3, 5))


def made(day: date, *, as_of: bool) -> Dossier:
    return Dossier(
        framework=known_on(load_framework(FOLDER / "made.yaml"), day),
        others={},
        day=day,
        as_of=as_of,
        retold=day < date(2024, 6, 1),
        readings={"mx_homicide_deaths": reading(day)},
        releases=tuple(one for one in reversed(RELEASES) if one.published.on <= day),
        sources=Workspace.sources(),
        corrections={},
        models={} if as_of else models(),
    )


def put(dossier: Dossier, folder: Path) -> Path:
    """The files of a review of a dossier, without the stamp of a stored workspace."""
    pages = site.compose(dossier)
    edition = site._edition(dossier)
    with Press() as press:
        files = dict(site._files(pages, edition, langs=LANGS, press=press))
    site._put(folder, files, earlier={})
    stamp = site._stamp(pages, edition, inputs="made", files=files)
    (folder / "review.json").write_text(stamp, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def dossier() -> Dossier:
    return made(date(2024, 6, 1), as_of=False)


@pytest.fixture(scope="session")
def made_site(dossier: Dossier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(dossier, tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="session")
def shipped(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """The review of the Bicentennial Framework from the packaged evidence alone; only to be read."""

    def fill(folder: Path) -> None:
        site.write(Workspace.open(folder / "no_store"), "us_mx_bicentennial", out=folder / "review")

    return made_once("shipped", fill) / "review"


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Headless Chromium; a test that asks for it is skipped where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.is_file():
        pytest.skip(f"there is no Chromium at {CHROMIUM}")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=[*flags, "--disable-sync"])
        yield running
        running.close()
