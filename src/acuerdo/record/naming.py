"""What is meant by a name at the desk: an entry, or a proposal of another side."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from acuerdo.core.errors import not_found
from acuerdo.core.text import Text
from acuerdo.record.board import Offered
from acuerdo.record.placed import Placed
from acuerdo.record.state import State

_LEAST: Final = 6  # letters of an id; fewer could mean another entry tomorrow
_ENTRY = Text("an entry or subject of this record", "un asiento o asunto de este registro")
_PROPOSAL = Text("a proposal of another side", "una propuesta de otra parte")


def entry_named(named: str, state: State, *, kinds: Collection[str], side: str, ours: bool) -> Placed:
    """The one entry that a name means: the beginning of its id, the subject of a side's latest word, or ``last``.

    Args:
        named: The name.
        state: What is known.
        kinds: The kinds that it may be of; any, if there are none.
        side: The side that asks.
        ours: Whether ``last`` is the last of that side, or of anybody.

    Raises:
        NotFound: If none is meant, or several are.
    """
    subject = state.subjects.get(named)
    position = subject.positions.get(side) if subject is not None else None
    fit = {key: one for key, one in state.entries.items() if not kinds or one.entry.kind in kinds}
    wanted = position.who.entry if position is not None else named
    if named == "last":
        wanted = next((key for key, one in reversed(fit.items()) if one.side == side or not ours), named)
    found = [one for key, one in fit.items() if len(wanted) >= _LEAST and key.startswith(wanted)]
    if len(found) != 1:
        raise not_found(_ENTRY, named, known=[*state.subjects, *(key[:12] for key in fit)])
    return found[0]


def offer_named(named: str, state: State, *, peers: Collection[str]) -> Offered:
    """The one proposal of another side that a name means: its subject, or the beginning of its id.

    Raises:
        NotFound: If none is meant, or several are.
    """
    others = [side for side in peers if named in state.subjects]
    latest = (state.offers.get(state.subjects[named].latest.get(side, "")) for side in others)
    by_id = (one for key, one in state.offers.items() if len(named) >= _LEAST and key.startswith(named))
    found = [one for one in (*latest, *by_id) if one is not None]
    if len(found) != 1:
        raise not_found(_PROPOSAL, named, known=[*state.subjects, *(key[:12] for key in state.offers)])
    return found[0]
