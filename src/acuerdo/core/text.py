"""A text in both languages of the agreement, side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, final, get_args

Lang = Literal["en", "es"]
LANGS: tuple[Lang, ...] = get_args(Lang)
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@final
@dataclass(frozen=True, slots=True)
class Text:
    """One statement in English and in Spanish; neither side may be empty.

    Raises:
        IncompleteTextError: If a side is blank.

    >>> Text("three", "tres").in_("es")
    'tres'
    """

    en: str
    es: str

    def __post_init__(self) -> None:
        if not self.en.strip() or not self.es.strip():
            raise IncompleteTextError(self.en, self.es)

    def in_(self, lang: Lang) -> str:
        """The text in one language."""
        return self.es if lang == "es" else self.en

    def both(self) -> dict[str, str]:
        """Both sides by language, as a file writes them."""
        return {"en": self.en, "es": self.es}


@final
class IncompleteTextError(ValueError):
    """A text lacks one of its two languages; a fault of the program, not of its user."""

    def __init__(self, en: str, es: str) -> None:
        ValueError.__init__(self, f"a text needs both languages: en={en!r}, es={es!r}")


def visible(text: str) -> str:
    r"""A text that does to a screen nothing but stand there.

    Whoever writes an entry of a record, or a published file, may have put into it what moves the cursor, paints over
    lines, or turns the order of letters around. It is shown as what it is, in the form that JSON has for it.

    >>> visible("no\x1b[2Kyes\u202e")
    'no\\u001b[2Kyes\\u202e'
    """
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def same(text: str) -> Text:
    """A text that reads alike in both languages: a code, a file name, a number."""
    return Text(text, text)


def percent(share: float, decimals: int = 0) -> Text:
    """A share in per cent as each language writes it; in Spanish with a space that does not break.

    >>> percent(0.25).en
    '25%'
    """
    return per_cent(f"{100 * share:.{decimals}f}")


def per_cent(written: str) -> Text:
    """A number that is written already, with the sign as each language sets it.

    >>> per_cent("+4.5").en
    '+4.5%'
    """
    return Text(f"{written}%", f"{written}\u00a0%")
