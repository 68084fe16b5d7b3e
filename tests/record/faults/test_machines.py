"""Nodes in processes of their own, on machines of their own where the system allows that: a bad net, and a hub."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.record.conftest import Side, make_side
from tests.record.faults.machines import Machines, Trouble

TEXT = {"en": "Something", "es": "Algo"}


@pytest.fixture
def machines() -> Iterator[Machines]:
    with Machines() as made:
        yield made


@pytest.fixture
def stores(tmp_path: Path) -> dict[str, Path]:
    """A store for each of three sides that know one another; the United States has entered what it has to say."""
    made = {side: make_side(tmp_path / "made", side) for side in ("us", "mx", "ca")}
    for side, (one, _) in made.items():
        for other, (_, party) in made.items():
            one.node = one.node.with_peer(party) if other != side else one.node
    us = made["us"][0]
    for number, marking in enumerate(
        [
            {"reach": "both"},
            {"reach": "both", "conf_redist": ["ca"]},
            {"reach": "public", "conf_status": "F"},
            {"reach": "agencies", "agencies": []},
            {"reach": "own"},
        ]
    ):
        us.enter("report", {"item": "demo:plan", "period": f"202{number}", "text": TEXT}, marking=marking)
    return {side: settled(one, tmp_path / side) for side, (one, _) in made.items()}


def settled(side: Side, store: Path) -> Path:
    side.node.close()
    store.mkdir()
    side.node.folder.rename(store / "node")
    return store


class Office:
    """One side's people at their machine."""

    def __init__(self, machines: Machines, name: str, store: Path) -> None:
        self.machines, self.name, self.store = machines, name, store
        self.environment = {**os.environ, "ACUERDO_PASSPHRASE": "a passphrase", "ACUERDO_LANG": "en"}

    def call(self, *words: str) -> list[str]:
        own = [sys.executable, "-m", "acuerdo", *words, "--store", str(self.store)]
        return [*self.machines.on(self.name), *own]

    def type(self, *words: str) -> tuple[int, str]:
        done = subprocess.run(
            self.call(*words), env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout if done.returncode == 0 else done.stderr

    def pull(self, url: str, *words: str) -> tuple[int, Any]:
        code, told = self.type("exchange", "pull", url, *words, "--json")
        return code, json.loads(told)[0] if code == 0 else told

    @contextmanager
    def serving(self) -> Iterator[str]:
        at = f"{self.machines.address(self.name)}:0"
        with subprocess.Popen(
            self.call("node", "serve", "--at", at), env=self.environment, stderr=subprocess.PIPE, text=True
        ) as process:
            try:
                assert process.stderr is not None
                yield process.stderr.readline().split()[2].rstrip(";")
            finally:
                process.terminate()


@pytest.mark.slow
def test_two_processes_converge_over_a_net_that_loses_a_third(
    machines: Machines, stores: dict[str, Path], record_property: Any
) -> None:
    """Packets are lost, held up, doubled and mixed up; the cable is pulled; then all is well again."""
    if not machines.apart:
        pytest.skip("this process may make no network of its own; test_schedules has the same over loopback")
    us, mx = (Office(machines, name, stores[name]) for name in ("us", "mx"))
    with us.serving() as url:
        machines.trouble = Trouble(loss=0.3, twice=0.1, delay=0.03)
        ends = [mx.pull(url)[0] for _ in range(2)]
        machines.plug("mx", in_=False)
        code, told = mx.pull(url)
        assert (code != 0, "what came before is kept" in told) == (True, True)
        machines.plug("mx", in_=True)
        machines.trouble = Trouble()
        code, found = mx.pull(url)
        assert (code, found["size"], found["withheld"]) == (0, 5, 2)
    record_property("net", {"ends": ends, "packets": machines.carried, "lost": machines.lost})
    assert machines.lost > 0.1 * machines.carried
    for office in (us, mx):
        code, told = office.type("verify")
        assert code == 0, told


@pytest.mark.slow
def test_a_hub_between_two_machines_passes_on_what_it_may_and_no_more(
    machines: Machines, stores: dict[str, Path]
) -> None:
    """The fault known from sharing platforms, with three processes: what was revoked leaks through a third hub."""
    us, hub, ca = (Office(machines, name, stores[name]) for name in ("us", "mx", "ca"))
    with us.serving() as from_us, hub.serving() as from_hub:
        assert hub.pull(from_us)[1]["withheld"] == 2  # nobody's, and the owner's own
        code, found = ca.pull(from_hub, "--log", "us")
        assert (code, found["size"], found["withheld"]) == (0, 5, 3)
        given = [row["id"] for row in json.loads(ca.type("log", "--side", "us", "--json")[1])]
        assert len(given) == 2
        assert us.type("mark", given[0], "--reach", "own")[0] == 0
        assert us.type("mark", given[1], "--reach", "both")[0] == 0
        assert hub.pull(from_us)[0] == 0
        # An office that begins anew gets nothing of what was revoked, and both revocations.
        for file in (ca.store / "node" / "logs").glob("us.sqlite*"):
            file.unlink()
        code, found = ca.pull(from_hub, "--log", "us")
        assert (code, found["size"], found["withheld"]) == (0, 7, 5)
        kept = json.loads(ca.type("log", "--side", "us", "--json")[1])
        assert not {row["id"] for row in kept} & set(given)
        handed = json.loads(hub.type("exchange", "receipts", "ca", "--json")[1])
        assert [row["log"] for row in handed] == ["us", "us"]
    for office in (us, hub, ca):
        code, told = office.type("verify")
        assert code == 0, told
