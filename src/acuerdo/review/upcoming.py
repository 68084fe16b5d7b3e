"""What is still to come: the next deadlines with their probabilities, and the promises that carry no date."""

from __future__ import annotations

from typing import Any

from acuerdo.core.text import Text
from acuerdo.review import promise
from acuerdo.review.dossier import Dossier
from acuerdo.review.page import Column, Short, Table
from acuerdo.review.wording import say
from acuerdo.tracking.prospects.enough import WORTH
from acuerdo.tracking.prospects.prospect import Prospect


def ahead(dossier: Dossier) -> Table | None:
    """The deadlines that are still to come, the nearest first, each with its probability; None if there are none."""
    found = [one for one in dossier.standing.prospects if one.outlook in {"told", "cannot_tell"}]
    if not found:
        return None
    return Table(
        caption=say("calendar.ahead_caption"),
        columns=(
            Column("what", say("calendar.what")),
            Column("due", say("calendar.due")),
            Column("state", say("calendar.state")),
            Column("probability", say("calendar.probability")),
        ),
        rows=[_to_come(one) for one in found],
        stacks=True,
    )


def _to_come(one: Prospect) -> dict[str, Any]:
    return {
        "what": promise.promise_link(one.code),
        "due": Short(one.deadline) if one.deadline else None,
        "state": promise.level_state(one.code),
        "probability": one.words,
    }


def worth(dossier: Dossier) -> Text | None:
    """What past days say of the probabilities; None where none is told."""
    return WORTH if any(one.outlook == "told" for one in dossier.standing.prospects) else None


def undated(dossier: Dossier) -> Text | None:
    """How many commitments have no deadline with a public date; None where there are no commitments."""
    every = [one for one in dossier.standing.codes.values() if one.item.kind == "commitment"]
    without = sum(not any(each.due for each in one.rounds) for one in every)
    return say("calendar.undated_lede", n=without, total=len(every)) if every else None
