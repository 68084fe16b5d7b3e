"""From a chart's grammar to a picture in the page: Altair states it once, Vega draws it for each set of rows.

A *plate* is a kind of chart, written with Altair, compiled to Vega once in the process that draws. An *order* names
a plate, with rows and sizes; it is plain JSON, so that it can be drawn in another process, and it is its own name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from multiprocessing import get_context
from typing import Any, Final, final

FONT: Final = "Source Sans 3, Source Sans Pro, Helvetica Neue, Arial, sans-serif"
_FEW = 12
_BATCH = 8

Grammar = Callable[[], Any]


@final
@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a drawing that tells its value when it is pointed at."""

    x: float
    y: float
    text: str


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A picture to be drawn: where the rows go, and what its places say.

    Attributes:
        order: The order as JSON text, the same in every language; or a finished ``<svg>``.
        words: What is written in it, as SVG; set over the drawing.
        width: Width in the picture's own pixels.
        height: Height in the same.
        spots: In order of reading.
    """

    order: str
    width: int
    height: int
    words: str = ""
    spots: tuple[Spot, ...] = ()


def order(
    grammar: Grammar,
    *,
    size: tuple[int, int],
    padding: Mapping[str, int],
    settings: Mapping[str, Any],
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
) -> str:
    """A plate with its sizes, settings and rows, as the press takes it.

    Args:
        grammar: Gives the Altair chart; its data sets are named, its sizes and ticks are parameters.
        size: Width and height of the plot itself, in pixels, without ``padding``.
        settings: Values of the plate's parameters.
        rows: Rows of each of its data sets.
    """
    filled = {"plate": _name(grammar), "size": size, "padding": padding, "settings": settings, "rows": rows}
    return json.dumps(filled, ensure_ascii=False)


@cache
def _plate(module: str, name: str) -> Mapping[str, Any]:
    """The Vega specification of a chart kind, without rows."""
    import vl_convert

    chart = getattr(import_module(module), name)()
    plain = chart.configure(view={"stroke": None}, background="transparent", autosize="none", aria=False)
    return vl_convert.vegalite_to_vega(plain.to_dict(), vl_version=vl_convert.get_vegalite_versions()[-1])


def draw(order: str) -> str:
    """The SVG of an order, made small and free of anything that only Vega's own scripts would use."""
    import vl_convert

    asked = json.loads(order)
    vega, settings, rows = _plate(*asked["plate"]), asked["settings"], asked["rows"]
    width, height = asked["size"]
    filled = {
        **vega, "width": width, "height": height, "padding": asked["padding"], "autosize": "none",
        "signals": [
            {**one, "value": settings[one["name"]]} if one["name"] in settings else one for one in vega["signals"]
        ],
        "data": [{**one, "values": rows[one["name"]]} if one["name"] in rows else one for one in vega["data"]],
    }  # fmt: skip
    return tidy(vl_convert.vega_to_svg(json.dumps(filled)))


_REPEATED = re.compile(
    r" (?:xmlns:xlink|role|aria-roledescription|aria-hidden|aria-label|pointer-events|class|version|stroke-miterlimit"
    r'|font-family|opacity="1"|text-anchor="start")(?:="[^"]*")?'
)
_EMPTY = re.compile(
    r'<path (?:d="(?:M0,0h0v0h0Z)?"|display="none"| )+/>|<path d="M0(?:\.5)?,0(?:\.5)?h[\d.]+v[\d.]+h-[\d.]+Z"/>'
)
_HOLLOW_GROUP = re.compile(r"<g(?: transform=\"translate\(0,0\)\")?></g>")
_LONG_NUMBER = re.compile(r"(\d+\.\d)\d+")
_SIZE = re.compile(r'<svg [^>]*?width="(\d+)" height="(\d+)"[^>]*>')


def tidy(svg: str) -> str:
    """An SVG as the page wants it: sized by its box only, read by name only, in the page's own type."""
    svg = _SIZE.sub(r'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \1 \2">', svg, count=1)
    svg = _REPEATED.sub("", svg)
    svg = _LONG_NUMBER.sub(r"\1", _EMPTY.sub("", svg))
    while True:
        shorter = _HOLLOW_GROUP.sub("", svg)
        if shorter == svg:
            return svg
        svg = shorter


@final
class Press:
    """Draws orders, each once, in another process while more orders are being written.

    A few are drawn here: a process takes longer to start than it would take to draw them.
    """

    def __init__(self) -> None:
        self._waiting: list[str] = []
        self._batches: dict[str, tuple[Future[list[str]], int]] = {}
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Press:
        return self

    def __exit__(self, *fault: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def start(self, grammar: Grammar) -> None:
        """Has a process make a plate ready before the first order comes, for a work that has many."""
        self._started().submit(_plate, *_name(grammar))

    def ask(self, order: str) -> None:
        """Has an order drawn; a finished picture needs no drawing."""
        if order in self._batches or order in self._waiting or order.startswith("<svg"):
            return
        self._waiting.append(order)
        if len(self._batches) + len(self._waiting) > _FEW and len(self._waiting) >= _BATCH:
            self._hand_out()

    def finished(self, drawing: Drawing) -> str:
        """The whole picture of an order asked for, with its words over it; waits while it is being drawn."""
        if self._waiting:
            self._hand_out()
        svg = drawing.order
        if svg in self._batches:
            batch, place = self._batches[svg]
            svg = batch.result()[place]
        return with_words(svg, drawing)

    def _hand_out(self) -> None:
        orders, self._waiting = self._waiting, []
        batch: Future[list[str]] = Future()
        if self._pool is None and len(orders) <= _FEW:
            batch.set_result(_drawn(orders))
        else:
            batch = self._started().submit(_drawn, orders)
        self._batches |= {order: (batch, place) for place, order in enumerate(orders)}

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # One draws faster than a review's other process writes what is to be drawn
            self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        return self._pool


def _drawn(orders: Sequence[str]) -> list[str]:
    return [draw(one) for one in orders]


def with_words(svg: str, drawing: Drawing) -> str:
    """A picture with its words over it."""
    return svg.removesuffix("</svg>") + drawing.words + "</svg>" if drawing.words else svg


def _name(grammar: Grammar) -> tuple[str, str]:
    return grammar.__module__, grammar.__qualname__
