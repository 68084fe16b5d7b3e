"""Memory that is used again: taking it anew from the system for each part of the draws can cost as much as the part."""

from __future__ import annotations

import math
from typing import final

import numpy as np

from acuerdo.foresight.model import Floats


@final
class Room:
    """Arrays by name, each in the memory of the one of that name before it, which it overwrites."""

    def __init__(self) -> None:
        self._memory: dict[str, Floats] = {}

    def array(self, name: str, shape: tuple[int, ...]) -> Floats:
        """An array whose numbers are still to be written."""
        size = math.prod(shape)
        if name not in self._memory or self._memory[name].size < size:
            self._memory[name] = np.empty(size)
        return self._memory[name][:size].reshape(shape)
