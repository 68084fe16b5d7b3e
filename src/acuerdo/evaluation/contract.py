"""The contract: a question, and everything that decides its answer, fixed before the answer is known.

One file per question; its name is the id. A contract whose question has no honest design says so under
``not_evaluable``, with the data that would give it one; it then has no outcome, method or rule.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, final

from pydantic import Field

from acuerdo.core.place import side_name
from acuerdo.core.result import fingerprint
from acuerdo.core.text import Text
from acuerdo.evaluation.outcome import Beside, Outcome, Predictor
from acuerdo.evaluation.ruling import After, Decision, Trial, VoidIf
from acuerdo.spec.fields import (
    AbstractSpec,
    Day,
    Declares,
    Key,
    Number,
    Plain,
    SourceRef,
    Sources,
    When,
    Words,
)
from acuerdo.spec.source import Reference
from acuerdo.spec.table import Table

_OUTSIDE: Final = {"critics": Text("Critics", "Críticos"), "auditors": Text("Auditors", "Auditores")}
Probability = Annotated[Number, Field(ge=0, le=1)]


@final
class Position(AbstractSpec):
    """What one side says about the question, where it has said anything in public.

    Attributes:
        says: Its position, in our words; absent where none is public.
        prediction: The probability that it gave, in public, to *supported*; absent where it gave none.
        sources: Where it said so.
    """

    says: Words | None = None
    prediction: Probability | None = None
    sources: tuple[SourceRef, ...] = ()


def position_of(side: str) -> Text:
    """Whose position it is: a party's, by its id, or that of critics or auditors."""
    return _OUTSIDE.get(side) or side_name(side)


@final
class Estimand(AbstractSpec):
    """The quantity that is asked for.

    Attributes:
        population: The units that it speaks of.
        contrast: What is compared with what.
        horizon: How many periods from the start of the treatment count; all if not given.
    """

    population: Words
    contrast: Words
    horizon: Annotated[int, Field(ge=1)] | None = None


@final
class Treated(AbstractSpec):
    """One treated unit: since when, until when, and who says so.

    Attributes:
        since: The first period under treatment.
        until: The last, for a treatment that ended.
        disputed: What about it is disputed.
        sources: Who says so.
    """

    id: Plain
    since: When
    until: When | None = None
    disputed: Words | None = None
    sources: Sources


@final
class Treatment(AbstractSpec):
    """What is thought to have had an effect.

    Attributes:
        what: What it is.
        units: The treated units by place code or label.
        disputed: What of the whole list is disputed, in words.
        anticipation: How many periods before the start may already feel it; they leave the period before.
    """

    what: Words
    units: Table[Treated]
    disputed: Words | None = None
    anticipation: Annotated[int, Field(ge=0)] = 0

    @property
    def disputed_share(self) -> float:
        """The share of the treated units whose treatment is disputed."""
        return sum(one.disputed is not None for one in self.units.values()) / max(1, len(self.units))


@final
class Left(AbstractSpec):
    """A unit that is left out of the comparison, and why."""

    id: Plain
    why: Words


@final
class Comparison(AbstractSpec):
    """Whom the treated are compared with.

    Attributes:
        who: The comparison group in words.
        only: The units it is made of; all that are never treated if not given.
        leave_out: Units left out, each with its reason: neighbours, those with a treatment of their own.
        treated_in_placebo_pool: Whether a placebo may be built from the treated unit.
        spillover: How far the effect may reach, and what was done about it.
    """

    who: Words
    only: tuple[Plain, ...] = ()
    leave_out: Table[Left] = Table()
    treated_in_placebo_pool: bool = False
    spillover: Words


@final
class Design(AbstractSpec):
    """A method with its settings.

    Attributes:
        method: Id of the method.
        settings: Its settings; those not given are the method's own, and enter the contract's hash.
        seed: Seed of whatever is drawn.
    """

    method: Key
    settings: dict[str, Any] = Field(default_factory=dict)
    seed: Annotated[int, Field(ge=0)] = 1


@final
class Variant(AbstractSpec):
    """One other defensible choice; it can lower the certainty, never change the verdict.

    Attributes:
        label: What is done differently.
        design: Another method or other settings; the signed one if not given.
        outcome: Another outcome.
        without: Units left out besides.
        since: Another beginning of the window.
        until: Another end of it.
        shift: Treatment dates moved by so many periods, earlier when negative.
    """

    id: Key
    label: Words
    design: Design | None = None
    outcome: Outcome | None = None
    without: tuple[Plain, ...] = ()
    since: When | None = None
    until: When | None = None
    shift: int = 0


@final
class Window(AbstractSpec):
    """The periods that are looked at, and how far a blind reader may see.

    Attributes:
        since: First period.
        until: Last period.
        cut_off: Last day whose outcome may be read before the contract is frozen.
    """

    since: When
    until: When
    cut_off: Day


@final
class Data(AbstractSpec):
    """Which vintage of the data answers.

    Attributes:
        known_on: The day whose knowledge is used: what was published later does not count.
        revisions: What is done when the data are revised.
        file: The publisher's file to bring in, where the packaged evidence does not hold it.
    """

    known_on: Day
    revisions: Words
    file: Words | None = None


@final
class NotEvaluable(AbstractSpec):
    """Why there is no honest design, and what data would give one."""

    why: Words
    would_need: Words


@final
class Deviation(AbstractSpec):
    """A change against an earlier version of the contract: what, when and why."""

    version: Annotated[int, Field(ge=2)]
    on: Day
    what: Words


@final
class Plan(AbstractSpec):
    """How the question is answered; absent where it cannot be.

    Attributes:
        estimand: The quantity asked for.
        outcome: What is measured.
        beside: Other series that stand in the panel as units of their own.
        predictors: What else describes each unit.
        treatment: What is thought to have had an effect; absent for a question of description.
        comparison: With whom.
        window: When.
        primary: The one method that decides.
        robustness: Other defensible choices.
        decision: The rule.
        void_if: What makes the run void.
        trial: How the rule is tried out beforehand.
        after: What follows from each verdict.
        data: Which vintage.
    """

    estimand: Estimand
    outcome: Outcome
    beside: Table[Beside] = Table()
    predictors: Table[Predictor] = Table()
    treatment: Treatment | None = None
    comparison: Comparison
    window: Window
    primary: Design
    robustness: Table[Variant]
    decision: Decision
    void_if: VoidIf
    trial: Trial = Trial()
    after: After
    data: Data


@final
class Contract(AbstractSpec):
    """One question with everything that decides its answer.

    Attributes:
        version: Goes up with every deviation.
        title: The question in a few words.
        question: The question.
        claims: Public claims that it bears on, as ``text:claim``.
        objectives: What it serves in a framework, as ``framework:objective``.
        positions: What each side says; a side that is not there has said nothing that we know of.
        written: When it was written.
        foresight: What was already known when it was written, and what was not.
        threats: What could make the answer wrong.
        plan: How it is answered.
        not_evaluable: Why it is not.
        deviations: Changes against earlier versions.
        references: The sources cited.
    """

    id: Key
    version: Annotated[int, Field(ge=1)] = 1
    title: Words
    question: Words
    claims: tuple[Plain, ...] = ()
    objectives: tuple[Plain, ...] = ()
    positions: dict[Key, Position] = Field(default_factory=dict)
    written: Day
    foresight: Words
    threats: Annotated[tuple[Words, ...], Field(min_length=1)]
    plan: Plan | None = None
    not_evaluable: NotEvaluable | None = None
    deviations: tuple[Deviation, ...] = ()
    references: Annotated[Table[Reference], Declares("references")] = Table()

    @property
    def digest(self) -> str:
        """The sha256 of what the contract says, whatever its layout."""
        return fingerprint(self.model_dump(mode="json"))
