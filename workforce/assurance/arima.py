"""Seasonal ARIMA: differences by tests, orders by a stepwise search, parameters by likelihood.

Box & Jenkins 1970 for the model, Hyndman & Khandakar 2008 for the search. Residuals of a search
are one linear filter, so that a candidate costs milliseconds; the chosen one is fitted again by
exact likelihood, and forecast by the regression of the future on the past that its
autocovariances give.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workforce.assurance.linear import Linear, corrected_aic, prediction_error
from workforce.assurance.search import minimise
from workforce.assurance.unitroot import ordinary_differences, seasonal_strength

__all__ = ["fit_arima"]

FloatArray = NDArray[np.float64]

_LARGEST: Final = 0.98
"""Roots are kept this far inside the unit circle: a unit root belongs to the differences."""
_STRONG: Final = 0.64
"""Seasonal strength from which the season is differenced away (Hyndman & Athanasopoulos 2021)."""
_MOST: Final = 3
_MOST_TOGETHER: Final = 5
_FREEDOM: Final = 3
_EXACT: Final = 150
"""Observations above which the start of the series no longer matters to the likelihood."""
_MEMORY: Final = 300


class _Orders(NamedTuple):
    """Orders (p, q) and (P, Q), and whether the differenced series has a mean: a drift."""

    p: int
    q: int
    seasonal_p: int
    seasonal_q: int
    mean: bool

    @property
    def free(self) -> int:
        return self.p + self.q + self.seasonal_p + self.seasonal_q

    @property
    def terms(self) -> int:
        return self.free + self.mean + 1


def fit_arima(known: FloatArray, *, period: int, steps: int) -> Linear | None:
    """Forecast a series by the seasonal ARIMA model of smallest AICc.

    The number of differences is decided first (a criterion cannot compare series differenced
    differently): a seasonal one where the season is strong, ordinary ones until the KPSS test no
    longer rejects a constant level. Then orders are searched for from four starting points, one
    change at a time.

    Args:
        known: Observations, oldest first, shape (n,).
        period: Observations a year; 1 for no season.
        steps: Steps ahead T.

    Returns:
        The forecast; `None` where the series is too short for any.
    """
    seasonal = int(seasonal_strength(known, period) > _STRONG)
    lagged = known[period:] - known[:-period] if seasonal else known
    ordinary = ordinary_differences(lagged, most=1 if seasonal else 2)
    differences = np.ones(1)
    for _ in range(ordinary):
        differences = np.convolve(differences, [1.0, -1.0])
    if seasonal:
        differences = np.convolve(differences, _sparse(np.array([-1.0]), period))
    change = np.convolve(known, differences, mode="valid")
    spread = float(change.std())
    if len(change) < 2 * _FREEDOM or spread == 0:
        return None
    best = _search(_Changes(change / spread, period), drift=ordinary + seasonal < 2)
    if best is None:
        return None
    ahead, effect, errors = best.forecast(steps)
    orders = best.orders
    psi = _filtered(effect[1], np.convolve(effect[0], differences), steps)
    count = len(change)
    return Linear(
        _integrated(known, differences, spread * ahead),
        psi,
        spread * prediction_error(float(errors @ errors), count, orders.terms - 1),
        spread * errors,
        best.aicc + 2 * count * math.log(spread),
        count - orders.terms + 1,
    )


@dataclass(frozen=True)
class _Changes:
    """The differenced series on unit scale."""

    values: FloatArray
    period: int

    def may_have_season(self) -> bool:
        return self.period > 1 and len(self.values) >= self.period + 6


@dataclass(frozen=True)
class _Fitted:
    """Orders with parameters: partial autocorrelations on the scale of the inverse tanh."""

    changes: _Changes
    orders: _Orders
    free: FloatArray
    aicc: float

    def forecast(self, steps: int) -> tuple[FloatArray, tuple[FloatArray, FloatArray], FloatArray]:
        """Return the mean of the changes to come, both polynomials, and past innovations."""
        from scipy.linalg import cho_solve

        ar, ma = _polynomials(self.free, self.orders, self.changes.period)
        values = self.changes.values
        count = len(values)
        lags = _autocovariances(ar, ma, count + steps)
        errors, _, mean, root = _exact(self.free, self.changes, self.orders)
        weights = cho_solve((root, True), values - mean)
        apart = np.arange(count, count + steps)[:, None] - np.arange(count)
        return mean + lags[apart] @ weights, (ar, ma), errors


def _search(changes: _Changes, *, drift: bool) -> _Fitted | None:
    """Search orders stepwise, then fit the best exactly."""
    season = int(changes.may_have_season())
    starts = (
        _Orders(2, 2, season, season, drift),
        _Orders(0, 0, 0, 0, drift),
        _Orders(1, 0, season, 0, drift),
        _Orders(0, 1, 0, season, drift),
        _Orders(0, 0, 0, 0, False),
    )
    tried: set[_Orders] = set()
    best: _Fitted | None = None
    ahead: Iterable[_Orders] = starts
    while (found := _first_better(changes, ahead, best, tried, whole=ahead is starts)) is not best:
        best = found
        ahead = () if best is None else _neighbours(best.orders, season, drift=drift)
    if best is None or len(changes.values) > _EXACT:
        return best
    return _fit(changes, best.orders, start=best.free)


def _first_better(
    changes: _Changes,
    ahead: Iterable[_Orders],
    best: _Fitted | None,
    tried: set[_Orders],
    *,
    whole: bool,
) -> _Fitted | None:
    """Return the first of some orders that beats the best so far, or of all of them the best."""
    for orders in ahead:
        if orders in tried:
            continue
        tried.add(orders)
        made = _fit(changes, orders)
        if made is not None and (best is None or made.aicc < best.aicc - 1e-6):
            best = made
            if not whole:
                break
    return best


def _neighbours(at: _Orders, season: int, *, drift: bool) -> Iterator[_Orders]:
    moves = [(0, 0, -1, 0), (0, 0, 0, -1), (0, 0, 1, 0), (0, 0, 0, 1), (-1, 0, 0, 0),
             (0, -1, 0, 0), (1, 0, 0, 0), (0, 1, 0, 0), (-1, -1, 0, 0), (1, 1, 0, 0)]  # fmt: skip
    for move in moves:
        p, q, seasonal_p, seasonal_q = (a + b for a, b in zip(at[:4], move, strict=True))
        inside = 0 <= p <= _MOST and 0 <= q <= _MOST
        inside &= 0 <= seasonal_p <= season and 0 <= seasonal_q <= season
        if inside and p + q + seasonal_p + seasonal_q <= _MOST_TOGETHER:
            yield _Orders(p, q, seasonal_p, seasonal_q, at.mean)
    if drift:
        yield at._replace(mean=not at.mean)


def _fit(changes: _Changes, orders: _Orders, start: FloatArray | None = None) -> _Fitted | None:
    """Fit by conditional least squares, or exactly from a start."""
    count = len(changes.values)
    if count - orders.terms - 1 < _FREEDOM:
        return None

    def conditional(free: FloatArray) -> float:
        return math.log(_conditional(free, changes, orders) + 1e-300)

    def exact(free: FloatArray) -> float:
        errors, determinant, _, _ = _exact(free, changes, orders)
        return math.log(float(errors @ errors) / count + 1e-300) + determinant

    loss = conditional if start is None else exact
    free = np.full(orders.free, 0.1) if start is None else start
    if orders.free:
        free = minimise(loss, free, bound=3.0, steps=25)
    return _Fitted(
        changes, orders, free, corrected_aic(count * math.exp(loss(free)), count, orders.terms)
    )


def _conditional(free: FloatArray, changes: _Changes, orders: _Orders) -> float:
    """Return the innovation variance given that nothing happened before the series began."""
    from scipy.signal import lfilter

    ar, ma = _polynomials(free, orders, changes.period)
    errors = lfilter(ar, ma, changes.values)
    if orders.mean:
        ones = lfilter(ar, ma, np.ones(len(changes.values)))
        errors = errors - ones * float(ones @ errors) / float(ones @ ones)
    return float(errors @ errors) / len(errors)


def _exact(
    free: FloatArray, changes: _Changes, orders: _Orders
) -> tuple[FloatArray, float, float, FloatArray]:
    """Return innovations on unit scale, log determinant a value, mean, and the Cholesky root."""
    from scipy.linalg import cholesky, solve_triangular, toeplitz

    count = len(changes.values)
    ar, ma = _polynomials(free, orders, changes.period)
    lags = _autocovariances(ar, ma, count)
    root = cholesky(toeplitz(lags), lower=True, check_finite=False)
    errors = solve_triangular(root, changes.values, lower=True, check_finite=False)
    mean = 0.0
    if orders.mean:
        ones = solve_triangular(root, np.ones(count), lower=True, check_finite=False)
        mean = float(ones @ errors) / float(ones @ ones)
        errors = errors - mean * ones
    determinant = 2 * float(np.log(np.diag(root)).sum()) / count
    return errors, determinant, mean, root


def _polynomials(free: FloatArray, orders: _Orders, period: int) -> tuple[FloatArray, FloatArray]:
    """Return the polynomials of AR and MA for unconstrained parameters."""
    cuts = np.cumsum([orders.p, orders.q, orders.seasonal_p])
    ar, ma, seasonal_ar, seasonal_ma = (
        _stable(part) for part in np.split(_LARGEST * np.tanh(free), cuts)
    )
    return (
        np.convolve(_sparse(-ar, 1), _sparse(-seasonal_ar, period)),
        np.convolve(_sparse(ma, 1), _sparse(seasonal_ma, period)),
    )


def _stable(partial: FloatArray) -> FloatArray:
    """Return coefficients with roots outside the unit circle from partial autocorrelations."""
    found = np.zeros(0)
    for value in partial:
        found = np.append(found - value * found[::-1], value)
    return found


def _sparse(weights: FloatArray, period: int) -> FloatArray:
    found = np.zeros(len(weights) * period + 1)
    found[0] = 1.0
    found[period::period] = weights
    return found


def _autocovariances(ar: FloatArray, ma: FloatArray, count: int) -> FloatArray:
    """Return autocovariances at lags 0 to count - 1 for innovations of variance 1."""
    reach = max(_MEMORY, 2 * count)
    spectrum = np.abs(np.fft.rfft(_filtered(ma, ar, reach), 2 * reach)) ** 2
    found: FloatArray = np.fft.irfft(spectrum)[:count]
    return found


def _filtered(numerator: FloatArray, denominator: FloatArray, count: int) -> FloatArray:
    """Return the first weights of the response to one innovation."""
    from scipy.signal import lfilter

    impulse = np.zeros(count)
    impulse[0] = 1.0
    found: FloatArray = lfilter(numerator, denominator, impulse)
    return found


def _integrated(known: FloatArray, differences: FloatArray, changes: FloatArray) -> FloatArray:
    """Undo the differences from the last known values on."""
    reach = len(differences) - 1
    series = np.concatenate([known[len(known) - reach :], np.zeros(len(changes))])
    for step, change in enumerate(changes):
        past = series[step : step + reach][::-1]
        series[reach + step] = change - float(differences[1:] @ past)
    return series[reach:]
