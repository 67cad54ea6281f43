"""Totals over spells that overlap say by subtraction what happened between their ends."""

from workforce.disclosure import Rule, windows_safe

RULE = Rule()


def test_two_years_a_month_apart_tell_the_difference_of_two_months() -> None:
    # 6 in one year, 5 in the next: one more left in the first month than in the last; one at least.
    assert not windows_safe([(0, 11, 6), (1, 11, 5)], RULE)


def test_a_half_year_inside_a_year_gives_the_other_half() -> None:
    assert not windows_safe([(0, 11, 9), (0, 5, 5)], RULE), "9 - 5 = 4"
    assert windows_safe([(0, 11, 14), (0, 5, 5)], RULE), "14 - 5 = 9 may be known"
    assert windows_safe([(0, 11, 5), (0, 5, 5)], RULE), "5 - 5 = 0 is about nobody"


def test_years_three_months_apart_with_many_leavers_leave_the_quarters_open() -> None:
    assert windows_safe([(0, 11, 20), (3, 14, 22), (6, 17, 19)], RULE)


def test_a_small_total_is_never_shown() -> None:
    assert not windows_safe([(0, 11, 4)], RULE)
    assert not windows_safe([(0, 11, float("nan"))], RULE), "what is missing is not safe"
