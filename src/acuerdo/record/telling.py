"""What an entry says, in plain words, for who is about to sign it and for who reads it later."""

from __future__ import annotations

from collections.abc import Iterable

from acuerdo.core.text import Text
from acuerdo.record.entry import Entry
from acuerdo.record.kind import kind, read_body
from acuerdo.record.marking import in_words, read_marking
from acuerdo.record.party import Party
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


def told(entry: Entry, *, party: Party, state: State, needed: int) -> Text:
    """What signing an entry means, line by line.

    Args:
        entry: The entry.
        party: The side that signs.
        state: What is known to that side.
        needed: How many distinct keys must sign.
    """
    says = sentence(entry)
    seen = ", ".join(f"{side} {count}" for side, count in sorted(entry.seen.items()))
    lines = [
        Text(
            f"To be signed by {entry.author}, for {party.name.en}, in the record '{entry.record}':",
            f"Lo firmará {entry.author}, por {party.name.es}, en el registro «{entry.record}»:",
        ),
        Text(f"  {says.en}", f"  {says.es}"),
        *_answered(entry, state),
        *_about(entry, state),
        _audience(entry),
        Text(f"  Entries seen when it was written: {seen}", f"  Asientos vistos al escribirlo: {seen}"),
        Text(
            f"  Distinct keys that must sign it: {needed}", f"  Llaves distintas que deben firmarlo: {needed}"
        ),
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
        )
    ]


def _audience(entry: Entry) -> Text:
    marking = read_marking(entry.marking)
    if marking is None:
        return Text("  Who may have it: nobody", "  Quién puede tenerlo: nadie")
    who = in_words(marking)
    return Text(f"  Who may have it: {who.en}", f"  Quién puede tenerlo: {who.es}")
