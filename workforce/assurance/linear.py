"""Linear forecasts: a mean path, and what one innovation adds to this and later steps."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Combined", "Linear", "combine", "corrected_aic", "prediction_error"]

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Linear:
    """A linear forecast.

    Attributes:
        mean: Forecast means, shape (T,).
        psi: Weights of an innovation 0, 1, ... steps later, shape (T,).
        sigma: Standard deviation of an innovation.
        errors: Innovations of the past, the latest last, shape (n,) or fewer.
        aicc: Corrected Akaike criterion, comparable among models of the same data.
        freedom: Observations less parameters that `sigma` rests on.
    """

    mean: FloatArray
    psi: FloatArray
    sigma: float
    errors: FloatArray
    aicc: float
    freedom: float

    def paths(self, innovations: FloatArray) -> FloatArray:
        """Return paths for standardised innovations of shape (D, T)."""
        from scipy.signal import lfilter

        moved: FloatArray = lfilter(self.psi, [1.0], innovations, axis=1)
        return self.mean + self.sigma * moved


@dataclass(frozen=True)
class Combined:
    """The mean of several linear forecasts that share their innovations.

    Attributes:
        linear: Mean path, weights and spread of the combination.
        apart: How far the members lie apart, a standard deviation by step, shape (T,).
    """

    linear: Linear
    apart: FloatArray


def combine(members: Sequence[Linear]) -> Combined:
    """Average several linear forecasts.

    With shared innovations the quantiles of the mean are the means of the quantiles, which keeps
    the spread of the members where a mixture would widen it (Lichtendahl, Grushka-Cockayne &
    Winkler 2013). Errors of the members partly cancel: the innovations of the combination are the
    means of theirs, and its spread is taken from those.

    Args:
        members: At least one, of equal length.

    Returns:
        The combination; members have equal weights, because estimated ones rarely pay (Smith &
        Wallis 2009) and did not on generated series.
    """
    count = min(len(each.errors) for each in members)
    errors = np.mean([_widened(each)[-count:] for each in members], axis=0)
    effect = np.mean([each.sigma * each.psi for each in members], axis=0)
    means = np.array([each.mean for each in members])
    linear = Linear(
        mean=means.mean(axis=0),
        psi=effect / effect[0],
        sigma=math.sqrt(float(np.square(errors).mean())),
        errors=errors,
        aicc=float(np.mean([each.aicc for each in members])),
        freedom=min(each.freedom for each in members),
    )
    return Combined(linear, means.std(axis=0))


def _widened(member: Linear) -> FloatArray:
    """Return innovations of the past as wide as those to come."""
    past = math.sqrt(float(np.square(member.errors).mean()))
    widened: FloatArray = member.errors * (member.sigma / past)
    return widened


def corrected_aic(square: float, count: int, terms: int) -> float:
    """Return Akaike's criterion corrected for small samples, of Gaussian innovations.

    Args:
        square: Sum of squared innovations, above 0.
        count: Observations.
        terms: Parameters, the variance among them.
    """
    return count * math.log(square / count) + 2 * terms * count / (count - terms - 1)


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
