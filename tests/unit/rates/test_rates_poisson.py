"""The penalised fit against answers found another way."""

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq, minimize

from workforce.rates.poisson import fit_poisson

TAU = 0.3


def one_term(events: float, expected: float, tau: float = TAU) -> tuple[float, float, float]:
    """Level, its standard deviation and the weight of a model with a level only."""
    found = fit_poisson(
        np.ones((1, 1)), np.array([expected]), np.array([events]), np.array([[tau**2]])
    )
    return found.mean[0], math.sqrt(found.covariance[0, 0]), found.weight(np.ones(1))


def test_two_cells_agree_with_minimising_the_penalised_likelihood() -> None:
    design = np.array([[1.0, 1.0, 0.0], [1.0, 0.0, 1.0]])
    expected, events = np.array([12.0, 5.0]), np.array([20.0, 2.0])
    prior = np.array([[0.09, 0.0, 0.0], [0.0, 0.04, 0.01], [0.0, 0.01, 0.0625]])
    inverse = np.linalg.inv(prior)

    def loss(beta: np.ndarray) -> float:
        eta = design @ beta
        return float((expected * np.exp(eta) - events * eta).sum() + beta @ inverse @ beta / 2)

    solved = minimize(loss, np.zeros(3), method="BFGS", options={"gtol": 1e-10}).x
    found = fit_poisson(design, expected, events, prior)
    np.testing.assert_allclose(found.mean, solved, atol=1e-6)
    hessian = inverse + design.T @ np.diag(expected * np.exp(design @ solved)) @ design
    np.testing.assert_allclose(found.covariance, np.linalg.inv(hessian), atol=1e-6)


@pytest.mark.parametrize(("events", "expected"), [(20.0, 10.0), (3.0, 10.0), (0.0, 4.0)])
def test_a_level_alone_solves_its_score_equation(events: float, expected: float) -> None:
    level, sd, weight = one_term(events, expected)
    root = brentq(lambda b: events - expected * math.exp(b) - b / TAU**2, -20, 20)
    assert level == pytest.approx(root, abs=1e-8)
    information = 1 / TAU**2 + expected * math.exp(root)
    assert sd == pytest.approx(information**-0.5, abs=1e-8)
    assert weight == pytest.approx(1 - 1 / (TAU**2 * information), abs=1e-8)


def test_twenty_leavers_stay_near_the_prior_and_twenty_thousand_reach_the_truth() -> None:
    few, many = (math.exp(one_term(n, n / 2)[0]) for n in (20.0, 20_000.0))
    assert 1.2 < few < 1.6, f"20 leavers at twice the prior must stay well below 2, not {few:.2f}"
    assert many == pytest.approx(2.0, rel=0.01), "20,000 leavers must win over the prior"


def test_the_prior_does_not_change_with_the_size_of_the_data() -> None:
    cells = 50
    design = np.ones((cells, 1))
    split = fit_poisson(
        design, np.full(cells, 10.0 / cells), np.full(cells, 20.0 / cells), np.array([[TAU**2]])
    )
    assert split.mean[0] == pytest.approx(one_term(20.0, 10.0)[0], abs=1e-8), (
        "the same leavers in fifty cells are the same evidence"
    )


def test_nothing_expected_returns_the_prior() -> None:
    level, sd, weight = one_term(0.0, 0.0)
    assert (level, sd, weight) == (0.0, TAU, 0.0)


def test_the_normal_approximation_is_close_to_the_exact_posterior() -> None:
    events, expected = 12.0, 8.0

    def density(b: float) -> float:
        return math.exp(events * b - expected * (math.exp(b) - 1) - b * b / (2 * TAU**2))

    total = quad(density, -3, 3)[0]
    mean = quad(lambda b: b * density(b), -3, 3)[0] / total
    variance = quad(lambda b: b * b * density(b), -3, 3)[0] / total - mean**2
    level, sd, _ = one_term(events, expected)
    assert level == pytest.approx(mean, abs=0.02)
    assert sd == pytest.approx(math.sqrt(variance), rel=0.05)


def test_correlated_terms_move_together() -> None:
    prior = 0.25 * np.array([[1.0, 0.8], [0.8, 1.0]])
    found = fit_poisson(np.eye(2), np.array([100.0, 0.0]), np.array([150.0, 0.0]), prior)
    assert found.mean[1] == pytest.approx(0.8 * found.mean[0], abs=1e-8), (
        "a year without data follows its neighbour in proportion to their correlation"
    )
