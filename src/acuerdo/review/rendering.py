"""From a page's content to its HTML in one language, and to the JSON that says the same in both."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from pydantic_core import to_json

from acuerdo.core.place import fold
from acuerdo.core.text import Lang, Text
from acuerdo.review import showing
from acuerdo.review.charts.ink import named
from acuerdo.review.charts.press import Drawing
from acuerdo.review.page import Edition, Figure, Page, Table
from acuerdo.review.wording import word

SIZES: Final = ("wide", "narrow")
Size = Literal["wide", "narrow"]
Drawings = Callable[[tuple[str, str, Lang, Size]], tuple[Drawing, str]]
_TEMPLATES = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def html(
    page: Page,
    lang: Lang,
    *,
    edition: Edition,
    langs: Sequence[Lang],
    known: frozenset[str],
    drawings: Drawings,
) -> str:
    """The page in one language.

    Args:
        langs: The languages of this review; the page links to itself in the other one.
        known: Paths of all pages of the review.
        drawings: Gives a figure drawn, by page, name, language and size.
    """
    depth = page.path.count("/")
    show = showing.Shower(lang, "../" * depth, known)
    template = _environment().get_template(f"{page.kind}.html")
    written = template.render(
        page=page,
        edition=edition,
        lang=lang,
        langs=tuple(langs),
        root="../" * depth,
        top="../" * (depth + 1),
        show=show,
        t=lambda text: text.in_(lang),
        w=partial(word, lang),
        chart=lambda figure: _charts(page, figure, lang=lang, drawings=drawings),
        href=show.href,
        icon=lambda name: Markup(showing.icon(name)),
        alphabetical=lambda links: sorted(links, key=lambda link: fold(link.text.in_(lang))),
        **page.content,
    )
    # Spanish abbreviates the United States in two words, which no line may part
    return named(written.replace("EE. UU.", "EE.\u00a0UU."))


def cover(editions: Mapping[str, Any]) -> str:
    """The first page, which asks for the language."""
    return _environment().get_template("cover.html").render(w=word, **editions)


def _charts(page: Page, figure: Figure, *, lang: Lang, drawings: Drawings) -> Markup:
    parts = []
    for size in SIZES:
        drawing, svg = drawings((page.path, figure.name, lang, size))
        named = svg.replace("<svg ", f'<svg role="img" aria-label="{escape(figure.alt.in_(lang))}" ', 1)
        spots = json.dumps(
            [[spot.x, spot.y, spot.text] for spot in drawing.spots], ensure_ascii=False, separators=(",", ":")
        )
        safe = spots.replace("</", "<\\/")
        data = f'<script type="application/json">{safe}</script>' if drawing.spots else ""
        help_ = escape(word(lang, "chart.keys"))
        group = f' role="group" aria-label="{help_}"' if drawing.spots else ""
        parts.append(f'<div class="chart {size}"{group}>{named}{data}</div>')
    return Markup("\n".join(parts))


def twin(page: Page, edition: Edition) -> str:
    """The page as JSON: the same content in both languages, each figure as its table."""
    body = {
        "kind": page.kind,
        "path": page.path,
        "framework": edition.framework,
        "day": edition.day.isoformat(),
        "title": showing.data(page.title),
        "summary": showing.data(page.summary),
        "content": _plain(page.content),
    }
    return to_json(body, indent=1).decode() + "\n"


def _plain(value: Any) -> Any:
    match value:
        case Figure():
            rows = _plain(value.table) if value.table else None
            return {
                "title": showing.data(value.title),
                "alt": showing.data(value.alt),
                "notes": _plain(value.notes),
                "table": rows,
            }
        case Table():
            columns = {column.key: showing.data(column.title) for column in value.columns}
            return {
                "caption": showing.data(value.caption),
                "columns": columns,
                "rows": [_plain(row) for row in value.rows],
            }
        case Text():
            return showing.data(value)
        case Mapping():
            return {str(key): _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case _:
            return showing.data(value)
