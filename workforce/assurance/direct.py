"""The direct forecast of a monthly or yearly series: simple methods, averaged.

None wins everywhere; the mean of a few that err differently has been hard to beat since Bates &
Granger 1969. Exponential smoothing with trend and season, a seasonal ARIMA, the theta method, and
where the series is short a smoothed level without any trend, which is the naive forecast where a
series moves like a random walk: few observations say little about a trend.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.assurance.arima import fit_arima
from workforce.assurance.linear import Linear, combine
from workforce.assurance.scale import Scale, find_jumps, scales, without_jumps
from workforce.assurance.smoothing import Form, fit_form, fit_smoothing, fit_theta
from workforce.rates.threads import one_thread

__all__ = ["direct_paths"]

FloatArray = NDArray[np.float64]

_LEAST: Final = 6
"""Observations below which nothing is fitted."""
_SHORT: Final = 60
"""Observations below which a series is short."""
_LONGEST: Final = 240
"""Observations beyond which older ones are left aside: another time, and a slower fit."""


def direct_paths(
    known: FloatArray, *, period: int, steps: int, draws: int, rng: np.random.Generator
) -> FloatArray | None:
    """Forecast one series by the mean of smoothing, ARIMA, theta and, if short, a plain level.

    All move with the same innovations, from Student's t with the degrees of freedom their residuals
    leave, on the scale (plain, logarithm, square root) that smoothing fits best. Jumps of the past
    come again as often as they came. On a short series the distance between the methods is part of
    the spread, because its residuals cannot tell which of them is right.

    Args:
        known: The series up to the origin, oldest first, without gaps, shape (n,).
        period: Observations a year: 12, or 1 for yearly series.
        steps: Observations ahead T.
        draws: Draws D.
        rng: Source of randomness.

    Returns:
        Paths, shape (D, T), in the unit of the series and not held above 0; `None` where the
        series is too short or never changes.
    """
    known = known[-_LONGEST:]
    if len(known) < _LEAST or float(np.ptp(known)) == 0:
        return None
    with one_thread():
        return _paths(known, period=period, steps=steps, draws=draws, rng=rng)


def _paths(
    known: FloatArray, *, period: int, steps: int, draws: int, rng: np.random.Generator
) -> FloatArray | None:
    """Return the paths of `direct_paths`."""
    jumps = find_jumps(known, period)
    chosen = _on_best_scale(known, jumps, period=period, steps=steps)
    if chosen is None:
        return None
    scale, series, sizes, smoothed, form = chosen
    short = len(known) < _SHORT
    level = Form(period=form.period)
    members = [
        smoothed,
        fit_arima(series, period=period, steps=steps),
        fit_theta(series, form, steps=steps),
        fit_form(series, level, steps=steps) if short else None,
    ]
    made = combine([each for each in members if each is not None])
    freedom = max(3.0, made.linear.freedom)
    paths = made.linear.paths(rng.standard_t(freedom, size=(draws, steps)))
    if short:
        paths = paths + rng.standard_normal((draws, 1)) * made.apart
    if len(sizes):
        paths = paths + _again(sizes, len(known), (draws, steps), rng)
    return scale.back(paths)


def _on_best_scale(
    known: FloatArray, jumps: NDArray[np.int64], *, period: int, steps: int
) -> tuple[Scale, FloatArray, FloatArray, Linear, Form] | None:
    """Return the scale of smallest AICc, the series on it, its jumps, and smoothing there."""
    best: tuple[Scale, FloatArray, FloatArray, Linear, Form] | None = None
    lowest = np.inf
    for scale in scales(known):
        series, sizes = without_jumps(scale.forward(known), jumps, period)
        found = fit_smoothing(series, period=period, steps=steps)
        if found is not None and found[0].aicc + scale.penalty < lowest:
            lowest = found[0].aicc + scale.penalty
            best = (scale, series, sizes, *found)
    return best


def _again(
    sizes: FloatArray, count: int, shape: tuple[int, int], rng: np.random.Generator
) -> FloatArray:
    """Return the sums of jumps of months ahead, which come as often as they came, shape (D, T)."""
    happens = rng.random(shape) < len(sizes) / count
    total: FloatArray = np.cumsum(happens * rng.choice(sizes, size=shape), axis=1)
    return total
