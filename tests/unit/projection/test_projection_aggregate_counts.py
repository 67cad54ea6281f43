"""Counts read off shared normal numbers: against exact quantiles, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri
from scipy.stats import binom

from workforce.projection.aggregate_counts import binomial, split
from workforce.projection.aggregate_openings import share_at_random

GRID = ndtri((np.arange(20_000) + 0.5) / 20_000)


def _counts(people: int, chance: float, z: np.ndarray) -> np.ndarray:
    return binomial(np.full(z.size, people), np.full(z.size, chance), z)


@pytest.mark.parametrize(("people", "chance"), [(5, 0.3), (400, 0.004), (40, 0.95), (1000, 0.99)])
def test_where_few_move_the_count_is_the_exact_quantile(people: int, chance: float) -> None:
    exact = binom.ppf((np.arange(20_000) + 0.5) / 20_000, people, chance)
    assert np.array_equal(_counts(people, chance, GRID), exact)


@pytest.mark.parametrize(
    ("people", "chance"), [(100, 0.15), (60, 0.5), (100_000, 0.00013), (375_000, 0.01)]
)
def test_where_many_move_mean_and_variance_are_binomial(people: int, chance: float) -> None:
    counts = _counts(people, chance, GRID)
    spread = people * chance * (1 - chance)
    # The grid leaves out the outermost 1/40,000 on each side: about 0.03% of a variance.
    assert counts.mean() == pytest.approx(people * chance, abs=1e-3 * spread**0.5)
    assert counts.var() == pytest.approx(spread, rel=2e-3)
    exact = binom.ppf((np.arange(20_000) + 0.5) / 20_000, people, chance)
    assert np.mean(counts != exact) < 0.005


@given(
    people=st.integers(0, 5000),
    chance=st.floats(0.0, 1.0),
    more=st.floats(0.0, 1.0),
    z=st.floats(-6.0, 6.0),
)
def test_counts_stay_inside_and_grow_with_the_chance(
    people: int, chance: float, more: float, z: float
) -> None:
    low, high = sorted((chance, more))
    one, two = (_counts(people, p, np.array([z]))[0] for p in (low, high))
    assert 0 <= one <= people
    # Where the two ways of working it out meet they may differ by one.
    assert one <= two + 1


def test_nobody_and_everybody() -> None:
    assert _counts(7, 0.0, np.array([3.0]))[0] == 0
    assert _counts(7, 1.0, np.array([-3.0]))[0] == 7
    assert _counts(0, 0.5, np.array([3.0]))[0] == 0


def test_a_total_is_split_completely_and_in_proportion() -> None:
    rng = np.random.default_rng(1)
    total = np.full((1, 20_000), 50)
    parts = np.array([3.0, 1.0, 0.0, 1.0])[:, None, None] * np.ones((1, 1, 20_000))
    found = split(total, parts, rng.standard_normal((3, 1, 20_000)))
    assert np.array_equal(found.sum(axis=0), total)
    assert found[2].max() == 0
    # Four standard errors of a mean of 20,000 binomials of variance 12.
    assert found.mean(axis=(1, 2)) == pytest.approx([30, 10, 0, 10], abs=0.1)


def test_a_cap_serves_families_as_a_draw_without_replacement_would() -> None:
    rng = np.random.default_rng(2)
    draws = 20_000
    wanted = np.repeat([[30], [10], [0], [20]], draws, axis=1)
    served = share_at_random(wanted, np.full(draws, 24), rng.standard_normal((4, draws)))
    assert np.all(served.sum(axis=0) == 24)
    assert np.all(served <= wanted)
    assert served.mean(axis=1) == pytest.approx([12, 4, 0, 8], abs=0.1)
    # Hypergeometric: 24 of 60, 30 of them of the first family; a variance is known to about 1%.
    assert served[0].var() == pytest.approx(24 * 0.5 * 0.5 * 36 / 59, rel=0.06)
    assert np.array_equal(share_at_random(wanted, np.full(draws, 60), np.zeros((4, draws))), wanted)
