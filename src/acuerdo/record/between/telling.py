"""What a bundle proves, and what it does not, in plain words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime

from acuerdo.core.text import Text
from acuerdo.record.between.bundle import Bundle
from acuerdo.record.between.proving import ProvenLog
from acuerdo.record.explain import whose_keys
from acuerdo.record.telling import in_lines


def told(bundle: Bundle, logs: Sequence[ProvenLog], *, given: Collection[str]) -> Text:
    """The proof of a bundle, line by line.

    Args:
        bundle: The bundle.
        logs: What is proven of each log.
        given: The sides whose own file the reader has, and which was found to be the same.
    """
    return in_lines((*_proves(bundle, logs), *_does_not(bundle, logs, given=given)))


def _proves(bundle: Bundle, logs: Sequence[ProvenLog]) -> Iterator[Text]:
    yield Text(
        f"This bundle of the record '{bundle.record}', made up by '{bundle.sender}' for '{bundle.to}', proves:",
        f"Este paquete del registro «{bundle.record}», hecho por «{bundle.sender}» para «{bundle.to}», prueba:",
    )
    for one in logs:
        yield _log(one)
        yield from _witnesses(one)


def _log(one: ProvenLog) -> Text:
    name, count = one.party.name, one.size - one.begin
    if not count:
        return Text(
            f"- {name.en}: nothing new; its log had {one.size} entries when its node signed for it.",
            f"- {name.es}: nada nuevo; su bitácora tenía {one.size} asientos cuando su nodo firmó por ella.",
        )
    which, here = _which(one.begin, one.size), _signed(count - one.withheld)
    return Text(
        f"- {name.en}: {which.en}. {here.en}None was added between them and none left out.",
        f"- {name.es}: {which.es}. {here.es}Ninguno se intercaló y ninguno falta.",
    )


def _which(begin: int, end: int) -> Text:
    if end - begin == 1:
        return Text(f"entry {begin} of its log is this one", f"el asiento {begin} de su bitácora es este")
    which = f"{begin}–{end - 1}"
    return Text(
        f"entries {which} of its log are these, in this order",
        f"los asientos {which} de su bitácora son estos, en este orden",
    )


def _signed(here: int) -> Text:
    """What is proven of the entries that are in the file as more than a hash."""
    if here == 0:
        return Text("Of none is more here than its hash. ", "De ninguno hay aquí más que su resumen. ")
    each = (
        Text("The one that is here was", "Al que está aquí lo")
        if here == 1
        else Text(f"Each of the {here} that are here was", f"A cada uno de los {here} que están aquí lo")
    )
    return Text(
        f"{each.en} signed by keys of that side in force at that place, and not one character was changed since. ",
        f"{each.es} firmaron llaves de esa parte vigentes en ese lugar, y desde entonces no cambió ni un carácter. ",
    )


def _witnesses(one: ProvenLog) -> Iterator[Text]:
    for side, (size, at) in one.cosigned.items():
        day = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        yield Text(
            f"  '{side}' saw its first {size} entries at {day} by its own clock, and cosigned that the log only grew.",
            f"  «{side}» vio sus primeros {size} asientos el {day} según su reloj, y cofirmó que la bitácora solo "
            "creció.",
        )
    if not one.cosigned:
        yield Text(
            "  No other side has cosigned it here: only its own side vouches for it.",
            "  Ninguna otra parte los cofirmó aquí: solo responde por ellos su propia parte.",
        )


def _does_not(bundle: Bundle, logs: Sequence[ProvenLog], *, given: Collection[str]) -> Iterator[Text]:
    yield Text("It does not prove:", "No prueba:")
    for one in logs:
        yield from _not_of(one)
    yield Text(
        "- that an entry was written at the time it tells: that is what its author's clock said;",
        "- que un asiento se escribiera a la hora que dice: eso decía el reloj de su autor;",
    )
    yield Text(
        "- that nothing was entered since, or that what was said is true: it proves who said it;",
        "- que no se asentara nada después, ni que lo dicho sea cierto: prueba quién lo dijo;",
    )
    yield from whose_keys({party.side: party.fingerprint for party in bundle.parties}, given)


def _not_of(one: ProvenLog) -> Iterator[Text]:
    name = one.party.name
    if one.withheld:
        yield Text(
            f"- what {one.withheld} entries of {name.en} say: whoever made up the bundle may not give them to its "
            "receiver, and only their hashes are here;",
            f"- qué dicen {one.withheld} asientos de {name.es}: quien hizo el paquete no puede darlos a su "
            "destinatario, y aquí solo están sus resúmenes;",
        )
    if one.begin:
        yield Text(
            f"- anything of the first {one.begin} entries of {name.en}, but that what follows continues them;",
            f"- nada de los primeros {one.begin} asientos de {name.es}, salvo que lo siguiente los continúa;",
        )
    if one.unproven:
        yield Text(
            f"- the place of {one.unproven} earlier entries of {name.en}, given late: their receiver has the "
            "hashes;",
            f"- el lugar de {one.unproven} asientos previos de {name.es}, dados después: los resúmenes los tiene "
            "quien los recibe;",
        )
