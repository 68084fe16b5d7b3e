"""What an entry says, in plain words, for who is about to sign it and for who reads it later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from acuerdo.core.text import Text
from acuerdo.record.entry import Entry
from acuerdo.record.keyring import HAND_OVER, Keyring
from acuerdo.record.kind import kind, read_body
from acuerdo.record.marking import in_words, read_marking
from acuerdo.record.state import State


def sentence(entry: Entry) -> Text:
    """What an entry says, in a sentence."""
    known, body = kind(entry.kind), read_body(entry.kind, entry.body)
    if known is None or body is None:
        return Text(
            f"an entry of kind '{entry.kind}', kept and not interpreted",
            f"un asiento de tipo «{entry.kind}», guardado y no interpretado",
        )
    return in_lines([known.tell(body)])


def in_lines(told: Iterable[Text]) -> Text:
    """Texts, each on one line: another's words in lines of their own could pass for what is told of them."""
    lines = tuple(told)
    return Text(
        "\n".join(" ⏎ ".join(one.en.splitlines()) for one in lines),
        "\n".join(" ⏎ ".join(one.es.splitlines()) for one in lines),
    )


def told(entry: Entry, *, keyring: Keyring, state: State, signed: Sequence[str] = ()) -> Text:
    """What signing an entry means, line by line.

    Args:
        entry: The entry.
        keyring: The keys and rules of the side that signs.
        state: What is known to that side.
        signed: The names of the keys that have signed it already.
    """
    says, party = sentence(entry), keyring.party
    seen = ", ".join(f"{side} {count}" for side, count in sorted(entry.seen.items()))
    lines = [
        Text(
            f"To be signed by {entry.author}, for {party.name.en}, in the record '{entry.record}':",
            f"Lo firmará {entry.author}, por {party.name.es}, en el registro «{entry.record}»:",
        ),
        Text(f"  {says.en}", f"  {says.es}"),
        *_in_the_other_language(entry),
        *_answered(entry, state),
        *_about(entry, state),
        _audience(entry),
        Text(f"  Entries seen when it was written: {seen}", f"  Asientos vistos al escribirlo: {seen}"),
        *_keys(entry, keyring, signed=signed),
        Text(
            "  Once entered it stays in the log; it can be answered, corrected or withdrawn, and not erased.",
            "  Una vez asentado queda en la bitácora; puede responderse, corregirse o retirarse, y no borrarse.",
        ),
        Text(f"  SHA-256 of what is signed: {entry.id}", f"  Huella SHA-256 de lo que se firma: {entry.id}"),
    ]
    return in_lines(lines)


def _answered(entry: Entry, state: State) -> list[Text]:
    """The proposal that an entry answers, and what stood before it."""
    offer = state.offers.get(str(entry.body.get("proposal")))
    if offer is None:
        return []
    proposed = offer.proposal.at.entry
    says = sentence(proposed)
    subject = state.subjects.get(offer.proposal.subject)
    agreed = subject.agreed if subject is not None and subject.lapsed is None else None
    before = sentence(state.entries[agreed.requested.entry].entry) if agreed else None
    stood = before or Text("nothing was agreed", "no había nada acordado")
    return [
        Text(
            f"  It answers {proposed.author} ({proposed.side}), who {says.en}",
            f"  Responde a {proposed.author} ({proposed.side}), que {says.es}",
        ),
        *_in_the_other_language(proposed),
        Text(f"  Under: {offer.proposal.version}", f"  Según: {offer.proposal.version}"),
        Text(f"  What stood before: {stood.en}", f"  Lo que estaba antes: {stood.es}"),
    ]


def _about(entry: Entry, state: State) -> list[Text]:
    """The entry that an entry takes back, corrects, opens, marks anew or responds to."""
    named = next(
        (entry.body[name] for name in ("entry", "seal", "recommendation") if name in entry.body), None
    )
    found = state.entries.get(str(named))
    if found is None:
        return []
    says = sentence(found.entry)
    return [
        Text(
            f"  It is about entry {found.place} of {found.entry.author} ({found.side}), who {says.en}",
            f"  Trata del asiento {found.place} de {found.entry.author} ({found.side}), que {says.es}",
        ),
        *_in_the_other_language(found.entry),
    ]


def _in_the_other_language(entry: Entry) -> list[Text]:
    """What an entry says in the language that its reader does not read: a signature is under both."""
    if not _has_words(entry.body):
        return []
    says = sentence(entry)
    return [Text(f"  In Spanish, signed alike: {says.es}", f"  En inglés, firmado por igual: {says.en}")]


def _has_words(value: Any) -> bool:
    """Whether somebody's own words stand in a body, in both languages."""
    if not isinstance(value, dict):
        return isinstance(value, list | tuple) and any(map(_has_words, value))
    return value.keys() == {"en", "es"} or any(map(_has_words, value.values()))


def _keys(entry: Entry, keyring: Keyring, *, signed: Sequence[str]) -> list[Text]:
    """How many keys must sign, who has signed, and where the keys at the desk do not suffice."""
    needed, desk, after = keyring.needed(entry.kind), len(keyring.in_force("desk")), keyring.after(entry, 0)
    lines = [
        Text(
            f"  Distinct keys that must sign it: {needed}", f"  Llaves distintas que deben firmarlo: {needed}"
        )
    ]
    if signed:
        names = ", ".join(f"{after.held[one].key.holder} ({one[:12]})" for one in signed if one in after.held)
        lines.append(Text(f"  Have signed it: {names}", f"  Lo han firmado: {names}"))
    if needed > desk:
        lines.append(_too_few(needed, desk))
    wanted, left = after.needed(HAND_OVER), len(after.in_force("desk"))
    if left < desk and left < wanted:
        lines.append(
            Text(
                f"  After it {left} of the {wanted} keys that the rules ask for are left at the desk: only the "
                "recovery key can bring another. Bring it before, if you can: acuerdo hand-over.",
                f"  Después quedan en la mesa {left} de las {wanted} llaves que piden las reglas: solo la llave de "
                "recuperación puede traer otra. Tráigala antes, si puede: acuerdo hand-over.",
            )
        )
    return lines


def _too_few(needed: int, desk: int) -> Text:
    return Text(
        f"  Only {desk} of {needed} keys are in force at the desk: it can be entered only once the recovery key has "
        "brought another (acuerdo hand-over --key).",
        f"  Solo hay {desk} de {needed} llaves vigentes en la mesa: podrá asentarse cuando la llave de recuperación "
        "haya traído otra (acuerdo hand-over --key).",
    )


def _audience(entry: Entry) -> Text:
    marking = read_marking(entry.marking)
    if marking is None:
        return Text("  Who may have it: nobody", "  Quién puede tenerlo: nadie")
    who = in_words(marking)
    return Text(f"  Who may have it: {who.en}", f"  Quién puede tenerlo: {who.es}")
