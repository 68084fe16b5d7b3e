"""Violence by cartels, fitted to homicides and missing persons from 2012 to 2021.

The published objective takes a tenth of both together as killed by cartels, divides by 52 weeks, and draws a natural
cubic spline through the ten yearly figures from the start of 2012, with a straight line after the last. Here the model
gives what its killings stand for if they are a tenth, and what is fitted are the counts themselves; other shares are
structures of their own, because nobody has counted. Arrests have no weight in it, so the flow of arrests is not fitted.
Only ratios matter: twice the share with twice the members and twice the arrests is the same course twice as large.
"""

from __future__ import annotations

import numpy as np

from acuerdo.core.text import Text
from acuerdo.foresight.library import model
from acuerdo.foresight.model import Floats
from acuerdo.foresight.study import Fit, Observed, Sought, Study, one_at_a_time

_WEEKS = 52.0
# Year: homicides, persons reported missing; Trends2012_2021.csv as deposited by the authors
_FIGURES = {
    2012: (25967, 10760), 2013: (23063, 17614), 2014: (20013, 17887), 2015: (20763, 13442), 2016: (24560, 14630),
    2017: (32082, 17335), 2018: (36687, 17123), 2019: (36662, 23272), 2020: (36773, 22943), 2021: (35625, 22470),
}  # fmt: skip


def observed() -> Observed:
    """Homicides and missing persons a week, every week from 2012 to 2022."""
    yearly = np.array([sum(one) / _WEEKS for one in _FIGURES.values()])
    knots = _WEEKS * np.arange(yearly.size, dtype=np.float64)
    times = np.arange(0.0, _WEEKS * yearly.size + 1.0)
    return Observed(
        outcome="counted",
        times=times,
        values=_drawn_through(knots, yearly, times=times),
        published=yearly.size,
        title=Text(
            "Homicides and missing persons a week; the groups' own killings are taken to be a tenth, as published",
            "Homicidios y personas desaparecidas por semana; los de los grupos se toman como una décima parte, como "
            "se publicó",
        ),
        source="Trends2012_2021.csv; sha256 51eb58b2d8c71958fd71fec7ef0f35d5f915fa13a088c408110a41dd560307a7",
    )


def _drawn_through(knots: Floats, values: Floats, *, times: Floats) -> Floats:
    """A natural cubic spline, and a straight line beyond its end."""
    from scipy.interpolate import CubicSpline

    curve = CubicSpline(knots, values, bc_type="natural")
    beyond = np.maximum(times - knots[-1], 0.0)
    return curve(np.minimum(times, knots[-1])) + beyond * curve(knots[-1], 1)


_FREE = Text("Wide enough not to bind.", "Lo bastante amplio para no limitar.")
_BOUNDS = Text("The bounds of the published fit, and zero.", "Los límites del ajuste publicado, y cero.")
M1 = model("cartel_recruitment")
_EVERY = {"recruitment": "participation", "leadership": "split_lasting", "targeting": "layers", "prison": "release",
          "weapons": "stock", "killings": "fifth"}  # fmt: skip

STUDY = Study(
    model=M1.id,
    outcome="deaths",
    span=780.0,
    compared=780.0,
    structures=(*one_at_a_time(M1.mechanisms), _EVERY),
    fit=Fit(
        observed=observed,
        sought={
            "recruitment_rate": Sought(low=2e-4, high=2e-2, solved=True, log=True, why=_FREE),
            "lethality": Sought(low=1e-10, high=1e-6, solved=True, log=True, why=_FREE),
            "starting_size": Sought(
                low=40_000.0,
                high=300_000.0,
                log=True,
                why=Text(
                    "Assumed: from a third of the published 115,000 to nearly three times it; nobody has counted.",
                    "Supuesto: de la tercera parte de los 115,000 publicados a casi el triple; nadie los ha contado.",
                ),
            ),
            "saturation": Sought(low=0.0, high=0.1e-6, why=_BOUNDS),
            "arrest_flow": Sought(
                low=100.0,
                high=120.0,
                why=Text(
                    "A twentieth of recorded arrests, as published.",
                    "La vigésima parte de las detenciones registradas, como se publicó.",
                ),
            ),
        },
    ),
)
