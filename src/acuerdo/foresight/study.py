"""What is asked of a model, and what its parameters are fitted to: one file per model in ``studies/``.

A study names the outcome that decides, the structures that are compared, and, where there are data to fit to, the
observed course with the ranges in which parameters are sought. These ranges are wider than the published ones: an
identified set that is cut off at the published range would only repeat what was assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, final

from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text
from acuerdo.foresight.library import FOLDER as MODELS
from acuerdo.foresight.library import model as find_model
from acuerdo.foresight.model import Floats, Mechanism, Model

FOLDER: Final = Folder("foresight/studies", suffixes=(".py",), kind=Text("a study", "un estudio"))


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """A course that the model must fit.

    Attributes:
        outcome: The outcome that was observed.
        times: Times since the model's start, in its unit, evenly spaced from zero, shape (times,).
        values: The observed values in the outcome's unit, shape (times,).
        published: How many published figures the course was drawn through; a smooth course says no more than these.
        title: What was observed, and how the course was made of it.
        source: Publisher and sha256 of the file.
    """

    outcome: str
    times: Floats
    values: Floats
    published: int
    title: Text
    source: str


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """The range in which a parameter is sought.

    Attributes:
        low: The lowest value.
        high: The highest.
        solved: Whether the data decide it once the others are given; the others are swept over their range.
        log: Whether it is sought on a logarithmic scale.
        why: Why this range.
    """

    low: float
    high: float
    why: Text
    solved: bool = False
    log: bool = False


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What is fitted.

    Attributes:
        observed: Gives the observed course.
        sought: The parameters that are fitted; the others are drawn from their declared range.
        tolerance: A fit counts as good as the best if its error is at most this share larger.
    """

    observed: Callable[[], Observed]
    sought: Mapping[str, Sought]
    tolerance: float = 0.05

    @property
    def solved(self) -> tuple[str, ...]:
        """The parameters that the data decide, given the others."""
        return tuple(name for name, one in self.sought.items() if one.solved)

    @property
    def swept(self) -> tuple[str, ...]:
        """The others."""
        return tuple(name for name, one in self.sought.items() if not one.solved)


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Study:
    """What is asked of one model.

    Attributes:
        model: Its id.
        outcome: The outcome by which policies are compared; less of it is better.
        span: How long trajectories are, in the model's unit.
        compared: The time at which policies are compared.
        structures: The structures that are compared, the published model's own first.
        fit: What it is fitted to; None where nothing was observed that it could be fitted to.
    """

    model: str
    outcome: str
    span: float
    compared: float
    structures: tuple[Mapping[str, str], ...] = ({},)
    fit: Fit | None = field(default=None)


def study(model_id: str) -> Study:
    """The study of a model; of one without, its first outcome that should fall, over its declared ranges.

    A reader's own model may define ``STUDY`` in its own file.
    """
    if model_id in FOLDER.files():
        return FOLDER.module(model_id).STUDY
    own = vars(MODELS.module(model_id)).get("STUDY")
    if isinstance(own, Study):
        return own
    found = find_model(model_id)
    falling = [one.name for one in found.outcomes if one.direction == "down"]
    return Study(
        model=model_id,
        outcome=(falling or [found.outcomes[0].name])[0],
        span=found.span,
        compared=found.span,
        structures=one_at_a_time(found.mechanisms),
    )


def one_at_a_time(mechanisms: tuple[Mechanism, ...]) -> tuple[Mapping[str, str], ...]:
    """The published structure, and each alternative of each mechanism alone."""
    others = tuple({one.name: alternative.id} for one in mechanisms for alternative in one.alternatives[1:])
    return ({}, *others)


def structure_title(model: Model, label: str) -> Text:
    """The words of a structure's label, as a run names it."""
    if not label:
        # Only what is fitted to its authors' own data is the model that they published
        fitted = study(model.id).fit is not None
        return Text("As published", "Como se publicó") if fitted else Text("As it stands", "Tal como está")
    known = {
        f"{one.name}={alternative.id}": Text(
            f"{one.title.en}: {_lower(alternative.title.en)}",
            f"{one.title.es}: {_lower(alternative.title.es)}",
        )
        for one in model.mechanisms
        for alternative in one.alternatives
    }
    parts = [known[part] for part in label.split(",")]
    if len(parts) == len(model.mechanisms) > 1:
        return Text("Every mechanism at its alternative", "Cada mecanismo en su alternativa")
    return Text("; ".join(part.en for part in parts), "; ".join(part.es for part in parts))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
