"""Good and bad years of retirement, contract ends and other exits: size, last year and level.

Retirement comes in waves (a closing pension scheme, an early-retirement offer), so a rate known
from hundreds of retirements does not give next year's within the noise of counting.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.evidence import Evidence
from workforce.domain.rates import ExitYears, Shock
from workforce.rates.cells import Window
from workforce.rates.poisson import fit_poisson
from workforce.rates.shock import (
    MIN_MONTHS,
    ShockSize,
    estimate_shock,
    shock_prior,
    states_given_years,
)

__all__ = ["exit_years"]

FloatArray = NDArray[np.float64]

_TRACE: Final = 1e-6


def exit_years(
    expected: FloatArray, events: FloatArray, window: Window | None, evidence: Evidence
) -> ExitYears:
    """Estimate the yearly shock of exits other than resigning, as that of resigning is.

    A year's effect is relative to what the rates expect of it on average: events of year t are
    Poisson(expected_t x exp(x_t)), x the shocks and the drift less their own average. No source
    gives the size for retirement alone, so the evidence's shock is the prior.

    Args:
        expected: Events that each year would have had without years of its own, shape (Y,).
        events: Events observed, shape (Y,).
        window: Observed months, Y years; `None` without leavers.
        evidence: Prior of size, persistence and level.

    Returns:
        The years, with the level over years against the rates.
    """
    size = shock_prior(evidence)
    if window is None or not expected.sum() > 0:
        return ExitYears(
            Shock(size.sd, size.ar1, 0.0, size.sd, drift=size.drift, sizes=size.points)
        )
    if window.last - window.first + 1 >= MIN_MONTHS:
        size = estimate_shock(expected, events, evidence)
    covariance, states = states_given_years(size, window.years, expected / expected.sum())
    # The effects average to nothing, so their covariance has no inverse without a trace of noise.
    identity = np.eye(window.years)
    found = fit_poisson(identity, expected, events, covariance + _TRACE * identity)
    mean = states.gain @ found.mean
    spread = states.gain @ found.covariance @ states.gain.T + states.rest
    return _going_on(size, mean, spread)


def _going_on(size: ShockSize, mean: FloatArray, spread: FloatArray) -> ExitYears:
    """Return the years to come from the states' means and covariance, in the order of `States`."""
    level_sd = math.sqrt(max(0.0, float(spread[2, 2])))
    loading = spread[:2, 2] / level_sd if level_sd > 0 else np.zeros(2)
    own = spread[:2, :2] - np.outer(loading, loading)
    last_sd = math.sqrt(max(0.0, float(own[0, 0])))
    tie = float(own[0, 1]) / last_sd if last_sd > 0 else 0.0
    shock = Shock(
        size.sd,
        size.ar1,
        # As for resigning: a draw takes off its own variance, not that of the shock.
        last_mean=float(mean[0]) - size.ar1 * (size.sd**2 - float(spread[0, 0])) / 2,
        last_sd=last_sd,
        loading=(float(loading[0]),),
        drift=size.drift,
        sizes=size.points,
        level_mean=float(mean[1]),
        level_sd=math.sqrt(max(0.0, float(own[1, 1]) - tie**2)),
        level_loading=(float(loading[1]),),
        level_tie=tie,
    )
    # Mean one where the years say nothing: the rates are then the best guess of the next year's.
    return ExitYears(shock, float(mean[2]) - level_sd**2 / 2, level_sd)
