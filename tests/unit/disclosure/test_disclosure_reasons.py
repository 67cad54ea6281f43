"""Leaving reasons as shares: counted in groups that do not overlap, small groups put aside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce.disclosure import Rule
from workforce.disclosure.reasons import publish_reasons
from workforce.domain.circulation import View
from workforce.domain.reasons import PAY, ReasonGroup, StatedReasons

GROUPS = (
    ReasonGroup(("CAREER", "TRAIN"), 9),
    ReasonGroup(("FLEX_TEAM", "HYBRID"), 6),
    ReasonGroup(("FAMILY", "FLEX_TEAM", "HYBRID"), 3),
    ReasonGroup((PAY,), 7),
    ReasonGroup(("MANAGER",), 2),
)
REASONS = StatedReasons(40, GROUPS)


def test_the_working_view_shows_every_group() -> None:
    found = publish_reasons(REASONS, Rule(), View.WORKING)
    assert (found.resigned, found.told, found.hidden) == (40, 27, False)
    assert found.by_lever["HYBRID"] == pytest.approx(9 / 27)
    assert found.by_lever["MANAGER"] == pytest.approx(2 / 27)
    assert found.pay == pytest.approx(7 / 27)


def test_small_groups_are_put_aside_together() -> None:
    found = publish_reasons(REASONS, Rule(), View.PROTECTED)
    # Three and two people make five that say nothing by themselves.
    assert found.by_lever["HYBRID"] == pytest.approx(6 / 27)
    assert "MANAGER" not in found.by_lever
    assert "FAMILY" not in found.by_lever
    assert found.hidden


def test_one_small_group_takes_the_next_one_with_it() -> None:
    few = StatedReasons(
        40, (ReasonGroup(("A",), 3), ReasonGroup(("B",), 6), ReasonGroup((PAY,), 9))
    )
    found = publish_reasons(few, Rule(), View.PROTECTED)
    assert found.by_lever == {}
    assert found.pay == pytest.approx(9 / 18)


def test_few_people_or_few_silent_ones_show_nothing() -> None:
    for reasons in (
        StatedReasons(40, (ReasonGroup(("A",), 4),)),
        StatedReasons(16, (ReasonGroup(("A",), 14),)),
        StatedReasons(3, ()),
    ):
        found = publish_reasons(reasons, Rule(), View.PROTECTED)
        assert (found.told, dict(found.by_lever)) == (None, {})
    assert publish_reasons(StatedReasons(3, ()), Rule(), View.PROTECTED).resigned is None


def test_counts_are_left_out_where_another_total_would_tell_of_a_few_people() -> None:
    # Of 40 who resigned in the whole window 38 did in the period shown elsewhere: two did before.
    near = publish_reasons(REASONS, Rule(), View.PROTECTED, resignations=[40.0, 38.0])
    assert (near.resigned, near.told) == (None, None)
    assert near.by_lever == publish_reasons(REASONS, Rule(), View.PROTECTED).by_lever
    assert near.says_something
    for other in (40.0, 35.0, 12.0):
        assert publish_reasons(REASONS, Rule(), View.PROTECTED, [other]).resigned == 40
    assert publish_reasons(REASONS, Rule(), View.WORKING, [38.0]).resigned == 40


def test_with_nothing_to_say_there_is_nothing_to_say() -> None:
    assert not publish_reasons(StatedReasons(3, ()), Rule(), View.PROTECTED).says_something


@given(
    st.lists(
        st.tuples(st.sets(st.sampled_from("ABCD"), min_size=1), st.integers(1, 12)), max_size=8
    ),
    st.integers(0, 20),
    st.integers(3, 10),
)
def test_no_sum_or_difference_of_shares_tells_of_few(
    raw: list[tuple[set[str], int]], silent: int, threshold: int
) -> None:
    merged: dict[tuple[str, ...], int] = {}
    for levers, people in raw:
        key = tuple(sorted(levers))
        merged[key] = merged.get(key, 0) + people
    groups = tuple(ReasonGroup(levers, people) for levers, people in merged.items())
    reasons = StatedReasons(sum(merged.values()) + silent, groups)
    rule = Rule(threshold)
    found = publish_reasons(reasons, rule, View.PROTECTED)
    if found.told is None:
        assert not found.by_lever
        return
    assert not rule.small(found.told)
    assert not rule.small(reasons.resigned - found.told)
    counts = {lever: round(share * found.told) for lever, share in found.by_lever.items()}
    names = sorted(counts)
    # Whatever shown levers are taken together or apart, the people told apart are not few.
    for first in names:
        assert not rule.small(counts[first])
        assert not rule.small(found.told - counts[first])
        for second in names:
            only = [
                people
                for levers, people in merged.items()
                if first in levers and second not in levers and not rule.small(people)
            ]
            gap = counts[first] - counts[second]
            assert gap == 0 or not only or sum(only) >= rule.threshold
