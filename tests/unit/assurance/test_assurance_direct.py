"""The direct forecast of a series: what it must find in series made by hand."""

import numpy as np
import pytest

from workforce.assurance.arima import fit_arima, prediction_error, seasonal_strength
from workforce.assurance.direct import direct_paths, fit_smoothing

MONTHS = np.arange(72)
SEASON = 10 * np.sin(2 * np.pi * MONTHS / 12)


def noise(spread: float, size: int = 72, seed: int = 5) -> np.ndarray:
    return np.random.default_rng(seed).normal(0.0, spread, size)


def test_a_season_on_a_trend_is_continued() -> None:
    known = 200 + 1.5 * MONTHS + SEASON + noise(0.5)
    ahead = np.arange(72, 84)
    truth = 200 + 1.5 * ahead + 10 * np.sin(2 * np.pi * ahead / 12)
    paths = direct_paths(known, period=12, steps=12, draws=2000, rng=np.random.default_rng(1))
    assert paths is not None
    error = np.abs(np.median(paths, axis=0) - truth).mean()
    naive = np.abs(known[-1] - truth).mean()
    assert error < 0.3 * naive, "neither trend nor season is in the naive forecast"
    low, high = np.quantile(paths, [0.025, 0.975], axis=0)
    assert ((low < truth) & (truth < high)).mean() >= 0.9


def test_a_random_walk_is_expected_to_stay_and_its_range_grows_with_the_root_of_time() -> None:
    walk = 500 + np.cumsum(noise(1.0, 150))
    made = fit_arima(walk, period=1, steps=9)
    assert made is not None
    spread = made.sigma * np.sqrt(np.cumsum(np.square(made.psi)))
    assert made.mean == pytest.approx(np.repeat(walk[-1], 9), abs=1.0)
    assert spread[8] / spread[0] == pytest.approx(3.0, rel=0.2)


def test_autoregression_is_found_and_falls_back_to_the_mean() -> None:
    shocks, value = noise(1.0, 600, seed=8), np.zeros(600)
    for month in range(1, 600):
        value[month] = 0.4 * value[month - 1] + shocks[month]
    made = fit_arima(value + 50, period=1, steps=30)
    assert made is not None
    assert made.psi[1] == pytest.approx(0.4, abs=0.1)
    assert made.mean[-1] == pytest.approx(50.0, abs=0.5)
    assert made.sigma == pytest.approx(1.0, rel=0.1)


def test_weights_of_smoothing_are_what_the_model_says() -> None:
    noisy = 20 + noise(2.0)
    made = fit_smoothing(noisy, period=1, steps=4)
    assert made is not None
    assert made.psi[0] == 1.0
    assert (np.abs(made.psi[1:]) < 0.5).all(), "noise about a level is hardly followed"
    assert made.mean == pytest.approx([20.0] * 4, abs=1.0)


def test_seasonal_strength_tells_season_from_noise() -> None:
    assert seasonal_strength(200 + SEASON + noise(0.5), 12) > 0.95
    assert seasonal_strength(200 + noise(5.0), 12) < 0.3
    assert seasonal_strength(SEASON[:20], 12) == 0.0, "too short to tell"
    assert seasonal_strength(SEASON, 1) == 0.0


def test_prediction_error_is_larger_than_that_of_the_residuals() -> None:
    # 20 residuals, 4 parameters: 100 / 16 x 1.2.
    assert prediction_error(100.0, 20, 4) == pytest.approx(np.sqrt(7.5))


def test_short_series_hold_their_ranges() -> None:
    rng = np.random.default_rng(12)
    inside = []
    for _ in range(8):
        series = rng.poisson(20, 51).astype(float)
        paths = direct_paths(series[:39], period=12, steps=12, draws=400, rng=rng)
        assert paths is not None
        low, high = np.quantile(paths, [0.025, 0.975], axis=0)
        inside.append(((low <= series[39:]) & (series[39:] <= high)).mean())
    assert 0.9 <= np.mean(inside) <= 0.995


def test_too_short_or_never_changing_gives_none() -> None:
    rng = np.random.default_rng(1)
    for series in (np.arange(5.0), np.full(40, 3.0)):
        assert direct_paths(series, period=12, steps=3, draws=9, rng=rng) is None


def test_the_same_seed_gives_the_same_paths() -> None:
    known = 30 + noise(3.0, 40)
    first, second = (
        direct_paths(known, period=12, steps=6, draws=20, rng=np.random.default_rng(4))
        for _ in range(2)
    )
    assert first is not None
    assert second is not None
    assert np.array_equal(first, second)
