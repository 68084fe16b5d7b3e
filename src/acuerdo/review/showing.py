"""How each kind of value in a page's content is written in HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any, final

from markupsafe import Markup

from acuerdo.core.period import Period
from acuerdo.core.text import LANGS, Lang, Text
from acuerdo.foresight.formula import letter, written
from acuerdo.review import mathml, writing
from acuerdo.review.charts.spark import spark
from acuerdo.review.charts.svg import picture
from acuerdo.review.charts.timeline import sign
from acuerdo.review.page import Amount, Change, Code, Equation, Letter, Link, Short, Small, State
from acuerdo.review.reading import BY_DIFFERENCE
from acuerdo.review.wording import word


@final
@dataclass(frozen=True, slots=True)
class Shower:
    """Writes values for one page in one language.

    Attributes:
        root: Path from the page to its language's folder: ``""`` or ``"../"``.
        known: Paths of the pages that exist; a link to another is written as plain words.
    """

    lang: Lang
    root: str
    known: frozenset[str]

    def __call__(self, value: Any) -> Markup:
        """The HTML of a value."""
        return Markup(self._html(value))

    def _html(self, value: Any) -> str:
        match value:
            case None:
                return f'<span class="muted">{escape(word(self.lang, "value.none"))}</span>'
            case list():
                return "".join(f'<span class="line">{self._html(one)}</span>' for one in value) or self._html(
                    None
                )
            case tuple():
                return self._several(value)
            case Link():
                return self._link(value)
            case Amount():
                return _amount(value, self.lang)
            case Change():
                return self._change(value)
            case Short():
                return f'<span class="short">{escape(self._short(value.of))}</span>'
            case _:
                return self._sign(value)

    def _sign(self, value: Any) -> str:
        match value:
            case State():
                words = escape(value.text.in_(self.lang))
                return f'<span class="state {value.sign}">{icon(value.sign)}{words}</span>'
            case Small():
                return _labelled(spark(value.spark), value.text.in_(self.lang))
            case Code():
                return f'<span class="hash">{escape(value.text)}</span>'
            case Equation():
                return mathml.equation(value.line, self.lang)
            case Letter():
                return mathml.letter(value.symbol, value.index)
            case _:
                return escape(writing.plain(value, self.lang))

    def _several(self, values: Sequence[Any]) -> str:
        if not values:
            return self._html(None)
        first, *rest = (self._html(one) for one in values)
        return first + "".join(f'<span class="sub">{one}</span>' for one in rest)

    def _change(self, one: Change) -> str:
        if one.difference is not None and one.unit is not None and one.unit.id in BY_DIFFERENCE:
            return (
                f'<span class="number">{writing.difference(one.difference, one.unit, lang=self.lang)}</span>'
            )
        return (
            self._html(None)
            if one.ratio is None
            else f'<span class="number">{writing.change(one.ratio, self.lang)}</span>'
        )

    def _short(self, of: Any) -> str:
        if isinstance(of, Period):
            return writing.short_period(of, self.lang)
        return writing.short_day(of, self.lang) if isinstance(of, date) else writing.plain(of, self.lang)

    def _link(self, link: Link) -> str:
        text = escape(link.text.in_(self.lang))
        if link.to.startswith("http"):
            return f'<a href="{escape(link.to)}" rel="noopener">{text}</a>'
        href = self.href(link.to)
        return f'<a href="{escape(href)}">{text}</a>' if href else text

    def href(self, to: str) -> str:
        """The address of a page from here; empty if there is no such page."""
        path, _, anchor = to.partition("#")
        if path and path not in self.known:
            return ""
        tail = f"#{anchor}" if anchor else ""
        return f"{self.root}{path}.html{tail}" if path else tail


def _amount(one: Amount, lang: Lang) -> str:
    if one.value is None:
        return f'<span class="muted">{escape(word(lang, "value.none"))}</span>'
    written = (
        writing.measured(one.value, one.unit, lang=lang)
        if one.with_unit
        else writing.amount(one.value, one.unit, lang=lang)
    )
    mark = "" if one.firm else f'<abbr title="{escape(word(lang, "value.provisional"))}">*</abbr>'
    return f'<span class="number">{escape(written)}{mark}</span>'


def icon(name: str) -> str:
    """The sign of a state, the size of a letter."""
    return picture(14, 14, inner=sign(name, 7, y=7)).replace("<svg ", '<svg aria-hidden="true" ', 1)


def _labelled(svg: str, text: str) -> str:
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(text)}" ', 1)


def data(value: Any) -> Any:
    """A value as JSON has it: texts with both languages, days and periods as codes."""
    match value:
        case Mapping():
            return {str(key): data(inner) for key, inner in value.items()}
        case list() | tuple():
            return [data(inner) for inner in value]
        case Link():
            return {"text": data(value.text), "to": value.to}
        case Amount():
            return {"value": value.value, "unit": value.unit.id, "firm": value.firm}
        case Change():
            return {"change": value.ratio, "difference": value.difference}
        case State():
            return {"state": value.sign, "text": data(value.text)}
        case Small():
            return data(value.text)
        case Short():
            return data(value.of)
        case _:
            return _plain_data(value)


def _plain_data(value: Any) -> Any:
    match value:
        case Text():
            return value.both()
        case Period():
            return value.code
        case date():
            return value.isoformat()
        case Code():
            return value.text
        case Equation():
            told = Text(*(value.line.written(lang) for lang in LANGS))
            return {"about": _plain_data(value.line.about), "equation": _plain_data(told)}
        case Letter():
            return written(letter(value.symbol, value.index), "en")
        case _:
            return value
