"""Small counts stay hidden over the union of both sides' tables; τ-ARGUS is the independent auditor."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acuerdo.core.errors import CheckFailed
from acuerdo.record.suppression.attack import Attacker
from acuerdo.record.suppression.protect import Suppression, protect
from acuerdo.record.suppression.table import Table, cell_key, union

THRESHOLD = 5
HIGHEST = 1_000_000
AUDIT_TOLERANCE = 1e-4
"""The auditor's solver prints its bounds to about six digits."""


def random_table(seed: int, *, shape: tuple[int, ...], names: tuple[str, ...]) -> Table:
    """A table of overdispersed counts, many of them small or zero."""
    generator = np.random.Generator(np.random.Philox(key=seed))
    counts = generator.negative_binomial(0.7, 0.06, size=shape)
    cells = {
        tuple(f"{name}{i}" for name, i in zip(names, index, strict=True)): int(counts[index])
        for index in product(*map(range, shape))
    }
    return Table.of(names, cells)


def audited(table: Table, found: Suppression, folder: Path) -> dict[str, tuple[float, float, bool]]:
    """What τ-ARGUS's own audit says of each hidden cell: lowest, highest, and whether it is unsafe."""
    engine = pytest.importorskip("pytauargus._tauargus", reason="the test's auditor is not installed")
    keys = list(table.counts)
    lines = ["0", str(len(keys))]
    for i, (key, count) in enumerate(table.counts.items()):
        status = "u" if key in found.primary else "m" if key in found.secondary else "s"
        low, high = (count, found.threshold - count) if status == "u" else (0, 0)
        lines.append(f"{i} {count} {max(count, 1)} {status} 0 {HIGHEST} {low} {high} 0")
    lines.append(str(len(table.sums)))
    for one in table.sums:
        parts = " ".join(f"{keys.index(part)} (1)" for part in one.parts)
        lines.append(f"0 {1 + len(one.parts)} : {keys.index(one.total)} (-1) {parts}")
    path = folder / "table.jj"
    path.write_text("\n".join(lines) + "\n")
    return {keys[row["cell"]]: (row["min"], row["max"], row["unsafe"]) for row in engine.audit_jj(str(path))}


# Tables of three names take the auditor ten times as long: four of those, ten of the others.
@pytest.mark.parametrize(
    ("shape", "seed"),
    [(shape, seed) for shape, seeds in (((3, 4), 10), ((5, 6), 10), ((2, 3, 3), 4)) for seed in range(seeds)],
)
def test_the_independent_audit_finds_every_small_cell_safe(seed: int, shape: tuple[int, ...], tmp_path: Path):
    table = random_table(seed, shape=shape, names=("age", "place", "sex")[: len(shape)])
    try:
        found = protect([table], threshold=THRESHOLD)
    except CheckFailed:
        # Only where the whole table counts too few people can nothing be hidden.
        assert all(count < 4 * THRESHOLD for count in table.counts.values())
        return
    for key, (low, high, unsafe) in audited(table, found, tmp_path).items():
        if key in found.primary:
            assert not unsafe
            ours_low, ours_high = found.intervals[key]
            assert low == pytest.approx(ours_low, abs=AUDIT_TOLERANCE)
            if ours_high is not None:
                assert high == pytest.approx(ours_high, abs=AUDIT_TOLERANCE)


def test_nothing_cheaper_would_do():
    """Against every smaller choice, one by one."""
    table = random_table(3, shape=(3, 3), names=("age", "place"))
    found = protect([table], threshold=THRESHOLD)
    cost = {key: 1 + np.log1p(count) for key, count in table.counts.items()}
    spent = sum(cost[key] for key in found.hidden)
    free = [key for key in table.counts if key not in found.primary]
    attacker = Attacker.of(table, slack=THRESHOLD)
    assert found.secondary
    for size in range(len(found.secondary) + 1):
        for more in combinations(free, size):
            hidden = found.primary | set(more)
            if sum(cost[key] for key in hidden) < spent - 1e-9:
                assert not safe(attacker, found.primary, hidden=hidden)


def safe(attacker: Attacker, primary: frozenset[str], *, hidden: frozenset[str]) -> bool:
    for key in primary:
        low, high = attacker.interval(key, hidden=hidden)
        if low > 1e-6 or (high is not None and high < THRESHOLD - 1e-6):
            return False
    return True


def test_differencing_two_sides_tables_reveals_nothing():
    """One side prints by state and sex, the other by state: alone each is safe, together they are not."""
    ours = Table.of(("sex", "state"), {("f", "a"): 3, ("m", "a"): 40, ("f", "b"): 30, ("m", "b"): 9})
    theirs = Table.of(
        ("age", "state"), {("15-29", "a"): 20, ("30+", "a"): 23, ("15-29", "b"): 30, ("30+", "b"): 9}
    )
    alone = protect([ours], threshold=THRESHOLD)
    together = union([ours, theirs])
    attacker = Attacker.of(together, slack=THRESHOLD)
    both = protect([ours, theirs], threshold=THRESHOLD)
    assert safe(attacker, both.primary, hidden=both.hidden)
    # The margin by state is public through the other side's table: hiding it in ours alone would not help.
    bound = protect(
        [ours, theirs], threshold=THRESHOLD, public=[cell_key({"state": "a"}), cell_key({"state": "b"})]
    )
    assert not bound.hidden & {"state=a", "state=b"}
    assert safe(attacker, bound.primary, hidden=bound.hidden)
    assert alone.primary == {"sex=f;state=a"}


@given(seed=st.integers(0, 10_000), threshold=st.integers(2, 8))
@settings(max_examples=20)
def test_whatever_is_printed_leaves_each_small_count_open(seed: int, threshold: int):
    table = random_table(seed, shape=(3, 4), names=("age", "place"))
    try:
        found = protect([table], threshold=threshold)
    except CheckFailed:
        return
    printed = found.published(table)
    assert all(count is None or count == 0 or count >= threshold for count in printed.values())
    for low, high in found.intervals.values():
        assert low <= 1e-6
        assert high is None or high >= threshold - 1e-6


def test_what_the_other_side_has_given_away_is_refused_by_name():
    table = Table.of(("sex", "state"), {("f", "a"): 3, ("m", "a"): 40, ("f", "b"): 30, ("m", "b"): 9})
    with pytest.raises(CheckFailed, match="sex=f;state=a"):
        protect([table], public=["sex=f;state=a"])
    rest = [key for key in table.counts if key != "sex=f;state=a"]
    with pytest.raises(CheckFailed, match="gives a small count away"):
        protect([table], public=rest)
    with pytest.raises(CheckFailed, match="No table has this public cell"):
        protect([table], public=["sex=x"])


def test_two_counts_of_one_cell_are_refused():
    first = Table.of(("state",), {("a",): 10, ("b",): 20})
    second = Table.of(("state",), {("a",): 11, ("b",): 19})
    with pytest.raises(CheckFailed, match="10 and 11") as caught:
        protect([first, second])
    assert "20 and 19" in str(caught.value)


def test_a_cell_wrongly_written_is_refused():
    with pytest.raises(CheckFailed, match="2 named categories"):
        Table.of(("sex", "state"), {("f",): 3})
    with pytest.raises(CheckFailed, match="zero or more"):
        Table.of(("sex",), {("f",): -1})


def test_a_table_without_small_counts_is_printed_whole():
    table = Table.of(("sex",), {("f",): 10, ("m",): 0})
    found = protect([table])
    assert not found.hidden
    assert found.published(table) == {"sex=f": 10, "sex=m": 0, "": 10}
