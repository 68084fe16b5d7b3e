"""``risk``: what may go wrong, who answers for it, and what is done about it."""

from __future__ import annotations

from typing import Literal, final

from acuerdo.core.text import Text
from acuerdo.record.evidence import Item
from acuerdo.record.kind import Named, Thing
from acuerdo.spec.fields import AbstractSpec, Key, Words

Grade = Literal["low", "medium", "high"]
GRADES: dict[Grade, Text] = {
    "low": Text("low", "bajo"),
    "medium": Text("medium", "medio"),
    "high": Text("high", "alto"),
}


@final
class Content(AbstractSpec):
    """What may go wrong, who answers for it, and what is done about it.

    Attributes:
        risk: Id of the risk.
        item: The commitment that it threatens, if it is one.
        title: What may happen.
        likelihood: How likely it is.
        impact: How much harm it would do.
        owner: The office that answers for it.
        mitigation: What is done about it.
    """

    risk: Key
    item: Item | None = None
    title: Words
    likelihood: Grade
    impact: Grade
    owner: Named
    mitigation: Words


def key(content: Content) -> str:
    """What identifies it among its like."""
    return content.risk


def tell(content: Content) -> Text:
    """It in a few words."""
    likely, harm, about = GRADES[content.likelihood], GRADES[content.impact], content.item or ""
    return Text(
        f"{content.risk}{about and f' (to {about})'}, {content.title.en}; likelihood {likely.en}, impact {harm.en}; "
        f"owner {content.owner}; mitigation: {content.mitigation.en}",
        f"{content.risk}{about and f' (para {about})'}, {content.title.es}; grado de probabilidad {likely.es}, impacto "
        f"{harm.es}; responsable {content.owner}; mitigación: {content.mitigation.es}",
    )


THING = Thing(title=Text("risk", "un riesgo"), content=Content, key=key, tell=tell)
