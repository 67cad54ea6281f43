"""Rounded numbers add up: worked by hand, and for any numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce.domain.rounding import add_up


def test_the_unit_that_is_missing_goes_to_the_part_that_lost_most() -> None:
    # Rounded one by one these are 33.3 three times: 99.9.
    assert add_up((33.34, 33.33, 33.33), 100.0) == (33.4, 33.3, 33.3)
    # By hand: floors -0.5, -0.3, 0.8; the sum must be 0.1, so 0.1 is missing; -0.42 lost 0.08.
    assert add_up((-0.42, -0.28, 0.83), 0.1) == (-0.4, -0.3, 0.8)


def test_what_is_too_much_is_taken_from_the_part_that_lost_least() -> None:
    # Both ends were rounded: 0.06 + 0.06 leads from 1.04 (shown 1.0) to 1.16 (shown 1.2).
    assert add_up((0.06, 0.06), 0.2) == (0.1, 0.1)
    assert add_up((0.16, 0.11), 0.1) == (0.1, 0.0)


def test_a_part_that_is_nothing_stays_nothing() -> None:
    assert add_up((0.0, 0.04, 0.04, 0.0), 0.1) == (0.0, 0.1, 0.0, 0.0)
    with pytest.raises(ValueError, match="nothing"):
        add_up((0.0, 0.0), 0.1)


@given(
    st.lists(st.floats(-1e5, 1e5), min_size=1, max_size=9),
    st.floats(0, 1e5),
    st.integers(0, 2),
)
def test_rounded_parts_lead_from_one_rounded_end_to_the_other(
    parts: list[float], start: float, places: int
) -> None:
    unit = 10**places
    if all(abs(each * unit) <= 1e-9 for each in parts):
        return
    total = round(start + sum(parts), places) - round(start, places)
    shown = add_up(parts, total, places)
    assert sum(round(each * unit) for each in shown) == round(total * unit)
    for each, kept in zip(parts, shown, strict=True):
        # One unit for rounding, and one more where both ends were rounded against the parts.
        assert abs(kept - each) <= 2 / unit + 1e-6
