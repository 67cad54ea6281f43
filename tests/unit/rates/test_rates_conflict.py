"""An organisation far from the benchmark is believed when it has the data, and not before."""

import math

import numpy as np
import pytest

from workforce.domain.bands import GRADE_BANDS, TENURE_BANDS
from workforce.domain.evidence import Evidence
from workforce.rates import voluntary
from workforce.rates.cells import FAMILIES, Cells, Present, Window

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
    assert widened[0, 0] == pytest.approx(0.08), "four spreads: twice the variance"
    assert widened[1, 1] == 0.09
