"""The exchange: 100,000 entries from one process to another over loopback, verified before they are kept."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from measuring import Figure

from acuerdo.core.text import Text
from acuerdo.record.between.answers import Between
from acuerdo.record.entry import write_payload
from acuerdo.record.envelope import Envelope
from acuerdo.record.keyfile import write_key
from acuerdo.record.log import New
from acuerdo.record.node import Node
from acuerdo.record.own_key import key_path, new_key
from acuerdo.record.party import Party
from acuerdo.record.signer import KeySigner

MANY = 100_000
NAMES = {"mx": Text("Mexico", "México"), "us": Text("United States", "Estados Unidos")}
PASSPHRASE = "bench"


def figures(data: Path, work: Path) -> Iterator[Figure]:
    del data
    folder = work / "exchange"
    shutil.rmtree(folder, ignore_errors=True)
    us, mx, signer = _sides(folder)
    _fill(us, signer)
    us.close()
    seconds = _exchanged(folder, mx, signer)
    size = mx.log("us").size
    mx.close()
    if size != MANY:
        raise SystemExit(f"exchange: {size} of {MANY} entries came over")
    yield Figure(
        name=f"exchange of {MANY:,} entries over loopback, TLS and every signature verified",
        value=seconds,
        unit="s",
        bound=30.0,
        ours=seconds,
        runs=1,
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Figure(
        name="the same, most memory of the sending process",
        value=peak,
        unit="MB",
        bound=250.0,
        ours=peak,
        runs=1,
    )


def _sides(folder: Path) -> tuple[Node, Node, KeySigner]:
    """Two nodes; one key signs for all, so that only the exchange is measured."""
    signer, about = new_key("Bench", "desk", "node")
    parties = {side: Party(record="bench", side=side, name=NAMES[side], keys=(about,)) for side in NAMES}
    nodes = {}
    for side, other in (("us", "mx"), ("mx", "us")):
        nodes[side] = Node.create(folder / side / "node", parties[side], parties[other])
        path = key_path(nodes[side].folder / "keys", about)
        write_key(path, signer, about=about, passphrase=PASSPHRASE, cost=2)
    return nodes["us"], nodes["mx"], signer


def _fill(node: Node, signer: KeySigner) -> None:
    for begin in range(0, MANY, 10_000):
        new = [New.of(_entry(place).signed_by(signer).to_bytes()) for place in range(begin, begin + 10_000)]
        with node.own.writing() as size:
            node.own.append(new, size=size)


def _entry(place: int) -> Envelope:
    words = {"en": f"Report number {place}", "es": f"Informe número {place}"}
    return Envelope(
        write_payload(
            {
                "at": "2026-11-22T05:00:00Z",
                "author": "Bench",
                "body": {"item": "us_mx_bicentennial:action_plan", "text": words},
                "kind": "report",
                "marking": {"reach": "both"},
                "record": "bench",
                "seen": {"mx": 0, "us": place},
                "side": "us",
            }
        )
    )


def _exchanged(folder: Path, mx: Node, signer: KeySigner) -> float:
    """Seconds from the first question to the cosignature."""
    environment = {**os.environ, "ACUERDO_PASSPHRASE": PASSPHRASE, "ACUERDO_LANG": "en"}
    call = ["node", "serve", "--at", "127.0.0.1:0", "--store", str(folder / "us")]
    with subprocess.Popen(
        [sys.executable, "-m", "acuerdo", *call], env=environment, stderr=subprocess.PIPE, text=True
    ) as serving:
        try:
            line = serving.stderr.readline() if serving.stderr else ""
            url = line.split()[2].rstrip(";")
            begun = time.perf_counter()
            Between(mx).pull(url, signer)
            return time.perf_counter() - begun
        finally:
            serving.terminate()
            serving.wait(20)
