"""What a kind of entry is: the form of its body, how it is told, and what it changes.

A kind is one file in ``record/kinds``; its name is the kind. A thing that can be proposed is one file in
``record/things``. An entry of a kind that is not there is kept and not interpreted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, final

from pydantic import BaseModel, Field, ValidationError

from acuerdo.core.errors import not_found
from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text

if TYPE_CHECKING:
    from acuerdo.record.placed import Placed

KINDS: Final = Folder("record/kinds", suffixes=(".py",), kind=Text("a kind of entry", "un tipo de asiento"))
THINGS: Final = Folder(
    "record/things", suffixes=(".py",), kind=Text("a thing to propose", "una cosa que proponer")
)

EntryId = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""The id of an entry: 64 hexadecimal digits."""
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Amount = Annotated[str, Field(pattern=r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$")]
"""A measured value, digit by digit, as text: nobody's software rounds what was signed."""
Subject = Annotated[str, Field(pattern=r"^[a-z0-9_]+(:[A-Za-z0-9_.\-]+)+$", max_length=200)]
"""What an entry is about: ``target:mx_homicide_rate:2027``."""
Named = Annotated[str, Field(min_length=1, max_length=200)]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of entry.

    Attributes:
        title: What it is called.
        body: The form of its body.
        tell: What a body says, in a sentence, for who is about to sign it and for who reads the log.
        apply: What it changes on the board (:class:`acuerdo.record.board.Board`) where the state is put together.
        governs: Whether it must reach both sides: a hidden key is no key.
        in_place_of: Kinds that it can stand in for; the rules of signature of those hold for it too.
    """

    title: Text
    body: type[BaseModel]
    tell: Callable[[Any], Text]
    apply: Callable[[Any, Placed, Any], None]
    governs: bool = False
    in_place_of: tuple[str, ...] = ()


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A thing that can be proposed.

    Attributes:
        title: What it is called.
        content: The form of what is proposed.
        key: What identifies it among its like, made of its content; the subject is ``<thing>:<key>``.
        tell: What is proposed, in a few words.
    """

    title: Text
    content: type[BaseModel]
    key: Callable[[Any], str]
    tell: Callable[[Any], Text]


@cache
def kind(kind_id: str) -> Kind | None:
    """The kind of an id; None if this software does not know it."""
    return KINDS.module(kind_id).KIND if kind_id in KINDS.files() else None


def require_kind(kind_id: str) -> Kind:
    """The kind of an id.

    Raises:
        NotFound: If there is none; names the nearest.
    """
    found = kind(kind_id)
    if found is None:
        raise not_found(KINDS.kind, kind_id, known=KINDS.files())
    return found


@cache
def thing(thing_id: str) -> Thing | None:
    """The thing of an id; None if this software does not know it."""
    return THINGS.module(thing_id).THING if thing_id in THINGS.files() else None


def read_body(kind_id: str, body: Any) -> Any:
    """The body of an entry in its form; None if the kind is not known or the body does not fit it."""
    known = kind(kind_id)
    if known is None:
        return None
    try:
        return known.body.model_validate(body)
    except ValidationError:
        return None


Why = Literal[
    "not_seen", "own_proposal", "other_content", "stale", "crossed", "ended", "unknown", "not_yours",
    "does_not_open", "nothing_to_withdraw", "already_answered",
]  # fmt: skip
WHY: Final[dict[Why, Text]] = {
    "not_seen": Text(
        "its author had not seen what it answers", "su autor no había visto aquello a lo que responde"
    ),
    "own_proposal": Text(
        "a side cannot accept its own proposal", "una parte no puede aceptar su propia propuesta"
    ),
    "other_content": Text(
        "it consents to another content, version or prior state than the proposal has",
        "consiente otro contenido, versión o estado previo que los de la propuesta",
    ),
    "stale": Text(
        "what was agreed has changed since it was proposed", "lo acordado cambió desde que se propuso"
    ),
    "crossed": Text(
        "each side accepted the other's proposal without knowing that the other did; nothing is agreed",
        "cada parte aceptó la propuesta de la otra sin saber que la otra hacía lo mismo; nada queda acordado",
    ),
    "ended": Text(
        "the proposal was withdrawn or replaced by its author, who had not seen the acceptance",
        "la propuesta fue retirada o reemplazada por su autor, que no había visto la aceptación",
    ),
    "unknown": Text("it answers nothing that is in the record", "no responde a nada que esté en el registro"),
    "not_yours": Text("it is about an entry of the other side", "trata de un asiento de la otra parte"),
    "does_not_open": Text(
        "what is revealed is not what was sealed", "lo que se revela no es lo que se selló"
    ),
    "nothing_to_withdraw": Text("there is nothing left to withdraw", "ya no hay nada que retirar"),
    "already_answered": Text("it was answered before", "ya había sido respondido"),
}
"""Why an entry has no effect, in words."""
