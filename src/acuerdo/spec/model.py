"""A framework of cooperation between governments, as one file under ``frameworks/`` describes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, final

from acuerdo.spec.check import framework_faults
from acuerdo.spec.contents import AbstractFramework
from acuerdo.spec.overlay import with_changes


@final
class Framework(AbstractFramework):
    """One framework, from its launch to its end.

    Attributes:
        id: The file's name.
        name: Its full name.
        short_name: The name in running text.
        kind: What sort of instrument it is.
        status: Whether it is in force, as far as a source says so.
        summary: What it is, in a sentence or two.
        begins: The first date of its life.
        ends: The last date, absent while none is known.
        levels: What it calls its goals, areas and objectives.
        parties: The governments that take part, with their agencies.
        phases: Stretches of its life with an emphasis of their own.
        goals: Its goals, with their areas and objectives.
        structure: How many goals, areas, objectives and actions it has, as each source says.
        bodies: The bodies that run it.
        meetings: Its meetings, with what each decided.
        documents: Its plans, statements, memoranda and laws.
        events: What else happened to it.
        commitments: What was promised.
        money: Amounts, as each report puts them.
        figures: Numbers stated about the cooperation.
        findings: What auditors found.
        unavailable: What it refers to and cannot be shown, and why.
        predecessors: What came before.
        crosswalk: Its objectives against those of earlier frameworks.
        references: Every source cited, by key.
    """

    def with_changes(self, changes: Mapping[str, Any]) -> Framework:
        """A new framework like this one with some values changed; this one stays as it is.

        Args:
            changes: New values by dotted path: ``{"commitments.c017.deadline": "2023-12-01"}``. A value may be
                plain data or an object; ``None`` takes an optional value away.

        Raises:
            UsageError: If a path leads nowhere; names the nearest valid ones.
            SpecProblems: If the new framework would not be valid.
        """
        return with_changes(self, changes, check=framework_faults)
