"""The tree: the published vectors, another implementation, and proofs of every size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from acuerdo.record import merkle

LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
# The test vectors that the Certificate Transparency project publishes for these leaves.
ROOTS = """
6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d
fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125
aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77
d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7
4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4
76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef
ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c
5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328
""".split()


class Tree:
    """A tree in memory, grown as a log grows."""

    def __init__(self, contents: list[bytes]) -> None:
        self.hashes: dict[tuple[int, int], bytes] = {}
        for place, content in enumerate(contents):
            leaf = merkle.leaf_hash(content)
            self.hashes[0, place] = leaf
            for level, root in enumerate(merkle.completed(leaf, place, subtree=self.subtree), 1):
                self.hashes[level, place >> level] = root

    def subtree(self, level: int, position: int) -> bytes:
        return self.hashes[level, position]


PUBLISHED = Tree([bytes.fromhex(one) for one in LEAVES])


def test_published_roots() -> None:
    assert merkle.root(0, subtree=PUBLISHED.subtree).hex() == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
    assert [merkle.root(size, subtree=PUBLISHED.subtree).hex() for size in range(1, 9)] == ROOTS


def test_published_proofs() -> None:
    inclusion = merkle.inclusion_proof(5, 8, subtree=PUBLISHED.subtree)
    assert [one.hex() for one in inclusion] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    consistency = merkle.consistency_proof(6, 8, subtree=PUBLISHED.subtree)
    assert [one.hex() for one in consistency] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert [one.hex() for one in merkle.consistency_proof(2, 5, subtree=PUBLISHED.subtree)] == [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ]


def test_another_implementation_finds_the_same_roots() -> None:
    contents = [str(number).encode() * 3 for number in range(130)]
    ours, theirs = Tree(contents), InmemoryTree(algorithm="sha256")
    for size, content in enumerate(contents, 1):
        theirs.append_entry(content)
        assert merkle.root(size, subtree=ours.subtree) == theirs.get_root()


BIG = Tree([bytes([number % 251]) * 2 for number in range(70)])


@given(st.integers(1, 70).flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size))), st.data())
def test_inclusion_is_proven_and_nothing_else(place_and_size: tuple[int, int], data: st.DataObject) -> None:
    place, size = place_and_size
    leaf, root = BIG.subtree(0, place), merkle.root(size, subtree=BIG.subtree)
    proof = merkle.inclusion_proof(place, size, subtree=BIG.subtree)
    assert merkle.root_from_inclusion(leaf, place, size=size, proof=proof) == root
    elsewhere = data.draw(
        st.integers(0, size - 1).filter(lambda one: one != place) if size > 1 else st.none()
    )
    if elsewhere is not None:
        assert merkle.root_from_inclusion(leaf, elsewhere, size=size, proof=proof) != root
    assert merkle.root_from_inclusion(merkle.leaf_hash(b"other"), place, size=size, proof=proof) != root
    assert merkle.root_from_inclusion(leaf, place, size=size, proof=(*proof, leaf)) is None
    if proof:
        assert merkle.root_from_inclusion(leaf, place, size=size, proof=proof[:-1]) != root


@given(st.integers(0, 70).flatmap(lambda later: st.tuples(st.integers(0, later), st.just(later))), st.data())
def test_consistency_is_proven_and_nothing_else(sizes: tuple[int, int], data: st.DataObject) -> None:
    earlier, later = sizes
    roots = {size: merkle.root(size, subtree=BIG.subtree) for size in sizes}
    proof = merkle.consistency_proof(earlier, later, subtree=BIG.subtree)

    def holds(proof: tuple[bytes, ...], earlier_root: bytes, later_root: bytes) -> bool:
        return merkle.consistent(
            earlier, later, earlier_root=earlier_root, later_root=later_root, proof=proof
        )

    assert holds(proof, roots[earlier], roots[later])
    assert not holds((*proof, b"\0" * 32), roots[earlier], roots[later])
    if earlier:
        assert not holds(proof, b"\0" * 32, roots[later])
        assert not holds(proof, roots[earlier], b"\0" * 32)
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        changed = (*proof[:at], bytes([proof[at][0] ^ 1]) + proof[at][1:], *proof[at + 1 :])
        assert not holds(changed, roots[earlier], roots[later])
        assert not holds(proof[:-1], roots[earlier], roots[later])


@pytest.mark.parametrize(("place", "size"), [(-1, 3), (3, 3), (4, 3), (0, 0)])
def test_a_place_outside_of_the_tree_proves_nothing(place: int, size: int) -> None:
    assert merkle.root_from_inclusion(b"\0" * 32, place, size=size, proof=()) is None
