"""The levy account, worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce.appraisal.levy import LevyRules, levy_path, levy_rules
from workforce.domain.errors import UserError
from workforce.domain.evidence import Evidence
from workforce.domain.months import parse_month
from workforce.domain.prices import LevyAccount

RULES = LevyRules(24, 12, 0.1, 0.0, 0.05, 0.25)
AUTUMN = parse_month("2026-09")


def test_the_rules_are_the_evidence(evidence: Evidence) -> None:
    assert levy_rules(evidence) == RULES


def test_money_of_a_month_lasts_twelve_months_and_the_oldest_goes_first() -> None:
    account = LevyAccount(inflow_per_year=1200)
    path = levy_path(account, RULES, np.zeros(14), AUTUMN)
    # The first 100 arrive in October 2026 and are gone in October 2027, the thirteenth month.
    assert path.expired.tolist() == [0.0] * 12 + [100.0, 100.0]
    assert path.balance[11] == 1200
    assert path.balance[13] == 1200
    spent = levy_path(account, RULES, np.array([0.0] * 11 + [150.0, 0, 0]), AUTUMN)
    # The 150 use up the first month's money and half of the second's.
    assert spent.expired.tolist() == [0.0] * 13 + [50.0]


def test_money_paid_in_before_the_reform_lasts_twenty_four_months() -> None:
    spring = parse_month("2026-04")
    path = levy_path(LevyAccount(inflow_per_year=1200), RULES, np.zeros(26), spring)
    # May to July 2026 bring 110 each with the top-up, and last to April, May, June 2028; August
    # 2026 brings 100 and is gone in August 2027.
    assert path.paid_in[:4].tolist() == pytest.approx([110, 110, 110, 100])
    assert path.expired[15] == pytest.approx(100), "August 2026's money in August 2027"
    assert path.expired[14] == 0, "July 2026's money is still there in July 2027"
    assert path.expired[24] == pytest.approx(210), "May 2028: May 2026's 110 and May 2027's 100"


def test_an_empty_account_shares_the_training_with_the_government() -> None:
    account = LevyAccount(balance=100, balance_months=1)
    path = levy_path(account, RULES, np.array([60.0, 100.0]), AUTUMN)
    assert path.plan.tolist() == [60.0, 40.0]
    assert path.employer.tolist() == [0.0, 15.0]
    assert path.government.tolist() == [0.0, 45.0]
    before = levy_path(LevyAccount(), RULES, np.array([100.0]), parse_month("2026-05"))
    assert before.employer[0] == pytest.approx(5.0)


def test_the_rest_of_the_organisation_is_paid_first() -> None:
    account = LevyAccount(inflow_per_year=1200, committed_per_year=960, transfers_per_year=120)
    path = levy_path(account, RULES, np.array([50.0]), AUTUMN)
    assert path.others[0] == pytest.approx(90.0)
    assert path.plan[0] == pytest.approx(10.0)
    assert path.employer[0] == pytest.approx(10.0)


def test_an_old_balance_expires_by_its_age() -> None:
    account = LevyAccount(balance=240, balance_months=24)
    path = levy_path(account, RULES, np.zeros(24), AUTUMN)
    # Paid in from October 2024 to September 2026. October 2026: the first 10 of the 24-month clock.
    # July 2027 + : August and September 2026 run on the short clock.
    assert path.expired[0] == pytest.approx(10)
    assert path.expired[10] == pytest.approx(20), "August 2027: August 2025's 10 and August 2026's"
    assert path.expired[11] == pytest.approx(20), "September 2027: the same a month later"
    assert path.expired.sum() == pytest.approx(240)


@given(
    st.floats(0, 1e6),
    st.integers(1, 24),
    st.floats(0, 1e6),
    st.floats(0, 1e6),
    st.lists(st.floats(0, 1e5), min_size=1, max_size=60),
)
def test_no_pound_is_lost_or_made(
    balance: float, months: int, inflow: float, committed: float, training: list[float]
) -> None:
    account = LevyAccount(balance, months, inflow, committed)
    needed = np.array(training)
    path = levy_path(account, RULES, needed, AUTUMN)
    came = balance + path.paid_in.cumsum()
    went = (path.others + path.plan + path.expired).cumsum()
    assert came - went == pytest.approx(path.balance, abs=1e-4)
    assert path.plan + path.employer + path.government == pytest.approx(needed, abs=1e-6)
    assert min(path.balance.min(), path.expired.min(), path.plan.min()) >= 0
    # What is in the account is at most twelve months of levy once the old balance is gone.
    assert path.balance[24:].max(initial=0.0) <= inflow + 1e-4


def test_impossible_accounts_are_refused_in_words() -> None:
    with pytest.raises(UserError, match="Levy balance"):
        LevyAccount(balance=-1)
    with pytest.raises(UserError, match="Months of levy"):
        LevyAccount(balance_months=0)
