"""The year-to-year shock: how much good and bad years differ, and how they persist."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.evidence import Evidence
from workforce.domain.units import Z90, lognormal_sigma

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
    sd, ar1 = (each.ravel() for each in np.meshgrid(_SD_GRID, _AR_GRID, indexing="ij"))
    low, high = (math.atanh(end) for end in persistence.range)
    z_sd = np.log(sd / size.number) / lognormal_sigma(*size.range)
    z_ar = (np.arctanh(ar1) - math.atanh(persistence.number)) / ((high - low) / (2 * Z90))
    # The grid is even in log sd and in ar1; the second needs the Jacobian of Fisher's z.
    log_prior = -(z_sd**2 + z_ar**2) / 2 - np.log1p(-(ar1**2))
    log_post = log_prior + _log_marginals(expected, events, sd, ar1)
    weight = np.exp(log_post - log_post.max())
    weight /= weight.sum()
    return ShockSize(
        float(np.sqrt(weight @ sd**2)), float(np.clip(weight @ ar1, 0.0, 0.95)), estimated=True
    )


def _log_marginals(
    expected: FloatArray, events: FloatArray, sd: FloatArray, ar1: FloatArray
) -> FloatArray:
    """Return log marginal likelihoods up to a constant for P sizes at once, shape (P,)."""
    years = len(events)
    lag = np.abs(np.subtract.outer(np.arange(years), np.arange(years)))
    # The level is an equal shift of all years, so it joins their covariance.
    covariance = (sd**2)[:, None, None] * ar1[:, None, None] ** lag + _LEVEL_VARIANCE
    precision = np.linalg.inv(covariance)
    mean = np.repeat(-(sd[:, None] ** 2) / 2, years, axis=1)
    effect = mean.copy()
    for _ in range(200):
        fitted = expected * np.exp(effect)
        pull = np.einsum("pij,pj->pi", precision, effect - mean)
        curvature = precision + fitted[:, :, None] * np.eye(years)
        step = np.linalg.solve(curvature, (events - fitted - pull)[..., None])[..., 0]
        # A full step from far away overshoots the exponential.
        effect = effect + np.clip(step, -2.0, 2.0)
        if float(np.max(np.abs(step))) < 1e-10:
            break
    fitted = expected * np.exp(effect)
    away = effect - mean
    quadratic = np.einsum("pi,pij,pj->p", away, precision, away)
    _, log_det = np.linalg.slogdet(np.eye(years) + covariance * fitted[:, None, :])
    marginal: FloatArray = effect @ events - fitted.sum(axis=1) - quadratic / 2 - log_det / 2
    return marginal
