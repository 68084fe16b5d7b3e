"""A model's equations on its page: in the published structure, what each alternative changes, and the legend."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from acuerdo.foresight.notation import LEGEND
from acuerdo.foresight.typeset import sheet
from acuerdo.foresight.worded import worded
from acuerdo.review.mathml import width
from acuerdo.review.page import Equation, Letter
from acuerdo.review.wording import say

if TYPE_CHECKING:
    from acuerdo.foresight.formula import Line
    from acuerdo.foresight.model import Mechanism, Model
    from acuerdo.foresight.notation import Term
    from acuerdo.foresight.typeset import Variant

# About as many characters as fit in a column of equations
_COLUMN: Final = 30


def formulas(model: Model) -> dict[str, Any]:
    """Everything that stands under the heading of equations."""
    found = sheet(model)
    return {
        "parts": [
            {"part": part, "title": say(f"foresight.part_{part}"), "lines": _lines(list(lines))}
            for part, lines in groupby(found.lines, key=lambda line: line.part)
        ],
        "disputes": [_dispute(one, found.variants) for one in model.mechanisms],
        "legend": [
            {"title": LEGEND[role], "terms": [_term(one) for one in found.legend if one.role == role]}
            for role in LEGEND
            if any(one.role == role for one in found.legend)
        ],
        "shared": any(line.part == "shared" for line in found.lines),
        "many": any(one.many for one in found.legend),
    }


def _lines(lines: Sequence[Line]) -> list[dict[str, Any]]:
    return [
        {
            "about": None if line.part == "shared" else line.about,
            "equation": Equation(line),
            "long": width(line) > _COLUMN,
        }
        for line in lines
    ]


def _dispute(mechanism: Mechanism, variants: Sequence[Variant]) -> dict[str, Any]:
    """A mechanism in dispute: the alternative that is set above, and what each other one changes."""
    first, *others = mechanism.alternatives
    changed = {one.alternative: one.lines for one in variants if one.mechanism == mechanism.name}
    return {
        "title": mechanism.title,
        "first": first.title,
        "others": [{"title": one.title, "lines": _lines(changed[one.id])} for one in others],
    }


def _term(one: Term) -> dict[str, Any]:
    return {
        "letter": Letter(one.symbol, one.many),
        "title": one.title,
        "unit": worded(one.unit) if one.unit else None,
    }
