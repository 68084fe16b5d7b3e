"""Draw the reliability of the prospects: what was foretold against what came true, in both languages.

    PYTHONPATH=src python scripts/draw_reliability.py

Writes the pictures of ``docs/explanation/will-it-be-done.md``; the figures are those of ``bench/cases/prospects.py``.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from acuerdo.core.text import LANGS, Lang, Text
from acuerdo.review.charts.ink import ACCENT, CATEGORIES, HAIRLINE, INK, MUTED, PAPER
from acuerdo.review.charts.svg import element, picture, words
from acuerdo.tracking.answers import Tracking
from acuerdo.tracking.prospects.score import Bin

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
TODAY = date(2026, 11, 22)
QUARTERS = 2
SIDE, LEFT, TOP, MOST = 360.0, 64.0, 48.0, 0.3
TITLE = Text("Half a year ahead: foretold and come true", "A medio año: lo pronosticado y lo que se cumplió")
ACROSS = Text("Mean probability foretold, %", "Probabilidad media pronosticada, %")
UP = Text("Share that came true, %", "Parte que se cumplió, %")
PERFECT = Text("as foretold", "como se pronosticó")


def main() -> None:
    """Writes both pictures."""
    bins = Tracking.prospect_score(quarters=QUARTERS, as_of=TODAY).reliability
    for lang in LANGS:
        name = "prospects-reliability.svg" if lang == "en" else f"prospects-reliability.{lang}.svg"
        (IMAGES / name).write_text(drawn(bins, lang) + "\n", encoding="utf-8")


def drawn(bins: tuple[Bin, ...], lang: Lang) -> str:
    """The picture; the number beside each point is that of its forecasts."""
    width, height = LEFT + SIDE + 40, TOP + SIDE + 56
    parts = [element("rect", width=width, height=height, fill=PAPER)]
    for tick in (0.0, 0.1, 0.2, 0.3):
        x, y = placed(tick, tick)
        parts += [
            element("line", x1=x, x2=x, y1=TOP, y2=TOP + SIDE, stroke=HAIRLINE),
            element("line", x1=LEFT, x2=LEFT + SIDE, y1=y, y2=y, stroke=HAIRLINE),
            words(f"{100 * tick:.0f}", x, y=TOP + SIDE + 18, fill=MUTED, text_anchor="middle"),
            words(f"{100 * tick:.0f}", LEFT - 8, y=y + 4, fill=MUTED, text_anchor="end"),
        ]
    x, y = placed(MOST, MOST)
    parts += [
        element("line", x1=LEFT, y1=TOP + SIDE, x2=x, y2=y, stroke=ACCENT, stroke_dasharray="4 4"),
        words(PERFECT.in_(lang), x - 8, y=y + 22, fill=ACCENT, text_anchor="end", dx=-14.0),
        words(TITLE.in_(lang), LEFT, y=24, fill=INK, font_weight="600", font_size=15),
        words(UP.in_(lang), LEFT, y=TOP - 8, fill=MUTED),
        words(ACROSS.in_(lang), LEFT + SIDE, y=TOP + SIDE + 40, fill=MUTED, text_anchor="end"),
    ]
    for number, one in enumerate(bins):
        x, y = placed(one.foretold, one.came_true)
        # By turns above and beside, so that neighbours do not cover each other
        aside = number % 2 * 12
        parts += [
            element(
                "circle",
                cx=x,
                cy=y,
                r=max(3.0, one.forecasts**0.5 / 2),
                fill=CATEGORIES[0],
                fill_opacity="0.7",
            ),
            words(
                str(one.forecasts),
                x + aside,
                y=y - 14 + aside,
                fill=INK,
                text_anchor="start" if aside else "middle",
            ),
        ]
    return picture(width, height, inner=element("g", "".join(parts), font_family="sans-serif", font_size=13))


def placed(across: float, up: float) -> tuple[float, float]:
    """Where a point stands, in pixels."""
    return LEFT + across / MOST * SIDE, TOP + SIDE - up / MOST * SIDE


if __name__ == "__main__":
    main()
