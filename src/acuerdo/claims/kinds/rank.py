"""A place in an order: "ranks 104 out of 138 countries"."""

from __future__ import annotations

from typing import Final, final

from acuerdo.claims.ground import Ground, Track
from acuerdo.claims.measure import AbstractMeasured, Measure, countable
from acuerdo.claims.reading import Reading, missing
from acuerdo.claims.weighing import allowed_by
from acuerdo.claims.wording import filled, joined, shown
from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.indicators.value import Value
from acuerdo.spec.fields import Plain, When

_RANKED: Final = Text("the rank is", "el lugar es el")


@final
class RankCheck(AbstractMeasured):
    """A rank as its publisher printed it, with the number of places ranked.

    Attributes:
        at: The edition.
        other_editions: Other editions that the words could mean.
        among: How many were ranked, edition by edition.
        written: The rank: "104", "fourth-worst", or "worst" for the first place.
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
    return Reading(
        role=role,
        by=track.title,
        told=_told(rank, field, at=at),
        lead=_RANKED,
        holds=right_rank and right_field,
        value=rank.value,
        unit=track.unit.id,
        margin=allowed.margin(rank.value),
        figures=(rank, field) if field else (rank,),
        cause="baseline" if role == "baseline" else track.cause,
    )


def _told(rank: Value, field: Value | None, *, at: Period) -> Text:
    numbers = [shown(one.value) for one in (rank, field) if one is not None and one.value is not None]
    return filled(
        Text("{rank} in the {edition} edition", "{rank} en la edición de {edition}"),
        rank=joined(numbers, Text(" of ", " de ")),
        edition=Text(at.label("en"), at.label("es")),
    )
