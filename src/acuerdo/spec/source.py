"""Where statements come from, and what is not available to cite."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, final

from pydantic import Discriminator, Tag

from acuerdo.core.citation import Citation
from acuerdo.core.citation import Kind as CitationKind
from acuerdo.core.text import Text, same
from acuerdo.spec.fields import (
    AbstractSpec,
    Day,
    Key,
    Language,
    Plain,
    Points,
    SourceKey,
    Sources,
    When,
    Words,
)

SourceKind = Literal["original", "copy", "press"]
SOURCE_KINDS: Final[dict[SourceKind, Text]] = {
    "original": same("original"),
    "copy": Text("copy of the original", "copia del original"),
    "press": Text("press report", "nota de prensa"),
}
Absence = Literal["not_public", "not_obtained", "not_found"]
ABSENCES: Final[dict[Absence, Text]] = {
    "not_public": Text("never published", "nunca publicado"),
    "not_obtained": Text("published, but its text was not obtained", "publicado, pero no se obtuvo su texto"),
    "not_found": Text("searched for and not found", "buscado y no encontrado"),
}


@final
class Reference(AbstractSpec):
    """One published source that the framework's file cites by its key.

    Attributes:
        id: Its key, such as ``S1``.
        title: Title as published, in its own language; in brackets where it is ours, for want of one that was seen.
        title_es: Our own title in Spanish, where ``title`` is ours.
        publisher: Who published what was read; of a copy, whoever printed the copy.
        kind: Whether the original was read, a copy of it, or a press report about it.
        type: What it is, for the bibliography.
        date: When it was published, as exactly as it says; absent when it does not say.
        page: Page or section that bears the statement out.
        accessed: The day it was read.
        language: The language it is written in.
        author: Authors, where they differ from the publisher.
        url: Address of what was read.
    """

    id: SourceKey
    title: Plain
    title_es: Plain | None = None
    publisher: Plain
    kind: SourceKind
    type: CitationKind = "webpage"
    author: Plain | None = None
    date: When | None = None
    url: Plain | None = None
    page: Plain | None = None
    accessed: Day | None = None
    language: Language
    note: Words | None = None

    @property
    def shown_title(self) -> Text:
        """The title for each reader: as published, or ours in their language."""
        return Text(self.title, self.title_es or self.title)

    def citation(self) -> Citation:
        """The source as the bibliography prints it."""
        return Citation(
            key=self.id,
            title=self.title,
            title_es=self.title_es or "",
            publisher=self.publisher,
            kind=self.type,
            author=self.author or "",
            date=self.date.code if self.date else "",
            url=self.url or "",
            page=self.page or "",
            accessed=self.accessed,
            note=SOURCE_KINDS[self.kind] if self.kind != "original" else None,
        )


@final
class Unavailable(AbstractSpec):
    """Something that the framework refers to and that cannot be shown: a list, a calendar, a title.

    Attributes:
        what: What is not available.
        why: Never published; published but not obtained; or searched for and not found.
        said_by: Who says that it was not published, or where it was looked for.
        since: Since when it could have been public.
    """

    id: Key
    what: Words
    why: Absence
    said_by: Words
    since: When | None = None
    sources: Sources


@final
class Withheld(AbstractSpec):
    """Stands where a text, a date or a number would: it is not available, for the reason given once.

    Attributes:
        not_public: Key of the entry under ``unavailable`` that says what is missing and why.
    """

    not_public: Annotated[str, Points(("unavailable",))]


def _known_or_withheld(value: Any) -> str:
    if isinstance(value, Withheld) or (isinstance(value, dict) and "not_public" in value):
        return "not_public"
    return "text"


Title = Annotated[
    Annotated[Words, Tag("text")] | Annotated[Withheld, Tag("not_public")], Discriminator(_known_or_withheld)
]
"""A text in both languages, or ``{not_public: key}``."""
