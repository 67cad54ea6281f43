"""No hidden count can be narrowed to less than 1 to 4, whatever the tables: tried, and proven anew.

The audit here is written for itself: it sets up every published number and every sum again and asks
the solver directly, so that a mistake in the room's own audit cannot hide behind itself.
"""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from workforce.disclosure import LinkedTable, Rule, protect

RULE = Rule()
counts = st.one_of(st.integers(0, 6), st.integers(0, 40))


def two_way(numbers: np.ndarray) -> LinkedTable:
    """A table with row totals, column totals and the grand total."""
    rows, columns = numbers.shape
    table = LinkedTable()
    for i, j in product(range(rows), range(columns)):
        table.add((i, j), numbers[i, j])
    for i in range(rows):
        table.add((i, -1), numbers[i].sum(), level=1)
    for j in range(columns):
        table.add((-1, j), numbers[:, j].sum(), level=1)
    table.add((-1, -1), numbers.sum(), level=2)
    for i in range(rows):
        table.tie((i, -1), [(i, j) for j in range(columns)])
    for j in range(columns):
        table.tie((-1, j), [(i, j) for i in range(rows)])
    table.tie((-1, -1), [(i, -1) for i in range(rows)])
    table.tie((-1, -1), [(-1, j) for j in range(columns)])
    return table


def ends(table: LinkedTable, hidden: frozenset, unknown_zeros: frozenset, key: object) -> tuple:
    """The range of one cell: every cell a variable, published ones fixed."""
    keys = list(table.cells)
    place = {each: index for index, each in enumerate(keys)}
    matrix = np.zeros((len(table.relations), len(keys)))
    for line, relation in enumerate(table.relations):
        matrix[line, place[relation.total]] = -1
        for part in relation.parts:
            matrix[line, place[part]] = 1
    bounds = []
    for each in keys:
        value = table.cells[each].value
        if each in hidden:
            bounds.append((0 if each in unknown_zeros else 1, None))
        else:
            bounds.append((value, value) if table.cells[each].published else (0, None))
    found = []
    for sign in (1, -1):
        cost = np.zeros(len(keys))
        cost[place[key]] = sign
        answer = linprog(cost, A_eq=matrix, b_eq=np.zeros(len(matrix)), bounds=bounds)
        found.append(sign * answer.fun if answer.status == 0 else sign * -np.inf)
    return tuple(found)


def check(table: LinkedTable) -> None:
    kept = protect(table, RULE)
    for key, cell in table.cells.items():
        if cell.published and not cell.locked:
            assert kept.shows(key) <= (not RULE.small(cell.value)), f"{key} = {cell.value} is shown"
    for key in kept.hidden:
        low, high = ends(table, kept.hidden, kept.unknown_zeros, key)
        value = table.cells[key].value
        assert low - 1e-6 <= value <= high + 1e-6, "the truth lies in its own range"
        assert high - low >= 3 - 1e-6, f"{key} = {value} is narrowed to {low} to {high}"
        if RULE.small(value):
            assert low <= 1 + 1e-6, f"{key} = {value} is narrowed to {low} to {high}"
            assert high >= 4 - 1e-6, f"{key} = {value} is narrowed to {low} to {high}"


@settings(max_examples=15)
@given(st.integers(2, 4), st.integers(2, 5), st.data())
def test_two_way_tables_with_totals(rows: int, columns: int, data: st.DataObject) -> None:
    flat = data.draw(st.lists(counts, min_size=rows * columns, max_size=rows * columns))
    check(two_way(np.array(flat, dtype=float).reshape(rows, columns)))


@settings(max_examples=6)
@given(st.lists(counts, min_size=3, max_size=4), st.data())
def test_tables_that_share_a_margin(margin: list[int], data: st.DataObject) -> None:
    """Two profiles of the same people: each family's bands add to the same shown headcount."""
    table = LinkedTable()
    for family, people in enumerate(margin):
        table.add(("heads", family), people, level=1)
        for profile, bands in (("age", 3), ("grade", 4)):
            cuts = sorted(data.draw(st.lists(st.integers(0, people), min_size=bands - 1,
                                             max_size=bands - 1)))  # fmt: skip
            parts = np.diff([0, *cuts, people])
            for band, value in enumerate(parts):
                table.add((profile, family, band), float(value))
            table.tie(("heads", family), [(profile, family, band) for band in range(bands)])
    table.add("all", sum(margin), level=2)
    table.tie("all", [("heads", family) for family in range(len(margin))])
    check(table)


@settings(max_examples=20)
@given(st.lists(counts, min_size=2, max_size=4), st.data())
def test_events_of_a_window_that_hold_those_of_a_year(
    window: list[int], data: st.DataObject
) -> None:
    table = LinkedTable()
    for family, events in enumerate(window):
        year = data.draw(st.integers(0, events))
        table.add(("window", family), events, level=2)
        table.add(("year", family), year)
        table.tie(("window", family), [("year", family)], rest=True)
    table.add("window", sum(window), level=3)
    table.tie("window", [("window", family) for family in range(len(window))])
    table.add("year", sum(table.cells["year", family].value for family in range(len(window))),
              level=2)  # fmt: skip
    table.tie("year", [("year", family) for family in range(len(window))])
    check(table)
