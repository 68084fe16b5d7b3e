"""A framework of cooperation between governments, as one file under ``frameworks/`` describes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, final

from acuerdo.spec.check import framework_faults
from acuerdo.spec.contents import AbstractFramework
from acuerdo.spec.overlay import with_changes


@final
class Framework(AbstractFramework):
    """One framework."""

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
