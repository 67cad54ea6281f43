"""Conjugate updates against numerical integration."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import quad

from workforce.domain.evidence import Evidence
from workforce.domain.units import lognormal_sigma
from workforce.rates.exits import renewal_share, update_factor, update_rate


def test_without_exposure_the_benchmark_comes_back(evidence: Evidence) -> None:
    row = evidence.benchmark("def_retire_60_64")
    found = update_rate(row, 0.0, 0.0)
    assert found.annual == pytest.approx(row.number)
    assert found.log_sd == pytest.approx(lognormal_sigma(*row.range))
    assert found.weight == 0


def test_much_data_gives_the_observed_rate(evidence: Evidence) -> None:
    found = update_rate(evidence.benchmark("def_retire_60_64"), 4000.0, 20_000.0)
    assert found.annual == pytest.approx(0.2, rel=0.01)
    assert found.weight > 0.99


def test_the_update_is_the_posterior_of_a_gamma_prior(evidence: Evidence) -> None:
    row, events, years = evidence.benchmark("def_dismissal_other"), 3.0, 120.0
    spread = lognormal_sigma(*row.range)
    # The variance of a gamma's logarithm is the sum of 1 / (shape + k)^2 over k.
    low, high = 0.1, 100.0
    while high - low > 1e-9:
        shape = (low + high) / 2
        series = sum(1 / (shape + k) ** 2 for k in range(20_000)) + 1 / (shape + 20_000)
        low, high = (shape, high) if series > spread**2 else (low, shape)

    def mean_log(events: float, rate: float) -> float:
        def density(x: float) -> float:
            return math.exp((shape + events) * x - rate * math.exp(x))

        # The density is tiny in absolute terms, so only relative accuracy means anything.
        ends = (-15, 5, (), 0, 0.0)
        return quad(lambda x: x * density(x), *ends)[0] / quad(density, *ends)[0]

    rate = math.exp(mean_log(0.0, 1.0)) / row.number
    found = update_rate(row, events, years)
    assert math.log(found.annual) == pytest.approx(mean_log(events, rate + years), abs=1e-4)


def test_years_without_an_event_lower_the_rate_and_count_as_evidence(evidence: Evidence) -> None:
    row = evidence.benchmark("def_dismissal_other")
    found = update_rate(row, 0.0, 500.0)
    assert found.annual < row.number
    assert found.weight > 0.4


def test_a_factor_moves_from_one_to_the_ratio_observed() -> None:
    assert update_factor(0.3, 0.0, 0.0) == pytest.approx(1.0)
    assert update_factor(0.3, 2000.0, 1000.0) == pytest.approx(2.0, rel=0.02)
    assert 1.0 < update_factor(0.3, 4.0, 2.0) < 1.3


def test_renewals_shift_the_benchmark_share(evidence: Evidence) -> None:
    row = evidence.benchmark("def_fixed_term_renewed")
    mean, low, high = renewal_share(row, 0.0, 0.0)
    assert mean == pytest.approx(row.number)
    assert (low, high) == pytest.approx(row.range, abs=0.01), "the prior keeps its range"
    moved, lower, upper = renewal_share(row, 40.0, 10.0)
    assert row.number < moved < 0.8
    assert upper - lower < high - low, "data narrow the range"
    certain = replace(row, value=0.8, low=0.7, high=0.9)
    assert renewal_share(certain, 0.0, 0.0)[0] == pytest.approx(0.8)
    assert np.isfinite(renewal_share(certain, 3.0, 0.0)).all()
