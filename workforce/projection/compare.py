"""What a plan changes against another scenario, future by future."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workforce.domain.families import Family
from workforce.domain.plan import BASELINE_NAME
from workforce.projection.result import Projection

__all__ = ["Change", "Spread", "change_at_end", "change_in_total"]

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the simulated futures of one number lie.

    Attributes:
        mean: Mean over the draws.
        low: 10% quantile, the lower end of the 80% range.
        middle: Median.
        high: 90% quantile.
    """

    mean: float
    low: float
    middle: float
    high: float

    @classmethod
    def of(cls, values: FloatArray) -> "Spread":
        """Return the spread of draws, shape (D,)."""
        low, middle, high = np.quantile(values, (0.1, 0.5, 0.9))
        return cls(float(values.mean()), float(low), float(middle), float(high))

    @property
    def triple(self) -> tuple[float, float, float]:
        """Low end, median and high end."""
        return self.low, self.middle, self.high


@dataclass(frozen=True, slots=True)
class Change:
    """One measure with a plan and without it, on the same draws.

    Attributes:
        measure: The measure.
        family: Family or `all`.
        plan: With the plan.
        other: Without it.
        difference: Plan less other within the same future. Its quantiles are not the differences of
            the quantiles: both meet the same luck, so it is narrower.
        lower: Share of futures in which the plan's number is the lower one.
        higher: Share in which it is the higher one; the rest are equal.
    """

    measure: str
    family: str
    plan: Spread
    other: Spread
    difference: Spread
    lower: float
    higher: float


def change_at_end(
    projection: Projection,
    scenario: str,
    measure: str,
    *,
    family: str = Family.ALL,
    other: str = BASELINE_NAME,
) -> Change:
    """Compare a measure in the last month.

    Args:
        projection: Holds both scenarios.
        scenario: The plan.
        measure: One of the projection's measures.
        family: Family or `all`.
        other: What it is compared with.

    Raises:
        KeyError: If the projection has no such scenario, measure or family.
    """
    plan, base = (
        projection.values(name, measure, family)[:, -1].astype(np.float64)
        for name in (scenario, other)
    )
    return _change(measure, family, plan, base)


def change_in_total(
    projection: Projection,
    scenario: str,
    measure: str,
    *,
    family: str = Family.ALL,
    other: str = BASELINE_NAME,
) -> Change:
    """Compare a monthly flow added up over the whole horizon; arguments as `change_at_end`."""
    plan, base = (
        projection.values(name, measure, family).sum(axis=1, dtype=np.float64)
        for name in (scenario, other)
    )
    return _change(measure, family, plan, base)


def _change(measure: str, family: str, plan: FloatArray, base: FloatArray) -> Change:
    gap = plan - base
    return Change(
        measure=measure,
        family=str(family),
        plan=Spread.of(plan),
        other=Spread.of(base),
        difference=Spread.of(gap),
        lower=float((gap < 0).mean()),
        higher=float((gap > 0).mean()),
    )
