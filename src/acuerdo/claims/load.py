"""The claims that come with the software: one file per source text, found by its name, read strictly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from acuerdo.claims.claim import Claim, ClaimText
from acuerdo.claims.faults import faults_of
from acuerdo.core.errors import NotFound, Problem, nearest
from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text
from acuerdo.spec.load import load_document, load_every

FOLDER: Final = Folder(
    "claims/catalog", suffixes=(".yaml",), kind=Text("a text with claims", "un texto con afirmaciones")
)


def load(path: Path) -> ClaimText:
    """One source text with its claims.

    Raises:
        SpecProblems: If anything is wrong; lists every problem with file, line and column.
    """
    return load_document(path, ClaimText, check=faults_of)


@cache
def claim_text(text_id: str) -> ClaimText:
    """A source text that comes with the software.

    Raises:
        NotFound: If there is none of that id; names the nearest.
        SpecProblems: If its file is wrong.
    """
    return load(FOLDER.file(text_id))


@cache
def claim_texts() -> Mapping[str, ClaimText]:
    """Every source text by id, in order of id.

    Raises:
        SpecProblems: Lists every problem of every file.
    """
    return load_every(FOLDER.files(), claim_text)


def all_claims() -> Mapping[str, tuple[ClaimText, Claim]]:
    """Every claim by ``text:claim``, in the order of the texts."""
    return MappingProxyType(dict(_each()))


def _each() -> Iterator[tuple[str, tuple[ClaimText, Claim]]]:
    for text in claim_texts().values():
        for claim in text.claims.values():
            yield f"{text.id}:{claim.id}", (text, claim)


def find(claim_id: str) -> tuple[str, ClaimText, Claim]:
    """The claim of an id; the part after the colon is enough where no other text has it too.

    Raises:
        NotFound: If there is none, or more than one; names the nearest.
    """
    known = all_claims()
    full = [one for one in known if claim_id in {one, one.partition(":")[2]}]
    if len(full) == 1:
        text, claim = known[full[0]]
        return full[0], text, claim
    raise _several(claim_id, full) if full else _unknown(claim_id, tuple(known))


def _several(claim_id: str, full: list[str]) -> NotFound:
    return NotFound(
        Problem(
            what=Text(
                f"'{claim_id}' stands in more than one text.", f"'{claim_id}' está en más de un texto."
            ),
            nearest=tuple(full),
            fix=Text("Write it as TEXT:CLAIM.", "Escríbalo como TEXTO:AFIRMACIÓN."),
        )
    )


def _unknown(claim_id: str, known: Sequence[str]) -> NotFound:
    """Names the nearest ids, whether the text was given or not."""
    by_last = {one.partition(":")[2]: one for one in known}
    near = nearest(claim_id, known) or tuple(by_last[one] for one in nearest(claim_id, by_last))
    return NotFound(
        Problem(
            what=Text(
                f"'{claim_id}' is not a claim known here.",
                f"'{claim_id}' no es una afirmación que se conozca aquí.",
            ),
            nearest=near,
            fix=Text(
                "acuerdo claims lists every claim with its id.",
                "acuerdo claims enumera cada afirmación con su id.",
            ),
        )
    )
