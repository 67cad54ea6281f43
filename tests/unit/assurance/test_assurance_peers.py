"""The simple forecasts, by hand."""

import numpy as np
import pytest

from workforce.assurance.peers import peer_paths

MONTHS = np.array([4.0, 6.0] * 12)


def paths(
    method: str, known: np.ndarray, *, stock: bool, period: int = 12, steps: int = 12
) -> np.ndarray:
    found = peer_paths(
        method, known, stock=stock, period=period, steps=steps, draws=4000,
        rng=np.random.default_rng(1),
    )  # fmt: skip
    assert found is not None
    return found


def test_naive_flows_repeat_the_mean_of_the_last_twelve_months() -> None:
    found = paths("naive", MONTHS, stock=False)
    assert found.shape == (4000, 12)
    # Past errors against the mean of 5 are all one, so the spread is 1.
    assert found.mean() == pytest.approx(5.0, abs=0.05)
    assert found.std() == pytest.approx(1.0, abs=0.05)


def test_naive_stocks_stay_where_they_are_with_errors_of_the_same_horizon() -> None:
    walk = np.arange(30.0)
    found = paths("naive", walk, stock=True, steps=3)
    assert np.median(found, axis=0) == pytest.approx([29.0, 29.0, 29.0], abs=0.1)
    assert found.std(axis=0) == pytest.approx([1.0, 2.0, 3.0], rel=0.05), (
        "a series that rises by one a month was wrong by h at horizon h"
    )


def test_seasonal_naive_repeats_the_same_month() -> None:
    found = paths("seasonal naive", MONTHS, stock=False)
    # The season never failed, so there is no spread at all.
    assert found.mean(axis=0) == pytest.approx(MONTHS[:12])
    assert found.std() == pytest.approx(MONTHS[:12].std())


def test_short_flows_have_the_spread_of_two_counts() -> None:
    found = paths("naive", np.full(12, 50.0), stock=False)
    assert found.std() == pytest.approx(10.0, rel=0.03), "sqrt(2 x 50)"


def test_smoothing_finds_a_level_and_its_noise() -> None:
    noisy = np.random.default_rng(2).normal(20.0, 2.0, 30)
    found = paths("exponential smoothing", noisy, stock=False)
    assert found.mean() == pytest.approx(20.0, abs=1.5)
    assert 1.2 < found[:, 0].std() < 3.0


def test_forecasts_are_never_below_zero() -> None:
    for method in ("naive", "seasonal naive", "exponential smoothing"):
        low = np.random.default_rng(3).poisson(0.4, 30).astype(float)
        assert paths(method, low, stock=False).min() >= 0.0


def test_a_series_too_short_gives_no_forecast() -> None:
    rng = np.random.default_rng(4)
    short = np.ones(5)
    for method in ("naive", "seasonal naive", "exponential smoothing"):
        assert peer_paths(
            method, short, stock=False, period=12, steps=12, draws=9, rng=rng
        ) is None  # fmt: skip
