"""Numbers of a system's rows and channels, the same for every back end.

A row is one element of one state. A channel is one element of one flow: what moves from one row into another.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from acuerdo.foresight.tracing import System


def rows_of(system: System) -> dict[str, int]:
    """The row of each state's first element, and how many rows there are under ``""``."""
    rows: dict[str, int] = {}
    row = 0
    for state in system.states:
        rows[state.name] = row
        row += system.data.spaces[state.space] if state.space else 1
    return rows | {"": row}


def channels_of(system: System) -> dict[str, int]:
    """The number of each flow's first channel, and how many channels there are under ``""``."""
    channels: dict[str, int] = {}
    channel = 0
    for flow in system.flows:
        channels[flow.name] = channel
        channel += system.data.spaces[flow.rate.space] if flow.rate.space else 1
    return channels | {"": channel}


def routes_of(system: System) -> NDArray[np.int64]:
    """The row that each channel leaves, and the row that it enters; -1 where it is none. Shape (channels, 2)."""
    rows, channels = rows_of(system), channels_of(system)
    spaces = {state.name: state.space for state in system.states}
    routes = np.full((channels[""], 2), -1, dtype=np.int64)
    for flow in system.flows:
        for place in range(system.data.spaces[flow.rate.space] if flow.rate.space else 1):
            for side, state in enumerate((flow.out_of, flow.into)):
                if state:
                    routes[channels[flow.name] + place, side] = rows[state] + (place if spaces[state] else 0)
    return routes
