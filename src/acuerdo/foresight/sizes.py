"""How much is computed where nobody asks for more or less; the commands, the workspace and the engine share it."""

from __future__ import annotations

from typing import Final

DRAWS: Final = 400
"""Parameter values under each structure, in a comparison."""
TRIED: Final = 64
"""Values that are tried of what the data do not decide."""
STARTS: Final = 8
"""Starts of a fit."""
SAMPLED: Final = 512
"""Base sample of a sensitivity: enough for the models here to settle; a power of two, as Sobol's sequence asks."""
TOGETHER: Final = 200
"""Draws of every model in the coupled run."""
