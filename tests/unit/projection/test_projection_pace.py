"""A clock that runs faster in some years: by hand, back and forth, and as leavers."""

from dataclasses import replace

import numpy as np
import pytest

from workforce.domain.opening import Cells, Opening
from workforce.domain.plan import Plan
from workforce.domain.rates import ExitYears, Rates, Shock
from workforce.projection import simulate
from workforce.projection.pace import Pace

BUSY = Pace(np.array([[0.5, 1.0], [2.0, 1.0]]))


def test_the_clock_by_hand() -> None:
    draw = np.array([0, 0, 0, 1])
    # Half speed in the first year, double in the second and ever after.
    shown = BUSY.spent(np.array([12.0, 18.0, 30.0, 18.0]), draw)
    assert shown.tolist() == [6.0, 18.0, 42.0, 18.0]
    assert BUSY.reached(shown, draw).tolist() == [12.0, 18.0, 30.0, 18.0]


def test_reading_the_clock_undoes_setting_it() -> None:
    rng = np.random.default_rng(3)
    pace = Pace(rng.lognormal(0.0, 0.6, (4, 7)))
    draw, months = rng.integers(0, 7, 500), rng.uniform(0.0, 60.0, 500)
    assert pace.reached(pace.spent(months, draw), draw) == pytest.approx(months)


def _opening(people: int, age: int) -> Opening:
    def column(value: int) -> np.ndarray:
        return np.array([value], dtype=np.int64)

    return Opening(
        as_of=24_000, families=("cyber",),
        cells=Cells(column(0), column(1), column(60), column(age), column(-1), column(-1),
                    column(0), column(people), np.array([float(people)])),
        establishment_fte=np.array([float(people)]),
        open_vacancies=np.zeros((1, 0), dtype=np.int64),
        starter_fte=np.array([1.0]),
    )  # fmt: skip


@pytest.mark.parametrize(("age", "cause"), [(5, "retirement"), (5, "other"), (1, "retirement")])
def test_a_year_of_double_speed_has_twice_the_leavers(age: int, cause: str) -> None:
    rates = Rates.stated(
        ["cyber"], voluntary_annual=[0.0], fill_monthly=0.0,
        retirement_annual=0.06 if cause == "retirement" else 0.0,
        other_annual=0.06 if cause == "other" else 0.0,
    )  # fmt: skip
    still = Shock(0.0, 0.0)
    double = replace(rates, exit_years=ExitYears(still, level_log_mean=float(np.log(2.0))))
    plans = [Plan(name="Nothing", horizon_months=12)]
    found = [
        simulate(_opening(1000, age), each, plans, draws=200, seed=1)
        .values("Nothing", f"leavers_{cause}")
        .sum(axis=1)
        .mean()
        for each in (rates, double)
    ]
    # 1,000 people: standard error of a mean over 200 draws is about 0.6.
    assert found[0] == pytest.approx(1000 * -np.expm1(-0.06), abs=2.5)
    assert found[1] == pytest.approx(1000 * -np.expm1(-0.12), abs=3.5)


def test_good_and_bad_years_widen_the_range_and_keep_the_mean() -> None:
    rates = Rates.stated(["cyber"], voluntary_annual=[0.0], fill_monthly=0.0, retirement_annual=0.1)
    moved = replace(rates, exit_years=ExitYears(Shock(0.4, 0.0, 0.0, 0.4)))
    plans = [Plan(name="Nothing", horizon_months=12)]
    totals = [
        simulate(_opening(2000, 5), each, plans, draws=2000, seed=2)
        .values("Nothing", "leavers")
        .sum(axis=1)
        for each in (rates, moved)
    ]
    assert totals[0].std() < 16, "binomial: sqrt(2000 x 0.095 x 0.905) = 13"
    assert 60 < totals[1].std() < 100, "0.4 of 190 and the binomial"
    assert totals[1].mean() == pytest.approx(totals[0].mean(), rel=0.05)


def test_causes_not_told_apart_share_their_years() -> None:
    rates = Rates.stated(
        ["cyber"], voluntary_annual=[0.15], fill_monthly=0.0, retirement_annual=0.1,
        shock=Shock(0.5, 0.3, 0.0, 0.5),
    )  # fmt: skip
    years = ExitYears(Shock(0.5, 0.3, 0.0, 0.5))
    plans = [Plan(name="Nothing", horizon_months=12)]
    found = {}
    for shared in (False, True):
        run = simulate(
            _opening(2000, 5), replace(rates, exit_years=replace(years, with_voluntary=shared)),
            plans, draws=500, seed=4,
        )  # fmt: skip
        parts = [
            run.values("Nothing", f"leavers_{c}").sum(axis=1) for c in ("voluntary", "retirement")
        ]
        found[shared] = np.corrcoef(*parts)[0, 1]
    assert found[True] > 0.9
    assert abs(found[False]) < 0.2
