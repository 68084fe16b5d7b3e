"""How frameworks follow one another, and which objective of one continues which of another."""

from __future__ import annotations

from typing import Annotated, Final, Literal, final

from acuerdo.core.text import Text
from acuerdo.spec.fields import AbstractSpec, Key, Points, Sources, When, Words
from acuerdo.spec.structure import ForeignStructureRef, StructureRef

FrameworkRef = Annotated[str, Points(("frameworks",), across=True)]
Relation = Literal["continues", "narrows", "widens", "replaces"]
RELATIONS: Final[dict[Relation, Text]] = {
    "continues": Text("continues", "continúa"),
    "narrows": Text("narrows", "acota"),
    "widens": Text("widens", "amplía"),
    "replaces": Text("replaces", "reemplaza"),
}
ChangeNature = Literal["replaced", "continued", "beside", "not_stated"]
CHANGE_NATURES: Final[dict[ChangeNature, Text]] = {
    "replaced": Text("replaced it", "este marco ocupó su lugar"),
    "continued": Text("continued it", "le dio continuidad"),
    "beside": Text("stands beside it", "existe a la par de este marco"),
    "not_stated": Text("relation not stated", "relación no declarada"),
}


@final
class Predecessor(AbstractSpec):
    """The framework that came before, and what the governments said about the change.

    The successor's file holds this; what succeeds a framework is found from it.

    Attributes:
        framework: The id of the earlier framework.
        nature: Whether it was replaced, continued, or goes on beside this one.
        when: When the change happened.
        text: What is known about the change.
    """

    id: Key
    framework: FrameworkRef
    nature: ChangeNature
    when: When | None = None
    text: Words
    sources: Sources


@final
class CrosswalkLine(AbstractSpec):
    """One objective here against one of an earlier framework.

    Attributes:
        here: A goal, area or objective of this framework.
        there: One of the other framework: ``us_mx_merida:pillar_1``.
        relation: Continues, narrows, widens or replaces.
        reason: Why we say so; the judgement is ours unless the sources state it.
        judged_by: ``ours``, or ``stated`` where a source says so.
    """

    id: Key
    here: StructureRef
    there: ForeignStructureRef
    relation: Relation
    reason: Words
    judged_by: Literal["ours", "stated"] = "ours"
    sources: Sources
