"""How a side begins: its first keys, and the folder of its node."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import final

from pydantic import ValidationError

from acuerdo.core.errors import Problem, RecordRefused
from acuerdo.core.text import Text
from acuerdo.record.asking import Ask
from acuerdo.record.desk import require_rules
from acuerdo.record.node import Node
from acuerdo.record.own_key import NewKey
from acuerdo.record.party import Party
from acuerdo.record.valid import field_problems


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a side begins with.

    Attributes:
        record: Id of the record.
        side: Our side.
        name: Our name.
        holders: Who signs entries (offices, persons), and the place that keeps the key of each; where it is empty, a
            key is made and lies in the folder, encrypted.
        rules: How many distinct keys must sign an entry of a kind, where one is not enough.
    """

    record: str
    side: str
    name: Text
    holders: Mapping[str, str]
    rules: Mapping[str, int]

    def keys(self) -> list[NewKey]:
        """A key for each holder at the desk, one for the node, one for recovery.

        Raises:
            NotFound: If there is no such place.
        """
        made = [NewKey.of(holder, "desk", place=place) for holder, place in self.holders.items()]
        return [*made, NewKey.of(f"Node {self.side}", "node"), NewKey.of(f"Recovery {self.side}", "recovery")]

    def party(self, keys: list[NewKey]) -> Party:
        """Our side as the others will know it.

        Raises:
            RecordRefused: If what is given describes no side.
        """
        given = {
            "record": self.record,
            "side": self.side,
            "name": self.name.both(),
            "keys": [key.about.model_dump() for key in keys],
            "thresholds": dict(self.rules),
        }
        try:
            return Party.model_validate(given)
        except ValidationError as error:
            raise RecordRefused(field_problems(error, "party")) from error


def begin(folder: Path, beginning: Beginning, *, ask: Ask | None) -> Party:
    """Makes a node, with its keys on the disk before it is there.

    Args:
        folder: Its folder.
        beginning: What the side begins with.
        ask: How a passphrase or PIN is asked for.

    Raises:
        RecordRefused: If there is a node already, or what is given describes no side.
        NotFound: If a rule is for no kind of entry, or a key's place is not there.
        KeyRefused: If there is no passphrase or PIN.
    """
    kept = folder / "keys"
    if kept.exists():
        raise RecordRefused(Problem(what=_THERE, where=str(folder), fix=_MOVE))
    keys = beginning.keys()
    party = beginning.party(keys)
    require_rules(beginning.rules, keys=len(beginning.holders))
    # What a beginning that was broken off has left is nobody's key.
    part = folder / "keys.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True, mode=0o700)
    for key in keys:
        key.keep(part, ask=ask)
    part.rename(kept)
    Node.create(folder, party)
    return party


_THERE = Text(
    "There is a node here already, or the keys of one.", "Aquí ya hay un nodo, o las llaves de uno."
)
_MOVE = Text(
    "Choose another folder with --store; what is here is left as it is.",
    "Elija otra carpeta con --store; lo que hay aquí se deja como está.",
)
