"""Downloading one file: with patience, going on where it broke off, and only if it is what it should be."""

from __future__ import annotations

import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Final, final

import acuerdo
from acuerdo.core.errors import FetchFailed, Problem
from acuerdo.core.text import Text
from acuerdo.data.unpack import sha256_of

AGENT: Final = f"acuerdo/{acuerdo.__version__} (reads published statistics, one request at a time)"
Progress = Callable[[int, int | None], None]
"""Told the bytes so far, and the bytes in all where the server says so."""
_CHUNK = 1 << 16
# After these the same request may well succeed
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_UNCHANGED, _PARTIAL, _BAD_RANGE = 304, 206, 416
_PAGE = re.compile(rb"\s*(\xef\xbb\xbf)?<(!doctype\s+html|html|head)", re.IGNORECASE)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to go on trying.

    Attributes:
        tries: Requests in all.
        wait: Seconds before the second; each wait is twice the one before it.
        longest_wait: The most seconds between two, also where the server asks for more.
        timeout: Seconds of silence after which a request is given up.
    """

    tries: int = 6
    wait: float = 1.0
    longest_wait: float = 60.0
    timeout: float = 60.0


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Downloaded:
    """A whole file.

    Attributes:
        path: Where it is.
        url: The address asked.
        sha256: Fingerprint of its bytes as they came.
        retrieved: The day of the download, in UTC.
        last_modified: When the publisher last changed it, in the server's words; may be empty.
        unchanged: Whether the server said that it is the same as last time, and sent nothing.
    """

    path: Path
    url: str
    sha256: str
    retrieved: date
    last_modified: str = ""
    unchanged: bool = False


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _Marks:
    """What the server said of the file that lies here, whole or in part; by it we ask for the rest."""

    url: str = ""
    etag: str = ""
    last_modified: str = ""
    retrieved: str = ""

    def same_file(self) -> str:
        """The stronger of the two marks."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified


@final
class _BrokenOff(Exception):
    """The answer ended before the file did."""

    def __init__(self, received: int, announced: int) -> None:
        Exception.__init__(self, received, announced)
        self.trouble = Text(
            f"the answer broke off after {received:,} of {announced:,} bytes",
            f"la respuesta se cortó tras {received:,} de {announced:,} bytes",
        )


def download(
    url: str, folder: Path, *, patience: Patience | None = None, progress: Progress | None = None
) -> Downloaded:
    """Downloads a file into a folder, where parts of it are kept between attempts and runs.

    Raises:
        FetchFailed: If the address does not give a file, or gives a web page.
    """
    patience = patience or Patience()
    _require_web_address(url)
    folder.mkdir(parents=True, exist_ok=True)
    trouble = Text("no answer", "no hubo respuesta")
    wait = patience.wait
    for attempt in range(patience.tries):
        if attempt:
            time.sleep(min(patience.longest_wait, wait))
            wait *= 2
        try:
            return _attempt(url, folder / _file_name(url), timeout=patience.timeout, progress=progress)
        except urllib.error.HTTPError as error:
            error.close()
            trouble = Text(
                f"the server answers {error.code} {error.reason}",
                f"el servidor responde {error.code} {error.reason}",
            )
            if error.code not in _PASSING:
                raise _failed(url, trouble) from error
            wait = max(wait, _asked_wait(error))
        except _BrokenOff as error:
            trouble = error.trouble
        except (urllib.error.URLError, HTTPException, OSError) as error:
            trouble = Text(f"the connection failed: {error}", f"falló la conexión: {error}")
    raise _failed(url, trouble, tries=patience.tries)


def _attempt(url: str, path: Path, *, timeout: float, progress: Progress | None) -> Downloaded:
    part = path.with_name(path.name + ".part")
    try:
        with urllib.request.urlopen(_request(url, path, part=part), timeout=timeout) as answer:
            _receive(answer, url, part=part, progress=progress)
    except urllib.error.HTTPError as error:
        if error.code == _UNCHANGED:
            error.close()
            return _downloaded(path, url, unchanged=True)
        if error.code == _BAD_RANGE and part.exists():
            # What lies here is not a beginning of what they have now
            error.close()
            part.unlink()
            return _attempt(url, path, timeout=timeout, progress=progress)
        raise
    _notes(part).replace(_notes(path))
    part.replace(path)
    return _downloaded(path, url, unchanged=False)


def _request(url: str, path: Path, *, part: Path) -> urllib.request.Request:
    headers = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"}
    begun, had = _read_marks(part, url), _read_marks(path, url)
    if begun.same_file() and part.stat().st_size:
        headers |= {"Range": f"bytes={part.stat().st_size}-", "If-Range": begun.same_file()}
    else:
        told = {"If-None-Match": had.etag, "If-Modified-Since": had.last_modified}
        headers |= {name: value for name, value in told.items() if value}
    return urllib.request.Request(urllib.parse.quote(url, safe=":/?#[]@!$&'()*+,;=%~"), headers=headers)


def _receive(answer: HTTPResponse, url: str, *, part: Path, progress: Progress | None) -> None:
    held = part.stat().st_size if part.exists() else 0
    goes_on = answer.status == _PARTIAL and answer.headers.get("Content-Range", "").startswith(
        f"bytes {held}-"
    )
    received = held if goes_on else 0
    length = answer.headers.get("Content-Length")
    announced = received + int(length) if length and length.isdigit() else None
    with part.open("ab" if goes_on else "wb") as file:
        # Before the first byte: if we are killed half-way, the part is of the file that these marks name
        _write_marks(part, url, answer=answer)
        while chunk := answer.read(_CHUNK):
            if not received and _PAGE.match(chunk):
                raise _web_page(url)
            file.write(chunk)
            received += len(chunk)
            if progress:
                progress(received, announced)
    if announced is not None and received < announced:
        raise _BrokenOff(received, announced)
    if not received:
        raise _failed(url, Text("the file is empty", "el archivo está vacío"))


def _downloaded(path: Path, url: str, *, unchanged: bool) -> Downloaded:
    marks = _read_marks(path, url)
    return Downloaded(
        path=path,
        url=url,
        sha256=sha256_of(path),
        retrieved=date.fromisoformat(marks.retrieved),
        last_modified=marks.last_modified,
        unchanged=unchanged,
    )


def _notes(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def _write_marks(path: Path, url: str, *, answer: HTTPResponse) -> None:
    marks = _Marks(
        url=url,
        etag=answer.headers.get("ETag", ""),
        last_modified=answer.headers.get("Last-Modified", ""),
        retrieved=datetime.now(UTC).date().isoformat(),
    )
    _notes(path).write_text(json.dumps(asdict(marks)), encoding="utf-8")


def _read_marks(path: Path, url: str) -> _Marks:
    """The marks of the file that lies at a path; none if there is none, or it is of another address."""
    try:
        marks = _Marks(**json.loads(_notes(path).read_text(encoding="utf-8")))
    except (FileNotFoundError, json.JSONDecodeError, TypeError):
        return _Marks()
    return marks if marks.url == url and path.exists() else _Marks()


def _asked_wait(error: urllib.error.HTTPError) -> float:
    asked = error.headers.get("Retry-After", "") if error.headers else ""
    return float(asked) if asked.isdigit() else 0.0


def _file_name(url: str) -> str:
    parts = urllib.parse.urlsplit(url)
    name = re.sub(r"[^A-Za-z0-9._-]+", "_", urllib.parse.unquote(parts.path).rpartition("/")[2] + parts.query)
    return name.strip("._")[:120] or "download"


def _require_web_address(url: str) -> None:
    if urllib.parse.urlsplit(url).scheme not in {"http", "https"}:
        raise _failed(url, Text("it is not an address on the web", "no es una dirección de la web"))


def _web_page(url: str) -> FetchFailed:
    return _failed(
        url,
        Text(
            "the address gives a web page in place of the file, most likely an error page",
            "la dirección da una página web en vez del archivo, probablemente una página de error",
        ),
    )


def _failed(url: str, trouble: Text, *, tries: int = 1) -> FetchFailed:
    after = Text(f" ({tries} attempts)", f" ({tries} intentos)") if tries > 1 else None
    return FetchFailed(
        Problem(
            what=Text(
                f"The file could not be downloaded: {trouble.en}{after.en if after else ''}.",
                f"No se pudo descargar el archivo: {trouble.es}{after.es if after else ''}.",
            ),
            where=url,
            fix=Text(
                "Open the address in a browser; if it gives the file, save it, and run: acuerdo ingest FILE",
                "Abra la dirección en un navegador; si da el archivo, guárdelo y ejecute: acuerdo ingest ARCHIVO",
            ),
        )
    )
