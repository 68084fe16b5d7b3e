"""What of a log a party may be given at this moment: decided when it is sent, by the markings as they stand then.

A later marking takes the place of the one that an entry was entered with. The entry that changes a marking is given to
everybody who may have had what it is about, by whatever way that came: so a revocation reaches those whom it concerns,
and a node that relays learns in time what it may relay no more. Entries about keys go to every side of the record, for
a hidden key is none. All else that is not allowed is denied.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import final

from acuerdo.record.entry import Entry
from acuerdo.record.envelope import Envelope
from acuerdo.record.keyring import ALTERS_KEYS
from acuerdo.record.kind import read_body
from acuerdo.record.log import Log
from acuerdo.record.marking import Marking, audience, may_have, onward

_REMARK = b'"kind":"remark"'


@final
class Release:
    """Who may be given the entries of one log.

    Attributes:
        log: The log.
        side: The side whose log it is.
        owner: Whether the sender is that side itself; else it relays, and may do so only as far as it is allowed to.
    """

    def __init__(self, log: Log, side: str, *, owner: bool) -> None:
        self.log = log
        self.side = side
        self.owner = owner
        self._read: tuple[int, int] = (0, 0)
        self._later: dict[str, list[Marking]] = {}
        self._about: dict[str, Entry | None] = {}

    def allows(self, envelope: bytes, to: str, *, at: datetime) -> bool:
        """Whether a party may be given an entry at a moment.

        Args:
            envelope: The entry as the log holds it.
            to: A side, an agency, or the public.
            at: The moment, with its time zone.
        """
        entry = Entry.stored(Envelope.from_bytes(envelope).payload)
        return to == self.side or any(may_have(to, allowed) for allowed in self._audiences(entry, at))

    def refresh(self) -> None:
        """Reads the markings that were changed since the last time."""
        size, supplied = self.log.size, self.log.supplied
        begin = self._read[0] if supplied == self._read[1] else 0
        if begin == 0:
            self._later.clear()
            self._about.clear()
        for payload in _payloads(self.log, begin, end=size):
            if _REMARK in payload:
                self._note(Entry.stored(payload))
        wanted = self._later.keys() - self._about.keys()
        for payload in _payloads(self.log, 0, end=size) if wanted else ():
            name = hashlib.sha256(payload).hexdigest()
            if name in wanted:
                self._about[name] = Entry.stored(payload)
        # What is not in this log is not looked for again.
        self._about.update(dict.fromkeys(wanted - self._about.keys()))
        self._read = size, supplied

    def _note(self, entry: Entry) -> None:
        body = read_body("remark", entry.body) if entry.kind == "remark" else None
        if body is not None:
            self._later.setdefault(body.entry, []).append(body.marking)

    def _audiences(self, entry: Entry, at: datetime) -> Iterator[frozenset[str]]:
        if entry.kind in ALTERS_KEYS:
            yield frozenset(entry.seen)
        later = self._later.get(entry.id)
        yield self._of(entry, at, marking=later[-1] if later else None)
        about = self._about.get(str(entry.body.get("entry"))) if entry.kind == "remark" else None
        if about is not None:
            yield self._of(about, at, marking=None)
            for marking in self._later[about.id]:
                yield self._of(about, at, marking=marking)

    def _of(self, entry: Entry, at: datetime, *, marking: Marking | None) -> frozenset[str]:
        allowed = audience if self.owner else onward
        return allowed(entry, at, marking=marking)


def _payloads(log: Log, begin: int, *, end: int) -> Iterator[bytes]:
    for row in log.rows(begin, end):
        if row.envelope is not None:
            yield Envelope.from_bytes(row.envelope).payload
