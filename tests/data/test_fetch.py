"""Downloading from a real server on loopback that misbehaves in every way that servers do."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from acuerdo.core.errors import FetchFailed, IngestRefused
from acuerdo.data import fetch as fetching
from acuerdo.data.download import Patience, download
from acuerdo.data.store import Store

CONTENT = bytes(range(256)) * 2000
QUICK = Patience(tries=4, wait=0.01, timeout=5)


@dataclass
class Behaviour:
    """What the server does to one request after another; the last goes on for ever."""

    content: bytes = CONTENT
    etag: str = '"v1"'
    ranges: bool = True
    answers: list[str] = field(default_factory=lambda: ["whole"])
    seen: list[dict[str, str]] = field(default_factory=list)
    kind: str = "text/csv"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    behaviour: Behaviour

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass

    def do_GET(self) -> None:
        behaviour = self.behaviour
        behaviour.seen.append(dict(self.headers))
        answer = behaviour.answers.pop(0) if len(behaviour.answers) > 1 else behaviour.answers[0]
        if answer.isdigit():
            self.send_response(int(answer))
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif answer == "page":
            self._send(b"<!DOCTYPE html><html><title>Mantenimiento</title></html>", 200, {})
        elif self.headers.get("If-None-Match") == behaviour.etag:
            self.send_response(304)
            self.end_headers()
        else:
            self._send_file(cut=answer == "cut")

    def _send_file(self, *, cut: bool) -> None:
        behaviour = self.behaviour
        content, status, headers = behaviour.content, 200, {"ETag": behaviour.etag}
        asked = self.headers.get("Range")
        if asked and behaviour.ranges and self.headers.get("If-Range") in (None, behaviour.etag):
            start = int(asked.removeprefix("bytes=").rstrip("-"))
            if start >= len(content):
                self._send(b"", 416, {})
                return
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
            content, status = content[start:], 206
        self._send(content, status, headers, sent=len(content) // 2 if cut else None)

    def _send(self, content: bytes, status: int, headers: dict[str, str], sent: int | None = None) -> None:
        self.send_response(status)
        for name, value in {
            **headers,
            "Content-Type": self.behaviour.kind,
            "Content-Length": str(len(content)),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content[:sent])
        if sent is not None:
            self.close_connection = True


@pytest.fixture
def server() -> Iterator[tuple[str, Behaviour]]:
    behaviour = Behaviour()
    handler = type("OneHandler", (Handler,), {"behaviour": behaviour})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}/datos/año 2024.csv", behaviour
        running.shutdown()
        thread.join()


Server = tuple[str, Behaviour]


def test_a_file_comes_whole_with_its_fingerprint(server: Server, tmp_path: Path) -> None:
    url, behaviour = server
    got = download(url, tmp_path, patience=QUICK)
    assert got.path.read_bytes() == CONTENT
    assert got.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert got.url == url
    assert behaviour.seen[0]["User-Agent"].startswith("acuerdo/")
    assert not list(tmp_path.glob("*.part"))


def test_broken_off_it_goes_on_where_it_stopped(server: Server, tmp_path: Path) -> None:
    url, behaviour = server
    behaviour.answers = ["cut", "cut", "whole"]
    reached: list[tuple[int, int | None]] = []
    got = download(url, tmp_path, patience=QUICK, progress=lambda *step: reached.append(step))
    assert got.path.read_bytes() == CONTENT
    half, quarter = len(CONTENT) // 2, len(CONTENT) // 4
    assert [one.get("Range") for one in behaviour.seen] == [
        None,
        f"bytes={half}-",
        f"bytes={half + quarter}-",
    ]
    assert reached[-1] == (len(CONTENT), len(CONTENT))
    assert reached == sorted(reached), "no byte was fetched twice"


def test_a_second_run_goes_on_where_the_first_gave_up(server: Server, tmp_path: Path) -> None:
    url, behaviour = server
    behaviour.answers = ["cut", "503"]
    with pytest.raises(FetchFailed, match="503"):
        download(url, tmp_path, patience=QUICK)
    behaviour.answers = ["whole"]
    assert download(url, tmp_path, patience=QUICK).path.read_bytes() == CONTENT
    assert behaviour.seen[-1]["Range"] == f"bytes={len(CONTENT) // 2}-"


def test_a_file_that_changed_meanwhile_is_fetched_anew(server: Server, tmp_path: Path) -> None:
    url, behaviour = server
    behaviour.answers = ["cut", "404"]
    with pytest.raises(FetchFailed):
        download(url, tmp_path, patience=QUICK)
    behaviour.answers, behaviour.content, behaviour.etag = ["whole"], CONTENT[::-1], '"v2"'
    assert download(url, tmp_path, patience=QUICK).path.read_bytes() == CONTENT[::-1]


def test_a_server_that_ignores_ranges(server: Server, tmp_path: Path) -> None:
    url, behaviour = server
    behaviour.answers, behaviour.ranges = ["cut", "whole"], False
    assert download(url, tmp_path, patience=QUICK).path.read_bytes() == CONTENT


def test_a_part_longer_than_the_file(server: Server, tmp_path: Path) -> None:
    url, behaviour = server
    behaviour.answers = ["cut", "404"]
    with pytest.raises(FetchFailed):
        download(url, tmp_path, patience=QUICK)
    behaviour.answers, behaviour.content = ["whole"], CONTENT[:100]
    assert download(url, tmp_path, patience=QUICK).path.read_bytes() == CONTENT[:100]


@pytest.mark.parametrize("code", ["503", "429", "500"])
def test_a_passing_failure_is_tried_again(server: Server, tmp_path: Path, code: str) -> None:
    url, behaviour = server
    behaviour.answers = [code, code, "whole"]
    assert download(url, tmp_path, patience=QUICK).path.read_bytes() == CONTENT
    assert len(behaviour.seen) == 3


def test_a_lasting_failure_is_not(server: Server, tmp_path: Path) -> None:
    url, behaviour = server
    behaviour.answers = ["404"]
    with pytest.raises(FetchFailed, match="404") as caught:
        download(url, tmp_path, patience=QUICK)
    assert len(behaviour.seen) == 1
    assert caught.value.problems[0].where == url
    assert list(tmp_path.iterdir()) == []


def test_it_gives_up_in_the_end(server: Server, tmp_path: Path) -> None:
    url, behaviour = server
    behaviour.answers = ["503"]
    with pytest.raises(FetchFailed, match="4 attempts"):
        download(url, tmp_path, patience=QUICK)
    assert len(behaviour.seen) == QUICK.tries


def test_an_error_page_with_a_good_status(server: Server, tmp_path: Path) -> None:
    url, behaviour = server
    behaviour.answers = ["page"]
    with pytest.raises(FetchFailed, match="web page in place of the file"):
        download(url, tmp_path, patience=QUICK)
    assert len(behaviour.seen) == 1


def test_an_empty_answer(server: Server, tmp_path: Path) -> None:
    url, behaviour = server
    behaviour.content = b""
    with pytest.raises(FetchFailed, match="empty"):
        download(url, tmp_path, patience=QUICK)


def test_an_unchanged_file_is_not_sent_again(server: Server, tmp_path: Path) -> None:
    url, _ = server
    assert not download(url, tmp_path, patience=QUICK).unchanged
    again = download(url, tmp_path, patience=QUICK)
    assert again.unchanged
    assert again.path.read_bytes() == CONTENT


def test_a_lost_part_does_not_make_the_old_file_look_new(server: Server, tmp_path: Path) -> None:
    url, behaviour = server
    old = download(url, tmp_path, patience=QUICK).path
    behaviour.answers, behaviour.content, behaviour.etag = ["cut", "404"], CONTENT[::-1], '"v2"'
    with pytest.raises(FetchFailed):
        download(url, tmp_path, patience=QUICK)
    old.with_name(old.name + ".part").unlink()
    behaviour.answers = ["whole"]
    assert download(url, tmp_path, patience=QUICK).path.read_bytes() == CONTENT[::-1]


def test_nobody_answers(tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match="connection failed"):
        download("http://127.0.0.1:9/x.csv", tmp_path, patience=Patience(tries=2, wait=0.01, timeout=2))


def test_an_address_not_on_the_web(tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match="not an address on the web"):
        download("file:///etc/hostname", tmp_path, patience=QUICK)


# ------------------------------------------------------------------------------------------- and into the store

MONTHS = [(f"{state:02}", f"2023-{month:02}", state) for state in range(1, 33) for month in range(1, 13)]


@pytest.fixture
def published(
    server: Server, made: Any, text: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> Behaviour:
    """The made source, published at the server's address."""
    url, behaviour = server
    behaviour.content = gzip.compress(text(MONTHS).read_bytes(), mtime=0)
    reader = made()
    monkeypatch.setattr(type(reader), "download_address", lambda _self, _on: url)
    monkeypatch.setattr(fetching, "source", {"made": reader}.__getitem__)
    return behaviour


def test_fetched_half_way_and_then_stored(published: Behaviour, store: Store) -> None:
    published.answers = ["cut", "503", "whole"]
    found = fetching.fetch("made", store, patience=QUICK)
    assert found.new
    assert found.release.rows == len(MONTHS)
    assert found.release.retrieved is not None
    assert found.release.url.endswith("/datos/año 2024.csv")
    assert not fetching.fetch("made", store, patience=QUICK).new


def test_cut_off_at_the_publisher_it_is_refused(published: Behaviour, store: Store) -> None:
    published.content = published.content[: len(published.content) // 2]
    with pytest.raises(IngestRefused, match="cut short"):
        fetching.fetch("made", store, patience=QUICK)
    assert store.releases() == ()


def test_a_source_without_a_lasting_address(store: Store, made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "source", {"made": made()}.__getitem__)
    with pytest.raises(FetchFailed, match="no lasting address"):
        fetching.fetch("made", store, patience=QUICK)
