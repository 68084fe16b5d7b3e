"""What is declared of a reporting delay: which vintages teach it, which series it corrects, when a count is settled."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Final, Literal, final

from pydantic import Field

from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text
from acuerdo.spec.fields import AbstractSpec, Day, Key, Plain, Words
from acuerdo.spec.load import load_document, load_every

DELAYS: Final = Folder(
    "tracking/delays", suffixes=(".yaml",), kind=Text("a reporting delay", "un retraso de registro")
)
_MONTHS: Final = {"month": 1, "year": 12}


@final
class Delay(AbstractSpec):
    """One reporting delay. Its id is the name of its file.

    Attributes:
        title: What is late.
        learned_from: The series whose vintages teach the delay.
        applies_to: The series whose latest counts it corrects.
        step: The unit in which the delay is counted.
        settled: After how many steps a count is taken to be settled; younger ones are corrected.
        since: Start of the first period looked at.
        learned_by: What growth goes with: the age of a count; or the share of its records that were still pending
            investigation, above what is usual for the place.
        pending: The series of that share, in per cent.
        learned_at: Whether the growth is that of the country or that of its parts taken together.
        corrects: Whether the counts of the country alone are corrected, or those of its parts as well.
        stands_if_absent: Whether a vintage that does not hold a count leaves it as it was.
        intervals: How errors of the past become intervals: ranked over all groups of one age (conformal); or, where
            vintages are few, each group's own with a little of the others' (restated).
        held_back: What a back-test leaves out: later vintages; or, with two vintages only, one place at a time.
        breakdowns: The publisher's breakdowns looked at; all if none is named.
        leave_out: Places that a later vintage does not hold.
        reason: Why these steps, and what the vintages can and cannot teach.
    """

    id: Key
    title: Words
    learned_from: Plain
    applies_to: Annotated[tuple[Plain, ...], Field(min_length=1)]
    step: Literal["month", "year"]
    settled: Annotated[int, Field(ge=1)]
    since: Day
    learned_by: Literal["age", "pending"] = "age"
    pending: Plain | None = None
    learned_at: Literal["country", "part"]
    corrects: Literal["country", "all"]
    stands_if_absent: bool = False
    intervals: Literal["conformal", "restated"] = "conformal"
    held_back: Literal["vintages", "places"]
    breakdowns: tuple[str, ...] = ()
    leave_out: tuple[Plain, ...] = ()
    reason: Words

    @property
    def months(self) -> int:
        """Months of one step."""
        return _MONTHS[self.step]


@cache
def delays() -> Mapping[str, Delay]:
    """Every declared delay by id.

    Raises:
        SpecProblems: If a file is wrong.
    """
    return load_every(DELAYS.files(), lambda key: load_document(DELAYS.file(key), Delay))


def delay_of(series_id: str) -> Delay | None:
    """The delay that corrects a series; None where none is declared."""
    return next((one for one in delays().values() if series_id in one.applies_to), None)
