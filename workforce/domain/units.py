"""Conversions between annual and monthly rates, in one place because dividing by 12 is wrong."""

import math

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "annual_probability",
    "lognormal_sigma",
    "monthly_hazard",
    "monthly_probability",
]

Z90 = 1.6448536269514722
Z95 = 1.959963984540054


def monthly_hazard(annual_hazard: float) -> float:
    """Return the hazard per person-month of a hazard per person-year (hazards do divide by 12).

    Turnover (leavers in twelve months / mean headcount) with vacancies refilled *is* the hazard per
    person-year; a probability of leaving within the year is not.
    """
    return annual_hazard / 12.0


def monthly_probability(hazard: float | NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probability of leaving within the month: 1 - exp(-hazard per person-month)."""
    probability: NDArray[np.float64] = -np.expm1(-np.asarray(hazard, dtype=float))
    return probability


def annual_probability(monthly: float) -> float:
    """Return the probability over twelve months of a monthly probability: 1 - (1 - p)^12."""
    return 1.0 - (1.0 - monthly) ** 12


def lognormal_sigma(low: float, high: float, level: float = 0.90) -> float:
    """Return the standard deviation of the logarithm of a lognormal from its central interval.

    Args:
        low: Lower end, above 0.
        high: Upper end, at least `low`.
        level: Coverage of the interval, 0.90 or 0.95.

    Returns:
        ln(high / low) / (2 z).

    Raises:
        ValueError: If the ends are not positive and ordered, or the level is neither.
    """
    if not 0 < low <= high:
        raise ValueError(f"an interval needs 0 < low <= high, not {low} to {high}")
    z = {0.90: Z90, 0.95: Z95}.get(level)
    if z is None:
        raise ValueError(f"level must be 0.90 or 0.95, not {level}")
    return math.log(high / low) / (2 * z)
