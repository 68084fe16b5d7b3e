"""One page per scenario: what is done on what evidence, and what every model that can tell says of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from acuerdo.core.text import LANGS, Text, same
from acuerdo.foresight import kept
from acuerdo.foresight.declaring import ASSUMED
from acuerdo.foresight.playbook import BASE, Play, plays
from acuerdo.review.contrasts import by_structure
from acuerdo.review.dossier import Dossier
from acuerdo.review.foreseen import amount, chances, failures, fans, model_link, outcome_title, turning
from acuerdo.review.page import Link, Page, Short, Table, headed
from acuerdo.review.wording import say

if TYPE_CHECKING:
    from acuerdo.foresight.identified.comparing import Comparison
    from acuerdo.foresight.model import Model


def pages(dossier: Dossier) -> Iterator[Page]:
    """The page of each scenario that some model can tell something about."""
    for name, one in plays().items():
        answers = [
            (model, found) for model in dossier.models.values() if (found := kept.comparison(model.id))
        ]
        acting = [(model, found) for model, found in answers if name in found.scenarios and name != BASE]
        if acting:
            yield _page(one, acting)


def _page(one: Play, acting: list[tuple[Model, Comparison]]) -> Page:
    return Page(
        kind="scenario",
        path=f"foresight/{one.id}",
        title=one.title,
        summary=one.about,
        parents=(Link(say("foresight.title"), "foresight/index"),),
        content={
            "levers": _levers(one, acting),
            "answers": [_answer(one, model, found=found) for model, found in acting],
            "changed": _changed(acting),
            "again": f"acuerdo simulate {one.id} --draws {kept.DRAWS}",
        },
    )


def _levers(one: Play, acting: list[tuple[Model, Comparison]]) -> Table:
    rows: list[dict[str, Any]] = []
    for model, _ in acting:
        titles = {lever.name: lever.title for lever in model.levers}
        sources = {cited.key: cited for cited in model.references}
        for name, move in one.moves(model.id).items():
            cited = sources.get(move.source)
            rows.append(
                {
                    "lever": titles[name],
                    "model": model_link(model),
                    "value": amount(float(move.value)),
                    "from": Short(move.since or move.on[0]),
                    "evidence": (
                        move.evidence,
                        say("foresight.assumed")
                        if move.source == ASSUMED
                        else Text(*(cited.text(lang) for lang in LANGS))
                        if cited
                        else same(move.source),
                    ),
                }
            )
    return Table(
        caption=say("foresight.levers_table"),
        columns=headed("foresight", "lever", "model", "value", "from", "evidence", numeric=("value",)),
        rows=rows,
        stacks=True,
    )


def _answer(one: Play, model: Model, *, found: Comparison) -> dict[str, Any]:
    titles = {name: other.title for name, other in plays().items()}
    return {
        "title": say("foresight.fate", model=model.title, outcome=outcome_title(model, found)),
        "contrast": by_structure(model, found, scenario=one.id),
        "chances": chances(found, model=model, scenario=one.id),
        "figures": list(fans(model, found, scenario=one.id, name=one.title)),
        "turns": turning(model, found, titles=titles, scenario=one.id),
        "failures": failures(model, found, scenario=one.id, title=one.title),
        "failed": _failed(found, scenario=one.id),
    }


def _failed(found: Comparison, *, scenario: str) -> Text:
    arms = [arm for arm in found.arms if arm.scenario == scenario]
    return say("foresight.failed", n=sum(arm.failed for arm in arms), of=sum(arm.count for arm in arms))


def _changed(acting: list[tuple[Model, Comparison]]) -> Text | None:
    names = tuple(sorted({name for model, _ in acting for name in kept.changed(model.id, "comparison")}))
    return say("foresight.changed", names=names) if names else None
