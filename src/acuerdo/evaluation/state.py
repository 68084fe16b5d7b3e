"""Where a contract stands, from an append-only ledger beside its file; each line carries the hash of the one before.

draft → calibrated → frozen → data locked → run → verdict → dissent notes. A contract whose words change after the
freeze is a draft again, and the ledger says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal, final

from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.text import Text

Event = Literal["calibrated", "frozen", "locked", "run", "verdict", "dissent"]
State = Literal["draft", "calibrated", "frozen", "locked", "run", "verdict", "dissent"]
STATES: Final[dict[State, Text]] = {
    "draft": Text("draft", "borrador"),
    "calibrated": Text("calibrated", "calibrado"),
    "frozen": Text("frozen", "congelado"),
    "locked": Text("data locked", "datos fijados"),
    "run": Text("run", "corrido"),
    "verdict": Text("verdict given", "con veredicto"),
    "dissent": Text("verdict given, with dissent", "con veredicto y disenso"),
}
_NEEDS: Final[dict[Event, State]] = {
    "frozen": "calibrated", "locked": "frozen", "run": "locked", "verdict": "run", "dissent": "verdict",
}  # fmt: skip
_ORDER: Final[tuple[State, ...]] = tuple(STATES)
_FIRST: Final = "0" * 64


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a ledger.

    Attributes:
        event: What happened.
        on: When.
        contract: Digest of the contract then.
        holds: Digest of what it speaks of: the calibration, the data, the result; or the words of a dissent.
        previous: The sha256 of the line before.
    """

    event: Event
    on: date
    contract: str
    holds: str
    previous: str

    @property
    def line(self) -> str:
        """The line as it stands in the file."""
        record = {
            "event": self.event,
            "on": self.on.isoformat(),
            "contract": self.contract,
            "holds": self.holds,
            "previous": self.previous,
        }
        return json.dumps(record, ensure_ascii=False)

    @property
    def digest(self) -> str:
        """The sha256 of the line."""
        return hashlib.sha256(self.line.encode()).hexdigest()


def ledger_of(contract: Path) -> Path:
    """The ledger beside a contract's file."""
    return contract.with_suffix(".ledger")


def read(ledger: Path) -> tuple[Entry, ...]:
    """The entries of a ledger; none where there is no file.

    Raises:
        CheckFailed: If a line is no entry, or does not carry the hash of the one before: something was changed.
    """
    if not ledger.is_file():
        return ()
    entries: list[Entry] = []
    for number, line in enumerate(ledger.read_text("utf-8").splitlines(), 1):
        entry = _entry(line, where=f"{ledger.name}:{number}:1")
        if entry.previous != (entries[-1].digest if entries else _FIRST):
            raise CheckFailed(_broken(f"{ledger.name}:{number}:1"))
        entries.append(entry)
    return tuple(entries)


def state_of(entries: Sequence[Entry], contract: str) -> State:
    """Where a contract with a digest stands."""
    last: State = "draft"
    for entry in _current(entries, contract):
        last = entry.event
    return last


def holding(entries: Sequence[Entry], contract: str, *, event: Event) -> str | None:
    """What the last entry of an event speaks of, for this version of the contract; None where there is none."""
    return next(
        (one.holds for one in reversed(tuple(_current(entries, contract))) if one.event == event), None
    )


def require_version(entries: Sequence[Entry], contract: str, *, version: int) -> None:
    """Refuses a contract whose words changed after a freeze without a new version.

    Args:
        contract: Its digest.
        version: The version that it says it is.

    Raises:
        CheckFailed: If others were frozen before it and its version does not count them.
    """
    frozen = {one.contract for one in entries if one.event == "frozen"} - {contract}
    if version <= len(frozen):
        raise CheckFailed(_unversioned(version, len(frozen) + 1))


def append(ledger: Path, event: Event, *, contract: str, holds: str, on: date) -> Entry:
    """Adds one line; nothing in the file is ever rewritten.

    Raises:
        CheckFailed: If the contract is not in the state that the event needs, or the ledger was changed.
    """
    entries = read(ledger)
    state, needed = state_of(entries, contract), _NEEDS.get(event)
    if needed is not None and _ORDER.index(state) < _ORDER.index(needed):
        raise CheckFailed(_too_early(event, state=state, needed=needed))
    if event == "calibrated" and _ORDER.index(state) >= _ORDER.index("frozen"):
        raise CheckFailed(_too_late(state))
    entry = Entry(
        event=event, on=on, contract=contract, holds=holds, previous=entries[-1].digest if entries else _FIRST
    )
    with ledger.open("a", encoding="utf-8") as file:
        file.write(entry.line + "\n")
    return entry


def _current(entries: Sequence[Entry], contract: str) -> Iterator[Entry]:
    return (one for one in entries if one.contract == contract)


def _entry(line: str, *, where: str) -> Entry:
    try:
        record = json.loads(line)
        return Entry(
            event=record["event"],
            on=date.fromisoformat(record["on"]),
            contract=record["contract"],
            holds=record["holds"],
            previous=record["previous"],
        )
    except (ValueError, KeyError, TypeError):
        raise CheckFailed(_broken(where)) from None


def _broken(where: str) -> Problem:
    return Problem(
        what=Text(
            "The ledger was changed: this line does not follow from the one before.",
            "El libro fue alterado: esta línea no se sigue de la anterior.",
        ),
        where=where,
        fix=Text(
            "Restore the file from the version under which both sides froze the contract.",
            "Restaure el archivo de la versión con que ambas partes congelaron el contrato.",
        ),
    )


def _too_early(event: Event, *, state: State, needed: State) -> Problem:
    return Problem(
        what=Text(
            f"The contract stands at '{STATES[state].en}'; '{STATES[event].en}' needs '{STATES[needed].en}' first.",
            f"El contrato está en «{STATES[state].es}»; «{STATES[event].es}» requiere antes «{STATES[needed].es}».",
        ),
        why=Text(
            "The order is what makes the answer believable: the rule before the outcome.",
            "El orden es lo que da credibilidad a la respuesta: la regla antes que el resultado.",
        ),
        fix=Text(
            "acuerdo evaluate CONTRACT --blind calibrates it, acuerdo contract freeze CONTRACT freezes it.",
            "acuerdo evaluate CONTRATO --blind lo calibra; acuerdo contract freeze CONTRATO lo congela.",
        ),
    )


def _unversioned(version: int, wanted: int) -> Problem:
    return Problem(
        what=Text(
            f"The contract was frozen in other words, and still says that it is version {version}.",
            f"El contrato se congeló con otras palabras y todavía dice ser la versión {version}.",
        ),
        why=Text(
            "A contract that could change after the freeze would fix nothing.",
            "Un contrato que pudiera cambiar después de congelarse no fijaría nada.",
        ),
        fix=Text(
            f"Undo the change; or write 'version: {wanted}' and say under 'deviations' what changed, when and why.",
            f"Deshaga el cambio; o escriba «version: {wanted}» y diga en «deviations» qué cambió, cuándo y por qué.",
        ),
    )


def _too_late(state: State) -> Problem:
    return Problem(
        what=Text(
            f"The contract is already '{STATES[state].en}'; it is not calibrated again.",
            f"El contrato ya está en «{STATES[state].es}»; no se calibra de nuevo.",
        ),
        fix=Text(
            "A change is a new version: raise 'version' and say under 'deviations' what changed.",
            "Un cambio es una versión nueva: suba «version» y diga en «deviations» qué cambió.",
        ),
    )
