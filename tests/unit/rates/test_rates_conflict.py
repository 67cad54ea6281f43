"""An organisation far from the benchmark is believed when it has the data, and not before."""

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import polygamma

from workforce.domain.bands import GRADE_BANDS, TENURE_BANDS
from workforce.domain.evidence import Evidence
from workforce.domain.units import lognormal_sigma
from workforce.rates import voluntary
from workforce.rates.cells import FAMILIES, Cells, Present, Window
from workforce.rates.exits import inverse_trigamma, update_rate
from workforce.rates.priors import conflict

GRADE, TENURE, YEARS = 1, 3, 3


def _ratio(evidence: Evidence, true_ratio: float, people: float) -> float:
    """Return estimate / benchmark for people who all have one grade and tenure."""
    family, months = FAMILIES.index("not_digital"), 12 * YEARS
    mix = np.zeros((1, len(GRADE_BANDS), len(TENURE_BANDS)))
    mix[0, GRADE, TENURE] = 100.0
    present = Present(("not_digital",), mix, np.zeros(1))
    prior = voluntary.fit_voluntary(_cells(family, months, 0.0, 0.0), None, present, evidence)
    benchmark = math.exp(prior.rates.log_hazard()[0, GRADE, TENURE])
    cells = _cells(family, months, people, people * benchmark * true_ratio)
    window = Window(24_000, 24_000 + months - 1)
    found = voluntary.fit_voluntary(cells, window, present, evidence)
    return math.exp(found.rates.log_hazard()[0, GRADE, TENURE]) / benchmark


def _cells(family: int, months: int, exposure: float, events: float) -> Cells:
    every = np.ones(months, dtype=np.int64)
    return Cells(
        np.arange(months) + 24_000, family * every, GRADE * every, TENURE * every,
        np.zeros(months), np.full(months, exposure), np.full(months, events),
    )  # fmt: skip


def test_a_tenth_of_the_benchmark_is_believed_of_a_large_organisation(
    evidence: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    robust = _ratio(evidence, 0.1, 5000.0)
    monkeypatch.setattr(voluntary, "_ROBUST_STEPS", 0)
    normal = _ratio(evidence, 0.1, 5000.0)
    assert 0.1 <= robust < 0.13, "hundreds of leavers outweigh a benchmark that does not fit"
    assert normal > 1.1 * robust, "with normal tails the benchmark keeps pulling"


def test_a_few_leavers_do_not_shake_the_benchmark_off(
    evidence: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Twelve people over three years: about three expected, none seen.
    robust = _ratio(evidence, 0.0, 12.0)
    monkeypatch.setattr(voluntary, "_ROBUST_STEPS", 0)
    assert robust == _ratio(evidence, 0.0, 12.0)
    assert robust > 0.5


def test_within_two_spreads_the_prior_is_normal() -> None:
    prior, mean = np.diag([0.04, 0.09]), np.array([0.39, -0.59])
    assert (voluntary._widened(prior, mean, 2) == prior).all()
    widened = voluntary._widened(prior, np.array([0.8, 0.0]), 2)
    assert widened[0, 0] == pytest.approx(0.16), "four spreads: four times the variance"
    assert widened[1, 1] == 0.09


def test_the_pull_of_a_benchmark_fades_with_the_distance(evidence: Evidence) -> None:
    near, far = (_ratio(evidence, ratio, 5000.0) / ratio - 1 for ratio in (0.3, 0.03))
    # With a tenth of the leavers a pull that stayed as strong would show more, not less.
    assert 0 < far < near


def test_a_cause_never_seen_among_many_is_not_given_its_leavers_for_ever(
    evidence: Evidence,
) -> None:
    row = evidence.benchmark("def_dismissal_other")
    # 1.6 expected and none seen is no conflict: the gamma prior's own update, shape and all.
    few = update_rate(row, 0.0, 200.0)
    shape = inverse_trigamma(lognormal_sigma(*row.range) ** 2)
    assert few.log_sd == pytest.approx(float(polygamma(1, shape)) ** 0.5)
    # 80 expected and none seen: the first prior would still expect its shape, four to five.
    many = update_rate(row, 0.0, 10_000.0)
    assert shape > 4
    assert 10_000 * many.annual * math.exp(many.log_sd**2 / 2) < 1.5
    assert many.log_sd > 1.0, "how much lower is not known"


def test_within_two_spreads_no_variance_grows() -> None:
    assert conflict(np.array([-2.0, 0.0, 1.9])).tolist() == [1.0, 1.0, 1.0]
    assert conflict(np.array([-4.0, 6.0])).tolist() == [4.0, 9.0]


def test_the_step_from_mode_to_mean_is_that_of_integration() -> None:
    # Four events where ten were expected, a prior spread of a half on the log.
    def density(x: float) -> float:
        return math.exp(4 * x - 10 * math.exp(x) - 2 * x * x)

    mode = brentq(lambda x: 4 - 10 * math.exp(x) - 4 * x, -3, 3)
    mean = quad(lambda x: x * density(x), -6, 4)[0] / quad(density, -6, 4)[0]
    fitted = 10 * math.exp(mode)
    covariance = np.array([[1 / (4 + fitted)]])
    step = voluntary._from_mode_to_mean(np.ones((1, 1)), np.array([fitted]), covariance)[0]
    assert step == pytest.approx(mean - mode, rel=0.15)
    assert step < 0
