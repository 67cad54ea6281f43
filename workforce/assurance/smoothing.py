"""Exponential smoothing with estimated starting values, by least squares inside the search.

Hyndman, Koehler, Ord & Snyder 2008. Given the smoothing weights the innovations of an additive
model are one linear filter of the series less its starting states, so that the best states are a
regression (De Livera, Hyndman & Snyder 2011, section 3.1) and only weights are searched for.
Multiplicative models are additive ones of the logarithm, see `scale`.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.assurance.linear import Linear, corrected_aic, prediction_error
from workforce.assurance.search import minimise

__all__ = ["LEVEL", "Form", "fit_form", "fit_smoothing", "fit_theta", "forms"]

FloatArray = NDArray[np.float64]

_FREEDOM: Final = 2
"""Fewest observations left over by parameters and starting states."""
_DAMPING: Final = (0.80, 0.98)
_LINE: Final = 60
_RIDGE: Final = 1e-4
"""Keeps weights from running to infinity on their logistic scale where the data do not care."""


@dataclass(frozen=True)
class Form:
    """Which parts a smoothing model has besides its level.

    Attributes:
        trend: Whether there is a trend.
        damped: Whether it fades.
        period: Steps of a season, 1 for none.
    """

    trend: bool = False
    damped: bool = False
    period: int = 1

    @property
    def weights(self) -> int:
        """Number of smoothing weights, the damping among them."""
        return 1 + self.trend + self.damped + (self.period > 1)

    @property
    def terms(self) -> int:
        """Number of parameters: weights, starting states and the variance."""
        return self.weights + 1 + self.trend + max(0, self.period - 1) + 1


LEVEL: Final = Form()


def forms(count: int, period: int) -> list[Form]:
    """Return the forms that a number of observations can carry."""
    found = []
    for season in (1, period) if period > 1 and count > 2 * period else (1,):
        for trend, damped in ((False, False), (True, False), (True, True)):
            form = Form(trend, damped, season)
            if count - form.terms - 1 >= _FREEDOM:
                found.append(form)
    return found


def fit_smoothing(known: FloatArray, *, period: int, steps: int) -> tuple[Linear, Form] | None:
    """Forecast by additive exponential smoothing, trend, damping and season chosen by AICc.

    Args:
        known: Observations, oldest first, shape (n,).
        period: Observations a year; 1 for no season.
        steps: Steps ahead T.

    Returns:
        The forecast and its form; `None` where the series is too short for any.
    """
    best: tuple[Linear, Form] | None = None
    for form in forms(len(known), period):
        made = fit_form(known, form, steps=steps)
        if made is not None and (best is None or made.aicc < best[0].aicc):
            best = (made, form)
    return best


def fit_theta(known: FloatArray, form: Form, *, steps: int) -> Linear | None:
    """Forecast by the theta method: a smoothed level that drifts by half the slope of a line.

    Assimakopoulos & Nikolopoulos 2000, in the form of Hyndman & Billah 2003; the line is that of
    the last sixty observations, because trends fade.

    Args:
        known: Observations, oldest first, shape (n,).
        form: Gives the season.
        steps: Steps ahead T.
    """
    time = np.arange(len(known))
    drift = float(np.polyfit(time[-_LINE:], known[-_LINE:], 1)[0]) / 2
    made = fit_form(known - drift * time, Form(period=form.period), steps=steps)
    if made is None:
        return None
    ahead = drift * np.arange(len(known), len(known) + steps)
    return Linear(made.mean + ahead, made.psi, made.sigma, made.errors, made.aicc, made.freedom)


def fit_form(known: FloatArray, form: Form, *, steps: int) -> Linear | None:
    """Fit one form by maximum likelihood and forecast with it.

    Args:
        known: Observations, oldest first, shape (n,).
        form: The form.
        steps: Steps ahead T.

    Returns:
        The forecast; `None` where the model leaves nothing over or too little to judge by.
    """
    from scipy.signal import lfilter

    count = len(known)
    spread = float(known.std())
    if count - form.terms - 1 < _FREEDOM or spread == 0:
        return None
    model = _Model((known - known[0]) / spread, form)
    start = [0.0] + [-2.0] * form.trend + [1.0] * form.damped + [-1.5] * (form.period > 1)
    free = minimise(model.loss, np.array(start), bound=9.0, steps=40)
    errors, states = model.innovations(free)
    square = float(errors @ errors)
    if square <= 1e-20 * count:
        return None
    numerator, denominator = _filters(form, *_weights(free, form))
    damping = _weights(free, form)[2]
    design = _design(count + steps, form, damping)
    later = lfilter(denominator, numerator, np.concatenate([errors, np.zeros(steps)]))
    impulse = np.zeros(steps)
    impulse[0] = 1.0
    return Linear(
        known[0] + spread * (design @ states + later)[count:],
        lfilter(denominator, numerator, impulse),
        spread * prediction_error(square, count, form.terms - 1),
        spread * errors,
        corrected_aic(square * spread**2, count, form.terms),
        count - form.terms + 1,
    )


class _Model:
    """One form on one scaled series: innovations of weights, starting states worked out."""

    def __init__(self, series: FloatArray, form: Form) -> None:
        self._form = form
        self._series = series
        self._design = _design(len(series), form, 1.0)

    def innovations(self, free: FloatArray) -> tuple[FloatArray, FloatArray]:
        from scipy.signal import lfilter

        level, trend, damping, season = _weights(free, self._form)
        numerator, denominator = _filters(self._form, level, trend, damping, season)
        design = self._design
        if self._form.damped:
            design = design.copy()
            design[:, 1] = np.cumsum(damping ** np.arange(1, len(design) + 1))
        both = np.column_stack([self._series, design])
        left = lfilter(numerator, denominator, both, axis=0)
        moments = left[:, 1:].T @ left[:, 1:]
        # States that hardly reach the data are held near nothing rather than left to rounding.
        moments[np.diag_indices(len(moments))] += 1e-9 * np.trace(moments) / len(moments)
        states = np.linalg.solve(moments, left[:, 1:].T @ left[:, 0])
        return left[:, 0] - left[:, 1:] @ states, states

    def loss(self, free: FloatArray) -> float:
        errors, _ = self.innovations(free)
        square = float(errors @ errors) / len(errors)
        return math.log(square + 1e-300) + _RIDGE * float(free @ free)


def _weights(free: FloatArray, form: Form) -> tuple[float, float, float, float]:
    """Return weights of level, trend and season and the damping inside their usual region."""
    share = (1 / (1 + np.exp(-free))).tolist()
    level = 1e-4 + (1 - 2e-4) * share[0]
    trend = level * share[1] if form.trend else 0.0
    low, high = _DAMPING
    damping = low + (high - low) * share[2] if form.damped else 1.0
    season = (1 - level) * share[-1] if form.period > 1 else 0.0
    return level, trend, damping, season


def _filters(
    form: Form, level: float, trend: float, damping: float, season: float
) -> tuple[FloatArray, FloatArray]:
    """Return the filter that turns a series that began at nothing into innovations."""
    one = np.array([1.0, -1.0])
    fade = np.array([1.0, -damping]) if form.trend else np.ones(1)
    year = np.zeros(form.period + 1)
    year[[0, -1]] = 1.0, -1.0
    if form.period == 1:
        year = np.ones(1)
    numerator = np.convolve(np.convolve(one, fade), year)
    denominator = numerator.copy()
    _add(denominator, np.convolve(np.convolve([0.0, level], fade), year))
    if form.trend:
        _add(denominator, np.convolve([0.0, trend * damping], year))
    if form.period > 1:
        late = np.zeros(form.period + 1)
        late[-1] = season
        _add(denominator, np.convolve(np.convolve(late, one), fade))
    return numerator, denominator


def _add(total: FloatArray, part: FloatArray) -> None:
    total[: len(part)] += part


def _design(count: int, form: Form, damping: float) -> FloatArray:
    """Return what the starting states alone would make of the series, shape (count, states)."""
    columns = [np.ones(count)]
    if form.trend:
        columns.append(np.cumsum(damping ** np.arange(1, count + 1)))
    if form.period > 1:
        place = np.arange(count) % form.period
        last = (place == form.period - 1).astype(float)
        columns += [(place == each) - last for each in range(form.period - 1)]
    return np.column_stack(columns)
