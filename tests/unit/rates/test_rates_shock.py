"""Good and bad years."""

import numpy as np
import pytest
from scipy.integrate import dblquad

from workforce.domain.evidence import Evidence
from workforce.rates.shock import (
    ShockSize,
    _log_marginals,
    ar1_covariance,
    estimate_shock,
    shock_prior,
)


def test_covariance_of_three_years_by_hand() -> None:
    found = ar1_covariance(ShockSize(0.5, 0.4), 3)
    expected = 0.25 * np.array([[1, 0.4, 0.16], [0.4, 1, 0.4], [0.16, 0.4, 1]])
    np.testing.assert_allclose(found, expected)


def test_laplace_agrees_with_integrating_over_two_years() -> None:
    expected, events = np.array([40.0, 40.0]), np.array([60.0, 30.0])

    def exact(sd: float, ar1: float) -> float:
        covariance = ar1_covariance(ShockSize(sd, ar1), 2) + 1.0
        precision, scale = np.linalg.inv(covariance), np.sqrt(np.linalg.det(covariance))

        def integrand(second: float, first: float) -> float:
            effect = np.array([first, second])
            away = effect + sd**2 / 2
            fitted = expected * np.exp(effect)
            return float(
                np.exp(events @ effect - fitted.sum() + 80 - away @ precision @ away / 2) / scale
            )

        return float(np.log(dblquad(integrand, -1.5, 1.5, -1.5, 1.5, epsabs=1e-8)[0]))

    sizes = ((0.1, 0.4), (0.4, 0.0))
    laplace = _log_marginals(
        expected, events, *(np.array(each) for each in zip(*sizes, strict=True))
    )
    assert laplace[1] - laplace[0] == pytest.approx(exact(*sizes[1]) - exact(*sizes[0]), abs=0.05)


def test_calm_years_give_a_smaller_shock_than_wild_ones(evidence: Evidence) -> None:
    expected, prior = np.full(6, 300.0), shock_prior(evidence)
    calm = estimate_shock(expected, np.array([300.0, 295, 305, 301, 290, 299]), evidence)
    wild = estimate_shock(expected, np.array([300.0, 600, 150, 320, 80, 500]), evidence)
    assert calm.sd < prior.sd < wild.sd
    assert calm.estimated
    assert wild.estimated


def test_a_handful_of_leavers_a_year_says_little_about_years(evidence: Evidence) -> None:
    found = estimate_shock(np.full(5, 2.0), np.array([3.0, 1, 2, 2, 2]), evidence)
    assert found.sd == pytest.approx(shock_prior(evidence).sd, rel=0.15)


def test_a_long_drift_is_read_as_persistence(evidence: Evidence) -> None:
    years = np.arange(12)
    drift = 400 * np.exp(0.6 * np.sin(years / 12 * 2 * np.pi))
    jumps = 400 * np.exp(0.6 * (-1.0) ** years)
    assert estimate_shock(np.full(12, 400.0), drift, evidence).ar1 > 0.5
    assert estimate_shock(np.full(12, 400.0), jumps, evidence).ar1 < 0.15


@pytest.mark.parametrize("sd", [0.15, 0.5])
def test_the_size_is_recovered_from_many_years(evidence: Evidence, sd: float) -> None:
    rng = np.random.default_rng(4)
    effects = rng.normal(0, sd, 40)
    found = estimate_shock(np.full(40, 2000.0), rng.poisson(2000 * np.exp(effects)) * 1.0, evidence)
    assert found.sd == pytest.approx(float(effects.std()), rel=0.2)
