"""The year-to-year shock: how much good and bad years differ, and how they persist."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.evidence import Evidence
from workforce.domain.units import lognormal_sigma

__all__ = ["MIN_MONTHS", "ShockSize", "ar1_covariance", "estimate_shock", "shock_prior"]

FloatArray = NDArray[np.float64]

MIN_MONTHS: Final = 36
"""Fewer than three years cannot show how years differ."""
_LEVEL_VARIANCE = 1.0
"""The level has been fitted before; here it only has to be free."""
_SD_GRID: FloatArray = np.exp(np.linspace(math.log(0.03), math.log(1.2), 25))
_AR_GRID: FloatArray = np.linspace(-0.2, 0.9, 23)


@dataclass(frozen=True, slots=True)
class ShockSize:
    """Standard deviation of the yearly log shock, its persistence, and whether data spoke."""

    sd: float
    ar1: float
    estimated: bool = False


def shock_prior(evidence: Evidence) -> ShockSize:
    """Return the shock of the evidence."""
    return ShockSize(
        evidence.benchmark("def_year_shock_sd").number,
        evidence.benchmark("def_year_shock_ar1").number,
    )


def ar1_covariance(size: ShockSize, years: int) -> FloatArray:
    """Return the stationary covariance of consecutive years' effects, shape (years, years)."""
    lag = np.abs(np.subtract.outer(np.arange(years), np.arange(years)))
    covariance: FloatArray = size.sd**2 * size.ar1 ** lag.astype(float)
    return covariance


def estimate_shock(expected: FloatArray, events: FloatArray, evidence: Evidence) -> ShockSize:
    """Estimate size and persistence from yearly totals, with the evidence as prior.

    Events of year t are Poisson(expected_t x exp(a + u_t - sd^2 / 2)) with u an AR(1). The marginal
    likelihood of (sd, ar1), a and u integrated out by Laplace's method, times the prior (lognormal
    for sd, normal on Fisher's z for ar1, both from the evidence's ranges) is averaged over a grid:
    a mode would often sit at zero when there are five years.

    Args:
        expected: Events expected in each year without year effects, shape (Y,).
        events: Events observed, shape (Y,).
        evidence: Gives the prior.

    Returns:
        Root mean square of sd, mean of ar1.
    """
    size, persistence = (
        evidence.benchmark("def_year_shock_sd"),
        evidence.benchmark("def_year_shock_ar1"),
    )
    sd_spread = lognormal_sigma(*size.range)
    low, high = (math.atanh(end) for end in persistence.range)
    ar_spread = (high - low) / (2 * 1.6448536269514722)
    log_post = np.empty((len(_SD_GRID), len(_AR_GRID)))
    for i, sd in enumerate(_SD_GRID):
        for j, ar1 in enumerate(_AR_GRID):
            z_sd = (math.log(sd) - math.log(size.number)) / sd_spread
            z_ar = (math.atanh(ar1) - math.atanh(persistence.number)) / ar_spread
            # The grid is even in log sd and in ar1; the second needs the Jacobian of Fisher's z.
            log_prior = -(z_sd**2 + z_ar**2) / 2 - math.log(1 - ar1**2)
            marginal = _log_marginal(expected, events, ShockSize(sd, ar1))
            log_post[i, j] = log_prior + marginal
    weight = np.exp(log_post - log_post.max())
    weight /= weight.sum()
    return ShockSize(
        float(np.sqrt(weight.sum(axis=1) @ _SD_GRID**2)),
        float(np.clip(weight.sum(axis=0) @ _AR_GRID, 0.0, 0.95)),
        estimated=True,
    )


def _log_marginal(expected: FloatArray, events: FloatArray, size: ShockSize) -> float:
    """Return the log marginal likelihood up to a constant, by Laplace's method."""
    # The level is an equal shift of all years, so it joins their covariance.
    covariance = ar1_covariance(size, len(events)) + _LEVEL_VARIANCE
    precision = np.linalg.inv(covariance)
    mean = np.full(len(events), -(size.sd**2) / 2)
    effect = mean.copy()
    for _ in range(100):
        fitted = expected * np.exp(effect)
        gradient = events - fitted - precision @ (effect - mean)
        step = np.linalg.solve(precision + np.diag(fitted), gradient)
        # A full step from far away overshoots the exponential.
        effect = effect + np.clip(step, -2.0, 2.0)
        if np.max(np.abs(step)) < 1e-10:
            break
    fitted = expected * np.exp(effect)
    away = effect - mean
    log_likelihood = float(events @ effect - fitted.sum())
    _, log_det = np.linalg.slogdet(np.eye(len(events)) + covariance * fitted)
    return log_likelihood - float(away @ precision @ away) / 2 - float(log_det) / 2
