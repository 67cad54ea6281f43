"""Steps of a draw: how long an opening waits by table and by walking, and who is served first."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce.projection.draw_steps import filled_at, list_waits, months_waited, nth_of
from workforce.projection.draw_tables import Rules, State
from workforce.projection.native import compiled

MONTHS, PARTS = 30, 64
_NONE = np.empty((0, 0, 0))
_SHORT = np.empty(0, dtype=np.int32)


def _rules(hazards: list[float], factor: float) -> Rules:
    flat, months = np.zeros((1, MONTHS)), np.zeros(MONTHS, dtype=np.bool_)
    return Rules(
        flat,
        flat,
        np.ones(1),
        np.zeros((1, 3)),
        np.array([hazards]),
        np.array([[factor]]),
        _NONE,
        months,
        np.empty(0, dtype=np.int64),
        np.zeros((1, 1, 1), dtype=np.int64),
        np.empty(0),
        np.empty(0),
        True,
    )


def _state() -> State:
    rows, two = np.empty(0, dtype=np.intp), np.empty((1, MONTHS), dtype=np.intp)
    room = dict.fromkeys(State._fields, _SHORT)
    return State(
        **room
        | {"family": rows, "fresh": rows, "openings": rows, "joins": rows}
        | dict.fromkeys(("filled", "fte", "settles", "quits", "rest"), np.empty(0))
        | {"gone": two, "gone_fte": np.empty((1, MONTHS))}
        | {
            "waits": np.empty((1, MONTHS + 1)),
            "wait": np.empty((1, PARTS), dtype=np.int32),
        }
    )


@compiled
def _waits(chances: np.ndarray, month: int, rules: Rules, state: State, out: np.ndarray) -> None:
    list_waits(0, rules, state)
    for each in range(chances.size):
        out[0, each] = month - 1 + months_waited(chances[each], 0, state)
        out[1, each] = min(filled_at(chances[each], 0, month, 0, 0, rules), 1e6)


@given(
    hazards=st.lists(st.just(0.0) | st.floats(1e-3, 4.0), min_size=1, max_size=8),
    factor=st.floats(0.05, 5.0),
    month=st.integers(1, MONTHS),
    seed=st.integers(0, 99),
)
def test_the_table_gives_the_month_that_walking_gives(
    hazards: list[float], factor: float, month: int, seed: int
) -> None:
    chances = np.concatenate((np.random.default_rng(seed).random(200), [5e-324, 2**-53, 1 - 1e-9]))
    out = np.empty((2, chances.size))
    _waits(chances, month, _rules(hazards, factor), _state(), out)
    listed, walked = out[0], np.floor(out[1])
    inside = (listed < MONTHS) | (walked < MONTHS)
    assert np.array_equal(listed[inside], walked[inside])


def test_shares_wait_as_the_hazards_add_up() -> None:
    # Half a unit of hazard in the first month, then a tenth: exp(-0.5) wait longer than a month.
    chances = (np.arange(10_000) + 0.5) / 10_000
    out = np.empty((2, chances.size))
    _waits(chances, 1, _rules([0.5, 0.1], 1.0), _state(), out)
    for month, hazard in ((1, 0.5), (2, 0.6), (11, 1.5)):
        assert np.mean(out[0] >= month) == pytest.approx(np.exp(-hazard), abs=1e-4)


@given(
    st.lists(st.floats(0.0, 60.0), min_size=1, max_size=40).flatmap(
        lambda times: st.tuples(st.just(times), st.integers(0, len(times) - 1))
    )
)
def test_the_earliest_are_found_as_by_sorting(case: tuple[list[float], int]) -> None:
    times, nth = case
    # What lies beyond the first many is not looked at.
    room = np.array([*times, -1.0])
    assert nth_of(room, len(times), nth) == sorted(times)[nth]
    assert room[-1] == -1.0
