"""Recruitment rounds: hazards by the age of a vacancy."""

import math

import numpy as np
import pytest

from workforce.domain.evidence import Evidence
from workforce.rates.rounds import (
    AGES,
    Rounds,
    benchmark_rounds,
    fill_by_age,
    median_days,
    vacancy_hazard,
)


def constant(fill: float, fail: float = 0.0) -> Rounds:
    """Rounds without memory."""
    return Rounds(np.full(AGES, fill), np.full(AGES, fail))


@pytest.mark.parametrize("fail", [0.0, 0.3])
def test_rounds_without_memory_give_their_own_hazard_whatever_fails(fail: float) -> None:
    found = vacancy_hazard(constant(0.2, fail), 0.0)
    np.testing.assert_allclose(found, 0.2, rtol=0.03, err_msg="a restart changes nothing here")


def test_an_approval_delay_comes_before_everything() -> None:
    fill, delay = 0.4, 1.5
    found = vacancy_hazard(constant(fill), delay)
    ages = np.arange(11)
    a, b = 1 / delay, fill
    alive = (a * np.exp(-b * ages) - b * np.exp(-a * ages)) / (a - b)
    expected = -np.log(alive[1:] / alive[:-1])
    np.testing.assert_allclose(found[:10], expected, atol=0.02)
    assert found[0] < fill / 2, "hardly any vacancy is filled before approval"


def test_a_failed_round_starts_again_at_age_nought() -> None:
    fill, fail = np.zeros(AGES), np.zeros(AGES)
    fill[2:], fail[2:] = 50.0, 50.0
    found = vacancy_hazard(Rounds(fill, fail), 0.0)
    share = 1 - np.exp(-found)
    # Rounds last two months and fill every other time: a half at two, at four to five, and so on.
    alive = np.concatenate([[1.0], np.cumprod(1 - share)])
    assert alive[2] == pytest.approx(1.0)
    assert alive[4] == pytest.approx(0.5, abs=0.02)
    assert alive[6] == pytest.approx(0.25, abs=0.02)


def test_filling_from_inside_slows_arrivals_in_proportion() -> None:
    fill, share = 0.3, 0.8
    found = vacancy_hazard(constant(fill), 0.01, external=share)
    np.testing.assert_allclose(found[1:], fill * share, rtol=0.03)


def test_withdrawn_rounds_wait_for_approval_again() -> None:
    # Approval takes 2 months on average and a round ends in 1: filled or withdrawn with equal odds.
    found = vacancy_hazard(constant(0.5), 2.0, withdrawn=0.5)
    alive = np.exp(-np.concatenate([[0.0], np.cumsum(found)]))
    tail = alive[-1] / found[-1]
    months = (alive[:-1] + alive[1:]).sum() / 2 + tail
    assert months == pytest.approx(2 * (2 + 1), rel=0.05), "two cycles of three months on average"


def test_the_benchmark_round_has_the_evidences_success_and_time_to_hire(evidence: Evidence) -> None:
    found = benchmark_rounds(evidence, "data")
    assert fill_by_age(found).sum() == pytest.approx(
        evidence.benchmark("fill_prob_round").number, abs=0.01
    )
    assert median_days(found) == pytest.approx(evidence.benchmark("tth_council").number, rel=0.02)


def test_cyber_posts_take_longer(evidence: Evidence) -> None:
    ratio = median_days(benchmark_rounds(evidence, "cyber")) / median_days(
        benchmark_rounds(evidence, "data")
    )
    assert ratio == pytest.approx(evidence.benchmark("tth_cyber_mult").number, rel=0.02)


def test_the_median_of_a_constant_hazard_is_known() -> None:
    expected = math.log(2) / 0.3 * 365.25 / 12
    assert median_days(constant(0.3)) == pytest.approx(expected, rel=0.02)


def test_hazards_are_finite_at_every_age(evidence: Evidence) -> None:
    for family in ("cyber", "data", "not_digital"):
        for delay in (0.0, 1.5):
            hazard = vacancy_hazard(benchmark_rounds(evidence, family), delay)
            assert hazard.shape == (AGES,)
            assert np.isfinite(hazard).all()
            assert (hazard >= 0).all()
            assert hazard[-1] > 0.05, "an old vacancy can still be filled"
