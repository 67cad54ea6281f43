"""What the evidence says before any count."""

import numpy as np
import pytest

from workforce.domain.bands import TENURE_BANDS
from workforce.domain.evidence import Evidence
from workforce.rates import priors


def test_each_family_has_its_own_benchmark_and_source(evidence: Evidence) -> None:
    cyber = priors.voluntary_benchmark(evidence, "cyber")
    row = evidence.benchmark("def_cyber_quit")
    assert (cyber.value, cyber.low, cyber.high) == (row.number, *row.range)
    assert row.confidence.value in cyber.source, "the confidence is always said"


def test_other_digital_lies_between_the_other_three(evidence: Evidence) -> None:
    known = [priors.voluntary_benchmark(evidence, f).value
             for f in ("cyber", "data", "transformation")]  # fmt: skip
    found = priors.voluntary_benchmark(evidence, "other_digital").value
    assert found == pytest.approx(np.exp(np.log(known).mean()))


def test_everybody_else_resigns_at_council_turnover_times_the_voluntary_share(
    evidence: Evidence,
) -> None:
    turnover = evidence.benchmark("lg_median_1718").number
    share = evidence.benchmark("def_voluntary_share").number
    found = priors.voluntary_benchmark(evidence, "not_digital").value
    assert found == pytest.approx(turnover * share)


def test_hazards_average_to_the_benchmark_over_a_typical_mix_of_service(evidence: Evidence) -> None:
    shape, _ = priors.tenure_prior(evidence)
    other = priors.other_exits_annual(evidence)
    benchmark = priors.voluntary_benchmark(evidence, "cyber")
    hazard = np.exp(priors.log_prior_by_tenure(shape, benchmark, other))
    mix = priors.typical_tenure_mix(shape, benchmark.value, other)
    assert mix.sum() == pytest.approx(1)
    assert 12 * mix @ hazard == pytest.approx(benchmark.value)
    np.testing.assert_allclose(hazard / hazard[3], shape, err_msg="the shape is the evidence's")


def test_a_constant_hazard_gives_an_exponential_mix_of_service() -> None:
    mix = priors.typical_tenure_mix(np.ones(len(TENURE_BANDS)), 0.1, 0.0)
    months = np.array([0, 6, 12, 24, 60, 120, 480])
    alive = np.exp(-0.1 / 12 * months)
    expected = -np.diff(alive) / (1 - alive[-1])
    np.testing.assert_allclose(mix, expected, atol=1e-9)


def test_first_year_is_harder_and_long_service_easier_than_the_reference(
    evidence: Evidence,
) -> None:
    shape, spread = priors.tenure_prior(evidence)
    assert shape.tolist() == sorted(shape, reverse=True), "the hazard falls with service"
    assert shape[3] == 1
    assert spread[3] == 0, "the reference has no spread of its own"


def test_family_spreads_add_up_to_the_spread_between_organisations(evidence: Evidence) -> None:
    overall, family = priors.family_log_sds(evidence)
    assert overall**2 + family**2 == pytest.approx(
        evidence.benchmark("def_prior_log_sd").number ** 2
    )


def test_season_has_mean_one_and_a_spread_for_every_month(evidence: Evidence) -> None:
    factors, spread = priors.season_prior(evidence)
    assert factors.mean() == pytest.approx(1)
    assert (spread > 0).all()
    assert spread.shape == (12,)
