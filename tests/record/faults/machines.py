"""Machines with a network between them: namespaces where the system allows them, this machine's loopback otherwise.

Between namespaces every packet passes through a thread here, which loses, delays, repeats and mixes up packets for
real: what TCP and TLS make of that is theirs.
"""

from __future__ import annotations

import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import threading
import time
from dataclasses import dataclass, field
from typing import Final

NAMES: Final = ("us", "mx", "ca")
_TUNSETIFF: Final = 0x400454CA
_TUN_WITHOUT_HEADER: Final = 0x0001 | 0x1000
_NEW_NETWORK: Final = 0x40000000


@dataclass
class Trouble:
    """What happens to packets: chances from 0 to 1, and the longest delay in seconds."""

    loss: float = 0.0
    twice: float = 0.0
    delay: float = 0.0


class Machines:
    """Three machines; the first and the last reach each other through nothing but the second."""

    def __init__(self) -> None:
        self.apart = _allowed()
        self.trouble = Trouble()
        self.carried = self.lost = 0
        self._spaces = {name: f"acuerdo-{os.getpid()}-{name}" for name in NAMES}
        self._wires: dict[str, int] = {}
        self._over = threading.Event()
        self._carrier = threading.Thread(target=self._carry, daemon=True)

    def __enter__(self) -> Machines:
        if self.apart:
            for name in NAMES:
                self._make(name)
            self._carrier.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self.apart:
            self._carrier.join(10)
            for name, wire in self._wires.items():
                os.close(wire)
                subprocess.run(["ip", "netns", "del", self._spaces[name]], check=False)

    def on(self, name: str) -> list[str]:
        """What stands before a command to run it on a machine."""
        return ["ip", "netns", "exec", self._spaces[name]] if self.apart else []

    def address(self, name: str) -> str:
        return f"10.99.0.{1 + NAMES.index(name)}" if self.apart else "127.0.0.1"

    def plug(self, name: str, *, in_: bool) -> None:
        """Pulls a machine's cable, or puts it back."""
        self._ip(name, "link", "set", "wire", "up" if in_ else "down")

    def _make(self, name: str) -> None:
        subprocess.run(["ip", "netns", "add", self._spaces[name]], check=True)
        opened = threading.Thread(target=self._open, args=(name,))
        opened.start()
        opened.join()
        self._ip(name, "addr", "add", f"{self.address(name)}/24", "dev", "wire")
        for device in ("lo", "wire"):
            self._ip(name, "link", "set", device, "up")

    def _open(self, name: str) -> None:
        """Runs in a thread of its own, which alone goes into the namespace."""
        space = os.open(f"/run/netns/{self._spaces[name]}", os.O_RDONLY)
        if ctypes.CDLL(None, use_errno=True).setns(space, _NEW_NETWORK):
            raise OSError(ctypes.get_errno(), "setns")
        os.close(space)
        wire = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(wire, _TUNSETIFF, struct.pack("16sH22x", b"wire", _TUN_WITHOUT_HEADER))
        self._wires[name] = wire

    def _ip(self, name: str, *words: str) -> None:
        subprocess.run(["ip", "-n", self._spaces[name], *words], check=True)

    def _carry(self) -> None:
        chance, waiting = random.Random(9), list[_Late]()
        while not self._over.is_set():
            for wire in select.select([*self._wires.values()], [], [], 0.002)[0]:
                packet = os.read(wire, 65536)
                to = next((name for name in NAMES if packet[16:20] == _bytes(self.address(name))), None)
                near = next(name for name, one in self._wires.items() if one == wire)
                if to is None or {near, to} == {"us", "ca"}:
                    continue
                self.carried += 1
                if chance.random() < self.trouble.loss:
                    self.lost += 1
                    continue
                for _ in range(2 if chance.random() < self.trouble.twice else 1):
                    at = time.monotonic() + chance.random() * self.trouble.delay
                    heapq.heappush(waiting, _Late(at, self._wires[to], packet))
            while waiting and waiting[0].at <= time.monotonic():
                late = heapq.heappop(waiting)
                try:
                    os.write(late.wire, late.packet)
                except OSError:
                    self.lost += 1  # the cable is out


@dataclass(order=True)
class _Late:
    at: float
    wire: int = field(compare=False)
    packet: bytes = field(compare=False)


def _bytes(address: str) -> bytes:
    return bytes(map(int, address.split(".")))


def _allowed() -> bool:
    """Whether this process may make networks of its own."""
    name = f"acuerdo-{os.getpid()}-try"
    try:
        made = subprocess.run(["ip", "netns", "add", name], capture_output=True, check=False)
        subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)
    except OSError:
        return False
    return made.returncode == 0 and os.access("/dev/net/tun", os.R_OK | os.W_OK)
