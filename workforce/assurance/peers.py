"""The forecasts to beat: last year again, the same month of last year, exponential smoothing.

Each gives draws, as ours does, so that all are scored alike. Smoothing is averaged with a seasonal
ARIMA and the theta method (`direct`). Spreads of the two naive ones are those of their own past
errors (Hyndman & Athanasopoulos 2021, section 5.5).
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.assurance.direct import direct_paths

__all__ = ["METHODS", "SMOOTHING", "peer_paths"]

FloatArray = NDArray[np.float64]

SMOOTHING: Final = "exponential smoothing"
METHODS: Final = ("naive", "seasonal naive", SMOOTHING)
_LEAST: Final = 6
"""Past errors below which a spread is not estimated."""


def peer_paths(
    method: str,
    known: FloatArray,
    *,
    stock: bool,
    period: int,
    steps: int,
    draws: int,
    rng: np.random.Generator,
) -> FloatArray | None:
    """Forecast one series by one of the simple methods.

    Args:
        method: One of `METHODS`.
        known: The series up to the origin, oldest first, without gaps, shape (n,).
        stock: Whether it is a stock (headcount), not a flow (leavers).
        period: Observations a year: 12, or 1 for yearly series.
        steps: Observations ahead T.
        draws: Draws D.
        rng: Source of randomness.

    Returns:
        Paths at least 0, shape (D, T); `None` where the series is too short.
    """
    if len(known) < max(2, period):
        return None
    if method == SMOOTHING:
        paths = direct_paths(known, period=period, steps=steps, draws=draws, rng=rng)
        return None if paths is None else np.maximum(paths, 0.0)
    if method == "naive" and stock:
        centre = np.repeat(known[-1], steps)
        errors = [known[step:] - known[:-step] for step in range(1, steps + 1)]
    elif method == "naive":
        centre = np.repeat(known[-period:].mean(), steps)
        means = np.convolve(known, np.full(period, 1 / period), mode="valid")[:-1]
        errors = [known[period:] - means] * steps
    else:
        centre = known[-period:][np.arange(steps) % period]
        errors = [known[period:] - known[:-period]] * steps
    spread = np.array([_spread(each, known, stock, index) for index, each in enumerate(errors)])
    # One standard normal a draw moves a stock's whole path; flows of different months are apart.
    z = rng.standard_normal((draws, 1)) if stock else rng.standard_normal((draws, steps))
    naive: FloatArray = np.maximum(centre + z * spread, 0.0)
    return naive


def _spread(errors: FloatArray, known: FloatArray, stock: bool, index: int) -> float:
    if len(errors) >= _LEAST:
        return math.sqrt(float(np.square(errors).mean()))
    if stock:
        steps = np.diff(known)
        return math.sqrt(float(np.square(steps).mean()) * (index + 1))
    # Counts of two years that differ by luck alone.
    return math.sqrt(2.0 * float(known.mean()))
