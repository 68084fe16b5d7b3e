"""Formulas as MathML, which browsers set by themselves and screen readers read aloud: no script, no picture."""

from __future__ import annotations

from html import escape
from typing import Final

from acuerdo.core.text import Lang
from acuerdo.foresight.formula import OTHERWISE, TIME, WHERE, Formula, Line, Symbol, digits

# What binds less than a product, and so stands in brackets inside one
_LOOSE: Final = {"sum", "minus", "less"}
# About as many characters as fit beside one another on a telephone
_NARROW: Final = 22


def equation(line: Line, lang: Lang) -> str:
    """An equation in a box of its own, which scrolls where the screen is too narrow for it."""
    told = f"{_set(line.left, lang)}{_operator(line.sign)}{_set(line.right, lang)}"
    # What can scroll must be within reach of the keyboard, and so be named
    name = escape(line.about.in_(lang))
    reached = f' tabindex="0" role="group" aria-label="{name}"' if width(line) > _NARROW else ""
    return f'<div class="formula"{reached}><math display="block">{told}</math></div>'


def width(line: Line) -> int:
    """About how many characters of an equation stand side by side."""
    return _width(line.left) + 1 + _width(line.right)


def _width(one: Formula) -> int:
    inner = [_width(part) for part in one.parts]
    match one.kind:
        case "fraction":
            return max(inner)
        case "choice":
            return 4 + inner[0] + max(inner[1:])
        case "sum" | "product" | "less":
            return 2 + sum(inner) + len(inner)
        case "function":
            return 5 + sum(inner)
        case _:
            return 1 + sum(inner)


def letter(one: Symbol, index: str = "") -> str:
    """A symbol as one element, for a legend."""
    return f"<math>{_letter(one, index)}</math>"


def _set(one: Formula, lang: Lang) -> str:
    parts = [_set(part, lang) for part in one.parts]
    match one.kind:
        case "number":
            return _number(one.number)
        case "symbol":
            return _letter(one.symbol, one.index)
        case "start":
            return f"<mrow>{_letter(one.symbol, one.index)}{_bracketed(_number(0.0))}</mrow>"
        case "slope":
            over = f"<mrow><mi>d</mi>{_letter(one.symbol, one.index)}</mrow>"
            return f"<mfrac>{over}<mrow><mi>d</mi><mi>{TIME}</mi></mrow></mfrac>"
        case "fraction":
            return f'<mfrac displaystyle="true">{parts[0]}{parts[1]}</mfrac>'
        case "root":
            return f"<msqrt>{parts[0]}</msqrt>"
        case "function":
            return (
                f"<mrow><mi>{one.name}</mi><mo>&#x2061;</mo>{_bracketed(_operator(',').join(parts))}</mrow>"
            )
        case "choice":
            return _choice(parts, lang)
        case _:
            return _joined(one, lang)


def _joined(one: Formula, lang: Lang) -> str:
    match one.kind:
        case "sum":
            return f"<mrow>{_sum(one, lang)}</mrow>"
        case "minus":
            return f"<mrow>{_operator('−')}{_within(one.parts[0], lang)}</mrow>"
        case "product":
            return f"<mrow>{_operator('·').join(_within(part, lang) for part in one.parts)}</mrow>"
        case "over":
            return f"<mrow><munder>{_operator('∑')}<mi>{one.index}</mi></munder>{_within(one.parts[0], lang)}</mrow>"
        case "less":
            return f"<mrow>{_operator('<').join(_set(part, lang) for part in one.parts)}</mrow>"
        case _:
            base, exponent = one.parts
            plain = base.kind in {"symbol", "number"} and not base.number < 0.0
            told = _set(base, lang) if plain else _bracketed(_set(base, lang))
            return f"<msup>{told}{_set(exponent, lang)}</msup>"


def _sum(one: Formula, lang: Lang) -> str:
    first, *rest = one.parts
    told = _set(first, lang)
    for part in rest:
        away = part.kind == "minus"
        term = part.parts[0] if away else part
        inner = _bracketed(_set(term, lang)) if away and term.kind == "sum" else _set(term, lang)
        told += _operator("−" if away else "+") + inner
    return told


def _within(one: Formula, lang: Lang) -> str:
    """A factor; in brackets if it is a sum."""
    return _bracketed(_set(one, lang)) if one.kind in _LOOSE else _set(one, lang)


def _choice(parts: list[str], lang: Lang) -> str:
    test, then, otherwise = parts
    rows = "".join(
        f"<mtr><mtd>{value}</mtd><mtd><mrow><mtext>{words}</mtext>{condition}</mrow></mtd></mtr>"
        for value, words, condition in (
            (then, f"{WHERE.in_(lang)}&#xa0;", test),
            (otherwise, OTHERWISE.in_(lang), ""),
        )
    )
    return f"<mrow>{_operator('{')}<mtable>{rows}</mtable></mrow>"


def _bracketed(inner: str) -> str:
    return f"<mrow>{_operator('(')}{inner}{_operator(')')}</mrow>"


def _letter(one: Symbol, index: str) -> str:
    letter = f"<mi>{escape(one.letter)}</mi>"
    below = (
        [f"<mn>{one.below}</mn>" if one.below.isdigit() else f"<mtext>{escape(one.below)}</mtext>"]
        if one.below
        else []
    )
    below += [f"<mi>{each}</mi>" for each in index]
    if not below:
        return letter
    apart = _operator(",") if one.below and index else ""
    told = apart.join([below[0], "".join(below[1:])]) if apart else "".join(below)
    return f"<msub>{letter}<mrow>{told}</mrow></msub>"


def _number(value: float) -> str:
    written = digits(abs(value))
    return f"<mn>{written}</mn>" if value >= 0.0 else f"<mrow>{_operator('−')}<mn>{written}</mn></mrow>"


def _operator(sign: str) -> str:
    return f"<mo>{escape(sign)}</mo>"
