"""The apprenticeship levy account month by month: what comes in, what it pays, what expires.

Rules for England as the evidence has them (`levy_*` and `coinv_*` of the apprenticeship
parameters): money lasts 24 months if it was paid in before August 2026 and 12 months from then on,
the oldest is spent first, and when the account is empty the employer pays a share of the training
and the government the rest. The government's top-up ended with July 2026.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.evidence import Evidence
from workforce.domain.months import parse_month
from workforce.domain.prices import LevyAccount

__all__ = ["LevyRules", "LevyYears", "levy_path", "levy_rules"]

FloatArray = NDArray[np.float64]

REFORM: Final = parse_month("2026-08")
"""From this month on money lasts twelve months, without top-up, and co-investment is higher."""


@dataclass(frozen=True, slots=True)
class LevyRules:
    """What holds before and from the reform.

    Attributes:
        lasts_before: Months money lasts that was paid in before the reform.
        lasts_after: The same from the reform on.
        topup_before: Government top-up on money paid in before the reform, share.
        topup_after: The same from the reform on.
        employer_before: Share of training that an employer without levy money left pays, before.
        employer_after: The same from the reform on.
    """

    lasts_before: int
    lasts_after: int
    topup_before: float
    topup_after: float
    employer_before: float
    employer_after: float

    def expires(self, paid_in: int) -> int:
        """Return the month in which money of a month can no longer be spent."""
        return paid_in + (self.lasts_before if paid_in < REFORM else self.lasts_after)

    def topup(self, month: int) -> float:
        """Return the top-up of a month, share."""
        return self.topup_before if month < REFORM else self.topup_after

    def employer(self, month: int) -> float:
        """Return the employer's share of training that no levy money pays."""
        return self.employer_before if month < REFORM else self.employer_after


def levy_rules(evidence: Evidence) -> LevyRules:
    """Return the rules with the evidence's numbers."""

    def number(key: str) -> float:
        return evidence.pipeline(key).number

    return LevyRules(
        lasts_before=round(number("levy_expiry_before")),
        lasts_after=round(number("levy_expiry_after")),
        topup_before=number("levy_topup_before"),
        topup_after=number("levy_topup_after"),
        employer_before=number("coinv_employer_before"),
        employer_after=number("coinv_employer_after"),
    )


@dataclass(frozen=True, slots=True)
class LevyYears:
    """The account month by month, GBP; every array has shape (T,).

    Attributes:
        paid_in: Levy with top-up.
        others: Paid for apprentices outside the plan and for transfers.
        plan: Paid for the plan's training.
        expired: Lost unspent.
        employer: The employer's share of the plan's training that the account could not pay.
        government: The government's share of it.
        balance: At the end of the month.
    """

    paid_in: FloatArray
    others: FloatArray
    plan: FloatArray
    expired: FloatArray
    employer: FloatArray
    government: FloatArray
    balance: FloatArray


@dataclass(slots=True)
class _Pot:
    """Money in the account by the month it was paid in, oldest first."""

    rules: LevyRules
    layers: list[list[float]] = field(default_factory=list)

    def put(self, month: int, amount: float) -> None:
        if amount > 0:
            self.layers.append([float(month), amount])

    def take(self, amount: float) -> float:
        """Spend up to `amount`, the oldest money first, and return what could be paid."""
        left = amount
        for layer in self.layers:
            spent = min(layer[1], left)
            layer[1] -= spent
            left -= spent
        self.layers = [layer for layer in self.layers if layer[1] > 0]
        return amount - left

    def expire(self, month: int) -> float:
        """Remove money that can no longer be spent in this month and return it."""
        lost = sum(left for paid, left in self.layers if self.rules.expires(int(paid)) <= month)
        self.layers = [layer for layer in self.layers if self.rules.expires(int(layer[0])) > month]
        return lost

    @property
    def total(self) -> float:
        return sum(amount for _, amount in self.layers)


def levy_path(
    account: LevyAccount, rules: LevyRules, training: FloatArray, as_of: int
) -> LevyYears:
    """Run the account.

    In each month old money expires, the month's levy arrives, then the rest of the organisation's
    apprentices and transfers are paid, then the plan's. What the account cannot pay of the plan is
    shared between employer and government; the rest of the organisation's shortfall is not the
    plan's and is left out.

    Args:
        account: The account at the opening month.
        rules: The rules.
        training: GBP of fundable training the plan needs in each month, shape (T,).
        as_of: Opening month index.

    Returns:
        The account month by month.
    """
    pot = _Pot(rules)
    # Levy paid month by month up to the opening month, as the balance's age says.
    for back in range(account.balance_months - 1, -1, -1):
        pot.put(as_of - back, account.balance / account.balance_months)
    months = len(training)
    flows = {name: np.zeros(months) for name in LevyYears.__slots__}
    for at in range(months):
        month = as_of + 1 + at
        flows["expired"][at] = pot.expire(month)
        flows["paid_in"][at] = account.inflow_per_year / 12 * (1 + rules.topup(month))
        pot.put(month, float(flows["paid_in"][at]))
        others = (account.committed_per_year + account.transfers_per_year) / 12
        flows["others"][at] = pot.take(others)
        flows["plan"][at] = pot.take(float(training[at]))
        short = float(training[at]) - flows["plan"][at]
        flows["employer"][at] = short * rules.employer(month)
        flows["government"][at] = short - flows["employer"][at]
        flows["balance"][at] = pot.total
    return LevyYears(**flows)
