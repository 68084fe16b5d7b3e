"""What belongs in a review: what speaks of the two governments of its framework, whatever else is in the house."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from acuerdo.claims.check import countables, measured
from acuerdo.core.plugins import Folder
from acuerdo.evaluation.load import CONTRACTS
from acuerdo.foresight.library import FOLDER as MODELS
from acuerdo.spec.library import FRAMEWORKS
from acuerdo.spec.model import Framework
from acuerdo.spec.sides import two_sides

if TYPE_CHECKING:
    from acuerdo.claims.claim import Claim, ClaimText
    from acuerdo.evaluation.answers import Answered
    from acuerdo.foresight.model import Model

Said = Mapping[str, "tuple[ClaimText, Claim]"]


def kin(framework: Framework, every: Mapping[str, Framework]) -> dict[str, Framework]:
    """The other frameworks in which the same two governments take part, by id."""
    sides = {one.id for one in two_sides(framework)}
    return {key: one for key, one in every.items() if key != framework.id and sides <= set(one.parties)}


def serves(objectives: Iterable[str], frameworks: Collection[str]) -> bool:
    """Whether some objectives, written ``framework:objective``, are of some frameworks."""
    return any(one.partition(":")[0] in frameworks for one in objectives)


def contracts_for(every: Iterable[Answered], frameworks: Sequence[str]) -> tuple[Answered, ...]:
    """The questions that serve some frameworks."""
    return tuple(
        one
        for one in every
        if _belongs(one.contract.id, one.contract.objectives, folder=CONTRACTS, frameworks=frameworks)
    )


def models_for(every: Mapping[str, Model], frameworks: Sequence[str]) -> dict[str, Model]:
    """The models with a lever that serves some frameworks."""
    return {
        key: one
        for key, one in every.items()
        if _belongs(
            key,
            [objective for lever in one.levers for objective in lever.objectives],
            folder=MODELS,
            frameworks=frameworks,
        )
    }


def _belongs(one_id: str, objectives: Collection[str], *, folder: Folder, frameworks: Sequence[str]) -> bool:
    """What names no objective goes with the frameworks that it came with: the software's, or the reader's own."""
    if objectives:
        return serves(objectives, frameworks)
    return folder.is_own(one_id) == FRAMEWORKS.is_own(frameworks[0])


def said_of(framework: Framework, every: Said) -> dict[str, tuple[ClaimText, Claim]]:
    """The claims of the texts that speak of the framework's countries, or of no country's figures."""
    countries: dict[str, set[str]] = {}
    for text, claim in every.values():
        found = {one.country for body in measured(claim.check) for one in countables(body)}
        countries.setdefault(text.id, set()).update(found)
    own = {one.upper() for one in framework.parties}
    return {
        key: (text, claim)
        for key, (text, claim) in every.items()
        if not countries[text.id] or not countries[text.id].isdisjoint(own)
    }
