"""The nine attributes of a successful performance measure, answered one by one.

Reference:
    GAO-03-143, Tax Administration: IRS Needs to Further Refine Its Tax Filing Season Performance Measures,
    November 2002, table 3.
"""

from __future__ import annotations

from typing import Final, Literal, final

from acuerdo.core.text import Text, same
from acuerdo.spec.fields import AbstractSpec, Day, Key, Words

Met = Literal["yes", "partly", "no"]
MET: Final[dict[Met, Text]] = {
    "yes": Text("yes", "sí"),
    "partly": Text("partly", "en parte"),
    "no": same("no"),
}
ATTRIBUTES: Final[dict[str, Text]] = {
    "linkage": Text("Linkage", "Vinculación"),
    "clarity": Text("Clarity", "Claridad"),
    "measurable_target": Text("Measurable target", "Meta medible"),
    "objectivity": Text("Objectivity", "Objetividad"),
    "reliability": Text("Reliability", "Confiabilidad"),
    "core_programme_activities": Text("Core programme activities", "Actividades sustantivas del programa"),
    "balance": Text("Balance", "Equilibrio"),
    "limited_overlap": Text("Limited overlap", "Traslape limitado"),
    "government_wide_priorities": Text("Government-wide priorities", "Prioridades de todo el gobierno"),
}
"""The attributes in the order of the reference."""


@final
class Answer(AbstractSpec):
    """Whether an indicator has one attribute, and why one says so.

    Attributes:
        met: Whether it has it.
        why: The reason.
        known_from: The day before which one could not have said so; absent where one always could.
    """

    met: Met
    why: Words
    known_from: Day | None = None

    @property
    def met_label(self) -> Text:
        """Whether it has the attribute, in words."""
        return MET[self.met]


AnswerOrKey = Answer | Key
"""An answer, or the key of one that several indicators share."""


@final
class Attributes(AbstractSpec):
    """Nine answers. In a file an answer that several indicators share is named by its key in ``answers.yaml``."""

    linkage: AnswerOrKey
    clarity: AnswerOrKey
    measurable_target: AnswerOrKey
    objectivity: AnswerOrKey
    reliability: AnswerOrKey
    core_programme_activities: AnswerOrKey
    balance: AnswerOrKey
    limited_overlap: AnswerOrKey
    government_wide_priorities: AnswerOrKey
