"""Good and bad years of retirement and the rest."""

import numpy as np

from workforce.domain.evidence import Evidence
from workforce.domain.rates import ExitYears
from workforce.rates.cells import Window
from workforce.rates.exit_years import exit_years


def _fit(events: list[int], evidence: Evidence) -> ExitYears:
    window = Window(24_000, 24_000 + 12 * len(events) - 1)
    expected = np.full(len(events), sum(events) / len(events))
    return exit_years(expected, np.array(events, dtype=float), window, evidence)


def test_without_leavers_the_years_are_those_of_the_evidence(evidence: Evidence) -> None:
    found = exit_years(np.zeros(1), np.zeros(1), None, evidence)
    assert found.shock.sd == evidence.benchmark("def_year_shock_sd").number
    assert (found.level_log_mean, found.level_log_sd, found.with_voluntary) == (0.0, 0.0, False)


def test_waves_make_the_years_differ_more_than_steady_years_do(evidence: Evidence) -> None:
    steady, waves = _fit([100] * 8, evidence), _fit([60, 170, 55, 150, 60, 180, 70, 140], evidence)
    assert steady.shock.sd < evidence.benchmark("def_year_shock_sd").number < waves.shock.sd


def test_a_last_year_of_many_carries_on_in_part(evidence: Evidence) -> None:
    found = _fit([100, 90, 110, 95, 105, 200], evidence)
    z = np.random.default_rng(1).standard_normal((40_000, 3))
    draws = found.draws(z[:, :2], z[:, 2], np.ones((40_000, 1)))[:, 0]
    # 200 against a mean of 117: next year lies above the average and well below the last.
    assert 1.02 < draws.mean() < 1.5
    assert np.std(np.log(draws)) > 0.15, "one more year is not known within the noise of counting"
