"""The keys of one side as they stand at one place of its log, and what their signatures are worth there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, final

from pydantic import ValidationError

from acuerdo.core.errors import KeyRefused, Problem
from acuerdo.core.text import Text
from acuerdo.record.entry import Entry
from acuerdo.record.envelope import Envelope, pae
from acuerdo.record.party import Party, PublicKey, Role
from acuerdo.record.signer import verifies

HAND_OVER: Final = "hand_over_key"
REVOKE: Final = "revoke_key"
ALTERS_KEYS: Final = frozenset({HAND_OVER, REVOKE})


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A key and how long it is in force.

    Attributes:
        key: The key.
        since: The place in the log after which it is in force; -1 for a first key.
        until: The place of the entry that revoked it; None while it is in force.
    """

    key: PublicKey
    since: int = -1
    until: int | None = None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Keyring:
    """The keys of one side after some number of its entries.

    Attributes:
        party: The side.
        held: Every key there ever was, by its name.
    """

    party: Party
    held: Mapping[str, Held]

    @classmethod
    def of(cls, party: Party) -> Keyring:
        """The first keys of a side."""
        return cls(party=party, held={key.id: Held(key=key) for key in party.keys})

    def in_force(self, role: Role | None = None) -> dict[str, PublicKey]:
        """The keys in force, of one role if it is given."""
        return {
            name: held.key
            for name, held in self.held.items()
            if held.until is None and (role is None or role in held.key.roles)
        }

    def nodes(self) -> list[bytes]:
        """The keys that have ever signed checkpoints, in force or not."""
        return [held.key.raw for held in self.held.values() if "node" in held.key.roles]

    def needed(self, kind: str) -> int:
        """How many distinct keys must sign an entry of a kind."""
        return self.party.thresholds.get(kind, 1)

    def accept(self, envelope: Envelope, entry: Entry) -> tuple[str, ...]:
        """The names of the keys that signed an entry.

        Raises:
            KeyRefused: If a signature is wrong, is by a key that is not in force or may not sign this kind, or if
                fewer distinct keys signed than the side's own rules ask for.
        """
        known = {**self.held, **_brought(entry)} if entry.kind == HAND_OVER else self.held
        message = pae(envelope.payload)
        signers: list[str] = []
        for one in envelope.signatures:
            held = known.get(one.key_id)
            if held is None or held.until is not None:
                raise refused(_NOT_IN_FORCE, one.key_id)
            if one.key_id in signers:
                raise refused(_TWICE, one.key_id)
            if not verifies(held.key.raw, one.value, message=message):
                raise refused(_WRONG, one.key_id)
            signers.append(one.key_id)
        self._enough(entry, signers)
        return tuple(signers)

    def after(self, entry: Entry, place: int) -> Keyring:
        """The keys after one more entry of the side's log, already accepted."""
        match entry.kind:
            case "hand_over_key":
                brought = {name: replace(held, since=place) for name, held in _brought(entry).items()}
                gone = entry.body.get("replaces")
                return self._with({**brought, **self._ended(gone, place)})
            case "revoke_key":
                return self._with(self._ended(entry.body.get("key"), place))
            case _:
                return self

    def _enough(self, entry: Entry, signers: list[str]) -> None:
        held = [self.held[name].key.roles for name in signers if name in self.held]
        alters = entry.kind in ALTERS_KEYS
        if alters and any("recovery" in roles for roles in held) and _proven(entry, signers):
            return
        desk, needed = sum("desk" in roles for roles in held), self.needed(entry.kind)
        if desk < needed:
            raise refused(_TOO_FEW, f"{desk} / {needed}")
        if alters and not _proven(entry, signers):
            raise refused(_UNPROVEN, "")

    def _with(self, changed: Mapping[str, Held]) -> Keyring:
        return replace(self, held={**self.held, **changed})

    def _ended(self, name: Any, place: int) -> dict[str, Held]:
        held = self.held.get(name) if isinstance(name, str) else None
        return {name: replace(held, until=place)} if held is not None and held.until is None else {}


def _brought(entry: Entry) -> dict[str, Held]:
    """The key that an entry brings; none if what it brings is no key."""
    try:
        key = PublicKey.model_validate(entry.body.get("key"))
    except ValidationError:
        return {}
    return {key.id: Held(key=key)}


def _proven(entry: Entry, signers: list[str]) -> bool:
    """A new key signs its own arrival, so that nobody enters a key that is not theirs."""
    return entry.kind != HAND_OVER or bool(set(_brought(entry)) & set(signers))


_NOT_IN_FORCE = Text("This key is not in force here: {}", "Esta llave no está vigente aquí: {}")
_TWICE = Text(
    "This key signed twice, which counts once: {}", "Esta llave firmó dos veces, que cuentan una: {}"
)
_WRONG = Text("This signature does not fit the entry: {}", "Esta firma no corresponde al asiento: {}")
_TOO_FEW = Text(
    "Fewer distinct keys signed than the side's own rules ask for: {}",
    "Firmaron menos llaves distintas de las que piden las reglas de la parte: {}",
)
_UNPROVEN = Text(
    "The key that is handed over did not sign its own arrival. {}",
    "La llave que se entrega no firmó su propia llegada. {}",
)


def refused(why: Text, named: str) -> KeyRefused:
    """The error for signatures that are not enough, saying why."""
    short = named if "/" in named else named[:16]
    return KeyRefused(
        Problem(
            what=Text("The signatures on this entry do not hold.", "Las firmas de este asiento no valen."),
            why=Text(why.en.format(short).strip(), why.es.format(short).strip()),
        )
    )
