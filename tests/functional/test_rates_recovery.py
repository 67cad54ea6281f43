"""Intervals hold what they promise, and estimates find the truth."""

import numpy as np
import pytest
from rates_cells import draw
from scipy.stats import binom

from workforce.domain.evidence import Evidence
from workforce.domain.units import Z90
from workforce.rates.cells import Cells, Present
from workforce.rates.voluntary import VoluntaryFit, fit_voluntary

ORGANISATIONS = 150


def estimate(fit: VoluntaryFit, people: np.ndarray) -> tuple[float, float, float]:
    """Log hazard averaged over people, its standard deviation, and the own weight."""
    rates = fit.rates
    share = people / people.sum() * np.exp(rates.log_hazard())
    direction = np.einsum("fgt,fgtk->k", share / share.sum(), rates.design)
    after = float(direction @ rates.covariance @ direction)
    before = float(direction @ fit.prior @ direction)
    return float(np.log(share.sum())), after**0.5, 1 - after / before


def test_ninety_per_cent_intervals_hold_ninety_per_cent_of_true_rates(evidence: Evidence) -> None:
    rng = np.random.default_rng(20260331)
    errors, inside = [], 0
    for _ in range(ORGANISATIONS):
        people = int(np.exp(rng.uniform(np.log(30), np.log(3000))))
        drawn = draw(evidence, rng, people=people, months=int(rng.integers(12, 35)))
        fit = fit_voluntary(drawn.cells, drawn.window, drawn.present, evidence)
        found, sd, _ = estimate(fit, drawn.present.people)
        errors.append(found - drawn.log_hazard)
        inside += abs(errors[-1]) <= Z90 * sd
    low, high = binom.ppf([0.005, 0.995], ORGANISATIONS, 0.90)
    assert low <= inside <= high, (
        f"{inside} of {ORGANISATIONS} inside, {low:.0f}-{high:.0f} is chance"
    )
    bias, error = np.mean(errors), np.std(errors) / ORGANISATIONS**0.5
    assert abs(bias) < 2.6 * error, f"log rates are off by {bias:.3f} on average"


@pytest.mark.parametrize(
    ("people", "months", "shocks", "low", "high"),
    [(20, 24, True, 1.0, 1.5), (20_000, 60, False, 1.85, 2.05), (20_000, 120, True, 1.7, 2.2)],
)
def test_a_true_rate_of_twice_the_prior_is_found_as_data_grow(
    evidence: Evidence, people: int, months: int, shocks: bool, low: float, high: float
) -> None:
    ratios = []
    for seed in range(6):
        drawn = draw(evidence, np.random.default_rng(seed), people=people, months=months,
                     level=float(np.log(2)), shocks=shocks)  # fmt: skip
        fit = fit_voluntary(drawn.cells, drawn.window, drawn.present, evidence)
        found, _, _ = estimate(fit, drawn.present.people)
        ratios.append(found - drawn.log_hazard + np.log(2))
    middle = float(np.exp(np.median(ratios)))
    assert low < middle < high, f"{people} people: {middle:.2f} times the benchmark"


def test_own_weight_grows_with_exposure_and_stops_short_of_one_for_a_single_year(
    evidence: Evidence,
) -> None:
    weights = []
    for people in (12, 120, 1200, 12_000):
        drawn = draw(evidence, np.random.default_rng(1), people=people, months=12, level=0.0)
        fit = fit_voluntary(drawn.cells, drawn.window, drawn.present, evidence)
        weights.append(estimate(fit, drawn.present.people)[2])
    assert weights == sorted(weights)
    assert weights[0] < 0.15, "a team of twelve leans on the benchmark"
    assert weights[-1] < 0.75, "one year of many people does not pass for certainty"


def test_twice_the_seasons_leaving_in_december_is_learned(evidence: Evidence) -> None:
    drawn = draw(evidence, np.random.default_rng(3), people=4000, months=36, level=0.0)
    cells = drawn.cells
    events = np.where(cells.month % 12 == 11, 3 * cells.events, cells.events)
    moved = Cells(cells.month, cells.family, cells.grade, cells.tenure, cells.fixed_term,
                  cells.exposure, events)  # fmt: skip
    usual = fit_voluntary(cells, drawn.window, drawn.present, evidence)
    found = fit_voluntary(moved, drawn.window, drawn.present, evidence)
    assert found.season.mean() == pytest.approx(1)
    assert found.season[11] > 1.5 * usual.season[11], "three times the leavers in December"


def test_a_bad_last_year_stays_in_the_shock_and_mostly_out_of_the_level(evidence: Evidence) -> None:
    drawn = draw(evidence, np.random.default_rng(5), people=5000, months=60, level=0.0)
    cells = drawn.cells
    last = drawn.window.year(cells.month) == drawn.window.years - 1
    worse = Cells(cells.month, cells.family, cells.grade, cells.tenure, cells.fixed_term,
                  cells.exposure, np.where(last, 2 * cells.events, cells.events))  # fmt: skip
    before = fit_voluntary(cells, drawn.window, drawn.present, evidence)
    after = fit_voluntary(worse, drawn.window, drawn.present, evidence)
    level = estimate(after, drawn.present.people)[0] - estimate(before, drawn.present.people)[0]
    shock = after.shock.last_mean - before.shock.last_mean
    assert shock > 0.3, f"the last year doubled, its effect moved by {shock:.2f}"
    assert level < 0.3, f"the level moved by {level:.2f}"
    assert after.shock.sd > before.shock.sd, "years differ more than was thought"


def test_without_a_window_the_prior_comes_back(evidence: Evidence) -> None:
    none = np.zeros(0)
    index = np.zeros(0, dtype=np.int64)
    people = np.ones((2, 4, 6))
    present = Present(("cyber", "data"), people, np.zeros(2))
    fit = fit_voluntary(
        Cells(index, index, index, index, none, none, none), None, present, evidence
    )
    assert (fit.rates.mean == 0).all()
    np.testing.assert_allclose(fit.rates.covariance, fit.prior)
    assert fit.shock.last_mean == 0
    assert fit.shock.last_sd == fit.shock.sd, "the last year is as unknown as any"
    spread = evidence.benchmark("def_prior_log_sd").number
    one = people.copy()
    one[1] = 0
    assert estimate(fit, one)[1] == pytest.approx(spread, rel=0.03), (
        "a family's level is as uncertain as organisations differ"
    )


def test_level_and_last_year_are_drawn_together(evidence: Evidence) -> None:
    drawn = draw(evidence, np.random.default_rng(8), people=3000, months=12, level=0.0)
    fit = fit_voluntary(drawn.cells, drawn.window, drawn.present, evidence)
    rng = np.random.default_rng(9)
    z = rng.standard_normal((4000, fit.rates.terms))
    level = np.log(fit.rates.draws(z)[:, 0, 1, 3])
    next_year = np.log(fit.shock.draws(rng.standard_normal((4000, 2)), z)[:, 0])
    apart = np.log(fit.shock.draws(rng.standard_normal((4000, 2)))[:, 0])
    correlation = float(np.corrcoef(level, next_year)[0, 1])
    assert correlation < -0.1, f"a high level means a mild last year, correlation {correlation:.2f}"
    assert abs(np.corrcoef(level, apart)[0, 1]) < 0.06
    assert (level + next_year).std() < (level + apart).std(), "together they are surer"
