"""The right edge of a growing tree: enough to go on from, without the leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import final

from acuerdo.record import merkle


@final
class Frontier:
    """The roots of the complete subtrees of which a tree of some size is made, left to right.

    Attributes:
        size: How many leaves the tree has.
    """

    @classmethod
    def given(cls, size: int, roots: Sequence[bytes]) -> Frontier | None:
        """The edge that somebody tells of; None if these are not as many roots as a tree of that size is made of."""
        return cls(size, roots) if len(roots) == sum(1 for _ in merkle.covering(0, size)) else None

    def __init__(self, size: int = 0, roots: Sequence[bytes] = ()) -> None:
        self.size = size
        levels = [level for level, _ in merkle.covering(0, size)]
        self._roots = list(zip(levels, roots, strict=True))

    def add(self, leaf: bytes) -> tuple[bytes, ...]:
        """Adds a leaf; returns the roots of the subtrees of two leaves and more that it completes, smallest first."""
        found: list[bytes] = []
        level, current = 0, leaf
        while self._roots and self._roots[-1][0] == level:
            _, left = self._roots.pop()
            level, current = level + 1, merkle.node_hash(left, current)
            found.append(current)
        self._roots.append((level, current))
        self.size += 1
        return tuple(found)

    def begins(self, size: int, root: bytes, *, proof: Sequence[bytes]) -> bool:
        """Whether a proof shows that the tree so far is the beginning of one of some size and root."""
        return merkle.consistent(self.size, size, earlier_root=self.root(), later_root=root, proof=proof)

    def root(self) -> bytes:
        """The root of the tree so far."""
        if not self._roots:
            return merkle.EMPTY_ROOT
        *rest, (_, current) = self._roots
        for _, left in reversed(rest):
            current = merkle.node_hash(left, current)
        return current
