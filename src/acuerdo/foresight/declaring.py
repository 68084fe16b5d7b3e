"""Shorter ways to declare what most models declare alike: single published figures, levers from nothing to all."""

from __future__ import annotations

from acuerdo.core.text import Text
from acuerdo.foresight.model import Lever, Parameter

ASSUMED = "assumed"


def figure(
    name: str, title: Text, *, spread: tuple[float, float, float], unit: str = "", source: str = ASSUMED
) -> Parameter:
    """A parameter that rests on single published figures, or on none; drawn evenly from its range.

    Args:
        name: Its name in equations.
        title: Its name for a reader.
        spread: Its central value, the lowest and the highest, in ``unit``.
        unit: Its unit.
        source: Key of the reference.
    """
    value, low, high = spread
    return Parameter(
        name=name, title=title, value=value, low=low, high=high, unit=unit, source=source, licence="facts"
    )


def share(
    name: str, title: Text, *, objectives: tuple[str, ...], evidence: Text, source: str = ASSUMED
) -> Lever:
    """A lever from 0, where nothing is done, to 1, where all of it is.

    Args:
        name: Its name in equations and scenarios.
        title: Its name for a reader.
        objectives: What the frameworks promise about it, as ``framework:reference``.
        evidence: Why this much effect for this much effort.
        source: Key of the reference behind the evidence.
    """
    return Lever(
        name=name,
        title=title,
        unit="",
        default=0.0,
        low=0.0,
        high=1.0,
        objectives=objectives,
        evidence=evidence,
        source=source,
    )
