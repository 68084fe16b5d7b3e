"""Makes the outlines of the maps from the publishers' boundary files.

    python scripts/build_boundaries.py ../shared/data/boundaries src/acuerdo/evidence/boundaries

Writes ``mx_states.json`` and ``us_states.json``: one SVG path per place code, in an equal-area projection, simplified
with shared borders kept shared, with the publisher, the licence and the sha256 of the original.
"""

from __future__ import annotations

import gzip
import hashlib
import heapq
import json
import math
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Project = Callable[[float, float], Point]
WIDTH = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """One map to be made: which file, which object of it, how drawn, on what terms."""

    file: str
    layer: str
    prefix: str
    smallest: float
    project: Callable[[str, float, float], Point]
    publisher: str
    carrier: str
    licence: str


def albers(south: float, north: float, centre: Point) -> Project:
    """The equal-area conic projection with two standard parallels, degrees in, radians out, y down.

    Reference:
        Snyder (1987), Map Projections: A Working Manual, USGS Professional Paper 1395, pp. 98-103.
    """
    one, two, lat0 = math.radians(south), math.radians(north), math.radians(centre[1])
    n = (math.sin(one) + math.sin(two)) / 2
    c = math.cos(one) ** 2 + 2 * n * math.sin(one)
    rho0 = math.sqrt(c - 2 * n * math.sin(lat0)) / n

    def project(lon: float, lat: float) -> Point:
        rho = math.sqrt(c - 2 * n * math.sin(math.radians(lat))) / n
        theta = n * math.radians(lon - centre[0])
        return rho * math.sin(theta), rho * math.cos(theta) - rho0

    return project


_MEXICO = albers(17.5, 29.5, (-102.0, 24.0))
_LOWER_48 = albers(29.5, 45.5, (-96.0, 38.0))
_ALASKA = albers(55.0, 65.0, (-154.0, 60.0))
_HAWAII = albers(8.0, 18.0, (-157.5, 20.5))


def mexico(_: str, lon: float, lat: float) -> Point:
    """Mexico in one piece."""
    return _MEXICO(lon, lat)


def united_states(code: str, lon: float, lat: float) -> Point:
    """The contiguous states, with Alaska at 0.35 of their scale and Hawaii at their scale to the south-west."""
    if code == "US-02":
        x, y = _ALASKA(lon - 360 if lon > 0 else lon, lat)
        return x * 0.35 - 0.307, y * 0.35 + 0.201
    if code == "US-15":
        x, y = _HAWAII(lon, lat)
        return x - 0.205, y + 0.212
    return _LOWER_48(lon, lat)


MAPS = (
    Map(
        file="mx_states", layer="state", prefix="MX-", smallest=1.2, project=mexico,
        publisher="INEGI", carrier="diegovalle/mxmaps", licence="BSD-3-Clause",
    ),
    Map(
        file="us_states-10m", layer="states", prefix="US-", smallest=1.6, project=united_states,
        publisher="U.S. Census Bureau", carrier="topojson/us-atlas", licence="ISC",
    ),
)  # fmt: skip
# Territories that the map of states does not show.
ELSEWHERE = {"US-60", "US-66", "US-69", "US-72", "US-78"}


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs in degrees."""
    if "transform" not in topology:
        return [[(x, y) for x, y, *_ in arc] for arc in topology["arcs"]]
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y, *_ in arc:
            x, y = x + step_x, y + step_y
            points.append((x * kx + dx, y * ky + dy))
        arcs.append(points)
    return arcs


def simplify(points: list[Point], smallest: float) -> list[Point]:
    """Drop points whose triangle with their neighbours is smaller than that area; the ends stay.

    Reference:
        Visvalingam & Whyatt (1993), Line generalisation by repeated elimination of points.
    """
    before, after = list(range(-1, len(points) - 1)), list(range(1, len(points) + 1))
    area = {i: triangle(points[i - 1], points[i], points[i + 1]) for i in range(1, len(points) - 1)}
    queue = [(size, i) for i, size in area.items()]
    heapq.heapify(queue)
    floor = 0.0
    while queue:
        size, i = heapq.heappop(queue)
        if area.get(i) != size:
            continue
        if size >= smallest:
            break
        floor = max(floor, size)
        del area[i]
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if j in area:
                area[j] = max(floor, triangle(points[before[j]], points[j], points[after[j]]))
                heapq.heappush(queue, (area[j], j))
    return [point for i, point in enumerate(points) if i in area or i in (0, len(points) - 1)]


def triangle(a: Point, b: Point, c: Point) -> float:
    """Area of a triangle."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def rings(geometry: dict[str, Any], arcs: list[list[Point]]) -> Iterator[list[Point]]:
    """Closed rings of a polygon or several."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        for ring in polygon:
            line: list[Point] = []
            for number in ring:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                line += arc[1:] if line else arc
            yield line


def shoelace(ring: list[Point]) -> float:
    """Area of a ring."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def owners(geometries: list[dict[str, Any]], prefix: str) -> dict[int, str]:
    """One place for each arc, so that it is projected as that place is."""
    found: dict[int, str] = {}
    for geometry in geometries:
        code = prefix + str(geometry.get("id") or geometry["properties"]["id"]).zfill(2)
        stack = [geometry["arcs"]]
        while stack:
            for item in stack.pop():
                if isinstance(item, list):
                    stack.append(item)
                else:
                    found[item if item >= 0 else ~item] = code
    return found


def build(one: Map, folder: Path) -> dict[str, Any]:
    """The outlines of one map."""
    packed = (folder / f"{one.file}.topo.json.gz").read_bytes()
    original = gzip.decompress(packed)
    topology = json.loads(original)
    geometries = [
        geometry
        for geometry in topology["objects"][one.layer]["geometries"]
        if one.prefix + str(geometry.get("id") or geometry["properties"]["id"]).zfill(2) not in ELSEWHERE
    ]
    owner = owners(geometries, one.prefix)
    flat = {
        number: [one.project(owner[number], *point) for point in arc]
        for number, arc in enumerate(arcs_of(topology))
        if number in owner
    }
    every = [point for arc in flat.values() for point in arc]
    left, top = min(x for x, _ in every), min(y for _, y in every)
    scale = WIDTH / (max(x for x, _ in every) - left)
    height = (max(y for _, y in every) - top) * scale
    arcs = [
        simplify([((x - left) * scale, (y - top) * scale) for x, y in flat.get(number, [])], one.smallest)
        for number in range(len(topology["arcs"]))
    ]
    shapes: dict[str, str] = {}
    for geometry in geometries:
        code = one.prefix + str(geometry.get("id") or geometry["properties"]["id"]).zfill(2)
        found = sorted(rings(geometry, arcs), key=shoelace, reverse=True)
        shapes[code] = "".join(
            path(ring) for i, ring in enumerate(found) if i == 0 or shoelace(ring) > one.smallest * 3
        )
    return {
        "publisher": one.publisher, "carrier": one.carrier, "licence": one.licence,
        "sha256": hashlib.sha256(original).hexdigest(),
        "width": WIDTH, "height": math.ceil(height), "shapes": dict(sorted(shapes.items())),
    }  # fmt: skip


def path(ring: list[Point]) -> str:
    """The SVG path of a ring, to half a pixel, in relative steps."""
    whole = [(round(x * 2), round(y * 2)) for x, y in ring]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(whole) if a != b]
    body = "".join(f"{dx / 2:g},{dy / 2:g} " for dx, dy in steps[:-1]).strip()
    return f"M{whole[0][0] / 2:g},{whole[0][1] / 2:g}l{body}z"


def main() -> None:
    """Write both maps."""
    source, target = map(Path, sys.argv[1:3])
    target.mkdir(parents=True, exist_ok=True)
    for one in MAPS:
        file = target / f"{one.file.removesuffix('-10m')}.json"
        file.write_text(json.dumps(build(one, source), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
        print(f"{file}: {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
