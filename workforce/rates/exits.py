"""Retirement, contract ends and other exits: counts with a conjugate prior."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import betaincinv, digamma, polygamma

from workforce.domain.evidence import Parameter
from workforce.domain.units import Z90, lognormal_sigma
from workforce.rates.priors import conflict

__all__ = [
    "GammaRate",
    "beta_size",
    "inverse_trigamma",
    "renewal_share",
    "update_factor",
    "update_rate",
]


@dataclass(frozen=True, slots=True)
class GammaRate:
    """A rate per person-year with its uncertainty on the log scale.

    Attributes:
        annual: Exponential of the mean log rate.
        log_sd: Standard deviation of the log rate.
        weight: Share of the estimate that is own data: exposure / (prior exposure + exposure). That
            is 1 - posterior / prior variance of the log at the number of events to be expected;
            at the number observed it would call years without an event no evidence at all. A rate
            that has drifted is known that much less.
    """

    annual: float
    log_sd: float
    weight: float


def update_rate(
    benchmark: Parameter,
    events: float,
    person_years: float,
    *,
    worth: float | None = None,
    drift_sd: float = 0.0,
) -> GammaRate:
    """Update a benchmark rate with counts: events ~ Poisson(rate x person_years).

    The prior is the gamma whose logarithm has the mean and standard deviation of the benchmark's
    lognormal (E log = digamma(a) - log b, Var log = trigamma(a)), so the update is exact and with
    no exposure the benchmark comes back unchanged. Where that update ends more than two spreads
    from the benchmark it is made again from a wider prior (`priors.conflict`): an organisation that
    does not know a cause at all is not given its leavers for ever. Once is enough to come near the
    prior with such tails; again and again would run away where nothing was ever seen.

    Args:
        benchmark: Central value and 90% range per person-year.
        events: Events observed, at least 0.
        person_years: Exposure, at least 0.
        worth: Exposure in years like the one the rate is for, where the rate has changed: each year
            times its rate / that year's. Without, `person_years`.
        drift_sd: Spread of the log that comes from how the rate has changed.

    Returns:
        The posterior.
    """
    seen = person_years if worth is None else worth
    spread = lognormal_sigma(*benchmark.range)
    shape, rate = _gamma(benchmark, spread)
    away = float(digamma(shape + events)) - math.log((rate + seen) * benchmark.number)
    shape, rate = _gamma(benchmark, spread * math.sqrt(float(conflict(np.array(away / spread)))))
    after = shape + events
    return GammaRate(
        annual=math.exp(float(digamma(after)) - math.log(rate + seen)),
        log_sd=math.hypot(math.sqrt(float(polygamma(1, after))), drift_sd),
        weight=max(0.0, person_years / (rate + person_years) - (drift_sd / spread) ** 2),
    )


def _gamma(benchmark: Parameter, spread: float) -> tuple[float, float]:
    """Return shape and rate of the gamma whose log has the benchmark's mean and a spread."""
    shape = inverse_trigamma(spread**2)
    return shape, math.exp(float(digamma(shape)) - math.log(benchmark.number))


def inverse_trigamma(value: float) -> float:
    """Return the shape of the gamma whose logarithm has a variance."""
    return float(brentq(lambda a: float(polygamma(1, a)) - value, 1e-3, 1e6))


def renewal_share(
    benchmark: Parameter, carried_on: float, ended: float
) -> tuple[float, float, float]:
    """Return the share of fixed terms carried on at their end date: mean, 5% and 95% points.

    Args:
        benchmark: Central share and 90% range; becomes a beta with the same mean and spread.
        carried_on: Fixed terms seen to carry on past their end date.
        ended: Fixed terms seen to end.

    Returns:
        Mean and the ends of the 90% interval.
    """
    mean, size = benchmark.number, beta_size(benchmark)
    a, b = mean * size + carried_on, (1 - mean) * size + ended
    ends = betaincinv(a, b, np.array([0.05, 0.95]))
    return a / (a + b), float(ends[0]), float(ends[1])


def beta_size(benchmark: Parameter) -> float:
    """Return how many observations a share of the evidence is worth: a beta of the same spread."""
    mean, (low, high) = benchmark.number, benchmark.range
    return mean * (1 - mean) / ((high - low) / (2 * Z90)) ** 2 - 1


def update_factor(log_sd: float, events: float, expected: float) -> float:
    """Return the posterior factor on a benchmark: events ~ Poisson(factor x expected).

    Args:
        log_sd: Prior spread of the log of the factor, whose prior log mean is 0.
        events: Events observed.
        expected: Events the benchmark expects.

    Returns:
        Exponential of the posterior mean log factor.
    """
    shape = inverse_trigamma(log_sd**2)
    rate = math.exp(float(digamma(shape)))
    return math.exp(float(digamma(shape + events)) - math.log(rate + expected))
