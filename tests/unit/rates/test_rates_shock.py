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
    states_given_years,
    walk_covariance,
    years_covariance,
)


def test_covariance_of_three_years_by_hand() -> None:
    found = ar1_covariance(ShockSize(0.5, 0.4), 3)
    expected = 0.25 * np.array([[1, 0.4, 0.16], [0.4, 1, 0.4], [0.16, 0.4, 1]])
    np.testing.assert_allclose(found, expected)


def test_laplace_agrees_with_integrating_over_two_years() -> None:
    expected, events = np.array([40.0, 40.0]), np.array([60.0, 30.0])

    def exact(sd: float, ar1: float, drift: float) -> float:
        covariance = years_covariance(ShockSize(sd, ar1, drift), 2) + 1.0
        precision, scale = np.linalg.inv(covariance), np.sqrt(np.linalg.det(covariance))

        def integrand(second: float, first: float) -> float:
            effect = np.array([first, second])
            away = effect + sd**2 / 2
            fitted = expected * np.exp(effect)
            return float(
                np.exp(events @ effect - fitted.sum() + 80 - away @ precision @ away / 2) / scale
            )

        return float(np.log(dblquad(integrand, -1.5, 1.5, -1.5, 1.5, epsabs=1e-8)[0]))

    sizes = ((0.1, 0.4, 0.05), (0.4, 0.0, 0.3))
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


def test_a_long_wave_is_read_as_lasting_and_a_zigzag_as_fading(evidence: Evidence) -> None:
    years = np.arange(12)
    wave = 400 * np.exp(0.6 * np.sin(years / 12 * 2 * np.pi))
    jumps = 400 * np.exp(0.6 * (-1.0) ** years)
    slow = estimate_shock(np.full(12, 400.0), wave, evidence)
    fast = estimate_shock(np.full(12, 400.0), jumps, evidence)
    assert slow.ar1 > fast.ar1 + 0.2
    assert slow.drift > 1.2 * fast.drift
    assert slow.sd < fast.sd


def test_a_steady_decline_is_mostly_drift(evidence: Evidence) -> None:
    falling = 1000 * np.exp(-0.15 * np.arange(10))
    found = estimate_shock(np.full(10, 500.0), falling, evidence)
    assert found.drift > 1.3 * shock_prior(evidence).drift
    assert found.sd < shock_prior(evidence).sd


def test_sizes_stand_for_their_distribution_from_calm_to_wild(evidence: Evidence) -> None:
    points = np.array(shock_prior(evidence).points)
    row = evidence.benchmark("def_year_shock_sd")
    assert np.median(points[:, 0]) == pytest.approx(row.number, rel=0.2)
    # The 90% range of the evidence holds nine tenths of the points, give or take the grid.
    inside = (points[:, 0] >= row.range[0] * 0.9) & (points[:, 0] <= row.range[1] * 1.1)
    assert 0.8 <= inside.mean() <= 0.98
    spread = points[:, 0] ** 2 * (1 - points[:, 1] ** 2) + points[:, 2] ** 2
    assert (np.diff(spread) >= -0.03).all()


def test_walk_by_hand() -> None:
    # Two years, one step: half a step either side of their mean.
    np.testing.assert_allclose(walk_covariance(2), [[0.25, -0.25], [-0.25, 0.25]])
    np.testing.assert_allclose(walk_covariance(5).sum(axis=0), 0, atol=1e-12)


def test_what_the_years_say_is_split_between_what_fades_and_what_stays() -> None:
    size = ShockSize(0.3, 0.0, 0.3)
    covariance, states = states_given_years(size, 2)
    # Shock and walk by hand: the last effect has variance 0.09 + 0.0225, covariance with the first
    # -0.0225, and the shock's share follows from regressing it on both.
    np.testing.assert_allclose(covariance, [[0.1125, -0.0225], [-0.0225, 0.1125]])
    expected = np.linalg.solve(covariance, [[0.0, -0.0225], [0.09, 0.0225]]).T
    np.testing.assert_allclose(states.gain[:2], expected)
    np.testing.assert_allclose(states.gain[2], 0, atol=1e-12)


def test_relative_to_an_average_one_year_says_nothing_but_the_next_is_as_unknown() -> None:
    size = ShockSize(0.3, 0.5)
    covariance, states = states_given_years(size, 1, np.ones(1))
    assert covariance == pytest.approx(0)
    # The rate of one year has that year's shock in it: level = -shock.
    assert states.rest[0, 0] == pytest.approx(0.09)
    assert states.rest[0, 2] == pytest.approx(-0.09)


@pytest.mark.parametrize("sd", [0.15, 0.5])
def test_the_size_is_recovered_from_many_years(evidence: Evidence, sd: float) -> None:
    rng = np.random.default_rng(4)
    effects = rng.normal(0, sd, 40)
    found = estimate_shock(np.full(40, 2000.0), rng.poisson(2000 * np.exp(effects)) * 1.0, evidence)
    assert found.sd == pytest.approx(float(effects.std()), rel=0.2)
