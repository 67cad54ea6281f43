"""Scores against closed forms and sums worked by hand."""

import numpy as np
import pytest
from scipy.stats import norm

from workforce.assurance.scores import (
    binomial_band,
    covered,
    crps,
    crps_quantiles,
    mase,
    naive_scale,
    pit,
)


def normal_crps(mean: float, sd: float, observed: float) -> float:
    """Gneiting & Raftery 2007, equation 21."""
    z = (observed - mean) / sd
    return sd * (z * (2 * norm.cdf(z) - 1) + 2 * norm.pdf(z) - 1 / np.sqrt(np.pi))


def test_crps_of_two_draws_by_hand() -> None:
    # |1-2| and |5-2| give a mean of 2; the one pair differs by 4: 2 pairs x 4 / (2 x 2 x 1) = 2.
    assert crps([1.0, 5.0], 2.0) == pytest.approx(2 - 2)
    # |0-6|, |2-6|, |4-6|: mean 4; pairs 2, 4, 2 both ways = 16, / (2 x 3 x 2) = 4/3.
    assert crps([4.0, 0.0, 2.0], 6.0) == pytest.approx(4 - 4 / 3)


def test_crps_of_a_point_is_its_absolute_error() -> None:
    assert crps(np.full(50, 7.0), 4.5) == pytest.approx(2.5)


@pytest.mark.parametrize("observed", [-1.0, 0.0, 2.5])
def test_crps_of_a_normal_is_the_closed_form(observed: float) -> None:
    rng = np.random.default_rng(5)
    draws = rng.normal(0.5, 2.0, 200_000)
    assert crps(draws, observed) == pytest.approx(normal_crps(0.5, 2.0, observed), abs=0.02)


def test_the_score_of_a_small_ensemble_is_fair() -> None:
    rng = np.random.default_rng(6)
    small = crps(rng.normal(0.0, 1.0, (40_000, 5)), np.full(40_000, 0.7)).mean()
    assert small == pytest.approx(normal_crps(0.0, 1.0, 0.7), abs=0.01), (
        "five draws must score as many do on average"
    )


def test_crps_of_dense_quantiles_is_the_closed_form() -> None:
    levels = (np.arange(2000) + 0.5) / 2000
    found = crps_quantiles(levels, norm.ppf(levels, 3.0, 1.5), 5.0)
    assert found == pytest.approx(normal_crps(3.0, 1.5, 5.0), abs=2e-3)


def test_crps_of_one_quantile_is_the_absolute_error() -> None:
    assert crps_quantiles([0.5], [4.0], 7.0) == pytest.approx(3.0)


def test_crps_keeps_shapes_and_needs_two_draws() -> None:
    assert crps(np.zeros((3, 4, 10)), np.ones((3, 4))).shape == (3, 4)
    with pytest.raises(ValueError, match="two draws"):
        crps([1.0], 1.0)


def test_mase_by_hand() -> None:
    # Steps 2, 1, 3 give a scale of 2; errors 1 and 3 give (1 + 3) / 2 / 2 = 1.
    scale = naive_scale([1.0, 3.0, 2.0, 5.0])
    assert scale == 2.0
    assert mase([4.0, 8.0], [5.0, 5.0], scale) == 1.0
    assert naive_scale([1.0, 9.0, 4.0], period=2) == 3.0


def test_a_history_that_never_changed_gives_no_scale() -> None:
    assert np.isnan(naive_scale([4.0, 4.0, 4.0]))
    assert np.isnan(naive_scale([4.0]))
    assert mase([1.0, 2.0], [2.0, 2.0], [np.nan, 1.0]) == 0.0


def test_the_ends_of_an_interval_belong_to_it() -> None:
    assert covered([2.0, 2.0, 2.0], [5.0, 5.0, 5.0], [2.0, 5.0, 5.1]).tolist() == [
        True, True, False,
    ]  # fmt: skip


def test_pit_counts_ties_half() -> None:
    assert pit([1.0, 2.0, 2.0, 3.0], 2.0) == pytest.approx(0.5)
    assert pit([1.0, 2.0, 3.0, 4.0], 9.0) == 1.0


def test_pit_of_a_calibrated_forecast_is_even() -> None:
    rng = np.random.default_rng(8)
    mean = rng.normal(size=4000)
    place = pit(rng.normal(mean[:, None], 1.0, (4000, 200)), rng.normal(mean, 1.0))
    counts = np.histogram(place, bins=10, range=(0, 1))[0]
    # Chi-square with 9 degrees of freedom: 27.9 is exceeded once in a thousand times.
    assert ((counts - 400) ** 2 / 400).sum() < 27.9, "PIT of a perfect forecaster must be even"


def test_binomial_band_by_hand() -> None:
    # 20 coins: P(X <= 5) = 0.0207, P(X <= 6) = 0.0577, and the same from above.
    assert binomial_band(20, 0.5) == (6, 14)
    assert binomial_band(8, 0.95) == (6, 8)
