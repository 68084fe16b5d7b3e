"""The keys of one side as they stand at one place of its log, and what their signatures are worth there.

What a side's rules ask of several keys must not be in reach of one. So a key that is entered, and a change of the rules
themselves, need as many as the strictest rule; a key that was here before never comes back, for it may have been ended
because it was stolen; and of recovery keys only a recovery key disposes, once there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, final

from pydantic import ValidationError

from acuerdo.core.errors import KeyRefused, Problem
from acuerdo.core.text import Text
from acuerdo.record.entry import Entry
from acuerdo.record.envelope import Envelope, pae
from acuerdo.record.kind import kind, read_body
from acuerdo.record.party import Party, PublicKey, Role
from acuerdo.record.signer import verifies

HAND_OVER: Final = "hand_over_key"
REVOKE: Final = "revoke_key"
RULES: Final = "change_rules"
ALTERS_KEYS: Final = frozenset({HAND_OVER, REVOKE, RULES})
"""The kinds that change who may sign; none of them can be kept from the other sides."""


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
        rules: How many distinct keys must sign an entry of a kind, where one is not enough.
    """

    party: Party
    held: Mapping[str, Held]
    rules: Mapping[str, int]

    @classmethod
    def of(cls, party: Party) -> Keyring:
        """The first keys and rules of a side."""
        return cls(party=party, held={key.id: Held(key=key) for key in party.keys}, rules=party.thresholds)

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

    def needed(self, kind_id: str) -> int:
        """How many distinct keys must sign an entry of a kind."""
        if kind_id in {HAND_OVER, RULES}:
            return max((1, *self.rules.values()))
        known = kind(kind_id)
        alike = known.in_place_of if known is not None else ()
        return max(self.rules.get(one, 1) for one in (kind_id, *alike))

    def waits(self, entry: Entry, signers: Sequence[str]) -> bool:
        """Whether an entry lacks nothing but further signatures by keys of the desk."""
        return self._lacking(entry, signers) == _TOO_FEW

    def accept(self, envelope: Envelope, entry: Entry) -> tuple[str, ...]:
        """The names of the keys that signed an entry.

        Raises:
            KeyRefused: If a signature is wrong, is by a key that is not in force or may not sign this kind, or if
                fewer distinct keys signed than the side's own rules ask for.
        """
        brought = brought_key(entry)
        if brought is not None and brought.id in self.held:
            raise refused(_BACK, brought.id)
        message = pae(envelope.payload)
        signers: list[str] = []
        for one in envelope.signatures:
            key = self._key(one.key_id, brought)
            if key is None:
                raise refused(_NOT_IN_FORCE, one.key_id)
            if one.key_id in signers:
                raise refused(_TWICE, one.key_id)
            if not verifies(key.raw, one.value, message=message):
                raise refused(_WRONG, one.key_id)
            signers.append(one.key_id)
        lacking = self._lacking(entry, signers)
        if lacking is not None:
            raise refused(lacking, f"{self._at_the_desk(signers)} / {self.needed(entry.kind)}")
        return tuple(signers)

    def after(self, entry: Entry, place: int) -> Keyring:
        """The keys and rules after one more entry of the side's log, already accepted."""
        match entry.kind:
            case "hand_over_key":
                brought = brought_key(entry)
                new = {brought.id: Held(key=brought, since=place)} if brought is not None else {}
                return self._with({**new, **self._ended(entry.body.get("replaces"), place)})
            case "revoke_key":
                return self._with(self._ended(entry.body.get("key"), place))
            case "change_rules":
                rules = new_rules(entry)
                return self if rules is None else replace(self, rules=rules)
            case _:
                return self

    def _key(self, name: str, brought: PublicKey | None) -> PublicKey | None:
        if brought is not None and name == brought.id:
            return brought
        held = self.held.get(name)
        return held.key if held is not None and held.until is None else None

    def _at_the_desk(self, signers: Iterable[str]) -> int:
        return sum(
            name in self.held and "desk" in self.held[name].key.roles and self.held[name].until is None
            for name in signers
        )

    def _lacking(self, entry: Entry, signers: Sequence[str]) -> Text | None:
        """What the signatures of some keys lack; None if they suffice."""
        if entry.kind in ALTERS_KEYS:
            brought = brought_key(entry)
            if entry.kind == HAND_OVER and (brought is None or brought.id not in signers):
                # A new key signs its own arrival, so that nobody enters a key that is not theirs.
                return _UNPROVEN
            if entry.kind == RULES and self._would_lock(entry):
                return _LOCKS
            recovering = any("recovery" in self.held[name].key.roles for name in signers if name in self.held)
            if recovering and entry.kind != RULES:
                return None
            if self._about_recovery(entry, brought):
                return _RECOVERY
        return _TOO_FEW if self._at_the_desk(signers) < self.needed(entry.kind) else None

    def _about_recovery(self, entry: Entry, brought: PublicKey | None) -> bool:
        """Whether an entry disposes of a recovery key while one is in force."""
        ended = self.held.get(str(entry.body.get("replaces" if entry.kind == HAND_OVER else "key")))
        keys = [brought, ended.key if ended is not None else None]
        return bool(self.in_force("recovery")) and any(key and "recovery" in key.roles for key in keys)

    def _would_lock(self, entry: Entry) -> bool:
        """Whether nobody could enter a kind any more: a rule asks for more keys than there are."""
        rules = new_rules(entry)
        return rules is None or max((1, *rules.values())) > len(self.in_force("desk"))

    def _with(self, changed: Mapping[str, Held]) -> Keyring:
        return replace(self, held={**self.held, **changed})

    def _ended(self, name: Any, place: int) -> dict[str, Held]:
        held = self.held.get(name) if isinstance(name, str) else None
        return {name: replace(held, until=place)} if held is not None and held.until is None else {}


def brought_key(entry: Entry) -> PublicKey | None:
    """The key that an entry brings; None if it brings none, or what it brings is no key."""
    if entry.kind != HAND_OVER:
        return None
    try:
        return PublicKey.model_validate(entry.body.get("key"))
    except ValidationError:
        return None


def new_rules(entry: Entry) -> Mapping[str, int] | None:
    """The rules of signature that an entry sets; None if it sets none."""
    body = read_body(RULES, entry.body) if entry.kind == RULES else None
    return body.rules if body is not None else None


_NOT_IN_FORCE = Text("This key is not in force here: {}", "Esta llave no está vigente aquí: {}")
_TWICE = Text(
    "This key signed twice, which counts once: {}", "Esta llave firmó dos veces, que cuentan una: {}"
)
_WRONG = Text("This signature does not fit the entry: {}", "Esta firma no corresponde al asiento: {}")
_BACK = Text(
    "This key was here before and cannot come back; make a new one: {}",
    "Esta llave ya estuvo aquí y no puede volver; cree una nueva: {}",
)
_TOO_FEW = Text(
    "Fewer distinct keys signed than the side's own rules ask for: {}",
    "Firmaron menos llaves distintas de las que piden las reglas de la parte: {}",
)
_UNPROVEN = Text(
    "The key that is handed over did not sign its own arrival.",
    "La llave que se entrega no firmó su propia llegada.",
)
_RECOVERY = Text(
    "Of a recovery key only a recovery key disposes.",
    "De una llave de recuperación solo dispone una llave de recuperación.",
)
_LOCKS = Text(
    "The rules ask for more keys than there are at the desk, so that nobody could sign any more.",
    "Las reglas piden más llaves de las que hay en la mesa, de modo que nadie podría ya firmar.",
)


def refused(why: Text, named: str) -> KeyRefused:
    """The error for signatures that are not enough, saying why."""
    short = named if "/" in named else named[:16]
    return KeyRefused(
        Problem(
            what=Text("The signatures on this entry do not hold.", "Las firmas de este asiento no valen."),
            why=Text(why.en.format(short), why.es.format(short)),
        )
    )


def other_keys(party: Party) -> KeyRefused:
    """The error for a file that names other first keys of a side than the reader has from that side."""
    return KeyRefused(
        Problem(
            what=Text(
                f"It names other first keys for '{party.side}' than the file that you have.",
                f"Nombra otras primeras llaves de «{party.side}» que el archivo que usted tiene.",
            ),
            where=party.fingerprint,
        )
    )
