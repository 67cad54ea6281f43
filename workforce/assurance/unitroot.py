"""How often a series is to be differenced: strength of its season, and the KPSS test."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["kpss", "ordinary_differences", "seasonal_strength"]

FloatArray = NDArray[np.float64]

_CRITICAL: Final = 0.463
"""5% point of the statistic under a constant level (Kwiatkowski et al. 1992, table 1)."""
_SHORTEST: Final = 10


def ordinary_differences(known: FloatArray, *, most: int) -> int:
    """Return how often a series is differenced until a constant level is no longer rejected.

    Args:
        known: Observations, oldest first, shape (n,).
        most: Differences at most.
    """
    taken = 0
    while taken < most and len(known) >= _SHORTEST and kpss(known) > _CRITICAL:
        known = np.diff(known)
        taken += 1
    return taken


def kpss(known: FloatArray) -> float:
    """Return the statistic of Kwiatkowski, Phillips, Schmidt & Shin 1992 for a constant level.

    The long-run variance takes 3 sqrt(n) / 13 lags with Bartlett weights, as Hyndman & Khandakar
    (2008) do.

    Args:
        known: Observations, oldest first, shape (n,).

    Returns:
        The statistic; 0 for a series that never changes.
    """
    count = len(known)
    away = known - known.mean()
    lags = int(3 * math.sqrt(count) / 13)
    variance = float(away @ away) / count
    for lag in range(1, lags + 1):
        variance += 2 / count * (1 - lag / (lags + 1)) * float(away[lag:] @ away[:-lag])
    total = np.cumsum(away)
    return float(total @ total) / count**2 / variance if variance > 0 else 0.0


def seasonal_strength(known: FloatArray, period: int) -> float:
    """Return the share of the variance about the trend that the season explains, 0 to 1.

    Wang, Smith & Hyndman 2006, from a decomposition by loess (Cleveland et al. 1990).

    Args:
        known: Observations, shape (n,).
        period: Observations a year.

    Returns:
        The strength; 0 with two periods or fewer, or without a season.
    """
    if period < 2 or len(known) <= 2 * period or float(np.ptp(known)) == 0:
        return 0.0
    from statsmodels.tsa.seasonal import STL

    parts = STL(known, period=period, seasonal=11).fit()
    both = float(np.var(parts.resid + parts.seasonal))
    return max(0.0, 1.0 - float(np.var(parts.resid)) / both) if both > 0 else 0.0
