"""What a run gives: summaries by scenario, outcome and structure, and what went wrong on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import final

import numpy as np
from numpy.typing import NDArray

from acuerdo.core.errors import NotFound, Problem, UsageError
from acuerdo.core.text import Text
from acuerdo.foresight.block import Job, Key
from acuerdo.foresight.clock import date_of
from acuerdo.foresight.faults import unknown_word
from acuerdo.foresight.model import Floats
from acuerdo.foresight.reduction import Kind, Parts, bins_of, sketch_of

_SCENARIO = Text("a scenario of this run", "un escenario de esta corrida")
_OUTCOME = Text("an outcome", "un resultado")
_STRUCTURE = Text("a structure of this run", "una estructura de esta corrida")


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Run:
    """The kept results of a run.

    In every method ``structure`` is the label ``mechanism=alternative``, several joined by commas, empty for the
    published model's own; ``kind`` is ``level``, or ``difference`` or ``relative``: against the first scenario, draw
    by draw.

    Attributes:
        job: What was run.
        parts: What every reduction kept.
        done: How many draws it covers.
        errors: The estimated relative error of the steps under each structure.
    """

    job: Job
    parts: Mapping[Key, Parts]
    done: int
    errors: tuple[float, ...]

    @property
    def interrupted(self) -> bool:
        """Whether it was stopped before all draws were done."""
        return self.done < self.job.draws.count

    @property
    def times(self) -> Floats:
        """The reported times, in the model's unit, shape (dates,)."""
        return self.job.course(0, self.job.scenarios[0]).times

    @property
    def dates(self) -> tuple[date, ...]:
        """The same as days."""
        return tuple(date_of(self.job.model, float(time)) for time in self.times)

    @property
    def structures(self) -> tuple[str, ...]:
        """The labels of the structures."""
        return tuple(system.label for system in self.job.systems)

    @property
    def error(self) -> float:
        """The largest estimated relative error of the steps."""
        return max(self.errors)

    def failed(self, scenario: str, *, structure: str = "") -> int:
        """How many draws fell below zero or did not stay finite; they are in no summary."""
        return int(self._of((scenario, "", "failed"), structure=structure, kind="level")["count"])

    def mean(self, scenario: str, outcome: str, *, structure: str = "", kind: Kind = "level") -> Floats:
        """The mean over the draws at each date."""
        return self._of((scenario, outcome, "moments"), structure=structure, kind=kind)["mean"].astype(
            np.float64
        )

    def deviation(self, scenario: str, outcome: str, *, structure: str = "", kind: Kind = "level") -> Floats:
        """The standard deviation over the draws at each date."""
        kept = self._of((scenario, outcome, "moments"), structure=structure, kind=kind)
        return np.sqrt(kept["squares"] / max(int(kept["count"]) - 1, 1))

    def quantile(
        self, scenario: str, outcome: str, share: float, /, *, structure: str = "", kind: Kind = "level"
    ) -> Floats:
        """The value below which a share of the draws lie, at each date; off by at most 0.1 per cent of itself."""
        kept = self._of((scenario, outcome, "quantiles"), structure=structure, kind=kind)
        return sketch_of(kept).quantile(bins_of(kind), share)

    def histogram(
        self, scenario: str, outcome: str, edges: Floats, /, *, structure: str = "", kind: Kind = "level"
    ) -> NDArray[np.int64]:
        """How many draws lie between each edge and the next, at each date: shape (dates, edges - 1).

        Edges ascend; what lies within 0.1 per cent of one may count on its other side.
        """
        kept = self._of((scenario, outcome, "quantiles"), structure=structure, kind=kind)
        return sketch_of(kept).within(bins_of(kind), np.asarray(edges, dtype=np.float64))

    def chance_of_less(self, scenario: str, outcome: str, *, structure: str = "") -> Floats:
        """The share of draws with less of an outcome than under the first scenario, at each date; a tie counts half."""
        kept = self._of((scenario, outcome, "quantiles"), structure=structure, kind="difference")
        return sketch_of(kept).below_zero()

    def kept(
        self, scenario: str, outcome: str, name: str, /, *, structure: str = "", kind: Kind = "level"
    ) -> Floats:
        """Every draw's value at the dates of the :class:`Kept` of a name, shape (dates, draws); NaN if it failed."""
        return self._of((scenario, outcome, name), structure=structure, kind=kind)["values"].astype(
            np.float64
        )

    def _of(self, what: tuple[str, str, str], *, structure: str, kind: Kind) -> Parts:
        scenario, outcome, name = what
        key = (structure, scenario, kind, outcome, name)
        if key not in self.parts:
            raise self._missing(key)
        return self.parts[key]

    def _missing(self, key: Key) -> NotFound | UsageError:
        structure, scenario, kind, outcome, name = key
        model = self.job.model
        scenarios = [one.id for one in self.job.scenarios]
        outcomes = [*self.job.outcomes]
        for given, known, what in (
            (scenario, scenarios, _SCENARIO),
            (outcome, outcomes, _OUTCOME),
            (structure, self.structures, _STRUCTURE),
        ):
            if given not in known:
                return NotFound(unknown_word(what, given, known=known, where=model.id))
        return UsageError(
            Problem(
                what=Text(
                    f"This run did not keep '{name}' of the {kind} of '{outcome}' under '{scenario}'.",
                    f"Esta corrida no guardó '{name}' de '{outcome}' ({kind}) en el escenario '{scenario}'.",
                ),
                where=model.id,
                fix=Text(
                    "Name the reduction in reduce=; contrasts need a scenario other than the first.",
                    "Nombre la reducción en reduce=; los contrastes requieren un escenario distinto del primero.",
                ),
            )
        )
