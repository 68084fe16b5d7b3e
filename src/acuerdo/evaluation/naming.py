"""How units, columns and periods are named in a message, and how names in a table are read."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

_SHOWN = 5


def some(names: Sequence[str]) -> str:
    """The first five names, and how many there are if more.

    >>> some(["a", "b"]), some([str(number) for number in range(7)])
    ('a, b', '0, 1, 2, 3, 4 … (7)')
    """
    return ", ".join(names[:_SHOWN]) + (f" … ({len(names)})" if len(names) > _SHOWN else "")


def name_of(value: Any) -> str:
    """A unit's name as text: without blanks around it, accents in one form, whole numbers without a decimal point.

    >>> name_of(" Me\N{COMBINING ACUTE ACCENT}xico "), name_of(8001.0)
    ('México', '8001')
    """
    whole = isinstance(value, float) and value.is_integer()
    return unicodedata.normalize("NFC", str(int(value) if whole else value)).strip()
