"""The direct forecast of a series: what it must find in series made by hand."""

import numpy as np
import pytest

from workforce.assurance.arima import fit_arima
from workforce.assurance.direct import direct_paths
from workforce.assurance.linear import Linear, combine, prediction_error
from workforce.assurance.scale import find_jumps, scales, without_jumps
from workforce.assurance.smoothing import LEVEL, Form, fit_form, fit_smoothing, fit_theta
from workforce.assurance.unitroot import kpss, ordinary_differences, seasonal_strength

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
    # The theta method takes half of a trend only, which on a perfect one is half too little.
    assert ((low < truth) & (truth < high)).mean() >= 0.7


def test_a_random_walk_is_expected_to_stay_and_its_range_grows_with_the_root_of_time() -> None:
    walk = 500 + np.cumsum(noise(1.0, 150))
    made = fit_arima(walk, period=1, steps=9)
    assert made is not None
    spread = made.sigma * np.sqrt(np.cumsum(np.square(made.psi)))
    assert made.mean == pytest.approx(np.repeat(walk[-1], 9), abs=3.0)
    assert spread[8] / spread[0] == pytest.approx(3.0, rel=0.3)


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
    made = fit_form(noisy, LEVEL, steps=4)
    assert made is not None
    assert made.psi[0] == 1.0
    assert (np.abs(made.psi[1:]) < 0.5).all(), "noise about a level is hardly followed"
    assert made.mean == pytest.approx([20.0] * 4, abs=1.0)


def test_seasonal_strength_tells_season_from_noise() -> None:
    assert seasonal_strength(200 + SEASON + noise(0.5), 12) > 0.95
    assert seasonal_strength(200 + noise(5.0), 12) < 0.64
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


def test_starting_values_are_the_regression_that_leaves_the_smallest_innovations() -> None:
    # A line without noise has one best start: its own intercept and slope, whatever the weights.
    line = 50 + 2.0 * np.arange(40) + noise(1e-3, 40)
    made = fit_form(line, Form(trend=True), steps=3)
    assert made is not None
    assert made.mean == pytest.approx([130.0, 132.0, 134.0], abs=0.01)
    assert made.errors[0] == pytest.approx(0.0, abs=0.01), "the first value is explained as well"


def test_innovations_of_a_level_are_those_of_the_recursion() -> None:
    known = 20 + np.cumsum(noise(1.0, 50)) + noise(1.0, 50, seed=6)
    made = fit_form(known, LEVEL, steps=2)
    assert made is not None
    share = made.psi[1]
    level = known[0] - made.errors[0]
    for value, error in zip(known, made.errors, strict=True):
        assert value - level == pytest.approx(error, abs=1e-9)
        level += share * error
    assert made.mean == pytest.approx([level, level])


def test_smoothing_chooses_season_and_trend_by_the_data() -> None:
    seasonal = fit_smoothing(200 + 1.5 * MONTHS + SEASON + noise(0.5), period=12, steps=3)
    flat = fit_smoothing(200 + noise(1.0), period=12, steps=3)
    assert seasonal is not None
    assert flat is not None
    assert (seasonal[1].trend, seasonal[1].period) == (True, 12)
    assert flat[1] == LEVEL


def test_theta_drifts_by_half_the_slope() -> None:
    made = fit_theta(10 + 3.0 * np.arange(40) + noise(0.01, 40), LEVEL, steps=5)
    assert made is not None
    assert np.diff(made.mean) == pytest.approx([1.5] * 4, abs=0.01)


def test_kpss_is_the_statistic_of_its_authors() -> None:
    # By hand: deviations -1.5, -0.5, 0.5, 1.5, partial sums -1.5, -2, -1.5, 0, variance 1.25; four
    # values have no lags.
    assert kpss(np.array([1.0, 2.0, 3.0, 4.0])) == pytest.approx(8.5 / 16 / 1.25)
    assert kpss(np.full(9, 2.0)) == 0.0
    steady = noise(1.0, 200, seed=11)
    assert ordinary_differences(steady, most=2) == 0
    assert ordinary_differences(np.cumsum(steady), most=2) == 1
    assert ordinary_differences(np.cumsum(np.cumsum(steady)), most=2) == 2


def test_scales_give_back_what_they_took_and_weigh_alike() -> None:
    for known in (np.array([3.0, 5.0, 8.0]), np.array([0.0, 5.0, 8.0])):
        for scale in scales(known):
            assert scale.back(scale.forward(known)) == pytest.approx(known)
            # -2 log of the change of unit, by differences.
            slope = (scale.forward(known + 1e-6) - scale.forward(known)) / 1e-6
            assert scale.penalty == pytest.approx(-2 * np.log(slope).sum(), abs=1e-3)
    assert [each.name for each in scales(np.array([-1.0, 2.0]))] == ["as it is"]


def test_a_jump_is_found_taken_out_and_a_season_is_not_a_jump() -> None:
    walk = 900 + 3.0 * MONTHS + noise(1.0)
    jumped = walk - 120.0 * (MONTHS >= 40)
    assert find_jumps(jumped, 12).tolist() == [39]
    mended, sizes = without_jumps(jumped, find_jumps(jumped, 12), 12)
    assert sizes == pytest.approx([-120.0], abs=5.0)
    assert np.diff(mended) == pytest.approx(np.diff(walk), abs=5.0)
    assert mended[-1] == jumped[-1]
    each_july = walk - 120.0 * (MONTHS % 12 == 6)
    assert not len(find_jumps(each_july, 12))
    assert not len(find_jumps(np.repeat([5.0, 9.0, 4.0], 20), 12)), "it mostly stands still"
    assert not len(find_jumps(np.array([4.0]), 12))


def test_a_jump_is_no_trend_but_may_come_again() -> None:
    jumped = 900 + noise(2.0) - 200.0 * (MONTHS >= 68)
    paths = direct_paths(jumped, period=12, steps=12, draws=2000, rng=np.random.default_rng(1))
    assert paths is not None
    assert np.median(paths[:, -1]) == pytest.approx(jumped[-1], abs=10)
    # One in 72 months: within twelve in one of 6.5 futures.
    assert (paths[:, -1] < jumped[-1] - 150).mean() == pytest.approx(1 - (71 / 72) ** 12, abs=0.04)


def test_the_spread_of_a_combination_is_that_of_its_own_errors() -> None:
    errors = noise(1.0, 4000)
    mean, psi = np.zeros(2), np.ones(2)
    apart = Linear(mean, psi, 1.0, noise(1.0, 4000, seed=9), 0.0, 90)
    here = Linear(mean + 2, psi, 1.0, errors, 0.0, 80)
    assert combine([here, here]).linear.sigma == pytest.approx(1.0)
    made = combine([here, apart])
    assert made.linear.sigma == pytest.approx(np.sqrt(0.5), rel=0.03), "independent errors cancel"
    assert made.linear.mean.tolist() == [1.0, 1.0]
    assert made.apart.tolist() == [1.0, 1.0]
    assert made.linear.freedom == 80
