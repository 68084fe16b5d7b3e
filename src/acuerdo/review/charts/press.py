"""From a chart's grammar to a picture in the page: Altair states it once, Vega draws it for each set of rows.

A *plate* is a kind of chart, written with Altair, compiled to Vega once in a process. An *order* is a plate with
rows and sizes; it is plain JSON, so that it can be drawn in another process, and it is its own name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from typing import Any, Final, final

FONT: Final = "Source Sans 3, Source Sans Pro, Helvetica Neue, Arial, sans-serif"
_FEW = 12
_BATCH = 8
_PROCESSES = 2

Grammar = Callable[[], Any]
_FILLED: Final = ("width", "height", "padding", "autosize", "signals", "data")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """A kind of chart as Vega has it, without rows.

    Attributes:
        signals: Its parameters.
        data: Its data sets.
        rest: All that no order changes, as JSON text without its braces.
    """

    signals: Sequence[Mapping[str, Any]]
    data: Sequence[Mapping[str, Any]]
    rest: str


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
        order: The Vega specification as JSON text, the same in every language; or a finished ``<svg>``.
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


@cache
def compile_plate(grammar: Grammar) -> Plate:
    """The Vega specification of a chart kind, without rows.

    Args:
        grammar: Gives the Altair chart; its data sets are named, its sizes and ticks are parameters.
    """
    import vl_convert

    chart = grammar().configure(view={"stroke": None}, background="transparent", autosize="none", aria=False)
    vega = vl_convert.vegalite_to_vega(chart.to_dict(), vl_version=vl_convert.get_vegalite_versions()[-1])
    rest = {key: value for key, value in vega.items() if key not in _FILLED}
    return Plate(signals=vega.get("signals", []), data=vega["data"], rest=_json(rest)[1:-1])


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def order(
    plate: Plate,
    *,
    size: tuple[int, int],
    padding: Mapping[str, int],
    settings: Mapping[str, Any],
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
) -> str:
    """A plate with its sizes, settings and rows filled in.

    Args:
        size: Width and height of the plot itself, in pixels, without ``padding``.
        settings: Values of the plate's parameters.
        rows: Rows of each of its data sets.
    """
    width, height = size
    signals = [
        {**signal, "value": settings[signal["name"]]} if signal["name"] in settings else signal
        for signal in plate.signals
    ]
    data = [{**one, "values": rows[one["name"]]} if one["name"] in rows else one for one in plate.data]
    filled = {
        "width": width, "height": height, "padding": dict(padding), "autosize": "none", "signals": signals,
        "data": data,
    }  # fmt: skip
    return f"{_json(filled)[:-1]}, {plate.rest}}}"


def draw(vega: str) -> str:
    """The SVG of an order, made small and free of anything that only Vega's own scripts would use."""
    import vl_convert

    return tidy(vl_convert.vega_to_svg(json.loads(vega)))


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


def finished(drawing: Drawing, drawn: Mapping[str, str]) -> str:
    """The whole picture: what was drawn, with its words over it."""
    svg = drawn.get(drawing.order, drawing.order)
    return svg.removesuffix("</svg>") + drawing.words + "</svg>" if drawing.words else svg


@final
class Press:
    """Draws orders, each once, in other processes while more orders are being written.

    A few are drawn here: processes take longer to start than they would take to draw.
    """

    def __init__(self) -> None:
        self._asked: set[str] = set()
        self._waiting: list[str] = []
        self._handed_out: list[tuple[list[str], Future[list[str]]]] = []
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Press:
        return self

    def __exit__(self, *fault: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def start(self) -> None:
        """Starts the processes before the first order comes, for a work that has many."""
        self._handed_out += [([], self._started().submit(_drawn, [])) for _ in range(_PROCESSES)]

    def ask(self, order: str) -> None:
        """Has an order drawn; a finished picture needs no drawing."""
        if order in self._asked or order.startswith("<svg"):
            return
        self._asked.add(order)
        self._waiting.append(order)
        if len(self._asked) > _FEW and len(self._waiting) >= _BATCH:
            self._hand_out()

    def drawn(self) -> dict[str, str]:
        """The picture of every order asked for."""
        if self._pool is None:
            return dict(zip(self._waiting, _drawn(self._waiting), strict=True))
        self._hand_out()
        done = (zip(orders, future.result(), strict=True) for orders, future in self._handed_out)
        return {order: svg for pairs in done for order, svg in pairs}

    def _hand_out(self) -> None:
        batch, self._waiting = self._waiting, []
        self._handed_out.append((batch, self._started().submit(_drawn, batch)))

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn"))
        return self._pool


def _drawn(orders: Sequence[str]) -> list[str]:
    """Pictures in the order asked; loads the engine, so that nothing at all is a way to start it."""
    import vl_convert  # noqa: F401

    return [draw(one) for one in orders]
