"""What the search of the review finds: every page, and each source, meeting, body and document on its page.

It goes by titles and summaries first, then by the words in a page's tables: programmes, methods, parameters, files.

The index is a script and not data, because a page opened from a disk may load the one and not the other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, final

from acuerdo.core.place import PlaceLevel, children, divided, fold
from acuerdo.core.text import LANGS, Lang, Text, same
from acuerdo.review.page import Link, Page, Table, every
from acuerdo.review.wording import word

INDEX: Final = "search-index.js"
GROUPS: Final = ("promise", "indicator", "claim", "evaluation", "scenario", "source", "meeting", "page")
_GROUP_OF: Final[Mapping[str, str]] = {
    "commitment": "promise", "indicator": "indicator", "claim": "claim", "evaluation": "evaluation",
    "scenario": "scenario", "coupled": "scenario", "mechanism": "scenario",
}  # fmt: skip
# As much as two lines of a result hold; what is cut off is still searched
_SHOWN: Final = 110
# A word in the tables of more entries than this tells none of them from the others
_COMMON: Final = 40
# Short words, and those that stand in nearly every sentence, lead to nothing
_SHORT: Final = 3
_YEAR: Final = 4
_EMPTY: Final = frozenset(
    "and are been but for from had has have its not than that the their there this was were which with "
    "como con del desde ellos entre este esta estos fue fueron han hasta las los mas para pero por que sin "
    "sobre son sus una uno".split()
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that can be found.

    Attributes:
        group: One of ``GROUPS``, under which it is shown.
        to: The page's path, with an anchor where it is a part of one.
        about: A line under the title.
        words: Further words that lead to it and are not shown.
        tables: Its tables, whose words lead to it after all else.
        country: Whose states it has figures for; empty if for none.
    """

    group: str
    to: str
    title: Text
    about: Text
    words: tuple[Text, ...] = ()
    tables: Sequence[Table] = ()
    country: str = ""


def entries(pages: Iterable[Page]) -> Iterator[Entry]:
    """Everything that can be found, in the order of the pages."""
    for page in pages:
        yield Entry(
            group=group_of(page),
            to=page.path,
            title=page.title,
            about=page.summary,
            words=_WORDS.get(page.kind, _no_words)(page.content),
            tables=() if page.kind in _PARTS else every(Table, page.content),
            country=_country(page),
        )
        yield from _PARTS.get(page.kind, _no_parts)(page)


def group_of(page: Page) -> str:
    """The group under which a page is found."""
    return _GROUP_OF.get(page.kind, "page")


def index(found: Sequence[Entry], lang: Lang) -> str:
    """The index in one language, as the script that hands it to ``assets/search.js``."""
    places = {
        country: _folded(one.name.in_(lang) for one in children(country, PlaceLevel.STATE))
        for country in divided()
    }
    rows = [_row(one, lang) for one in found]
    whole = {
        "groups": [[key, word(lang, f"search.{key}")] for key in GROUPS],
        "places": places,
        "entries": rows,
        "tables": _in_tables(
            found, rows, lang=lang, states={key: set(one.split()) for key, one in places.items()}
        ),
    }
    return f"acuerdoIndex({json.dumps(whole, ensure_ascii=False, separators=(',', ':'))});\n"


def _in_tables(
    found: Sequence[Entry], rows: Sequence[Sequence[Any]], *, lang: Lang, states: Mapping[str, set[str]]
) -> str:
    """Each word that stands in tables, with the numbers of their entries: ``naloxona 301 415;nayarit 12``.

    Args:
        rows: What the index holds of each entry already; those words are left out.
        states: By country, the names that an entry with figures for states is found by anyway.
    """
    leading: dict[str, list[int]] = {}
    for number, (one, row) in enumerate(zip(found, rows, strict=True)):
        told = {part for text in _told(one.tables, lang) for part in _parts(text)}
        known = {part for text in row[1:5] for part in _parts(text)} | states.get(one.country, set())
        for part in told - known:
            leading.setdefault(part, []).append(number)
    telling = sorted((part, where) for part, where in leading.items() if len(where) <= _COMMON)
    return ";".join(" ".join([part, *map(str, where)]) for part, where in telling)


def _told(content: Any, lang: Lang) -> Iterator[str]:
    """The texts of tables, cell by cell, without states, values and days, which are looked up on the page."""
    match content:
        case Text():
            yield content.in_(lang)
        case Link(text=text):
            yield text.in_(lang)
        case str():
            yield content
        case Table(caption=caption, columns=columns, rows=rows):
            yield from _told([caption, *(column.title for column in columns)], lang)
            for row in rows:
                yield from _told([row[column.key] for column in columns], lang)
        case list() | tuple():
            for inner in content:
                yield from _told(inner, lang)
        case _:
            return


@cache
def _parts(text: str) -> frozenset[str]:
    """The words of a text that can lead somewhere: no short ones, and of numbers only long ones."""
    return frozenset(
        part
        for part in fold(text).split()
        if len(part) >= _SHORT and part not in _EMPTY and not (part.isdigit() and len(part) <= _YEAR)
    )


def _row(one: Entry, lang: Lang) -> list[Any]:
    """Group, address, title, line below, hidden words, country; what is empty at the end is left out."""
    title, about = one.title.in_(lang), one.about.in_(lang)
    shown = _cut(about)
    others = (one.title.in_(other) for other in LANGS)
    hidden = _folded(
        [about, *others, *(text.in_(lang) for text in one.words)], known=f"{title} {shown} {one.to}"
    )
    row: list[Any] = [GROUPS.index(one.group), one.to, title, shown, hidden, one.country]
    while not row[-1]:
        row.pop()
    return row


def _cut(text: str) -> str:
    if len(text) <= _SHOWN:
        return text
    return text[:_SHOWN].rpartition(" ")[0].rstrip(",;:.") + "…"


def _folded(texts: Iterable[str], known: str = "") -> str:
    """The words of some texts, each once, without accents and without those already known or very short."""
    taken = _EMPTY.union(fold(known).split())
    found = dict.fromkeys(one for text in texts for one in fold(text).split() if len(one) >= _SHORT)
    return " ".join(one for one in found if one not in taken)


def _country(page: Page) -> str:
    """Whose states a page has figures for."""
    return page.content["country"] if page.kind == "indicator" and page.content["map"] else ""


def _no_words(_content: Mapping[str, Any]) -> tuple[Text, ...]:
    return ()


def _no_parts(_page: Page) -> Iterator[Entry]:
    return iter(())


def _of_claim(content: Mapping[str, Any]) -> tuple[Text, ...]:
    return content["speaker"], content["text"], same(content["translation"])


def _of_promise(content: Mapping[str, Any]) -> tuple[Text, ...]:
    quote = content["wording"]
    if quote is None:
        return ()
    return (Text(*(quote["words" if quote["language"] == lang else "translation"] for lang in LANGS)),)


def _of_succession(content: Mapping[str, Any]) -> tuple[Text, ...]:
    return tuple(one["name"] for one in content["frameworks"])


def _sources(page: Page) -> Iterator[Entry]:
    for one in page.content["sources"]:
        yield Entry(
            group="source",
            to=f"{page.path}#{one['id']}",
            title=one["title"],
            about=one["publisher"],
            words=(
                *(series["title"] for series in one["series"]),
                *(same(row["hash"].text) for row in one["files"].rows),
            ),
            tables=(one["files"],),
        )


def _meetings(page: Page) -> Iterator[Entry]:
    for one in page.content["meetings"]:
        about = one["place"] or one["kind"]
        words = (*one["attendees"], *(decision["link"].text for decision in one["decisions"]))
        yield _part(page, one, title=one["title"], about=about, words=words)
    for one in page.content["bodies"]:
        yield _part(page, one, title=one["name"], about=one["level"])


def _documents(page: Page) -> Iterator[Entry]:
    for one in page.content["documents"]:
        yield _part(page, one, title=one["title"], about=one["kind"])


def _part(
    page: Page, one: Mapping[str, Any], *, title: Any, about: Text, words: tuple[Text, ...] = ()
) -> Entry:
    name = title.text if isinstance(title, Link) else title
    return Entry(group="meeting", to=f"{page.path}#{one['id']}", title=name, about=about, words=words)


_WORDS: Final[Mapping[str, Callable[[Mapping[str, Any]], tuple[Text, ...]]]] = {
    "claim": _of_claim, "commitment": _of_promise, "succession": _of_succession,
}  # fmt: skip
_PARTS: Final[Mapping[str, Callable[[Page], Iterator[Entry]]]] = {
    "sources": _sources, "meetings": _meetings, "documents": _documents,
}  # fmt: skip
