"""Good and bad years of retirement and the rest."""

import numpy as np
import pandas as pd
import pytest

from workforce.domain.bands import AGE_BANDS, Cause
from workforce.domain.evidence import Evidence
from workforce.rates.cells import Window
from workforce.rates.exit_years import exit_years, expected_exits

RETIREMENT = np.array([0.0, 0.03, 0.1, 0.25, 0.35, 0.02])


def _counts(events: list[int]) -> pd.DataFrame:
    """A thousand people of 60 to 64, year by year."""
    months = np.arange(12 * len(events)) + 24_000
    return pd.DataFrame(
        {
            "month": months,
            "age": str(AGE_BANDS[2]),
            "exposure": 1000.0,
            "retirement": np.repeat(np.array(events) / 12, 12),
            "end_of_contract": 0.0,
            "other": 0.0,
        }
    )


def _fit(events: list[int], evidence: Evidence):  # type: ignore[no-untyped-def]
    counts = _counts(events)
    window = Window(24_000, 24_000 + 12 * len(events) - 1)
    rate = RETIREMENT * sum(events) / len(events) / 100
    return exit_years(counts, expected_exits(counts, rate, {}), window, evidence)


def test_expected_exits_by_hand() -> None:
    counts = pd.DataFrame({"age": ["60-64", "unknown"], "exposure": [120.0, 60.0]})
    found = expected_exits(counts, RETIREMENT, {Cause.OTHER: 0.01})
    assert found.tolist() == pytest.approx([10 * 0.11, 5 * 0.03])


def test_without_leavers_the_years_are_those_of_the_evidence(evidence: Evidence) -> None:
    counts = _counts([0]).iloc[:0]
    found = exit_years(counts, expected_exits(counts, RETIREMENT, {}), None, evidence)
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
