"""Proper scores of forecasts that are ensembles of draws, and how often ranges held.

Sources: Gneiting & Raftery 2007 (CRPS), Ferro 2014 (fair ensemble CRPS), Hyndman & Koehler 2006
(MASE), Gneiting, Balabdaoui & Raftery 2007 (PIT, calibration and sharpness).
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import binom

__all__ = ["INTERVALS", "binomial_band", "covered", "crps", "crps_quantiles", "mase", "naive_scale",
           "pit"]  # fmt: skip

FloatArray = NDArray[np.float64]

INTERVALS: Final = {50: ("p25", "p75"), 80: ("p10", "p90"), 95: ("p2_5", "p97_5")}
"""Central intervals that are scored, in per cent, and the quantiles at their ends."""


def crps(draws: ArrayLike, observed: ArrayLike) -> FloatArray:
    """Return the continuous ranked probability score of an ensemble, smaller is better.

    The fair estimator: mean |x_i - y| - sum_ij |x_i - x_j| / (2 D (D - 1)). Its expectation does
    not depend on the number of draws, so that forecasts of 200 and of 2,000 draws can be compared.

    Args:
        draws: Shape (..., D), at least two draws, in the unit of the observation.
        observed: Shape (...).

    Returns:
        Shape (...), in the unit of the observation; for a single value forecast |x - y|.

    Raises:
        ValueError: If there are fewer than two draws.
    """
    ordered = np.sort(np.asarray(draws, dtype=float), axis=-1)
    count = ordered.shape[-1]
    if count < 2:
        raise ValueError("the score of an ensemble needs at least two draws")
    error = np.abs(ordered - np.asarray(observed, dtype=float)[..., None]).mean(axis=-1)
    # Of sorted draws, the sum over pairs of |x_i - x_j| is 2 sum_i (2 i - D - 1) x_i, i from 1.
    weight = 2.0 * np.arange(1, count + 1) - count - 1
    spread = (ordered * weight).sum(axis=-1) / (count * (count - 1))
    score: FloatArray = np.asarray(error - spread)
    return score


def crps_quantiles(levels: ArrayLike, quantiles: ArrayLike, observed: ArrayLike) -> FloatArray:
    """Return the CRPS of a forecast given as quantiles: twice the integral of the pinball loss.

    Exact as the levels become dense; each level stands for the probability half-way to its
    neighbours (Gneiting & Ranjan 2011).

    Args:
        levels: Probabilities in ascending order, shape (Q,), strictly between 0 and 1.
        quantiles: Shape (..., Q).
        observed: Shape (...).

    Returns:
        Shape (...).
    """
    p = np.asarray(levels, dtype=float)
    edges = np.concatenate([[0.0], (p[1:] + p[:-1]) / 2, [1.0]])
    gap = np.asarray(observed, dtype=float)[..., None] - np.asarray(quantiles, dtype=float)
    pinball = np.maximum(p * gap, (p - 1) * gap)
    score: FloatArray = np.asarray(2 * (pinball * np.diff(edges)).sum(axis=-1))
    return score


def naive_scale(history: ArrayLike, period: int = 1) -> float:
    """Return the mean absolute error of repeating the value of `period` steps before.

    Args:
        history: What was known at the origin, oldest first, shape (n,).
        period: 1, or 12 for the seasonal naive of a monthly series.

    Returns:
        The scale of MASE; NaN where the history is too short or never changes.
    """
    values = np.asarray(history, dtype=float)
    if len(values) <= period:
        return float("nan")
    scale = float(np.abs(values[period:] - values[:-period]).mean())
    return scale if scale > 0 else float("nan")


def mase(forecast: ArrayLike, observed: ArrayLike, scale: ArrayLike) -> float:
    """Return the mean absolute scaled error; 1 is as good as the naive forecast was in the past.

    Args:
        forecast: Point forecasts (medians), shape (n,).
        observed: Shape (n,).
        scale: `naive_scale` of each origin, shape (n,) or one number.

    Returns:
        The mean over forecasts whose scale is known, NaN where none is.
    """
    error = np.abs(np.asarray(forecast, dtype=float) - np.asarray(observed, dtype=float))
    ratio = error / np.asarray(scale, dtype=float)
    known = ratio[np.isfinite(ratio)]
    return float(known.mean()) if known.size else float("nan")


def covered(low: ArrayLike, high: ArrayLike, observed: ArrayLike) -> NDArray[np.bool_]:
    """Return which observations lie in their interval, ends included."""
    seen = np.asarray(observed, dtype=float)
    # Quantiles of sums of floats may miss a whole number by a rounding.
    inside: NDArray[np.bool_] = (seen >= np.asarray(low, dtype=float) - 1e-9) & (
        seen <= np.asarray(high, dtype=float) + 1e-9
    )
    return inside


def pit(draws: ArrayLike, observed: ArrayLike) -> FloatArray:
    """Return the probability integral transform, ties counted half.

    Args:
        draws: Shape (..., D).
        observed: Shape (...).

    Returns:
        P(X < y) + P(X = y) / 2, shape (...). Even over 0 to 1 where forecasts are calibrated;
        bunched in the middle where ranges are too wide, at the ends where they are too narrow.
    """
    values = np.asarray(draws, dtype=float)
    seen = np.asarray(observed, dtype=float)[..., None]
    place: FloatArray = np.asarray((values < seen).mean(-1) + (values == seen).mean(-1) / 2)
    return place


def binomial_band(trials: int, share: float, level: float = 0.95) -> tuple[int, int]:
    """Return how many of `trials` intervals a perfect forecaster of that coverage would hit.

    Args:
        trials: Number of forecasts, taken as independent.
        share: Nominal coverage of the interval, 0-1.
        level: Probability of the band.

    Returns:
        Smallest and largest count of the central band of the binomial distribution.
    """
    tail = (1 - level) / 2
    return int(binom.ppf(tail, trials, share)), int(binom.ppf(1 - tail, trials, share))
