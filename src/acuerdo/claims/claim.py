"""A claim: words that somebody said in public, and the check that goes with them. One file per source text."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, final

from pydantic import Field

from acuerdo.claims.check import Check
from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.spec.fields import AbstractSpec, Declares, Key, Language, Plain, SourceRef, When, Words
from acuerdo.spec.source import Reference
from acuerdo.spec.table import Table

Voice = Literal["person", "organization", "author"]
Seen = Literal["text", "report"]


@final
class Claim(AbstractSpec):
    """One checkable statement.

    Attributes:
        quote: The words, unchanged, in their own language; ``…`` where something is left out.
        translation: The same in the other language; ours.
        subject: What a figure is of, where the quote is only the figure.
        speaker: Who says it.
        voice: Whether the speaker is a person, an organization, or the author of the text.
        said: When, where it differs from the date of the text; of an undated statement, when it was read.
        undated: Whether nothing tells when it was said.
        paragraph: The paragraph it stands in, counted from the headline.
        place: Where it stands, for a text without paragraphs.
        sources: Where it was read, for a statement that was seen through a report.
        check: How it is checked.
        note: What a reader must know besides.
    """

    id: Key
    quote: Plain
    translation: Plain
    subject: Words | None = None
    speaker: Words
    voice: Voice = "person"
    said: When | None = None
    undated: bool = False
    paragraph: Annotated[int, Field(gt=0)] | None = None
    place: Words | None = None
    sources: tuple[SourceRef, ...] = ()
    check: Check
    note: Words | None = None

    @property
    def headline(self) -> Text:
        """The words as a list shows them: between the marks of each language, after what a bare figure is of."""
        words = Text(f"“{self.quote}”", f"«{self.quote}»")
        if self.subject is None:
            return words
        return Text(f"{self.subject.en}: {words.en}", f"{self.subject.es}: {words.es}")


@final
class ClaimText(AbstractSpec):
    """One source text with its claims. Its id is the name of its file.

    Attributes:
        title: Title as published, in its own language; in brackets where it is ours, for want of one.
        title_es: Our own title in Spanish, where ``title`` is ours.
        about: What it is, in a line.
        author: Who wrote it.
        publisher: Who published it; None if what was read does not say.
        publisher_es: The same for a Spanish reader, where it is no name.
        date: When.
        url: Where it was published.
        language: The language of its quotes.
        seen: Whether the text itself was read, or a report of it.
        references: The sources that its checks cite.
        claims: The claims, in the order of the text.
    """

    id: Key
    title: Plain
    title_es: Plain | None = None
    about: Words
    author: Plain | None = None
    publisher: Plain | None = None
    publisher_es: Plain | None = None
    date: When
    url: Plain | None = None
    language: Language
    seen: Seen = "text"
    references: Annotated[Table[Reference], Declares("references")] = Table()
    claims: Table[Claim]

    @property
    def shown_title(self) -> Text:
        """The title for each reader: as published, or ours in their language."""
        return Text(self.title, self.title_es or self.title)

    @property
    def by(self) -> Text:
        """Who stands for it: its publisher, else its author."""
        english = self.publisher or self.author or self.title
        return Text(english, self.publisher_es or english)

    def said(self, claim: Claim) -> date:
        """The latest day on which a claim can have been made: the last of its month or year, if no more is known."""
        return min((claim.said or self.date).end, self.date.end)

    def dated(self, claim: Claim) -> Period | None:
        """When a claim was made, as exactly as it is known; None where nothing tells."""
        return None if claim.undated else claim.said or self.date
