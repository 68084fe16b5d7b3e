"""What was said to come, judged once it is due; another kind of check beside it says how."""

from __future__ import annotations

from typing import final

from acuerdo.claims.ground import Ground
from acuerdo.claims.reading import Reading
from acuerdo.claims.wording import during, filled
from acuerdo.core.text import Text
from acuerdo.spec.fields import AbstractSpec, When, Words


@final
class ForecastCheck(AbstractSpec):
    """A forecast.

    Attributes:
        due: When it can be judged.
        would_need: What would decide it, where no other check stands beside it.
    """

    due: When
    would_need: Words | None = None


def is_due(check: ForecastCheck, ground: Ground) -> bool:
    """Whether it can be judged on the day."""
    return (ground.day or ground.today) >= check.due.end


def readings(check: ForecastCheck, ground: Ground) -> tuple[Reading, ...]:
    """Why it cannot be judged: not yet due, or nothing agreed to judge it by."""
    if not is_due(check, ground):
        told = filled(
            Text("it can be judged only {when}", "solo puede juzgarse {when}"), when=during(check.due)
        )
        return (Reading(role="stated", by=None, told=told, holds=None),)
    need = check.would_need or Text("an agreed measure.", "una medida acordada.")
    told = filled(
        Text(
            "no measure was agreed; it would take {need}",
            "no se acordó medida alguna; haría falta contar con {need}",
        ),
        need=need,
    )
    return (Reading(role="stated", by=None, told=told, holds=None),)
