"""The Merkle tree of a log: roots, inclusion proofs and consistency proofs.

A proof needs only roots of complete subtrees, which never change once they are there. Functions here ask for them by
``subtree(level, position)``: the root over the leaves ``position * 2**level`` up to ``(position + 1) * 2**level``.

Reference:
    RFC 9162, section 2.1 (the same hashes as RFC 6962).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Final

Subtree = Callable[[int, int], bytes]
"""The root of a complete subtree, by level and position."""
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()


def leaf_hash(content: bytes) -> bytes:
    """The hash of one leaf."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def completed(leaf: bytes, index: int, *, subtree: Subtree) -> tuple[bytes, ...]:
    """The roots of the subtrees of two leaves and more that this leaf completes, smallest first.

    Leaf 7 completes three: over leaves 6–7, 4–7 and 0–7; an even leaf completes none.
    """
    found: list[bytes] = []
    current, level, position = leaf, 0, index
    while position % 2:
        current = node_hash(subtree(level, position - 1), current)
        found.append(current)
        level, position = level + 1, position // 2
    return tuple(found)


def root(size: int, *, subtree: Subtree) -> bytes:
    """The root of the tree over the first ``size`` leaves."""
    return range_root(0, size, subtree=subtree) if size else EMPTY_ROOT


def range_root(begin: int, end: int, *, subtree: Subtree) -> bytes:
    """The root over the leaves ``begin`` up to ``end``, as the tree of RFC 9162 splits them."""
    *rest, current = (subtree(level, position) for level, position in covering(begin, end))
    for left in reversed(rest):
        current = node_hash(left, current)
    return current


def inclusion_proof(index: int, size: int, *, subtree: Subtree) -> tuple[bytes, ...]:
    """The hashes that lead from one leaf to the root; RFC 9162, section 2.1.3.1."""
    path: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(range_root(middle, end, subtree=subtree))
            end = middle
        else:
            path.append(range_root(begin, middle, subtree=subtree))
            begin = middle
    return tuple(reversed(path))


def consistency_proof(earlier: int, later: int, *, subtree: Subtree) -> tuple[bytes, ...]:
    """The hashes that show that the earlier tree is the beginning of the later; RFC 9162, section 2.1.4.1.

    Empty for two trees of one size, and from the empty tree.
    """
    if earlier in {0, later}:
        return ()
    path: list[bytes] = []
    begin, end, whole = 0, later, True
    while earlier != end:
        middle = begin + _split(end - begin)
        if earlier <= middle:
            path.append(range_root(middle, end, subtree=subtree))
            end = middle
        else:
            path.append(range_root(begin, middle, subtree=subtree))
            begin, whole = middle, False
    if not whole:
        path.append(range_root(begin, end, subtree=subtree))
    return tuple(reversed(path))


def root_from_inclusion(leaf: bytes, index: int, *, size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root to which a proof leads; None if the proof does not fit the place; RFC 9162, section 2.1.3.2."""
    if not 0 <= index < size:
        return None
    first, last, current = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return None
        if first % 2 or first == last:
            current = node_hash(step, current)
            while first % 2 == 0 and first:
                first, last = first >> 1, last >> 1
        else:
            current = node_hash(current, step)
        first, last = first >> 1, last >> 1
    return current if last == 0 else None


def consistent(
    earlier: int, later: int, *, earlier_root: bytes, later_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether a proof shows that the earlier tree is the beginning of the later; RFC 9162, section 2.1.4.2."""
    if earlier > later or (earlier in {0, later} and proof):
        return False
    if earlier == 0:
        return earlier_root == EMPTY_ROOT
    if earlier == later:
        return earlier_root == later_root
    steps = [earlier_root, *proof] if earlier & (earlier - 1) == 0 else list(proof)
    if not steps:
        return False
    first, last = earlier - 1, later - 1
    while first % 2:
        first, last = first >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if first % 2 or first == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while first % 2 == 0 and first:
                first, last = first >> 1, last >> 1
        else:
            new = node_hash(new, step)
        first, last = first >> 1, last >> 1
    return last == 0 and old == earlier_root and new == later_root


def covering(begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The complete subtrees, left to right, of which a range is made."""
    while begin < end:
        level = (end - begin).bit_length() - 1
        if begin:
            level = min(level, (begin & -begin).bit_length() - 1)
        yield level, begin >> level
        begin += 1 << level


def _split(size: int) -> int:
    """The largest power of two smaller than the size."""
    return 1 << ((size - 1).bit_length() - 1)
