"""A place in an order: "ranks 104 out of 138 countries"."""

from __future__ import annotations

from typing import final

from acuerdo.claims.ground import Ground, Track
from acuerdo.claims.measure import AbstractMeasured, Measure, countable
from acuerdo.claims.reading import Reading, missing, shown
from acuerdo.claims.weighing import allowed_by
from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.spec.fields import Plain, When


@final
class RankCheck(AbstractMeasured):
    """A rank as its publisher printed it, with the number of places ranked.

    Attributes:
        at: The edition.
        other_editions: Other editions that the words could mean.
        among: How many were ranked, edition by edition.
        written: The rank.
        out_of: The number of places, if the words give one.
    """

    at: When
    other_editions: tuple[When, ...] = ()
    among: Measure | None = None
    written: Plain
    out_of: Plain | None = None


def readings(check: RankCheck, ground: Ground) -> tuple[Reading, ...]:
    """The rank in the edition named, and in the others."""
    stated, *rivals = ground.tracks(check)
    fields = ground.track(countable(check.among)) if check.among is not None else None
    own = [_edition(check, track, fields=fields, at=check.at) for track in (stated, *rivals)]
    return (*own, *(_edition(check, stated, fields=fields, at=other) for other in check.other_editions))


def _edition(check: RankCheck, track: Track, *, fields: Track | None, at: Period) -> Reading:
    role = track.role if at == check.at else "baseline"
    rank = track.at(at)
    if rank is None or rank.value is None:
        return missing(role, track.title, period=at)
    allowed = allowed_by(check.written)
    field = fields.at(at) if fields else None
    right_rank = allowed.admits(rank.value)
    right_field = check.out_of is None or (
        field is not None and field.value is not None and allowed_by(check.out_of).admits(field.value)
    )
    number, year = shown(rank.value), at
    of = f" {shown(field.value)}" if field and field.value is not None else ""
    return Reading(
        role=role,
        by=track.title,
        told=Text(
            f"rank {number}{' of' + of if of else ''} in the {year.label('en')} edition",
            f"lugar {number}{' de' + of if of else ''} en la edición de {year.label('es')}",
        ),
        holds=right_rank and right_field,
        value=rank.value,
        unit=track.unit.id,
        margin=allowed.margin(rank.value),
        figures=(rank, field) if field else (rank,),
        cause="baseline" if role == "baseline" else track.cause,
    )
