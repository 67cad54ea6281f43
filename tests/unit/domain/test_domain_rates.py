"""Stated rates and their draws, against formulas worked on paper."""

import numpy as np
import pytest

from workforce.domain.opening import Cells, Opening
from workforce.domain.rates import FillRates, FlatRate, Rates, Shock

FAMILIES = ("cyber", "data")


def test_stated_rates_are_what_was_stated() -> None:
    rates = Rates.stated(FAMILIES, voluntary_annual=[0.12, 0.24])
    hazards = np.exp(rates.voluntary.log_hazard())
    assert hazards[0] == pytest.approx(0.01)
    assert hazards[1] == pytest.approx(0.02)
    z = np.random.default_rng(1).standard_normal((50, rates.voluntary.terms))
    assert np.allclose(rates.voluntary.draws(z), hazards), "certain rates must not vary"


def test_a_stated_rate_of_zero_moves_nobody() -> None:
    rates = Rates.stated(FAMILIES, voluntary_annual=[0.0, 0.1])
    assert np.exp(rates.voluntary.log_hazard())[0].max() < 1e-200


def test_uncertain_rates_have_the_stated_spread() -> None:
    rates = Rates.stated(FAMILIES, voluntary_annual=[0.12, 0.12], voluntary_log_sd=0.3)
    z = np.random.default_rng(2).standard_normal((20_000, 2))
    logs = np.log(rates.voluntary.draws(z)[:, 0, 0, 0])
    # Standard error of a standard deviation: sd / sqrt(2 n) = 0.0015; four of them.
    assert logs.std() == pytest.approx(0.3, abs=0.006)
    assert logs.mean() == pytest.approx(np.log(0.01), abs=4 * 0.3 / np.sqrt(20_000))


def test_shock_without_history_has_mean_one_and_the_stated_persistence() -> None:
    shock = Shock(sd=0.25, ar1=0.4, last_mean=0.0, last_sd=0.25)
    z = np.random.default_rng(3).standard_normal((200_000, 4))
    drawn = shock.draws(z)
    # Lognormal with log sd 0.25: standard error of the mean 0.26 / sqrt(200000) = 0.0006.
    assert np.abs(drawn.mean(axis=0) - 1).max() < 0.003
    logs = np.log(drawn)
    assert np.corrcoef(logs[:, 0], logs[:, 1])[0, 1] == pytest.approx(0.4, abs=0.01)
    assert logs.std(axis=0) == pytest.approx(0.25, abs=0.005)


def test_shock_continues_from_the_last_years_effect_and_fades() -> None:
    shock = Shock(sd=0.0, ar1=0.5, last_mean=0.4, last_sd=0.0)
    drawn = shock.draws(np.zeros((1, 4)))
    assert np.log(drawn[0]) == pytest.approx([0.2, 0.1, 0.05])


def test_an_unknown_size_gives_heavier_tails_and_the_same_mean() -> None:
    known = Shock(sd=0.34, ar1=0.0, last_sd=0.0)
    unknown = Shock(sd=0.34, ar1=0.0, last_sd=0.0, sizes=((0.1, 0.0, 0.0), (0.47, 0.0, 0.0)))
    rng = np.random.default_rng(5)
    z, more = rng.standard_normal((200_000, 2)), rng.standard_normal((200_000, 3))
    one, other = (np.log(each.draws(z, None, more)[:, 0]) for each in (known, unknown))
    assert np.exp(other).mean() == pytest.approx(1, abs=0.005)
    assert other.std() == pytest.approx(one.std(), rel=0.03)
    assert np.mean(np.abs(other - other.mean()) > 0.9) > 1.5 * np.mean(
        np.abs(one - one.mean()) > 0.9
    )
    assert np.mean(np.abs(other - other.mean()) < 0.1) > 1.5 * np.mean(
        np.abs(one - one.mean()) < 0.1
    )


def test_drift_stays_and_grows_while_the_shock_fades() -> None:
    shock = Shock(
        sd=0.0, ar1=0.5, last_mean=0.4, level_mean=0.3, drift=0.2, sizes=((0.0, 0.5, 0.2),)
    )
    rng = np.random.default_rng(6)
    drawn = np.log(shock.draws(rng.standard_normal((50_000, 5)), None,
                               rng.standard_normal((50_000, 6))))  # fmt: skip
    steps = np.arange(1, 5)
    assert drawn.std(axis=0) == pytest.approx(0.2 * np.sqrt(steps), rel=0.03)
    assert drawn.mean(axis=0) == pytest.approx(0.3 + 0.4 * 0.5**steps - 0.02 * steps, abs=0.01)


def test_fill_and_flat_rates_scale_by_their_factor() -> None:
    fill = FillRates(FAMILIES, np.array([[0.0, 0.2], [0.1, 0.3]]), np.array([0.5, 0.0]))
    drawn = fill.draws(np.array([[1.0, 1.0]]))
    assert drawn[0, 0] == pytest.approx([0.0, 0.2 * np.exp(0.5)])
    assert drawn[0, 1] == pytest.approx([0.1, 0.3])
    assert FlatRate(0.01, 0.1).draws(np.array([0.0, 1.0])) == pytest.approx(
        [0.01, 0.01 * np.exp(0.1)]
    )


def _cells(**changes: np.ndarray) -> Cells:
    base = {
        name: np.zeros(2, dtype=np.int64)
        for name in ("family", "grade", "tenure_months", "age", "contract_end", "known_leave",
                     "known_cause", "people")
    }  # fmt: skip
    return Cells(**{**base, "fte": np.zeros(2), **changes})


def test_opening_adds_up_by_family() -> None:
    cells = _cells(family=np.array([0, 1]), people=np.array([3, 4]), fte=np.array([2.5, 4.0]))
    opening = Opening(
        as_of=24000,
        families=FAMILIES,
        cells=cells,
        establishment_fte=np.array([3.0, 5.0]),
        open_vacancies=np.zeros((2, 1), dtype=np.int64),
        starter_fte=np.ones(2),
    )
    assert opening.headcount().tolist() == [3, 4]
    assert opening.fte().tolist() == [2.5, 4.0]


def test_cells_that_do_not_fit_together_are_refused() -> None:
    with pytest.raises(ValueError, match="differ in length"):
        _cells(people=np.zeros(3, dtype=np.int64))
    with pytest.raises(ValueError, match="negative"):
        _cells(people=np.array([-1, 1]))
