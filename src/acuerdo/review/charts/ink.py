"""The inks of the review: the same names as the custom properties in ``assets/style.css``.

Categories are told apart by people with any of the common colour deficiencies, and each reaches 4.5:1 against the
paper, because direct labels are set in the colour of their line. A test compares this table with the style sheet.
"""

from __future__ import annotations

from typing import Final

PAPER: Final = "#fdfcf8"
INK: Final = "#1b1a17"
MUTED: Final = "#5c584f"
HAIRLINE: Final = "#d9d4c7"
LAND: Final = "#ebe6da"
VINTAGE: Final = "#b9b2a2"
ACCENT: Final = "#a5301c"
CATEGORIES: Final = ("#14507f", "#a85a08", "#00694f", "#7a3a8c", "#5c584f", "#8a1f4b")
"""Colours of the lines of a chart, in the order in which they are used."""
LADDER: Final = ("#f3e3d3", "#e6bd9c", "#d08f67", "#b05a3a", "#7c2415")
"""Classes of a map, from low to high."""
