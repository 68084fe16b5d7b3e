"""Where a statement comes from, down to the page."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal, final

from acuerdo.core.period import Period, day_label
from acuerdo.core.text import Lang, Text, same

Kind = Literal["article", "book", "dataset", "misc", "report", "software", "statute", "webpage"]

_BIBTEX_KIND: dict[Kind, str] = {
    "article": "article",
    "book": "book",
    "dataset": "misc",
    "misc": "misc",
    "report": "techreport",
    "software": "misc",
    "statute": "misc",
    "webpage": "misc",
}
_PAGE = same("p.")
_UNDATED = Text("n.d.", "s. f.")
_ACCESSED = Text("accessed", "consultado el")
_QUOTED = Text("“{}”", "«{}»")
_AND = Text("and", "y")
_OTHERS = Text("others", "otros")
_ESCAPES = str.maketrans(
    {char: "\\" + char for char in "&%$#_{}"} | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}"}
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A published source.

    Attributes:
        key: BibTeX key, unique within its document.
        title: Title as published, in its own language.
        title_es: The same for a Spanish reader, where the title is not the publisher's; else empty.
        publisher: Who published it, as they write their name.
        kind: What it is; decides the BibTeX entry type.
        author: Authors where they differ from the publisher; "A and B" as BibTeX has it.
        date: Date as far as known: ``2021``, ``2021-10`` or ``2021-10-08``; empty when not stated.
        url: Address, or empty.
        page: Page or section, or empty.
        accessed: The day it was read, if it was.
        note: Anything else, e.g. "copy of the original"; None for nothing.
    """

    key: str
    title: str
    title_es: str = ""
    publisher: str
    kind: Kind = "misc"
    author: str = ""
    date: str = ""
    url: str = ""
    page: str = ""
    accessed: date | None = None
    note: Text | None = None

    def bibtex(self) -> str:
        r"""The BibTeX entry, fields in a fixed order, special characters escaped.

        >>> print(Citation(key="gao_10_837", title="Needs & measures", publisher="GAO", date="2010").bibtex())
        @misc{gao_10_837,
          title = {Needs \& measures},
          publisher = {GAO},
          year = {2010}
        }
        """
        entry = _BIBTEX_KIND[self.kind]
        parts = self.date.split("-") if self.date else []
        named = dict(zip(("year", "month", "day"), (part.lstrip("0") for part in parts), strict=False))
        fields = {
            "author": _escape(self.author),
            "title": _escape(self.title),
            ("institution" if entry == "techreport" else "publisher"): _escape(self.publisher),
            **named,
            "pages": _escape(self.page),
            "url": self.url,
            "urldate": self.accessed.isoformat() if self.accessed else "",
            "note": _escape(self.note.en) if self.note else "",
        }
        body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        return f"@{entry}{{{self.key},\n{body}\n}}"

    def text(self, lang: Lang) -> str:
        """One line for a reader: authors, publisher, title, date, page, address, as the language writes them."""
        parts = [
            self.authors(lang),
            self.publisher,
            _QUOTED.in_(lang).format(self.title_es if lang == "es" and self.title_es else self.title),
            Period.parse(self.date).label(lang) if self.date else _UNDATED.in_(lang),
            f"{_PAGE.in_(lang)} {self.page}" if self.page else "",
            self.url,
            f"{_ACCESSED.in_(lang)} {day_label(self.accessed, lang)}" if self.accessed else "",
            self.note.in_(lang) if self.note else "",
        ]
        return ", ".join(part for part in parts if part)

    def authors(self, lang: Lang) -> str:
        """Authors as a reader writes them; empty where none is named."""
        *first, last = self.author.split(" and ")
        if last == "others":
            last = _OTHERS.in_(lang)
        return f"{', '.join(first)} {_AND.in_(lang)} {last}" if first else last


_ACCENTS = {"́": "'", "̀": "`", "̂": "^", "̈": '"', "̃": "~", "̧": "c "}


def _escape(text: str) -> str:
    """LaTeX-safe text; accented Latin letters become commands, so that any BibTeX reads them."""
    out: list[str] = []
    for char in text.translate(_ESCAPES):
        plain = unicodedata.normalize("NFD", char)
        if len(plain) == 2 and plain[1] in _ACCENTS:
            letter = r"\i" if plain[0] == "i" else plain[0]
            out.append(f"{{\\{_ACCENTS[plain[1]]}{letter}}}")
        else:
            out.append({"–": "--", "—": "---", "“": "``", "”": "''"}.get(char, char))
    return re.sub(r"\s+", " ", "".join(out)).strip()
