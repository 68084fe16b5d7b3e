"""Writes a review: a folder of pages in each language, the same content as JSON, and what the pages need."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, final

import acuerdo
from acuerdo.core.text import LANGS, Lang
from acuerdo.review import finding, rendering
from acuerdo.review.charts import lines
from acuerdo.review.charts.press import Drawing, Press
from acuerdo.review.dossier import Dossier, Progress, gather
from acuerdo.review.page import Edition, Figure, Link, Page, every
from acuerdo.review.rendering import SIZES, Size
from acuerdo.review.sections import (
    all_pages,
    audit,
    calendar,
    claims,
    commitment,
    commitments,
    coupled,
    data_health,
    documents,
    evaluation,
    evaluations,
    foresight,
    indicator,
    indicators,
    mechanism,
    meetings,
    method,
    money,
    overview,
    scenario,
    sources,
    structure,
    succession,
    what_not_to_sign,
)
from acuerdo.review.wording import say

if TYPE_CHECKING:
    from acuerdo.workspace import Workspace

_PACKAGE: Final = Path(acuerdo.__file__).parent
_ASSETS: Final = Path(__file__).parent / "assets"
_STAMP: Final = "review.json"
_SECTIONS: Final[tuple[Callable[[Dossier], Iterator[Page]], ...]] = (
    overview.pages,
    structure.pages,
    indicators.pages,
    indicator.pages,
    commitments.pages,
    commitment.pages,
    calendar.pages,
    audit.pages,
    meetings.pages,
    documents.pages,
    money.pages,
    succession.pages,
    claims.pages,
    evaluations.pages,
    evaluation.pages,
    what_not_to_sign.pages,
    foresight.pages,
    scenario.pages,
    coupled.pages,
    mechanism.pages,
    data_health.pages,
    sources.pages,
    method.pages,
)
_NAVIGATION: Final = (
    ("index", "overview"), ("indicators/index", "indicators"), ("commitments", "commitments"),
    ("calendar", "calendar"), ("audit", "audit"), ("meetings", "meetings"),
    ("documents", "documents"), ("money", "money"), ("succession", "succession"), ("claims/index", "claims"),
    ("evaluations/index", "evaluations"), ("foresight/index", "foresight"),
    ("data-health", "data_health"), ("sources", "sources"), ("method", "method"),
)  # fmt: skip


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a review came to.

    Attributes:
        folder: Where it lies; ``index.html`` is its first page.
        pages: Number of pages in each language.
        files: Number of files.
        day: The day of the review.
        renewed: False where everything was already as it should be.
    """

    folder: Path
    pages: int
    files: int
    day: date
    renewed: bool


def write(
    workspace: Workspace,
    framework_id: str,
    *,
    out: Path,
    as_of: date | None = None,
    langs: Sequence[Lang] = LANGS,
    progress: Progress | None = None,
) -> Written:
    """Writes the review of a framework; does nothing where the same inputs have already been written there.

    Args:
        out: The folder; files of an earlier review in it are replaced or removed, others are left alone.
        as_of: The review as it could have been written that day.
        langs: Languages, in order.
        progress: Called with what is being done, how much is done and how much there is.

    Raises:
        NotFound: If there is no such framework; names the nearest.
    """
    inputs = _fingerprint(workspace, (framework_id, str(as_of), ",".join(langs)))
    earlier = _read_stamp(out)
    if earlier and earlier["inputs"] == inputs and _unchanged(out, earlier["files"]):
        return Written(
            folder=out, pages=len(earlier["pages"]), files=len(earlier["files"]) + 1,
            day=date.fromisoformat(earlier["day"]), renewed=False,
        )  # fmt: skip
    with Press() as press:
        press.start(lines.grammar)
        dossier = gather(workspace, framework_id, as_of=as_of, progress=progress)
        edition = _edition(dossier)
        pages = compose(dossier)
        if progress:
            progress("charts", 0, len(pages))
        files = dict(_files(pages, edition, langs=langs, press=press))
    _put(out, files, earlier=earlier["files"] if earlier else {})
    stamp = _stamp(pages, edition, inputs=inputs, files=files)
    (out / _STAMP).write_text(stamp, encoding="utf-8")
    return Written(folder=out, pages=len(pages), files=len(files) + 1, day=dossier.day, renewed=True)


def compose(dossier: Dossier) -> list[Page]:
    """Every page of a review, in order; last the one that lists them all."""
    found = [page for section in _SECTIONS for page in section(dossier)]
    return [*found, *all_pages.pages(found)]


def _edition(dossier: Dossier) -> Edition:
    framework = dossier.framework
    return Edition(
        framework=framework.id,
        name=framework.name,
        short_name=framework.short_name,
        day=dossier.day,
        as_of=dossier.as_of,
        version=acuerdo.__version__,
        navigation=tuple(Link(say(f"nav.{key}"), path) for path, key in _NAVIGATION),
    )


def _files(
    pages: Sequence[Page], edition: Edition, *, langs: Sequence[Lang], press: Press
) -> Iterator[tuple[str, bytes]]:
    """Every file of the review by its path in the folder, without the stamp."""
    wanted = _figures(pages, langs, press=press)
    # Another process draws; what needs no drawing is written meanwhile.
    twins = {page.path: rendering.twin(page, edition).encode() for page in pages}
    known = frozenset(page.path for page in pages)

    def drawings(key: tuple[str, str, Lang, Size]) -> tuple[Drawing, str]:
        return wanted[key], press.finished(wanted[key])

    for page in pages:
        for lang in langs:
            text = rendering.html(page, lang, edition=edition, langs=langs, known=known, drawings=drawings)
            yield f"{lang}/{page.path}.html", text.encode()
            yield from ((f"{lang}/{one.path}", one.text.in_(lang).encode()) for one in page.downloads)
        yield f"data/{page.path}.json", twins[page.path]
    found = tuple(finding.entries(pages))
    for lang in langs:
        yield f"{lang}/{finding.INDEX}", finding.index(found, lang).encode()
    yield "index.html", rendering.cover({"name": edition.name, "langs": tuple(langs)}).encode()
    for asset in sorted(_ASSETS.rglob("*")):
        if asset.is_file():
            yield f"assets/{asset.relative_to(_ASSETS).as_posix()}", asset.read_bytes()


def _figures(
    pages: Iterable[Page], langs: Sequence[Lang], *, press: Press
) -> dict[tuple[str, str, Lang, Size], Drawing]:
    """Every figure of every page in every language and size, each handed to the press as soon as it is set."""
    wanted: dict[tuple[str, str, Lang, Size], Drawing] = {}
    for page in pages:
        for figure in every(Figure, page.content):
            for lang in langs:
                for size in SIZES:
                    drawing = wanted[page.path, figure.name, lang, size] = figure.draw(lang, size)
                    press.ask(drawing.order)
    return wanted


def _put(out: Path, files: dict[str, bytes], *, earlier: dict[str, str]) -> None:
    for gone in earlier.keys() - files.keys():
        (out / gone).unlink(missing_ok=True)
    for folder in {(out / name).parent for name in files}:
        folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (out / name).write_bytes(content)


def _stamp(pages: Sequence[Page], edition: Edition, *, inputs: str, files: dict[str, bytes]) -> str:
    """The review as a whole: its pages, and what it was made from, so that it is made again only when that changed."""
    whole = {
        "framework": edition.framework,
        "name": edition.name.both(),
        "day": edition.day.isoformat(),
        "as_of": edition.as_of,
        "version": edition.version,
        "inputs": inputs,
        "pages": [{"kind": page.kind, "path": page.path, "title": page.title.both()} for page in pages],
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _read_stamp(out: Path) -> dict | None:
    try:
        found = json.loads((out / _STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if {"inputs", "files", "pages", "day"} <= found.keys() else None


def _unchanged(out: Path, files: dict[str, str]) -> bool:
    for name, fingerprint in files.items():
        path = out / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != fingerprint:
            return False
    return True


def _fingerprint(workspace: Workspace, asked: Sequence[str]) -> str:
    """What a review depends on: what was asked, the program with its content, and the stored releases by name."""
    digest = hashlib.sha256("\n".join(asked).encode())
    for path in sorted(_PACKAGE.rglob("*")):
        # What Python and numba keep there comes and goes with whoever computes
        if path.is_file() and path.suffix != ".parquet" and "__pycache__" not in path.parts:
            digest.update(f"\n{path.relative_to(_PACKAGE)}\n".encode())
            digest.update(path.read_bytes())
    for release in workspace.releases():
        digest.update(f"\n{release.id} {release.sha256}".encode())
    return digest.hexdigest()
