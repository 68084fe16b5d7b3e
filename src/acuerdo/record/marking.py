"""Who may have an entry: its marking, and the audience that follows from it. What is not allowed is denied.

The words are SDMX's: CONF_STATUS says whether a thing may be published, CONF_REDIST names further recipients, to whom a
recipient may forward it, and EMBARGO_TIME is the moment from which the public may have it. As there, an embargo belongs
to the status E and to no other: until then as N, from then on as F. Whom a recipient may forward a thing to, its owner
may send it to as well: else neither the thing nor its revocation would reach them while that recipient is silent.

Reference:
    SDMX code list CL_CONF_STATUS, version 1.2; Guidelines for Confidentiality and Embargo in SDMX, version 2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Final, Literal, final

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from acuerdo.core.errors import RecordRefused
from acuerdo.core.text import Text
from acuerdo.record.entry import Entry
from acuerdo.record.moment import moment, write_moment
from acuerdo.record.valid import field_problems
from acuerdo.spec.fields import AbstractSpec, refusal

PUBLIC: Final = "public"
"""The party that everybody belongs to."""
Reach = Literal["public", "both", "agencies", "own"]
ConfStatus = Literal["F", "E", "N", "C", "D", "S", "A", "O", "T", "G", "M"]
CONF_STATUS: Final[dict[ConfStatus, Text]] = {
    "F": Text("free for publication", "de libre publicación"),
    "E": Text("free for publication once the embargo is over", "de libre publicación al vencer el embargo"),
    "N": Text("not for publication, for internal use only", "no publicable, solo para uso interno"),
    "C": Text("confidential", "confidencial"),
    "D": Text(
        "secondary confidentiality set by the sender", "confidencialidad secundaria fijada por el emisor"
    ),
    "S": Text(
        "secondary confidentiality set by the receiver", "confidencialidad secundaria fijada por el receptor"
    ),
    "A": Text("confidential: small counts", "confidencial: conteos pequeños"),
    "O": Text("confidential: one unit dominates", "confidencial: domina una unidad"),
    "T": Text("confidential: two units dominate", "confidencial: dominan dos unidades"),
    "G": Text("confidential: one or two units dominate", "confidencial: dominan una o dos unidades"),
    "M": Text("confidential: concentrated in few", "confidencial: concentrado en pocos"),
}
REACH: Final[dict[Reach, Text]] = {
    "public": Text("everybody", "cualquiera"),
    "both": Text("both governments", "ambos gobiernos"),
    "agencies": Text("the agencies named and nobody else", "las dependencias nombradas y nadie más"),
    "own": Text("our own side only", "solo nuestra parte"),
}
PARTY: Final = r"^[a-z][a-z0-9_]*(:[a-z][a-z0-9_]*)?$"
Party = Annotated[str, Field(pattern=PARTY)]
"""A side (``mx``) or one of its agencies (``mx:sspc``)."""


def _moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    return moment(value) or value


@final
class Marking(AbstractSpec):
    """Who may have an entry.

    Attributes:
        reach: Everybody, both governments, the agencies named, or the own side only.
        agencies: The parties that may have it where ``reach`` is ``agencies``; none of them is nobody.
        conf_status: CONF_STATUS, whether it may be published; only what is free reaches the public, and what is under
            embargo from its moment on.
        conf_redist: CONF_REDIST, further parties that may have it, from its owner or forwarded by a recipient.
        embargo: EMBARGO_TIME, the moment from which the public may have it.
    """

    reach: Reach
    agencies: Annotated[tuple[Party, ...], Field(strict=False)] = ()
    conf_status: ConfStatus = "N"
    conf_redist: Annotated[tuple[Party, ...], Field(strict=False)] = ()
    embargo: Annotated[datetime, BeforeValidator(_moment)] | None = None

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Marking:
        if self.reach == PUBLIC and self.conf_status not in {"F", "E"}:
            raise refusal(
                Text(
                    "What everybody may have must be free for publication (conf_status F, or E with an embargo).",
                    "Lo que cualquiera puede tener debe ser de libre publicación (conf_status F, o E con embargo).",
                ),
                Text(
                    "Write conf_status=F, or a narrower reach.", "Escriba conf_status=F o un alcance menor."
                ),
            )
        beside = self.agencies and self.reach != "agencies"
        if beside or (self.conf_redist and self.reach == "own"):
            raise refusal(
                Text(
                    "Parties are named that the reach leaves out.",
                    "Se nombran partes que el alcance deja fuera.",
                ),
                Text(
                    "Name agencies alone, or add conf_redist= to them, to both or to public.",
                    "Nombre solo dependencias, o añada conf_redist= a ellas, a both o a public.",
                ),
            )
        under_embargo = self.conf_status == "E"
        if under_embargo != (self.embargo is not None) or (under_embargo and self.reach != PUBLIC):
            raise refusal(
                Text(
                    "An embargo, the status E and the reach public go together: one says nothing without the others.",
                    "El embargo, el estatus E y el alcance public van juntos: uno no dice nada sin los otros.",
                ),
                Text(
                    "Write public embargo=2027-01-31T06:00:00Z, or no embargo.",
                    "Escriba public embargo=2027-01-31T06:00:00Z, o ningún embargo.",
                ),
            )
        return self

    def as_written(self) -> dict[str, Any]:
        """The marking as an entry holds it: what is at its default is left out."""
        written = self.model_dump(mode="json", exclude_defaults=True)
        if self.embargo is not None:
            written["embargo"] = write_moment(self.embargo)
        return {**written, "reach": self.reach}


BOTH: Final = Marking(reach="both")
OWN: Final = Marking(reach="own")


def in_words(marking: Marking) -> Text:
    """Who may have what is so marked, and who may be handed it on."""
    reach, status = REACH[marking.reach], CONF_STATUS[marking.conf_status]
    named = f": {', '.join(marking.agencies) or '–'}" if marking.reach == "agencies" else ""
    told = [Text(f"{reach.en}{named} ({status.en})", f"{reach.es}{named} ({status.es})")]
    if marking.embargo is not None:
        day = write_moment(marking.embargo)
        told.append(Text(f"before {day} only the governments", f"antes de {day} solo los gobiernos"))
    if marking.conf_redist:
        onto = ", ".join(marking.conf_redist)
        told.append(
            Text(
                f"also {onto}, from its owner or handed on by a recipient",
                f"también {onto}, de su dueño o transmitido por quien lo reciba",
            )
        )
    return Text("; ".join(one.en for one in told), "; ".join(one.es for one in told))


def read_marking(written: Any) -> Marking | None:
    """The marking that an entry holds; None, which is nobody, if it cannot be understood."""
    try:
        return Marking.model_validate(written)
    except ValidationError:
        return None


def audience(entry: Entry, at: datetime, *, marking: Marking | None = None) -> frozenset[str]:
    """The parties to whom the owner of an entry may send it at a moment; empty is nobody.

    Args:
        entry: The entry.
        at: The moment of sending, with its time zone.
        marking: Its marking as changed later, if it was; else the one it was entered with.
    """
    stands = marking or read_marking(entry.marking)
    match stands:
        case None:
            return frozenset()
        case Marking(reach="own"):
            return frozenset({entry.side})
        case Marking(reach="agencies"):
            return frozenset({*stands.agencies, *stands.conf_redist})
        case _:
            return frozenset({*entry.seen, *stands.conf_redist, *_everybody(stands, at)})


def onward(entry: Entry, at: datetime, *, marking: Marking | None = None) -> frozenset[str]:
    """The parties to whom a recipient that is not the owner may forward an entry at a moment; empty is nobody."""
    stands = marking or read_marking(entry.marking)
    if stands is None or stands.reach == "own":
        return frozenset()
    everybody = _everybody(stands, at)
    return frozenset({*stands.conf_redist, *everybody, *(entry.seen if everybody else ())})


def may_have(party: str, allowed: frozenset[str]) -> bool:
    """Whether a party is among those allowed; everybody is, where the public is."""
    return party in allowed or PUBLIC in allowed


def _everybody(marking: Marking, at: datetime) -> frozenset[str]:
    """The public, if it may have what is so marked at a moment."""
    free = marking.reach == PUBLIC and (marking.embargo is None or at >= marking.embargo)
    return frozenset({PUBLIC} if free else ())


def marking_of(words: Sequence[str]) -> Marking:
    """The marking that words name: ``both``, or ``public embargo=2027-01-31T06:00:00Z``, or ``us:dea,mx:sspc``.

    Args:
        words: The reach, or the agencies that may have it; then ``conf_status=``, ``conf_redist=`` and ``embargo=``.

    Raises:
        RecordRefused: If they name none; lists every word at fault.
    """
    reach, *more = words or ("",)
    written: dict[str, Any] = {}
    for word in more:
        name, _, written[name] = word.partition("=")
    if reach not in REACH or reach == "agencies":
        written |= {"agencies": reach.split(","), "reach": "agencies"}
    else:
        written |= {"reach": reach}
    if "conf_redist" in written:
        written["conf_redist"] = written["conf_redist"].split(",")
    if reach == PUBLIC:
        written.setdefault("conf_status", "E" if "embargo" in written else "F")
    try:
        return Marking.model_validate(written)
    except ValidationError as error:
        raise RecordRefused(field_problems(error, "marking")) from error
