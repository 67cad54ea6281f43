"""Hand-worked tables: what a reader can work out, and what has to be hidden so that they cannot."""

import pytest

from workforce.disclosure import NOT_SHOWN, Knowledge, LinkedTable, Rule, exposed_cells, protect
from workforce.domain.errors import UserError

RULE = Rule()


def row(*parts: float, locked: bool = False) -> LinkedTable:
    """A row of counts with its total."""
    table = LinkedTable()
    for place, value in enumerate(parts):
        table.add(place, value)
    table.add("total", sum(parts), level=1, locked=locked)
    table.tie("total", list(range(len(parts))))
    return table


def test_one_hidden_part_follows_by_subtraction() -> None:
    table = row(3, 20, 30)
    assert Knowledge(table, frozenset({0})).range(0) == (3, 3), "53 - 20 - 30 = 3"
    assert list(exposed_cells(table, frozenset({0}), RULE)) == [0]


def test_a_second_part_is_hidden_with_the_first_and_it_is_the_cheaper_one() -> None:
    kept = protect(row(3, 20, 30), RULE)
    assert kept.hidden == {0, 1}, f"3 and the smaller of the others, not {kept.hidden}"
    assert kept.words == {0: "fewer than 5", 1: "5 or more"}


def test_two_small_parts_of_a_small_sum_are_not_enough() -> None:
    # 1 + 1 = 2: known to be one each, because zero would be shown.
    table = row(1, 1, 40)
    assert Knowledge(table, frozenset({0, 1})).range(0) == (1, 1)
    kept = protect(table, RULE)
    assert kept.hidden == {0, 1, 2}


def test_four_and_four_of_eight_are_not_called_fewer_than_five() -> None:
    # Each is at most 4, so each would be 4: the words would give both away.
    kept = protect(row(4, 4, locked=True), RULE)
    assert kept.hidden == {0, 1}
    assert set(kept.words.values()) == {NOT_SHOWN}
    assert Knowledge(row(4, 4), kept.hidden).range(0) == (1, 7)


def test_five_ones_of_five_are_withheld_with_their_zeros() -> None:
    table = row(1, 1, 1, 1, 1, 0, locked=True)
    kept = protect(table, RULE)
    assert 5 in kept.hidden, "where a zero is shown the ones are known to be ones"
    low, high = Knowledge(table, kept.hidden, unknown_zeros=kept.unknown_zeros).range(0)
    assert (low, high) == (0, 5)


def test_zero_is_shown_and_so_are_counts_from_the_threshold_on() -> None:
    assert protect(row(0, 5, 9), RULE).hidden == frozenset()


def test_corners_of_a_rectangle_protect_each_other() -> None:
    numbers = [[3, 20, 30], [10, 11, 12], [8, 9, 40]]
    table = LinkedTable()
    for i, line in enumerate(numbers):
        for j, value in enumerate(line):
            table.add((i, j), value)
        table.add((i, "all"), sum(line), level=1)
        table.tie((i, "all"), [(i, j) for j in range(3)])
    for j in range(3):
        table.add(("all", j), sum(line[j] for line in numbers), level=1)
        table.tie(("all", j), [(i, j) for i in range(3)])
    kept = protect(table, RULE)
    assert kept.hidden == {(0, 0), (2, 0), (0, 1), (2, 1)}, "3, 8, 20 and 9: the cheapest corners"
    knowledge = Knowledge(table, kept.hidden)
    # By hand: 3 + 8 = 11 in the column, so 3 is 1 to 10; nothing else is tighter.
    assert knowledge.range((0, 0)) == (1, 10)


def test_an_inequality_narrows_as_a_sum_with_an_unpublished_part_does() -> None:
    # Leavers of this year cannot be more than those of the whole window: 2 <= 2 gives them away.
    table = LinkedTable()
    table.add("year", 2)
    table.add("window", 6, locked=True)
    table.tie("window", ["year"], rest=True)
    assert Knowledge(table, frozenset({"year"})).range("year") == (1, 6)
    tight = LinkedTable()
    tight.add("year", 2)
    tight.add("window", 2)
    tight.tie("window", ["year"], rest=True)
    assert protect(tight, RULE).hidden == {"year", "window"}


def test_what_is_shown_elsewhere_is_never_hidden_again() -> None:
    kept = protect(row(2, 2, 2, 14, locked=True), RULE)
    assert "total" not in kept.hidden


def test_a_sum_that_does_not_hold_is_refused() -> None:
    table = LinkedTable()
    table.add("a", 3)
    table.add("total", 9)
    with pytest.raises(ValueError, match="not the sum"):
        table.tie("total", ["a"])


def test_higher_threshold_hides_more() -> None:
    assert protect(row(7, 20, 30), Rule(10)).hidden == {0, 1}
    assert protect(row(7, 20, 30), RULE).hidden == frozenset()


@pytest.mark.parametrize("threshold", [0, 2, 101])
def test_threshold_that_protects_nothing_is_refused(threshold: int) -> None:
    with pytest.raises(UserError, match="3 to 100"):
        Rule(threshold)
