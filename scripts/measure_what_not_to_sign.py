"""Measures how often decision rules err on the homicides of Mexican states; keeps tables of the review and the docs.

Usage: python scripts/measure_what_not_to_sign.py [--data FOLDER] [--only WORD]

The row of CausalImpact is measured where the package ``bsts-causalimpact`` (MIT) is installed; it is no dependency of
this software.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402 (threads are counted when NumPy is first imported)
import pandas  # noqa: E402
from statsmodels import api  # noqa: E402
from tests.evaluation.synthetic.canon import mexican_states  # noqa: E402  # pyright: ignore[reportMissingImports]

from acuerdo.evaluation.characteristics import (  # noqa: E402
    NO_ANSWER,
    NOT_REJECTED,
    REJECTED,
    Judge,
    operating_characteristics,
    random_sets,
    rejects_at,
)
from acuerdo.evaluation.library import method  # noqa: E402
from acuerdo.evaluation.panel import Panel  # noqa: E402
from acuerdo.evaluation.synthetic.pooled import Staggered  # noqa: E402
from acuerdo.evaluation.synthetic.rejections import pooled_p_values, unit_p_values  # noqa: E402

KEPT = ROOT / "src" / "acuerdo" / "evaluation" / "results" / "what_not_to_sign.json"
# January 2005 to December 2020, seen for twelve months each
STARTS, HORIZON, LEVEL, SEED = range(60, 252), 12, 0.05, 2026
EFFECTS = (0.0, 0.1, 0.25, 0.5, 1.0)
SETS, EVALUATIONS = 199, 2000

# Row, method, settings, placebos
RIVALS: tuple[tuple[str, str, dict[str, Any], int], ...] = (
    ("structural_controls", "structural_time_series", {"controls": True}, 416),
    ("structural_alone", "structural_time_series", {"controls": False}, 416),
    ("synthetic_differences", "synthetic_difference_in_differences", {}, 256),
)
# Row: lags of Newey-West (0 for none, None for a first-order autoregression), and what is tested
REGRESSIONS: dict[str, tuple[int | None, str]] = {
    "segmented_ols_step": (0, "step"),
    "segmented_nw6_step": (6, "step"),
    "segmented_nw12_step": (12, "step"),
    "segmented_nw12_both": (12, "step and slope"),
    "segmented_ar1_step": (None, "step"),
}
REGRESSION_PLACEBOS = 480
IMPACT, IMPACT_PLACEBOS = "bsts-causalimpact", 416


def main() -> None:
    """Measures every row, and keeps each as soon as it is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    panel = mexican_states(given.data)
    for name, measure in _measures().items():
        if given.only in name:
            begun = time.perf_counter()
            found = measure(panel)
            rows: dict[str, Any] = json.loads(KEPT.read_text("utf-8")) if KEPT.is_file() else {}
            print(f"{time.perf_counter() - begun:7.1f} s  {name}: {found}", flush=True)
            if found is None:
                continue
            rows[name] = found
            KEPT.write_text(json.dumps(rows, indent=1, sort_keys=True) + "\n", "utf-8")


def _measures() -> Mapping[str, Callable[[Panel], Any]]:
    found: dict[str, Callable[[Panel], Any]] = {
        "one_two_sided_2_of_32": lambda panel: one_state(panel, 2 / 32),
        "one_two_sided_1_of_32": lambda panel: one_state(panel, 1 / 32),
        "one_increase_2_of_32": lambda panel: one_state(panel, 2 / 32, alternative="increase"),
        "one_two_sided_24_months": lambda panel: one_state(panel, 2 / 32, horizon=24),
        **{f"pooled_{size:02}": lambda panel, size=size: pooled(panel, size) for size in (3, 5, 10)},
    }
    for name, rival, settings, count in RIVALS:
        found[name] = lambda panel, rival=rival, settings=settings, count=count: false_positives(
            panel, rival, settings=settings, count=count
        )
    for name, (lags, tested) in REGRESSIONS.items():
        found[name] = lambda panel, lags=lags, tested=tested: regression(panel, lags=lags, tested=tested)
    return found | {
        "causal_impact_p": lambda panel: causal_impact(panel, by="p"),
        "causal_impact_interval": lambda panel: causal_impact(panel, by="interval"),
    }


def causal_impact(panel: Panel, *, by: str) -> Any:
    """CausalImpact with its defaults and the other states as controls; None where it is not installed.

    Args:
        by: What rejects: the tail probability that its report prints, or its 95 per cent interval.
    """
    try:
        from causal_impact import CausalImpact  # pyright: ignore[reportMissingImports]
    except ImportError:
        return None

    def judge(one: Panel) -> str:
        row = one.treated[0]
        start = one.first_treated[row] or 0
        others = [other for other in range(len(one.units)) if other != row]
        seen = pandas.DataFrame(one.outcome[[row, *others], : start + HORIZON].T)
        stats = CausalImpact(seen, [0, start - 1], [start, start + HORIZON - 1], alpha=LEVEL).summary_stats
        beyond = stats["ci_lower"] > 0 or stats["ci_upper"] < 0
        rejects = stats["p_value"] <= LEVEL if by == "p" else beyond
        return REJECTED if rejects else NOT_REJECTED

    found = _false_positives(panel, judge, count=IMPACT_PLACEBOS)
    return found | {"with": f"{IMPACT} {metadata.version(IMPACT)}"}


def regression(panel: Panel, *, lags: int | None, tested: str) -> Any:
    """A line with a step and a change of slope, up to twelve months after the date: the textbook's segments."""

    def judge(one: Panel) -> str:
        row = one.treated[0]
        start = one.first_treated[row] or 0
        time_ = np.arange(start + HORIZON)
        after = (time_ >= start).astype(float)
        design = np.column_stack([np.ones_like(after), time_, after, after * (time_ - start)])
        outcome = one.outcome[row, : start + HORIZON]
        if lags is None:
            fitted = api.GLSAR(outcome, design, 1).iterative_fit(50)
        elif lags:
            fitted = api.OLS(outcome, design).fit(cov_type="HAC", cov_kwds={"maxlags": lags})
        else:
            fitted = api.OLS(outcome, design).fit()
        joint = np.eye(4)[2:]
        p_value = fitted.pvalues[2] if tested == "step" else float(fitted.f_test(joint).pvalue)
        return REJECTED if p_value <= LEVEL else NOT_REJECTED

    return _false_positives(panel, judge, count=REGRESSION_PLACEBOS)


def one_state(panel: Panel, level: float, *, horizon: int = HORIZON, alternative: str = "two_sided") -> Any:
    """Shares of 32 states at every start that the rank test rejects, by effect."""
    starts = [start for start in STARTS if start + horizon <= len(panel.periods)]
    p_values = unit_p_values(
        panel.outcome,
        starts=starts,
        horizon=horizon,
        shares=EFFECTS,
        alternative=alternative,  # pyright: ignore[reportArgumentType]
    )
    return _shares(p_values.reshape(len(EFFECTS), -1), level)


def pooled(panel: Panel, size: int) -> Any:
    """The same of so many states together, at random dates; placebo sets are refitted."""
    random = np.random.default_rng([SEED, size])
    p_values = np.empty((EVALUATIONS, len(EFFECTS)))
    for number in range(EVALUATIONS):
        start = int(random.choice(np.asarray(STARTS)))
        case = Staggered(
            outcomes=np.ascontiguousarray(panel.outcome[:, : start + HORIZON]),
            treated=random.choice(len(panel.units), size, replace=False),
            starts=np.full(size, start, dtype=np.intp),
            horizon=HORIZON,
        )
        p_values[number] = pooled_p_values(case, shares=EFFECTS, sets=SETS, random=random)
    return _shares(p_values.T, LEVEL)


def false_positives(panel: Panel, rival: str, *, settings: Mapping[str, Any], count: int) -> Any:
    """Share of random states and dates at which a method finds an effect where none was put."""
    one = method(rival)
    rule = rejects_at(one, one.settings(horizon=HORIZON, **settings), level=LEVEL)
    return _false_positives(panel, rule, count=count)


def _false_positives(panel: Panel, rule: Judge, *, count: int) -> Any:
    placebos = list(random_sets(panel, offsets=(0,), starts=list(STARTS), draws=count, seed=SEED))
    found = operating_characteristics(panel, rule, placebos=placebos, effects=())
    return {
        "size": round(found.size, 4),
        "no_answer": round(found.share(0.0, NO_ANSWER), 4),
        "placebos": count,
    }


def _shares(p_values: np.ndarray, level: float) -> Any:
    rejected = (p_values <= level + 1e-12).mean(axis=1)
    return {
        "evaluations": int(p_values.shape[1]),
        "rejected": {
            f"{effect:g}": round(float(share), 4) for effect, share in zip(EFFECTS, rejected, strict=True)
        },
    }


if __name__ == "__main__":
    main()
