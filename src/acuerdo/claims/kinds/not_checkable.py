"""What no public record can bear out or refute, with the reason and what would change that."""

from __future__ import annotations

from typing import final

from acuerdo.claims.ground import Ground
from acuerdo.claims.reading import Reading
from acuerdo.claims.wording import filled
from acuerdo.core.text import Text
from acuerdo.spec.fields import AbstractSpec, Words


@final
class NotCheckable(AbstractSpec):
    """A statement without a check.

    Attributes:
        reason: Why it cannot be checked.
        would_need: What would make it checkable.
    """

    reason: Words
    would_need: Words


def readings(check: NotCheckable, ground: Ground) -> tuple[Reading, ...]:
    """None can be made."""
    del ground
    told = filled(
        Text("{reason}; it would take {need}", "{reason}; haría falta contar con {need}"),
        reason=check.reason,
        need=check.would_need,
    )
    return (Reading(role="stated", by=None, told=told, holds=None),)
