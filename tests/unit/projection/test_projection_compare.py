"""What a plan changes is taken within each simulated future, on paper."""

import numpy as np
import pytest

from workforce.domain.plan import BASELINE_NAME
from workforce.projection.compare import change_at_end, change_in_total
from workforce.projection.result import Projection


def _projection() -> Projection:
    # Two families, two months, three draws. Vacancies are the positive part of `gap`.
    plan_gap = np.array([[[9, 9, 9], [1, 2, 3]], [[9, 9, 9], [0, 0, -5]]], dtype=float)
    base_gap = np.array([[[9, 9, 9], [4, 4, 3]], [[9, 9, 9], [1, 1, 1]]], dtype=float)
    plan_hires = np.array([[[1, 2, 0], [3, 0, 1]], [[0, 0, 1], [0, 0, 0]]])
    base_hires = np.array([[[1, 1, 1], [1, 1, 1]], [[0, 0, 0], [0, 0, 0]]])
    return Projection(
        scenarios=(BASELINE_NAME, "Plan"),
        months=(24321, 24322),
        families=("cyber", "data"),
        draws=3,
        seed=1,
        opening_people=np.array([10, 10]),
        opening_fte=np.array([10.0, 10.0]),
        stored={
            ("Plan", "gap"): plan_gap,
            (BASELINE_NAME, "gap"): base_gap,
            ("Plan", "hires"): plan_hires,
            (BASELINE_NAME, "hires"): base_hires,
        },
        tracks={},
    )


def test_difference_is_taken_draw_by_draw_in_the_last_month() -> None:
    change = change_at_end(_projection(), "Plan", "vacancies", family="cyber")
    # Plan 1, 2, 3; without it 4, 4, 3; differences -3, -2, 0.
    assert change.plan.middle == 2
    assert change.other.middle == 4
    assert change.difference.middle == -2
    assert change.difference.mean == pytest.approx(-5 / 3)
    # 10% quantile of -3, -2, 0 lies a fifth of the way from the first to the second.
    assert change.difference.low == pytest.approx(-2.8)
    assert change.lower == pytest.approx(2 / 3)
    assert change.higher == 0


def test_a_surplus_in_one_family_hides_no_vacancy_in_another() -> None:
    change = change_at_end(_projection(), "Plan", "vacancies")
    # All: plan 1+0, 2+0, 3+0 (the surplus of 5 counts nothing); without it 5, 5, 4.
    assert change.plan.triple == pytest.approx((1.2, 2.0, 2.8))
    assert change.other.middle == 5


def test_flows_are_added_up_over_the_months_before_they_are_compared() -> None:
    change = change_in_total(_projection(), "Plan", "hires")
    # Plan 4, 2, 2; without it 2, 2, 2.
    assert change.plan.mean == pytest.approx(8 / 3)
    assert change.difference.triple == pytest.approx((0.0, 0.0, 1.6))
    assert change.higher == pytest.approx(1 / 3)


def test_a_plan_compared_with_itself_changes_nothing_in_any_draw() -> None:
    change = change_at_end(_projection(), "Plan", "vacancies", other="Plan")
    assert change.difference.triple == (0, 0, 0)
    assert change.lower == change.higher == 0


def test_an_unknown_scenario_is_named() -> None:
    with pytest.raises(KeyError, match="Nowhere"):
        change_at_end(_projection(), "Nowhere", "vacancies")
