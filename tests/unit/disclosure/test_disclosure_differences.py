"""Directorates and jobs compared: small ones are not told, and not alone."""

from hypothesis import given
from hypothesis import strategies as st

from workforce.disclosure import Rule
from workforce.disclosure.differences import publish_differences
from workforce.domain.circulation import View
from workforce.domain.differences import Difference, DifferenceKind, Differences


def found(*groups: tuple[int, int], gain: float = 2.0) -> Differences:
    """Return groups of some people of whom some resigned."""
    rows = tuple(
        Difference(f"Group {k}", 1.26, 0.94, 1.549, resigned, 9.5, people)
        for k, (people, resigned) in enumerate(groups)
    )
    return Differences(DifferenceKind.DEPARTMENT, rows, 0.3, gain, 1.0)


def shown(differences: Differences, view: View = View.PROTECTED) -> list[str]:
    (one,) = publish_differences((differences,), Rule(), view)
    assert len(one.rows) + one.aside == len(differences.rows)
    return [str(name) for name in one.rows["name"]]


def test_a_small_group_takes_the_one_with_fewest_leavers_with_it() -> None:
    groups = found((40, 12), (30, 9), (20, 7), (9, 2))
    assert shown(groups) == ["Group 0", "Group 1"]
    assert shown(groups, View.WORKING) == ["Group 0", "Group 1", "Group 2", "Group 3"]


def test_nothing_small_leaves_everything_shown() -> None:
    assert shown(found((40, 12), (30, 9))) == ["Group 0", "Group 1"]


def test_what_has_not_earned_its_place_is_not_shown_in_any_view() -> None:
    for view in View:
        assert shown(found((40, 12), (30, 9), gain=0.5), view) == []


def test_numbers_have_one_decimal_and_no_count_stands_beside() -> None:
    (one,) = publish_differences((found((40, 12), (30, 9)),), Rule(), View.PROTECTED)
    assert one.rows.iloc[0].to_dict() == {
        "name": "Group 0", "ratio": 1.3, "low": 0.9, "high": 1.5, "differs": False,
    }  # fmt: skip


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(0, 15)), min_size=1, max_size=12),
    st.integers(3, 20),
)
def test_no_small_group_is_told_nor_left_over_by_the_others(
    groups: list[tuple[int, int]], threshold: int
) -> None:
    differences = found(*groups)
    (one,) = publish_differences((differences,), Rule(threshold), View.PROTECTED)
    names = set(one.rows["name"])
    kept = [row for row in differences.rows if row.name in names]
    hidden = [row for row in differences.rows if row.name not in names]
    assert all(row.people >= threshold and row.resigned >= threshold for row in kept)
    if kept and hidden:
        assert len(hidden) >= 2
        assert sum(row.resigned for row in hidden) >= threshold
        assert sum(row.people for row in hidden) >= threshold
