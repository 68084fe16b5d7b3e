"""A formula as it is set: what stands over what, what is summed over, what a symbol bears below it.

It knows neither screen nor page. :func:`written` sets it in one line for a terminal; pages have their own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, final

from acuerdo.core.text import Lang, Text

Kind = Literal[
    "number", "symbol", "sum", "minus", "product", "fraction", "power", "root", "over", "function", "choice", "less",
    "start", "slope",
]  # fmt: skip
Part = Literal["states", "flows", "jumps", "outcomes", "shared"]
WHERE: Final = Text("if", "si")
OTHERWISE: Final = Text("otherwise", "si no")
TIME: Final = "t"
_LOW: Final = dict(zip("0123456789aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_ABOVE: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_HIGHEST: Final = 9


@final
@dataclass(frozen=True, slots=True)
class Symbol:
    """A letter, with what stands below it to tell it from its like."""

    letter: str
    below: str = ""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """One node of a formula.

    Attributes:
        kind: What it is: ``over`` is a sum over the elements named by ``index``, ``start`` a value at time zero,
            ``slope`` a rate of change, ``choice`` one of two by a condition.
        parts: What it is made of; of a ``choice``: condition, then, otherwise.
        symbol: The symbol of a ``symbol``.
        index: The elements that a symbol is of (``i``, or ``ij`` of a matrix), or what is summed over.
        number: The number of a ``number``.
        name: The name of a ``function``, such as ``exp``.
    """

    kind: Kind
    parts: tuple[Formula, ...] = ()
    symbol: Symbol = Symbol("")
    index: str = ""
    number: float = 0.0
    name: str = ""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One equation.

    Attributes:
        part: What it tells: a state's start and change, a flow, a jump, an outcome, or a part that others share.
        about: What stands on its left, in words.
        becomes: Whether the left is given the right's value on the date of an act, instead of equalling it.
    """

    part: Part
    about: Text
    left: Formula
    right: Formula
    becomes: bool = False

    @property
    def sign(self) -> str:
        """What stands between the two sides."""
        return "←" if self.becomes else "="

    def sides(self, lang: Lang) -> tuple[str, str]:
        """What stands on the left, and on the right, in plain characters."""
        return written(self.left, lang), written(self.right, lang)

    def written(self, lang: Lang) -> str:
        """The equation in one line of plain characters."""
        left, right = self.sides(lang)
        return f"{left} {self.sign} {right}"


def letter(one: Symbol, index: str = "") -> Formula:
    """A symbol as a formula."""
    return Formula(kind="symbol", symbol=one, index=index)


def written(one: Formula, lang: Lang) -> str:
    """A formula in one line of plain characters."""
    return _level(one, lang)[0]


def digits(value: float) -> str:
    """A number in a formula, without needless digits.

    >>> digits(0.25), digits(1e-6), digits(-2.0)
    ('0.25', '1e−06', '−2')
    """
    return f"{value:g}".replace("-", "−")


def _level(one: Formula, lang: Lang) -> tuple[str, int]:
    """The characters of a node, and how tightly it binds."""
    match one.kind:
        case "number":
            return digits(one.number), _HIGHEST if one.number >= 0.0 else 1
        case "symbol":
            return _symbol(one), _HIGHEST
        case "start":
            return f"{_symbol(one)}(0)", _HIGHEST
        case "slope":
            return f"d{_symbol(one)}/d{TIME}", 2
        case "function":
            return f"{one.name}({', '.join(written(part, lang) for part in one.parts)})", _HIGHEST
        case "choice":
            test, then, otherwise = (written(part, lang) for part in one.parts)
            return f"{{{then} {WHERE.in_(lang)} {test}; {otherwise} {OTHERWISE.in_(lang)}}}", _HIGHEST
        case _:
            return _joined(one, lang)


def _joined(one: Formula, lang: Lang) -> tuple[str, int]:
    def inside(place: int, level: int) -> str:
        text, own = _level(one.parts[place], lang)
        return text if own >= level else f"({text})"

    match one.kind:
        case "sum":
            return _sum(one, lang), 1
        case "minus":
            return f"−{inside(0, 2)}", 1
        case "product":
            return " · ".join(inside(place, 2 if place == 0 else 3) for place in range(len(one.parts))), 2
        case "fraction":
            return f"{inside(0, 2)} / {inside(1, 3)}", 2
        case "over":
            return f"Σ{_lowered(one.index)} {inside(0, 2)}", 2
        case "root":
            return f"√{inside(0, 4)}", 4
        case "less":
            return f"{inside(0, 1)} < {inside(1, 1)}", 0
        case _:
            return f"{inside(0, 5)}{_raised(inside(1, 5))}", 4


def _sum(one: Formula, lang: Lang) -> str:
    first, *rest = one.parts
    text = written(first, lang)
    for part in rest:
        away = part.kind == "minus"
        term, own = _level(part.parts[0] if away else part, lang)
        text += f" {'−' if away else '+'} {term if own >= 2 else f'({term})'}"
    return text


def _raised(exponent: str) -> str:
    return exponent.translate(_ABOVE) if exponent.isdigit() else f"^{exponent}"


def _symbol(one: Formula) -> str:
    own, apart = one.symbol, "," if one.symbol.below and one.index else ""
    # Below a whole name, small letters are hard to read
    low = own.below + one.index if len(own.letter) == 1 else ""
    if all(letter in _LOW for letter in low) and low == own.below + one.index:
        return own.letter + _lowered(low)
    return f"{own.letter}_{own.below}{apart}{one.index}"


def _lowered(letters: str) -> str:
    """Letters set low."""
    return "".join(_LOW[letter] for letter in letters)
