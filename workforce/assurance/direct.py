"""The direct forecast of a monthly or yearly series: smoothing and ARIMA, averaged.

Neither wins everywhere; their mean has been hard to beat since Bates & Granger 1969. The smoothing
is statsmodels' (Hyndman et al. 2008), chosen by AICc; the ARIMA is `arima.fit_arima`.
"""

import math
import warnings
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from workforce.assurance.arima import Linear, fit_arima, prediction_error, seasonal_strength

__all__ = ["direct_paths", "fit_smoothing"]

FloatArray = NDArray[np.float64]

_WEAK: Final = 0.1
"""Seasonal strength below which no seasonal smoothing is tried."""
_STRONG: Final = 0.5
"""Seasonal strength above which no other is tried."""
_SURE_SEASONS: Final = 2
_LEAST: Final = 6
"""Observations below which nothing is fitted."""


def direct_paths(
    known: FloatArray, *, period: int, steps: int, draws: int, rng: np.random.Generator
) -> FloatArray | None:
    """Forecast one series by the mean of exponential smoothing and ARIMA.

    Both move with the same innovations, from Student's t with the degrees of freedom their
    residuals leave; how far the two lie apart is part of the spread.

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
    if len(known) < _LEAST or float(np.ptp(known)) == 0:
        return None
    both = (
        fit_smoothing(known, period=period, steps=steps),
        fit_arima(known, period=period, steps=steps),
    )
    fitted = [each for each in both if each is not None]
    if not fitted:
        return None
    freedom = max(3.0, min(each.freedom for each in fitted))
    shocks = rng.standard_t(freedom, size=(draws, steps))
    centre = np.mean([each.mean for each in fitted], axis=0)
    moved = np.mean([each.paths(shocks) for each in fitted], axis=0) - centre
    apart = np.std([each.mean for each in fitted], axis=0)
    paths: FloatArray = centre + moved + rng.standard_normal((draws, 1)) * apart
    return paths


def fit_smoothing(known: FloatArray, *, period: int, steps: int) -> Linear | None:
    """Forecast by additive exponential smoothing, trend and season chosen by AICc.

    Args:
        known: Observations, oldest first, shape (n,).
        period: Observations a year; 1 for no season.
        steps: Steps ahead T.

    Returns:
        The forecast; `None` where the series is too short for any.
    """
    strength = seasonal_strength(known, period)
    seasonal = [False] * (strength <= _STRONG) + [True] * (strength > _WEAK)
    best: Linear | None = None
    for season in seasonal:
        for damped in (False, True):
            made = _smoothed(known, damped, period if season else 1, steps)
            if made is not None and (best is None or made.aicc < best.aicc):
                best = made
    return best


def _smoothed(known: FloatArray, damped: bool, period: int, steps: int) -> Linear | None:
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    season = period > 1
    terms = 3 + 3 * damped + period * season
    count = len(known)
    # The heuristic start of statsmodels needs ten observations, or two seasons.
    if count - terms < 4 or count < max(10, _SURE_SEASONS * period):
        return None
    with warnings.catch_warnings():
        # A fit that stops early is a weak forecast, which its score will say.
        warnings.simplefilter("ignore")
        fitted: Any = ETSModel(
            known,
            error="add",
            trend="add" if damped else None,
            damped_trend=damped,
            seasonal="add" if season else None,
            seasonal_periods=period if season else None,
            initialization_method="heuristic",
        ).fit(disp=False)
    value = dict(zip(fitted.param_names, fitted.params, strict=True))
    square = float(np.square(fitted.resid).sum())
    if square <= 0:
        return None
    later = np.arange(1, steps)
    trend = value.get("smoothing_trend", 0.0) * np.cumsum(value.get("damping_trend", 1.0) ** later)
    seasonal = value.get("smoothing_seasonal", 0.0) * (later % period == 0) * season
    return Linear(
        np.asarray(fitted.forecast(steps), dtype=float),
        np.concatenate([[1.0], value["smoothing_level"] + trend + seasonal]),
        prediction_error(square, count, terms),
        count * math.log(square / count) + 2 * terms * count / (count - terms - 1),
        count - terms,
    )
