"""Moments as the record writes them: to the second, in universal time, in one form."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

_FORM: Final = "%Y-%m-%dT%H:%M:%SZ"
# Later versions of Python read 24:00:00 too; what one node takes, every node must take.
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):\d{2}:\d{2}Z", re.ASCII)


def moment(text: str) -> datetime | None:
    """The moment that ``2027-01-31T06:00:00Z`` names; None if it is not of that form."""
    try:
        return datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        return None


def write_moment(at: datetime) -> str:
    """A moment in the one form."""
    return at.astimezone(UTC).strftime(_FORM)


def now() -> str:
    """This moment by this machine's clock."""
    return write_moment(datetime.now(UTC))
