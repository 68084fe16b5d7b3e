"""The sides of a framework: its parties by name, and the words for several of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from acuerdo.core.text import Text
from acuerdo.spec.contents import AbstractFramework
from acuerdo.spec.structure import Party

_OBLIGED: Final = {
    "joint": Text("both, jointly", "ambos, en conjunto"),
    "either": Text("either", "cualquiera de los dos"),
    "not_stated": Text("not stated", "no se indica"),
}
_SPEAKING: Final = {"both": Text("both governments", "ambos gobiernos"), "other": Text("others", "otros")}


def two_sides(framework: AbstractFramework) -> tuple[Party, ...]:
    """The two governments whose accounts are compared: the first two parties of the file."""
    return tuple(framework.parties.values())[:2]


def obliged_sides(framework: AbstractFramework) -> Mapping[str, Text]:
    """Who may have to act, in words, by the code that a commitment names: the parties first."""
    return {**_names(framework), **_OBLIGED}


def speaking_sides(framework: AbstractFramework) -> Mapping[str, Text]:
    """Who may speak in a statement, in words, by the code that a statement names: the parties first."""
    return {**_names(framework), **_SPEAKING}


def _names(framework: AbstractFramework) -> Mapping[str, Text]:
    return {party.id: party.name for party in framework.parties.values()}
