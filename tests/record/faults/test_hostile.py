"""A peer that means harm: it is refused in words, in bounded memory and time, and nothing is lost."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.record.conftest import Side

from acuerdo.core.errors import AcuerdoError, KeyRefused, RecordRefused
from acuerdo.core.text import LANGS
from acuerdo.record.between.asked import Asked
from acuerdo.record.between.bundle import read_bundle, take_bundle
from acuerdo.record.between.parcel import Parcel, lines_of, read_parcel
from acuerdo.record.between.sending import Sender
from acuerdo.record.between.taking import take
from acuerdo.record.canonical import MOST_BYTES, canonical
from acuerdo.record.checkpoint import Checkpoint, sign_checkpoint
from acuerdo.record.entry import Entry
from acuerdo.record.envelope import Envelope
from acuerdo.record.log import Log, New
from acuerdo.record.party import Party
from acuerdo.record.signer import KeySigner
from acuerdo.record.witness import Item, Page

TEXT = {"en": "Something", "es": "Algo"}
MOST_SECONDS = 5.0
MOST_MEMORY = 32 * 1024 * 1024
YAML_BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%b]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9)) for n in range(9)
)


class Endless(io.RawIOBase):
    """A stream that never ends a line."""

    def __init__(self, begin: bytes, fill: bytes) -> None:
        io.RawIOBase.__init__(self)
        self.begin, self.fill, self.given = io.BytesIO(begin), fill, 0

    def readline(self, size: int | None = -1, /) -> bytes:
        assert size is not None
        assert 0 < size <= 2 * MOST_BYTES, "it asks for more than any line may have"
        line = self.begin.readline(size)
        self.given += size
        assert self.given < 100 * MOST_BYTES, "it goes on reading"
        return line or self.fill * (size // len(self.fill))


def bounded(work: Callable[[], Any]) -> AcuerdoError:
    """Refuses in words, in both languages, within bounds."""
    tracemalloc.start()
    begun = time.process_time()
    try:
        with pytest.raises(AcuerdoError) as caught:
            work()
        assert time.process_time() - begun < MOST_SECONDS
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()
    assert all(caught.value.render(lang) for lang in LANGS)
    return caught.value


def honest(us: Side) -> Parcel:
    sender = Sender(us.node, us.node_key, way="network")
    raw = sender.send("mx", Asked(do="send", log="us"))[1]
    sender.close()
    return read_parcel(lines_of(io.BytesIO(raw)))


def crafted(us: Side, *envelopes: bytes, folder: Path) -> Parcel:
    """A parcel whose tree and checkpoint are right for whatever it holds: a side that signs what is wrong."""
    log = Log(folder / "crafted.sqlite", us.node.party.origin)
    with log.writing() as size:
        log.append([New.of(one) for one in envelopes], size=size)
    note = sign_checkpoint(Checkpoint(origin=log.origin, size=log.size, root=log.root()), us.node_key)
    items = [Item(envelope=one) for one in envelopes]
    log.close()
    page = Page(note=note.render(), begin=0, items=items)
    return Parcel(record="demo", log="us", sender="us", to="mx", page=page)


def resigned(us: Side, payload: bytes) -> bytes:
    """Any bytes, signed as if they were an entry."""
    return Envelope(payload).signed_by(us.desk_key).to_bytes()


def good(us: Side, number: int = 0, **fields: Any) -> Envelope:
    return us.signed("seal", {"commitment": f"{number:064x}", "title": TEXT}, **fields)


BAD: dict[str, Callable[[Side], bytes]] = {
    "signed by a stranger": lambda us: Envelope(good(us).payload).signed_by(KeySigner.generate()).to_bytes(),
    "signed by nobody": lambda us: Envelope(good(us).payload).to_bytes(),
    "signed by the node": lambda us: Envelope(good(us).payload).signed_by(us.node_key).to_bytes(),
    "of another record": lambda us: good(us, record="other").to_bytes(),
    "of another side": lambda us: good(us, side="mx").to_bytes(),
    "from the future of its own log": lambda us: good(us, seen={"us": 99, "mx": 0}).to_bytes(),
    "not canonical": lambda us: resigned(us, good(us).payload.replace(b'":', b'": ', 1)),
    "a name twice": lambda us: resigned(us, good(us).payload[:-1] + b',"side":"us"}'),
    "not UTF-8": lambda us: resigned(us, b"\xff\xfe" + good(us).payload),
    "a fraction": lambda us: resigned(us, good(us).payload.replace(b'"acuerdo":1', b'"acuerdo":1.5')),
    "deeply nested": lambda us: resigned(us, b'{"a":' * 5_000 + b"1" + b"}" * 5_000),
    "a list as deep as memory": lambda us: resigned(us, b"[" * 100_000),
    "too large": lambda us: (
        good(us).to_bytes().replace(b'"payload":"', b'"payload":"' + b"AAAA" * (MOST_BYTES // 4))
    ),
    "a YAML bomb": lambda us: resigned(us, YAML_BOMB),
    "no JSON": lambda us: resigned(us, b"<entry/>"),
    "empty": lambda us: resigned(us, b""),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_entry_is_refused_though_its_log_is_signed(
    pair: tuple[Side, Side], tmp_path: Path, what: str
) -> None:
    us, mx = pair
    try:
        bad = BAD[what](us)
    except AcuerdoError:
        pytest.fail("the entry could not even be made up")
    parcel = crafted(us, good(us, 1).to_bytes(), bad, folder=tmp_path)
    error = bounded(lambda: take(mx.node, parcel, live=True))
    assert isinstance(error, RecordRefused | KeyRefused)
    assert mx.node.log("us").size == 0  # all or nothing
    assert take(mx.node, honest(us), live=True).size == 0
    us.node.append(good(us, 1))
    assert take(mx.node, honest(us), live=True).new == 1


def test_an_entry_that_is_repeated_has_its_effect_once(pair: tuple[Side, Side], tmp_path: Path) -> None:
    us, mx = pair
    one = good(us).to_bytes()
    assert take(mx.node, crafted(us, one, one, folder=tmp_path), live=True).new == 2
    state = mx.node.state()
    assert len(state.tables["seals"]) == 1
    assert list(state.tables["replays"]) == ["us:1"]


def test_an_unknown_kind_is_kept_and_not_interpreted(pair: tuple[Side, Side]) -> None:
    us, mx = pair
    us.enter("treaty_of_2040", {"anything": [1, 2, {"deep": "inside"}]})
    assert take(mx.node, honest(us), live=True).new == 1
    state = mx.node.state()
    assert list(state.not_interpreted.values()) == ["treaty_of_2040"]
    assert state.canonical() == us.node.state().canonical()


def test_a_parcel_that_was_changed_on_its_way_is_refused(pair: tuple[Side, Side]) -> None:
    us, mx = pair
    for number in range(3):
        us.node.append(good(us, number))
    whole = honest(us)
    page = whole.page
    stranger = sign_checkpoint(
        Checkpoint(origin=us.node.party.origin, size=3, root=us.node.own.root()), KeySigner.generate()
    ).render()
    for wrong in (
        replace(page, items=page.items[1:]),
        replace(page, items=[*page.items[::-1]]),
        replace(page, items=[*page.items, page.items[0]]),
        replace(page, items=[*page.items[:2], Item(leaf=b"\x00" * 32)]),
        replace(page, note=stranger),
        replace(page, note=page.note.replace("demo/us", "demo/mx")),
        replace(page, begin=1),
        replace(page, items=page.items[:2], proof=[b"\x00" * 32]),
    ):
        bounded(lambda wrong=wrong: take(mx.node, replace(whole, page=wrong), live=True))
        assert mx.node.log("us").size == 0
    assert take(mx.node, whole, live=True).new == 3


@pytest.mark.parametrize("fill", [b"A" * 1024, b"\xff" * 1024, b"[" * 1024, b'{"a":' * 200])
def test_a_stream_without_end_is_given_up(fill: bytes, pair: tuple[Side, Side]) -> None:
    head = b"acuerdo-bundle/1\n"
    bounded(lambda: read_bundle(Endless(b"", fill)))  # type: ignore[arg-type]
    bounded(lambda: read_bundle(Endless(head, fill)))  # type: ignore[arg-type]
    cover = canonical({"attested": [], "parties": [], "record": "demo", "sender": "us", "to": "mx"}) + b"\n"
    stream: Any = Endless(head + cover + b"acuerdo-parcel/1\n", fill)
    bounded(lambda: list(take_bundle(pair[1].node, stream)))


@pytest.mark.parametrize("raw", [YAML_BOMB, b"\xff" * 5000, b"[" * 200_000, b"{}", b"null", b'"' * 999])
def test_no_file_of_a_side_is_believed_for_its_name(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "us.json"
    path.write_bytes(raw)
    bounded(lambda: Party.read(path))
    bounded(lambda: Entry.from_payload(raw))
    bounded(lambda: Envelope.from_bytes(raw))
    bounded(lambda: Asked.from_bytes(raw))


@pytest.mark.slow
def test_the_parsers_withstand_what_a_fuzzer_finds() -> None:
    pytest.importorskip("atheris", reason="the fuzzer atheris is not installed on this machine")
    done = subprocess.run(
        [
            sys.executable,
            str(Path(__file__).parent / "fuzzing.py"),
            "-max_total_time=12",
            # A process begins with the peak memory of the one that starts it, which may be large here.
            "-rss_limit_mb=0",
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Done " in done.stderr
