"""What was said in public about the cooperation and its results, with the verdict on each claim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from acuerdo.core.text import Text
from acuerdo.review.dossier import Dossier
from acuerdo.review.page import Column, Link, Page, Short, Table
from acuerdo.review.wording import say

if TYPE_CHECKING:
    from acuerdo.claims.checking import Checked
    from acuerdo.claims.reading import Reading
    from acuerdo.claims.verdict import Finding

_INDEX = "claims/index"


def pages(dossier: Dossier) -> Iterator[Page]:
    """The page of all claims, and one for each."""
    texts = dict.fromkeys(one.text.id for one in dossier.claims)
    by_text = {key: [one for one in dossier.claims if one.text.id == key] for key in texts}
    yield Page(
        kind="claims",
        path=_INDEX,
        title=say("claims.title"),
        summary=say("claims.summary", n=len(dossier.claims), texts=len(by_text)),
        content={"texts": [_text(found) for found in by_text.values()]},
    )
    yield from (_page(one) for one in dossier.claims)


def _path(one: Checked) -> str:
    return f"claims/{one.id.replace(':', '.')}"


def _quoted(one: Checked) -> Text:
    return Text(f"“{one.claim.quote}”", f"«{one.claim.quote}»")


def _text(found: list[Checked]) -> dict[str, Any]:
    text = found[0].text
    return {
        "id": text.id,
        "title": Text(text.title, text.title),
        "about": text.about,
        "publisher": Text(text.publisher, text.publisher),
        "table": Table(
            caption=say("claims.of", title=text.title),
            columns=tuple(
                Column(key, say(f"claims.{key}")) for key in ("quote", "said", "verdict", "sentence")
            ),
            rows=[
                {
                    "quote": Link(_quoted(one), _path(one)),
                    "said": Short(one.said),
                    "verdict": one.verdict,
                    "sentence": one.sentence,
                }
                for one in found
            ],
            stacks=True,
        ),
    }


def _page(one: Checked) -> Page:
    claim, text, outcome = one.claim, one.text, one.outcome
    where = say("claims.paragraph", n=claim.paragraph) if claim.paragraph else claim.place
    return Page(
        kind="claim",
        path=_path(one),
        title=_quoted(one),
        summary=one.sentence,
        label=one.verdict,
        parents=(Link(say("claims.title"), _INDEX),),
        content={
            "translation": Text(claim.translation, claim.translation),
            "language": text.language,
            "speaker": claim.speaker,
            "said": one.said,
            "text": Text(f"{text.title}, {text.publisher}", f"{text.title}, {text.publisher}"),
            "place": where,
            "check": one.kind,
            "verdict": one.verdict,
            "note": claim.note,
            "then": _readings(outcome.then, caption=say("claims.then", day=one.said)),
            "now": _readings(outcome.now, caption=say("claims.now")),
        },
    )


def _readings(finding: Finding, *, caption: Text) -> Table:
    return Table(
        caption=caption,
        columns=tuple(Column(key, say(f"claims.{key}")) for key in ("by", "told", "reading", "holds")),
        rows=[_row(one) for one in finding.readings],
        stacks=True,
    )


def _row(one: Reading) -> dict[str, Any]:
    answer = {True: "yes", False: "no", None: "unknown"}[one.holds]
    return {
        "by": one.by or say("claims.the_words"),
        "told": one.told,
        "reading": one.why,
        "holds": say(f"claims.holds_{answer}"),
    }
