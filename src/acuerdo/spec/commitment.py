"""A commitment: what was promised, when, by whom, until when, and what is on record about it since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, cast, final

from pydantic import Discriminator, Field, Tag

from acuerdo.spec.fields import AbstractSpec, Key, Language, Plain, Points, Sources, When, Words
from acuerdo.spec.quantity import Quantity
from acuerdo.spec.source import Withheld
from acuerdo.spec.structure import AgencyRef, MeetingOrDocument, StructureRef

ObligedSide = Annotated[str, Points(("parties",), besides=("joint", "either", "not_stated"))]
"""The id of a party; ``joint`` where both must act together, ``either`` where one is enough, ``not_stated``."""


@final
class Quote(AbstractSpec):
    """Words as published, in their own language.

    Attributes:
        words: The words, unchanged.
        language: Their language.
        translation: The same in the other language.
        translated_by: ``ours`` unless a government published the translation.
    """

    words: Plain
    language: Language
    translation: Plain
    translated_by: Literal["ours", "official"] = "ours"


@final
class Recurring(AbstractSpec):
    """A deadline that comes back: every year, quarter or month, from ``first`` to ``last``.

    Attributes:
        first: The first period in which it is due.
        last: The last one; absent when no end was set.
        every: The rhythm.
    """

    every: Literal["year", "half", "quarter", "month"]
    first: When
    last: When | None = None


@final
class Relative(AbstractSpec):
    """A deadline counted from something else: ``{within: 180, unit: days, after: hlsd_1}``.

    Attributes:
        within: How many days, months or years.
        unit: Days, months or years.
        after: The meeting, document, event or commitment from which it is counted.
    """

    within: Annotated[int, Field(gt=0)]
    unit: Literal["days", "months", "years"]
    after: Annotated[str, Points(("meetings", "documents", "events", "commitments"))]


def _deadline_kind(value: Any) -> str:
    if isinstance(value, Recurring):
        return "recurring"
    if isinstance(value, Relative):
        return "relative"
    if isinstance(value, Withheld):
        return "not_public"
    if isinstance(value, Mapping):
        keys = set(cast("Mapping[str, object]", value))
        return (
            "not_public"
            if "not_public" in keys
            else "relative"
            if keys & {"within", "after"}
            else "recurring"
        )
    return "none" if value == "none" else "date"


Deadline = Annotated[
    Annotated[When, Tag("date")]
    | Annotated[Recurring, Tag("recurring")]
    | Annotated[Relative, Tag("relative")]
    | Annotated[Withheld, Tag("not_public")]
    | Annotated[Literal["none"], Tag("none")],
    Discriminator(_deadline_kind),
]
"""``2021-12-01``, ``2022-01``, ``{every: year, first: 2021}``, ``{within: …}``, ``{not_public: key}`` or ``none``."""


@final
class RecordEntry(AbstractSpec):
    """One dated, cited statement about what happened to a commitment.

    Attributes:
        date: When it happened.
        text: What is on record.
        completes: Whether it states that the commitment, or this round of it, was completed.
        quantity: A number that it states.
    """

    date: When
    text: Words
    completes: bool = False
    quantity: Quantity | None = None
    sources: Sources


@final
class Commitment(AbstractSpec):
    """One thing promised that can be followed up.

    Attributes:
        title: What was promised, in our words, in both languages.
        wording: The words themselves, where they were seen.
        origin: The meeting or document that made it.
        made_on: The date of the promise, where it differs from the origin's date.
        obliged: The party that must act; ``joint``, where both must together; ``either``, where one is enough.
        agencies: Agencies named in it.
        objectives: Goals, areas or objectives that it serves.
        deadline: A date, a rhythm, a delay, ``none`` set, or not public.
        quantity: The number promised, if one was.
        follows: An earlier commitment that this one renews or makes precise.
        record: Dated statements since, each with its source; whether it was kept is computed from them.
    """

    id: Key
    title: Words
    wording: Quote | None = None
    origin: MeetingOrDocument
    made_on: When | None = None
    obliged: ObligedSide
    agencies: tuple[AgencyRef, ...] = ()
    objectives: tuple[StructureRef, ...] = ()
    deadline: Deadline
    quantity: Quantity | None = None
    follows: Annotated[str, Points(("commitments",))] | None = None
    record: tuple[RecordEntry, ...] = ()
    note: Words | None = None
    sources: Sources
