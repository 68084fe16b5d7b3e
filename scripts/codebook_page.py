"""The page of the codebook: every code with its rule and its examples."""

from __future__ import annotations

from collections.abc import Iterator

from acuerdo.core.text import Lang, Text
from acuerdo.tracking.codebook import Axis, Codebook, CodeEntry

_RULES = Text("What holds for all codes", "Lo que vale para todos los códigos")
_VERSION = Text(
    "Version {version}, {day}. Every coding names the version that it follows.",
    "Versión {version}, {day}. Cada codificación indica la versión que sigue.",
)
_RULE = Text("Rule", "Regla")
_EXAMPLES = Text("Examples", "Ejemplos")
_RAISES = Text("Raises a lower level to {level}.", "Sube un nivel menor a {level}.")
_FALLS = Text("Lowers a higher level to {level}.", "Baja un nivel mayor a {level}.")


def codebook_page(book: Codebook, lang: Lang) -> str:
    """The page's text below its heading."""
    rules = "\n".join(f"{number}. {rule.in_(lang)}" for number, rule in enumerate(book.rules, 1))
    version = _VERSION.in_(lang).format(version=book.version, day=book.changed.isoformat())
    axes = "\n".join(_axis(axis, lang) for axis in book.axes.values())
    return f"{version}\n\n## {_RULES.in_(lang)}\n\n{rules}\n\n{axes}"


def _axis(axis: Axis, lang: Lang) -> str:
    codes = "\n".join(_code(code, lang) for code in axis.codes.values())
    return f"## {axis.title.in_(lang)}\n\n{axis.about.in_(lang)}\n\n{codes}"


def _code(code: CodeEntry, lang: Lang) -> str:
    rule = " ".join((code.rule.in_(lang), *_effects(code, lang)))
    examples = "\n".join(f"  - {one.in_(lang)}" for one in code.examples)
    return (
        f"### {code.title.in_(lang)}\n\n`{code.id}`\n\n- **{_RULE.in_(lang)}.** {rule}\n"
        f"- **{_EXAMPLES.in_(lang)}**\n{examples}\n"
    )


def _effects(code: CodeEntry, lang: Lang) -> Iterator[str]:
    if code.raises_to is not None:
        yield _RAISES.in_(lang).format(level=code.raises_to)
    if code.falls_to is not None:
        yield _FALLS.in_(lang).format(level=code.falls_to)
