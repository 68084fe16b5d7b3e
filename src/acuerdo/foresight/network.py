"""The network of criminal groups that the model of cartel recruitment runs on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import final

import numpy as np

from acuerdo.foresight.model import Floats

NETWORK = Path(__file__).with_name("inputs") / "cartel_network_2020.tsv"


@final
@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Groups in order of the weight of their ties.

    Attributes:
        names: Name of each group.
        states: The state that each is listed under.
        rivals: Weight of each rivalry, symmetric, shape (n, n).
        allies: Weight of each alliance, symmetric, shape (n, n).
    """

    names: tuple[str, ...]
    states: tuple[str, ...]
    rivals: Floats
    allies: Floats


@cache
def network() -> Network:
    """The packaged network; see the head of its file for where it is from."""
    return read_network(NETWORK.read_text("utf-8"))


def read_network(text: str) -> Network:
    """The network that a text in the packaged form describes."""
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    groups = [row for row in rows if row[0] == "group"]
    ties = {kind: np.zeros((len(groups), len(groups))) for kind in ("rival", "ally")}
    for kind, one, other, weight in (row for row in rows if row[0] != "group"):
        i, j = int(one) - 1, int(other) - 1
        ties[kind][i, j] = ties[kind][j, i] = float(weight)
    return Network(
        tuple(row[2] for row in groups), tuple(row[4] for row in groups), ties["rival"], ties["ally"]
    )
