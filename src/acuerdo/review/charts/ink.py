"""The inks of the review by name, as on light paper. ``assets/style.css`` has the same names, for light and for dark.

Pictures are drawn in the inks of light paper, because Vega wants colours and not names; a page sets the names in their
place, so that one picture serves both papers. Categories are told apart by people with any of the common colour
deficiencies, and each reaches 4.5:1 against its paper, because direct labels are set in the colour of their line. A
test compares this table with the style sheet.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

INKS: Final = MappingProxyType(
    {
        "paper": "#fdfcf8", "ink": "#1b1a17", "muted": "#5c584f", "hairline": "#d9d4c7", "land": "#ebe6da",
        "vintage": "#b9b2a2", "accent": "#a5301c", "blue": "#14507f", "orange": "#a85a08", "green": "#00694f",
        "purple": "#7a3a8c", "wine": "#8a1f4b",
        "step-1": "#f3e3d3", "step-2": "#e6bd9c", "step-3": "#d08f67", "step-4": "#b05a3a", "step-5": "#7c2415",
    }
)  # fmt: skip
PAPER: Final = INKS["paper"]
INK: Final = INKS["ink"]
MUTED: Final = INKS["muted"]
HAIRLINE: Final = INKS["hairline"]
LAND: Final = INKS["land"]
VINTAGE: Final = INKS["vintage"]
ACCENT: Final = INKS["accent"]
CATEGORIES: Final = tuple(INKS[name] for name in ("blue", "orange", "green", "purple", "muted", "wine"))
"""Colours of the lines of a chart, in the order in which they are used."""
LADDER: Final = tuple(INKS[f"step-{step}"] for step in range(1, 6))
"""Classes of a map, from low to high."""

_NAMES: Final = {ink: f"var(--{name})" for name, ink in INKS.items()}
_ANY: Final = re.compile("|".join(_NAMES))


def named(markup: str) -> str:
    """Markup with each ink by its name, for a page whose style sheet says what the name stands for.

    >>> named('<line stroke="#d9d4c7"/>')
    '<line stroke="var(--hairline)"/>'
    """
    return _ANY.sub(lambda found: _NAMES[found[0]], markup)
