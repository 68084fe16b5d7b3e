import math

import pytest

from acuerdo.core.errors import CheckFailed
from acuerdo.core.estimate import Estimate
from acuerdo.core.text import Text
from acuerdo.core.unit import unit

MADE = Text("estimated", "estimado")


def estimate(**changes) -> Estimate:
    given = {"value": 5.0, "low": 4.0, "high": 7.0, "unit": unit("deaths"), "method": "did", "outcome": MADE}
    return Estimate(**(given | changes))


def test_an_interval_holds_its_point():
    assert estimate().has_interval
    assert not estimate(low=None, high=None).has_interval


@pytest.mark.parametrize(
    "changes",
    [
        {"low": 8.0},
        {"high": None},
        {"value": 9.0},
        {"value": math.nan},
        {"low": math.nan},
        {"level": 95},
    ],
)
def test_an_estimate_that_contradicts_itself_is_refused(changes):
    with pytest.raises(CheckFailed):
        estimate(**changes)


def test_no_estimate_is_a_result_with_a_reason():
    none = estimate(value=None, low=None, high=None, outcome=Text("too few units", "muy pocas unidades"))
    assert none.value is None
    assert none.outcome.es == "muy pocas unidades"
