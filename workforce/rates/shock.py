"""Good and bad years: how much years differ, how that persists, and how the level drifts."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.evidence import Evidence
from workforce.domain.units import Z90, lognormal_sigma

__all__ = [
    "MIN_MONTHS",
    "NormalModes",
    "ShockSize",
    "States",
    "ar1_covariance",
    "estimate_shock",
    "normal_modes",
    "shock_prior",
    "states_given_years",
    "walk_covariance",
    "years_covariance",
]

FloatArray = NDArray[np.float64]

MIN_MONTHS: Final = 36
"""Fewer than three years cannot show how years differ."""
_LEVEL_VARIANCE = 1.0
"""The level has been fitted before; here it only has to be free."""
_SD_GRID: FloatArray = np.exp(np.linspace(math.log(0.04), math.log(1.5), 14))
_AR_GRID: FloatArray = np.linspace(-0.2, 0.9, 9)
_DRIFT_GRID: FloatArray = np.exp(np.linspace(math.log(0.01), math.log(0.5), 6))
_POINTS: Final = 48
"""Equally likely sizes that stand for all of them in draws."""


@dataclass(frozen=True, slots=True)
class ShockSize:
    """How years differ.

    Attributes:
        sd: Standard deviation of the yearly log shock.
        ar1: Its correlation from one year to the next.
        drift: Standard deviation of the lasting change of the log level from a year to the next.
        estimated: Whether data spoke.
        points: Equally likely (sd, ar1, drift), by how much they say the next year differs.
    """

    sd: float
    ar1: float
    drift: float = 0.0
    estimated: bool = False
    points: tuple[tuple[float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class States:
    """What goes on from the last year, given the years' effects x: normal, mean gain @ x.

    Attributes:
        gain: Shape (3, years): the last year's shock, the last year's drift, the level over years
            against the average of the years observed.
        rest: Covariance that remains when x is known, shape (3, 3).
    """

    gain: FloatArray
    rest: FloatArray


@dataclass(frozen=True, slots=True)
class NormalModes:
    """Normal approximations of P posteriors of n log effects.

    Attributes:
        effect: Modes, shape (P, n).
        precision: Inverse covariances, shape (P, n, n).
        log_marginal: Log marginal likelihoods up to one constant, shape (P,).
    """

    effect: FloatArray
    precision: FloatArray
    log_marginal: FloatArray

    @property
    def covariance(self) -> FloatArray:
        """Return the covariances, shape (P, n, n)."""
        found: FloatArray = np.linalg.inv(self.precision).astype(np.float64)
        return found


def shock_prior(evidence: Evidence) -> ShockSize:
    """Return the shock of the evidence."""
    sd, ar1, drift = _grid()
    return ShockSize(
        evidence.benchmark("def_year_shock_sd").number,
        evidence.benchmark("def_year_shock_ar1").number,
        evidence.benchmark("def_year_drift_sd").number,
        points=_points(sd, ar1, drift, np.exp(_log_prior(evidence, sd, ar1, drift))),
    )


def _lags(years: int) -> FloatArray:
    lag: FloatArray = np.abs(np.subtract.outer(np.arange(years), np.arange(years))).astype(float)
    return lag


def ar1_covariance(size: ShockSize, years: int) -> FloatArray:
    """Return the stationary covariance of consecutive years' shocks, shape (years, years)."""
    covariance: FloatArray = size.sd**2 * size.ar1 ** _lags(years)
    return covariance


def walk_covariance(years: int) -> FloatArray:
    """Return the covariance of a random walk with steps of variance one around its own mean.

    Args:
        years: Number of years Y.

    Returns:
        Shape (Y, Y); rows sum to zero, so that the walk says nothing of the level over the years.
    """
    place = np.arange(years)
    steps = np.minimum.outer(place, place).astype(float)
    centre = np.eye(years) - 1.0 / years if years else np.zeros((0, 0))
    covariance: FloatArray = centre @ steps @ centre
    return covariance


def years_covariance(size: ShockSize, years: int) -> FloatArray:
    """Return the covariance of the years' effects, shock and drift, shape (years, years)."""
    return ar1_covariance(size, years) + size.drift**2 * walk_covariance(years)


def states_given_years(
    size: ShockSize, years: int, average: FloatArray | None = None
) -> tuple[FloatArray, States]:
    """Return the covariance of the effects and what they say of the years to come.

    Args:
        size: How years differ.
        years: Number of years Y, at least 1.
        average: Weights of an average rate that the effects are relative to, shape (Y,), summing
            to 1. Without, they are relative to the level itself, which is then nothing apart.

    Returns:
        Covariance of the effects, shape (Y, Y), and the states.
    """
    shock, walk = ar1_covariance(size, years), size.drift**2 * walk_covariance(years)
    weights = np.zeros(years) if average is None else average
    centre = np.eye(years) - weights[None, :]
    # Effects x = centre (u + w); states: u of the last year, w of the last year, level -weights u.
    # The walk is taken relative to the same average, so the level moves with the shocks alone.
    pick = np.zeros(years)
    pick[-1] = 1.0
    of_shock = np.stack([pick, np.zeros(years), -weights])
    of_walk = np.stack([np.zeros(years), centre[-1], np.zeros(years)])
    covariance = centre @ (shock + walk) @ centre.T
    shared = (of_shock @ shock + of_walk @ walk) @ centre.T
    prior = of_shock @ shock @ of_shock.T + of_walk @ walk @ of_walk.T
    gain = shared @ np.linalg.pinv(covariance, hermitian=True)
    rest = prior - gain @ shared.T
    return covariance, States(gain, (rest + rest.T) / 2)


def estimate_shock(expected: FloatArray, events: FloatArray, evidence: Evidence) -> ShockSize:
    """Estimate how years differ from yearly totals, with the evidence as prior.

    Events of year t are Poisson(expected_t x exp(a + u_t - sd^2 / 2 + w_t)), u an AR(1) and w a
    random walk. The marginal likelihood of (sd, ar1, drift), with a, u and w integrated out by
    Laplace's method, times the prior (lognormal for the two spreads, normal on Fisher's z for ar1,
    all from the evidence's ranges) is averaged over a grid: a mode would often sit at zero when
    there are five years.

    Args:
        expected: Events expected in each year without year effects, shape (Y,).
        events: Events observed, shape (Y,).
        evidence: Gives the prior.

    Returns:
        Root mean squares of sd and drift, mean of ar1, and points that stand for the posterior.
    """
    sd, ar1, drift = _grid()
    log_post = _log_prior(evidence, sd, ar1, drift)
    log_post = log_post + _log_marginals(expected, events, sd, ar1, drift)
    weight = np.exp(log_post - log_post.max())
    weight /= weight.sum()
    return ShockSize(
        float(np.sqrt(weight @ sd**2)),
        float(np.clip(weight @ ar1, 0.0, 0.95)),
        float(np.sqrt(weight @ drift**2)),
        estimated=True,
        points=_points(sd, ar1, drift, weight),
    )


def _grid() -> tuple[FloatArray, FloatArray, FloatArray]:
    sd, ar1, drift = np.meshgrid(_SD_GRID, _AR_GRID, _DRIFT_GRID, indexing="ij")
    return sd.ravel(), ar1.ravel(), drift.ravel()


def _log_prior(
    evidence: Evidence, sd: FloatArray, ar1: FloatArray, drift: FloatArray
) -> FloatArray:
    size, persistence, moves = (
        evidence.benchmark(f"def_year_{each}") for each in ("shock_sd", "shock_ar1", "drift_sd")
    )
    low, high = (math.atanh(end) for end in persistence.range)
    z_sd = np.log(sd / size.number) / lognormal_sigma(*size.range)
    z_ar = (np.arctanh(ar1) - math.atanh(persistence.number)) / ((high - low) / (2 * Z90))
    z_drift = np.log(drift / moves.number) / lognormal_sigma(*moves.range)
    # The grid is even in the logs of the spreads and in ar1; that needs the Jacobian of Fisher's z.
    found: FloatArray = -(z_sd**2 + z_ar**2 + z_drift**2) / 2 - np.log1p(-(ar1**2))
    return found


def _points(
    sd: FloatArray, ar1: FloatArray, drift: FloatArray, weight: FloatArray
) -> tuple[tuple[float, float, float], ...]:
    """Return equally likely points, ordered by the spread of the next year given the last."""
    order = np.argsort(sd**2 * (1 - ar1**2) + drift**2, kind="stable")
    reached = np.cumsum(weight[order]) / weight.sum()
    at = order[np.searchsorted(reached, (np.arange(_POINTS) + 0.5) / _POINTS)]
    return tuple((float(sd[k]), max(0.0, float(ar1[k])), float(drift[k])) for k in at)


def _log_marginals(
    expected: FloatArray, events: FloatArray, sd: FloatArray, ar1: FloatArray, drift: FloatArray
) -> FloatArray:
    """Return log marginal likelihoods up to a constant for P sizes at once, shape (P,)."""
    years = len(events)
    # The level is an equal shift of all years, so it joins their covariance.
    covariance = (
        (sd**2)[:, None, None] * ar1[:, None, None] ** _lags(years)
        + (drift**2)[:, None, None] * walk_covariance(years)
        + _LEVEL_VARIANCE
    )
    mean = np.repeat(-(sd[:, None] ** 2) / 2, years, axis=1)
    return normal_modes(covariance, mean, expected, events).log_marginal


def normal_modes(
    covariance: FloatArray, mean: FloatArray, expected: FloatArray, events: FloatArray
) -> NormalModes:
    """Fit y ~ Poisson(expected x exp(x)), x ~ N(mean, covariance), for P priors of x at once.

    Newton's method to the mode, and Laplace's approximation there.

    Args:
        covariance: Positive definite, shape (P, n, n).
        mean: Shape (P, n).
        expected: Events expected at x = 0, above 0, shape (n,).
        events: Events observed, shape (n,).

    Returns:
        Modes, covariances and log marginal likelihoods.
    """
    count = len(events)
    precision = np.linalg.inv(covariance)
    # Near the counts themselves few steps are needed.
    near = np.log((events + 0.5) / (expected + 0.5))
    effect = np.broadcast_to(np.clip(near, -3.0, 3.0), mean.shape).copy()
    for _ in range(200):
        fitted = expected * np.exp(effect)
        pull = np.einsum("pij,pj->pi", precision, effect - mean)
        curvature = precision + fitted[:, :, None] * np.eye(count)
        step = np.linalg.solve(curvature, (events - fitted - pull)[..., None])[..., 0]
        # A full step from far away overshoots the exponential.
        effect = effect + np.clip(step, -2.0, 2.0)
        if float(np.max(np.abs(step))) < 1e-6:
            break
    fitted = expected * np.exp(effect)
    away = effect - mean
    quadratic = np.einsum("pi,pij,pj->p", away, precision, away)
    _, log_det = np.linalg.slogdet(np.eye(count) + covariance * fitted[:, None, :])
    marginal: FloatArray = effect @ events - fitted.sum(axis=1) - quadratic / 2 - log_det / 2
    curvature = precision + fitted[:, :, None] * np.eye(count)
    return NormalModes(effect, curvature, marginal)
