"""Maps by state: five classes of one ink, and hatching where there is no figure."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, final

import acuerdo
from acuerdo.review.charts.ink import HAIRLINE, INK, LADDER, LAND, PAPER
from acuerdo.review.charts.svg import element

_BOUNDARIES = Path(acuerdo.__file__).parent / "evidence" / "boundaries"
_LARGEST_CIRCLE = 30.0
_NOTHING = 1e-9
MAPS = {"MX": "mx_states", "US": "us_states"}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """The outlines of a country's states.

    Attributes:
        shapes: One SVG path per place code.
        publisher: Who publishes the boundaries; ``carrier`` is where the file came from.
        sha256: Fingerprint of the original.
    """

    width: float
    height: float
    shapes: Mapping[str, str]
    publisher: str
    carrier: str
    licence: str
    sha256: str


@cache
def outlines(country: str) -> Outlines:
    """The outlines of a country's states; without shapes where none come with the software."""
    if country not in MAPS:
        return Outlines(width=0, height=0, shapes={}, publisher="", carrier="", licence="", sha256="")
    read: dict[str, Any] = json.loads((_BOUNDARIES / f"{MAPS[country]}.json").read_text("utf-8"))
    return Outlines(**read)


@final
@dataclass(frozen=True, slots=True)
class Classes:
    """Edges between the classes of a map: ``len(edges) + 1`` classes, a value on an edge in the upper one."""

    edges: tuple[float, ...]

    def of(self, value: float) -> int:
        """The class of a value, from 0."""
        return sum(value >= edge for edge in self.edges)


def classes(values: Sequence[float]) -> Classes:
    """Round edges near the quintiles, so that each class holds about as many states as the next.

    >>> classes([1.0, 2.0, 3.0, 4.0, 50.0]).edges
    (2.0, 3.0, 4.0, 50)
    """
    ordered = sorted(values)
    if not ordered:
        return Classes(())
    wanted = [
        ordered[min(len(ordered) - 1, len(ordered) * fifth // len(LADDER))] for fifth in range(1, len(LADDER))
    ]
    edges = sorted({_round(edge) for edge in wanted})
    return Classes(tuple(edge for edge in edges if edge > ordered[0]))


def _round(value: float) -> float:
    if abs(value) < _NOTHING:
        return 0.0
    size = 10 ** (math.floor(math.log10(abs(value))) - 1)
    return round(math.floor(value / size) * size, 10)


@final
@dataclass(frozen=True, slots=True)
class Region:
    """One state of a map: its value, and what a reader is told on pointing at it."""

    value: float | None
    text: str


def place_map(country: str, regions: Mapping[str, Region], *, found: Classes, name: str) -> str:
    """The SVG of a map.

    Args:
        regions: By place code; a state that is not there has no figure.
        name: Unique within the page; names the hatching.
    """
    drawn = outlines(country)
    hatch = (
        f'<defs><pattern id="hatch-{escape(name)}" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="5" height="5" fill="{PAPER}"/>'
        f'<line x1="0" y1="0" x2="0" y2="5" stroke="{HAIRLINE}" stroke-width="2.5"/></pattern></defs>'
    )
    shapes = []
    for code, path in drawn.shapes.items():
        region = regions.get(code)
        value = region.value if region else None
        fill = f"url(#hatch-{name})" if value is None else _fill(found, value)
        title = element("title", escape(region.text)) if region else ""
        shapes.append(element("path", title, d=path, fill=fill, data_place=code))
    inner = element("g", "".join(shapes), stroke=INK, stroke_width=0.5, stroke_linejoin="round")
    box = f"-2 -2 {drawn.width + 4:g} {drawn.height + 4:g}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{hatch}{inner}</svg>'


def place_bubbles(country: str, regions: Mapping[str, Region], *, name: str) -> str:
    """The SVG of a map of counts: circles whose areas are as the values, largest at the back.

    Args:
        regions: By place code; a state that is not there has no figure, and is hatched.
        name: Unique within the page.
    """
    drawn = outlines(country)
    most = max((one.value or 0.0 for one in regions.values()), default=0.0) or 1.0
    empty = Classes(())
    ground = place_map(
        country,
        {code: Region(None, one.text) for code, one in regions.items() if one.value is None},
        found=empty,
        name=name,
    )
    lands = "".join(
        element("path", element("title", escape(one.text)), d=drawn.shapes[code], fill=LAND, data_place=code)
        for code, one in regions.items()
        if one.value is not None
    )
    circles = []
    for code, one in sorted(regions.items(), key=lambda item: -(item[1].value or 0.0)):
        if one.value:
            x, y = centre(drawn.shapes[code])
            radius = max(1.2, _LARGEST_CIRCLE * math.sqrt(max(one.value, 0.0) / most))
            circles.append(
                element("circle", element("title", escape(one.text)), cx=x, cy=y, r=radius, data_place=code)
            )
    inner = element("g", lands, stroke=PAPER, stroke_width=0.8) + element(
        "g", "".join(circles), fill=LADDER[3], fill_opacity="0.72", stroke=LADDER[4], stroke_width=0.8
    )
    return ground.replace("</svg>", f"{inner}</svg>")


@cache
def centre(path: str) -> tuple[float, float]:
    """The centre of area of the first, largest ring of an outline."""
    ring = path[1:].split("z", maxsplit=1)[0]
    start, _, steps = ring.partition("l")
    x, y = (float(part) for part in start.split(","))
    points = [(x, y)]
    for step in steps.split():
        dx, dy = (float(part) for part in step.split(","))
        x, y = x + dx, y + dy
        points.append((x, y))
    crosses = [a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True)]
    area = sum(crosses) or 1.0
    pairs = list(zip(points, [*points[1:], points[0]], crosses, strict=True))
    return sum((a[0] + b[0]) * c for a, b, c in pairs) / (3 * area), sum(
        (a[1] + b[1]) * c for a, b, c in pairs
    ) / (3 * area)


def _fill(found: Classes, value: float) -> str:
    return LADDER[ladder_step(found, value)]


def ladder_step(found: Classes, value: float) -> int:
    """Which ink of the ladder a value takes; fewer classes use its whole range."""
    steps = len(found.edges)
    return round(found.of(value) * (len(LADDER) - 1) / steps) if steps else len(LADDER) // 2
