import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.core.errors import NotFound, UnitMismatch
from acuerdo.core.unit import UNITS, convert, require_same, unit

# One conversion and back costs at most a few roundings of a double.
ROUNDING = 1e-12


def test_a_pound_is_what_the_1959_agreement_says():
    assert convert(1.0, unit("pounds"), target=unit("kilograms")) == pytest.approx(0.45359237, rel=ROUNDING)


def test_millions_of_dollars_become_dollars():
    assert convert(3.5, unit("usd_million"), target=unit("usd")) == pytest.approx(3_500_000, rel=ROUNDING)


@given(st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)), st.floats(0, 1e12))
def test_a_conversion_is_undone_by_its_inverse_or_refused(one: str, other: str, value: float):
    source, target = unit(one), unit(other)
    if source.dimension == target.dimension:
        assert convert(convert(value, source, target=target), target, target=source) == pytest.approx(
            value, rel=ROUNDING
        )
    else:
        with pytest.raises(UnitMismatch):
            convert(value, source, target=target)


@pytest.mark.parametrize(
    ("one", "other"),
    [("victims", "investigations"), ("deaths", "victims"), ("usd", "mxn"), ("usd", "usd_constant")],
)
def test_things_that_look_alike_are_not_combined(one: str, other: str):
    with pytest.raises(UnitMismatch) as caught:
        require_same({"left": unit(one), "right": unit(other)})
    assert unit(one).label.es in caught.value.render("es")


def test_operands_of_one_unit_pass():
    assert require_same({"left": unit("deaths"), "right": unit("deaths")}) == unit("deaths")


def test_an_unknown_unit_names_the_nearest():
    with pytest.raises(NotFound) as caught:
        unit("pound")
    assert "pounds" in caught.value.problems[0].nearest
