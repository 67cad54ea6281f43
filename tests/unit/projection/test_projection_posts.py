"""Who holds which post, step by step."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from workforce.projection.posts import Holders
from workforce.projection.streams import Lookup, Streams


def _holders(held: list[int], months: int = 12, draws: int = 1) -> Holders:
    numbers = Lookup(Streams(1, 0, draws), "post", [f"f{k}" for k in range(len(held))])
    return Holders(numbers, np.array(held), months, draws)


def _hold(holders: Holders, *entries: tuple[int, int, float]) -> None:
    cell, post, time = (np.array(column) for column in zip(*entries, strict=True))
    holders.hold(cell, post, time.astype(np.float64))


def test_whoever_comes_takes_the_post_that_fell_free_last() -> None:
    holders = _holders([5])
    _hold(holders, (0, 3, 0.2), (0, 1, 0.9), (0, 4, 1.5), (0, 0, np.inf))
    holders.leave(1)
    holders.leave(2)
    cell = np.zeros(4, dtype=np.intp)
    # Post 4 fell free in month 2; 1 and 3 in month 1, the lower number first; then a new one.
    assert holders.take(cell).tolist() == [4, 1, 3, 5]
    assert holders.take(cell[:1]).tolist() == [6]


def test_a_post_is_free_only_once_its_holder_has_gone() -> None:
    holders = _holders([2, 1])
    _hold(holders, (0, 0, 1.2), (1, 0, 0.5))
    holders.leave(1)
    assert holders.take(np.array([0, 1])).tolist() == [2, 0], "each family has posts of its own"
    holders.leave(2)
    assert holders.take(np.array([0])).tolist() == [0]


def test_a_post_whose_opening_is_withdrawn_is_free_again() -> None:
    holders = _holders([3])
    _hold(holders, (0, 1, 0.5), (0, 2, 0.6))
    holders.leave(1)
    cell = np.zeros(2, dtype=np.intp)
    assert holders.take(cell).tolist() == [1, 2], "two openings"
    holders.give_back(cell, np.array([2, 1]), 3)
    assert holders.take(np.zeros(3, dtype=np.intp)).tolist() == [1, 2, 3]


def test_the_order_in_which_posts_were_taken_changes_nothing() -> None:
    times = [(0, 2, 3.1), (0, 0, 3.9), (0, 1, 3.5)]
    found = []
    for order in ([0, 1, 2], [2, 1, 0], [1, 0, 2]):
        holders = _holders([3])
        for each in order:
            _hold(holders, times[each])
        holders.leave(4)
        found.append(holders.take(np.zeros(3, dtype=np.intp)).tolist())
    assert found == [[0, 1, 2]] * 3


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 3), st.integers(1, 30))
def test_no_post_has_two_holders(seed: int, cells: int, held: int) -> None:
    rng = np.random.default_rng(seed)
    months = 18
    holders = _holders([held] * cells, months)
    until = {(cell, post): rng.exponential(8.0) for cell in range(cells) for post in range(held)}
    _hold(holders, *((*key, time) for key, time in until.items()))
    for month in range(1, months + 1):
        holders.leave(month)
        until = {key: time for key, time in until.items() if time >= month}
        cell = np.sort(rng.integers(0, cells, rng.integers(0, 2 * held)))
        posts = holders.take(cell)
        fresh = list(zip(cell.tolist(), posts.tolist(), strict=True))
        assert len(set(fresh)) == len(fresh), "nobody shares a post with somebody who comes too"
        assert not set(fresh) & set(until), "nor with somebody who holds it"
        times = month + rng.exponential(8.0, cell.size)
        if fresh:
            _hold(holders, *((*key, time) for key, time in zip(fresh, times, strict=True)))
        until |= dict(zip(fresh, times, strict=True))
