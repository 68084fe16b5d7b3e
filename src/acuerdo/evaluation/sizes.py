"""How often popular rules err, and what good ones see, on the homicides of the Mexican states; with a reference."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, final

from pydantic import Field

from acuerdo.core.text import Text
from acuerdo.spec.fields import AbstractSpec, Key, Number, Words
from acuerdo.spec.load import load_document
from acuerdo.spec.table import Table

_HERE: Final = Path(__file__).parent / "results"
ROWS: Final = _HERE / "what_not_to_sign.yaml"
MEASURED: Final = _HERE / "what_not_to_sign.json"
EFFECTS: Final = ("0", "0.1", "0.25", "0.5", "1")
"""Effects put into the placebos, as shares of the outcome."""
_Share = Annotated[Number, Field(ge=0, le=1)]


@final
class PowerRow(AbstractSpec):
    """A rule, and the shares of placebos that a reference saw it reject, by effect."""

    id: Key
    label: Words
    reference: dict[str, _Share]


@final
class SizeRow(AbstractSpec):
    """A rule, the share of false positives it promises, and the share a reference found; absent where it gave none."""

    id: Key
    label: Words
    nominal: _Share = 0.05
    reference: _Share | None = None


@final
class Rows(AbstractSpec):
    """The rules, in order."""

    powers: Table[PowerRow]
    sizes: Table[SizeRow]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """What a rule sees.

    Attributes:
        label: The rule.
        placebos: How many units and dates it was tried on.
        rejected: Share of them rejected, by effect.
        reference: The same by the reference; effects that it does not give are left out.
    """

    label: Text
    placebos: int
    rejected: Mapping[str, float]
    reference: Mapping[str, float]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How often a rule finds an effect where nothing was put.

    Attributes:
        label: The rule.
        placebos: How many units and dates it was tried on.
        nominal: The share that it promises.
        rejected: The share that was measured.
        reference: The share that a reference found; None where it gives none.
        program: The program that was measured, where it is not this one.
    """

    label: Text
    placebos: int
    nominal: float
    rejected: float
    reference: float | None
    program: str | None


def powers() -> tuple[Power, ...]:
    """Every rule whose power was measured, in order."""
    rows, measured = _read()
    return tuple(
        Power(
            label=row.label,
            placebos=measured[row.id]["evaluations"],
            rejected=measured[row.id]["rejected"],
            reference=row.reference,
        )
        for row in rows.powers.values()
    )


def sizes() -> tuple[Size, ...]:
    """Every rule whose false positives were measured, the worst first."""
    rows, measured = _read()
    found = [_size(row, measured[row.id]) for row in rows.sizes.values()]
    return tuple(sorted(found, key=lambda one: -one.rejected))


def _size(row: SizeRow, measured: Mapping[str, Any]) -> Size:
    by_effect = measured.get("rejected")
    return Size(
        label=row.label,
        placebos=measured["evaluations"] if by_effect else measured["placebos"],
        nominal=row.nominal,
        rejected=by_effect["0"] if by_effect else measured["size"],
        reference=row.reference,
        program=measured.get("with"),
    )


@cache
def _read() -> tuple[Rows, Mapping[str, Any]]:
    return load_document(ROWS, Rows), json.loads(MEASURED.read_text("utf-8"))
