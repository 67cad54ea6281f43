"""Seasonal ARIMA by conditional least squares: no state space, so that a fit takes milliseconds.

Box & Jenkins 1970, chapters 7 and 9. Residuals of the differenced series are one linear filter, so
a likelihood costs a few microseconds and a small grid of orders can be compared by AICc.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

__all__ = ["Linear", "fit_arima", "prediction_error", "seasonal_strength"]

FloatArray = NDArray[np.float64]

_LARGEST = 0.98
"""Roots are kept this far inside the unit circle: a unit root belongs to the differences."""


@dataclass(frozen=True)
class Linear:
    """A linear forecast: means, and what one innovation adds to this and later steps.

    Attributes:
        mean: Forecast means, shape (T,).
        psi: Weights of an innovation 0, 1, ... steps later, shape (T,).
        sigma: Standard deviation of an innovation.
        aicc: Corrected Akaike criterion, comparable among models of the same data.
        freedom: Observations less parameters that `sigma` rests on.
    """

    mean: FloatArray
    psi: FloatArray
    sigma: float
    aicc: float
    freedom: float

    def paths(self, innovations: FloatArray) -> FloatArray:
        """Return paths for standardised innovations of shape (D, T)."""
        from scipy.signal import lfilter

        moved: FloatArray = lfilter(self.psi, [1.0], innovations, axis=1)
        return self.mean + self.sigma * moved


@dataclass(frozen=True)
class _Orders:
    """Orders (p, d, q) and (P, D, Q) of period m."""

    p: int
    d: int
    q: int
    seasonal_p: int
    seasonal_d: int
    seasonal_q: int
    period: int

    @property
    def terms(self) -> int:
        return self.p + self.q + self.seasonal_p + self.seasonal_q

    def differences(self) -> FloatArray:
        """Return the polynomial (1 - B)^d (1 - B^m)^D."""
        found = np.ones(1)
        for _ in range(self.d):
            found = np.convolve(found, [1.0, -1.0])
        for _ in range(self.seasonal_d):
            found = np.convolve(found, _sparse([-1.0], self.period))
        return found

    def polynomials(self, free: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the polynomials of AR and MA for unconstrained parameters."""
        cuts = np.cumsum([self.p, self.q, self.seasonal_p])
        ar, ma, seasonal_ar, seasonal_ma = (
            _stable(part) for part in np.split(_LARGEST * np.tanh(free), cuts)
        )
        return (
            np.convolve(_sparse(-ar, 1), _sparse(-seasonal_ar, self.period)),
            np.convolve(_sparse(ma, 1), _sparse(seasonal_ma, self.period)),
        )


def _sparse(weights: FloatArray | list[float], period: int) -> FloatArray:
    found = np.zeros(len(weights) * period + 1)
    found[0] = 1.0
    found[period::period] = weights
    return found


def _stable(partial: FloatArray) -> FloatArray:
    """Return coefficients with roots outside the unit circle from partial autocorrelations."""
    found = np.zeros(0)
    for value in partial:
        found = np.append(found - value * found[::-1], value)
    return found


def fit_arima(known: FloatArray, *, period: int, steps: int) -> Linear | None:
    """Forecast a series by the seasonal ARIMA model of smallest AICc.

    The number of differences is decided first (a criterion cannot compare series differenced
    differently): seasonal ones where last year's pattern explains more than half of what is left
    about the trend, ordinary ones where the series moves less from one step to the next than it
    strays about its mean, which is an autocorrelation above a half.

    Args:
        known: Observations, oldest first, shape (n,).
        period: Observations a year; 1 for no season.
        steps: Steps ahead T.

    Returns:
        The forecast; `None` where the series is too short for any.
    """
    seasonal_d = int(seasonal_strength(known, period) > 0.5)
    lagged = known[period:] - known[:-period] if seasonal_d else known
    wandering = float(np.var(np.diff(lagged))) < float(np.var(lagged))
    best: Linear | None = None
    for orders in _candidates(period, int(wandering), seasonal_d, len(known)):
        made = _fitted(known, orders, steps)
        if made is not None and (best is None or made.aicc < best.aicc):
            best = made
    return best


def seasonal_strength(known: FloatArray, period: int) -> float:
    """Return the share of the variance about the trend that a fixed season explains, 0 to 1.

    Wang, Smith & Hyndman 2006; the trend is a centred moving average of one period.

    Args:
        known: Observations, shape (n,).
        period: Observations a year.

    Returns:
        The strength; 0 with fewer than two and a half periods, or without a season.
    """
    if period < 2 or len(known) < 2.5 * period:
        return 0.0
    weights = np.full(period + 1, 1.0 / period)
    weights[[0, -1]] /= 2
    trend = np.convolve(known, weights, mode="valid")
    half = period // 2
    rest = known[half : half + len(trend)] - trend
    place = (np.arange(len(rest)) + half) % period
    count = np.bincount(place, minlength=period)
    season = (np.bincount(place, rest, minlength=period) / np.maximum(count, 1))[place]
    # A mean of few years follows noise: its share of the variance is taken back.
    left = float(np.square(rest - season).sum()) / max(1, len(rest) - period)
    total = float(np.square(rest - rest.mean()).sum()) / (len(rest) - 1)
    return max(0.0, 1.0 - left / total) if total > 0 else 0.0


def prediction_error(square: float, count: int, terms: int) -> float:
    """Return the spread of a new innovation about a model fitted to the same data.

    Akaike's final prediction error (1969): the variance of the residuals, larger by the share of
    it that the parameters took away, and by as much again because they are not known.

    Args:
        square: Sum of squared residuals.
        count: Observations.
        terms: Parameters and starting values, fewer than the observations.

    Returns:
        A standard deviation in the unit of the series.
    """
    return math.sqrt(square / (count - terms) * (1 + terms / count))


def _candidates(period: int, d: int, seasonal_d: int, length: int) -> Iterator[_Orders]:
    seasonal = [(0, 1)] if seasonal_d else [(0, 0), (1, 0)] if period > 1 else [(0, 0)]
    for (p, q), (sp, sq) in product([(0, 1), (1, 0), (1, 1), (2, 1)], seasonal):
        orders = _Orders(p, d, q, sp, seasonal_d, sq, period)
        if length - len(orders.differences()) + 1 >= orders.terms + 8:
            yield orders


def _fitted(known: FloatArray, orders: _Orders, steps: int) -> Linear | None:
    from scipy.optimize import minimize
    from scipy.signal import lfilter

    differences = orders.differences()
    change = np.convolve(known, differences, mode="valid")
    mean = float(change.mean()) if orders.d == 0 else 0.0
    centred = change - mean

    def residuals(free: FloatArray) -> FloatArray:
        ar, ma = orders.polynomials(free)
        found: FloatArray = lfilter(ar, ma, centred)
        return found

    def loss(free: FloatArray) -> float:
        return math.log(float(np.square(residuals(free)).mean()) + 1e-300)

    free = np.zeros(orders.terms)
    if orders.terms:
        free = minimize(loss, free + 0.1, method="L-BFGS-B", bounds=[(-3, 3)] * len(free),
                        options={"ftol": 1e-6, "maxiter": 30}).x  # fmt: skip
    errors = residuals(free)
    count, terms = len(centred), orders.terms + 1 + (orders.d == 0)
    freedom = count - terms
    square = float(np.square(errors).sum())
    if freedom < 4 or square <= 0:
        return None
    aicc = count * math.log(square / count) + 2 * terms * count / (count - terms - 1)
    ar, ma = orders.polynomials(free)
    whole = np.convolve(ar, differences)
    impulse = np.zeros(steps)
    impulse[0] = 1.0
    psi: FloatArray = lfilter(ma, whole, impulse)
    return Linear(
        _ahead(known, mean * float(ar.sum()), errors, (whole, ma), steps),
        psi, prediction_error(square, count, terms), aicc, freedom,
    )  # fmt: skip


def _ahead(
    known: FloatArray,
    constant: float,
    errors: FloatArray,
    filters: tuple[FloatArray, FloatArray],
    steps: int,
) -> FloatArray:
    """Continue the recursion of the model with innovations of nothing."""
    whole, ma = filters
    reach = len(whole) - 1
    padded = np.concatenate([np.zeros(reach), known])
    values: FloatArray = padded[len(padded) - reach :]
    series = np.concatenate([values, np.zeros(steps)])
    shocks = np.concatenate([np.zeros(len(ma)), errors, np.zeros(steps)])
    start = len(shocks) - steps
    for step in range(steps):
        at = reach + step
        past = series[at - reach : at][::-1]
        moved = shocks[start + step - len(ma) + 1 : start + step + 1][::-1]
        series[at] = constant - float(whole[1:] @ past) + float(ma @ moved)
    return series[reach:]
