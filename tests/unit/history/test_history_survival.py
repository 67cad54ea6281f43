"""Life tables by hand."""

import numpy as np
import pytest

from workforce.history.survival import life_table


def test_survival_falls_by_the_leavers_among_those_at_risk() -> None:
    table = life_table([1, 2, 2, 3, 5, 5], [True, True, False, True, True, False])
    assert table.service.tolist() == [1, 2, 3, 5]
    assert table.at_risk.tolist() == [6, 5, 3, 2], "who is last seen at 2 is at risk at 2"
    assert table.left.tolist() == [1, 1, 1, 1]
    expected = [5 / 6, 5 / 6 * 4 / 5, 5 / 6 * 4 / 5 * 2 / 3, 5 / 6 * 4 / 5 * 2 / 3 / 2]
    assert table.survival == pytest.approx(expected)


def test_people_count_only_from_the_service_they_were_first_seen_at() -> None:
    table = life_table([4, 6, 10, 12], [True, True, True, False], seen_from=[0, 0, 5, 8])
    assert table.at_risk.tolist() == [2, 2, 2], "the third is seen from 5 on, the fourth from 8 on"
    assert table.survival == pytest.approx([1 / 2, 1 / 4, 1 / 8])


def test_the_share_still_there_is_a_step_after_each_leaver() -> None:
    table = life_table([2.0, 4.0], [True, False])
    assert table.at([0.0, 1.9, 2.0, 9.0]).tolist() == [1.0, 1.0, 0.5, 0.5]


def test_nobody_left_and_nobody_at_all() -> None:
    assert life_table([3.0, 4.0], [False, False]).at(5.0) == 1.0
    assert len(life_table(np.zeros(0), np.zeros(0, dtype=bool)).service) == 0


def test_being_last_seen_before_being_seen_is_refused() -> None:
    with pytest.raises(ValueError, match="before being seen"):
        life_table([1.0], [True], seen_from=[2.0])
